"""召回: a batch, a coupon, an allotment or all that a PC may still hand out is worth nothing from now on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from guide_app.base.errors import NotFoundError
from guide_app.protocol.recall import What, entry
from guide_app.protocol.scopes import BRAND, store_scope
from head_office.coupons.allot import end_allotment
from head_office.coupons.queries import locate_allotment, locate_id
from head_office.coupons.signing import signer, stage_recalls
from head_office.feed.rows import Key
from head_office.feed.write import FeedWriter
from head_office.store.secret import OfficeSecret

_OPEN_OF_DEVICE = (
    "SELECT store_id::text, id::text FROM allotment WHERE device_id = %(device)s::uuid AND state = 'open' ORDER BY id"
)
_IS_DEVICE = "SELECT 1 FROM device WHERE id = %(device)s::uuid"


def recall(writer: FeedWriter, secret: OfficeSecret, what: What, record_id: str) -> None:
    """Stage the recall and the next version of the signed list. Raises NotFoundError.

    Coupons of a recalled batch keep their records; nobody takes them from this moment on.
    """
    also = _ENDS[what](writer, record_id)
    entries = (entry(what, record_id), *(entry("allotment", allotment) for allotment in also))
    stage_recalls(writer, signer(writer, secret), entries)


def _template(writer: FeedWriter, record_id: str) -> Sequence[str]:
    key: Key = (BRAND, "coupon_template", record_id)
    _require(writer, key, "没有这批券。")
    writer.change(key, recalled_at=writer.now_ms, status="ended")
    return ()


def _coupon(writer: FeedWriter, record_id: str) -> Sequence[str]:
    key = _require(writer, locate_id(writer.connection, record_id), "没有这张券。")
    held = writer.get(key)
    if held is not None and held.data["status"] == "claimed":
        writer.change(key, status="void")
    return ()


def _allotment(writer: FeedWriter, record_id: str) -> Sequence[str]:
    key = _require(writer, locate_allotment(writer.connection, record_id), "没有这份额度。")
    held = writer.get(key)
    if held is not None and held.data["state"] == "open":
        end_allotment(writer, key, "recalled")
    return ()


def _device(writer: FeedWriter, record_id: str) -> Sequence[str]:
    """A counter knows a PC by its allotments only."""
    if writer.connection.exec_driver_sql(_IS_DEVICE, {"device": record_id}).first() is None:
        raise NotFoundError("device.unknown", f"没有设备 {record_id}。", "head-office devices 列出所有设备。")
    keys: list[Key] = [
        (store_scope(store_id), "allotment", allotment)
        for store_id, allotment in writer.connection.exec_driver_sql(_OPEN_OF_DEVICE, {"device": record_id})
    ]
    writer.load(keys)
    for key in keys:
        end_allotment(writer, key, "recalled")
    return [key[2] for key in keys]


_ENDS: Mapping[What, Callable[[FeedWriter, str], Sequence[str]]] = MappingProxyType(
    {"template": _template, "coupon": _coupon, "allotment": _allotment, "device": _device}
)


def _require(writer: FeedWriter, key: Key | None, sentence: str) -> Key:
    if key is None or writer.get(key) is None:
        raise NotFoundError("coupon.unknown", sentence, "请核对编号。")
    return key
