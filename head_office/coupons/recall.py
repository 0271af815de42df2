"""召回: a batch, a coupon, an allotment or all that a PC may still hand out is worth nothing from now on.

What a lost PC had handed out is another matter than what a thief makes with its key: the coupons that head office has
in its books by the time of the report are kept, each by its very voucher; everything else out of that PC's allotments
ends, also out of those that were used up or handed back long ago, for their certificates lie on it still.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection

from guide_app.base.errors import NotFoundError
from guide_app.protocol.recall import What, entry, kept
from guide_app.protocol.scopes import BRAND, scope_store_id, store_scope
from head_office.coupons.allot import end_allotment
from head_office.coupons.proof import recall_moments
from head_office.coupons.queries import locate_allotment, locate_id
from head_office.coupons.signing import signer, stage_recalls
from head_office.feed.rows import Key
from head_office.feed.write import FeedWriter
from head_office.store.secret import OfficeSecret

# An allotment whose batch is over or recalled gives nothing that anybody takes.
_OF_DEVICE = (
    "SELECT a.store_id::text, a.id::text FROM allotment a JOIN coupon_template t ON t.id = a.template_id"
    " WHERE a.device_id = %(device)s::uuid AND a.state <> 'recalled' AND t.recalled_at IS NULL"
    " AND (t.valid_until = 0 OR t.valid_until > %(now)s) ORDER BY a.id"
)
_IN_HANDS = (
    "SELECT token FROM coupon WHERE store_id = %(store)s::uuid AND allotment_id = ANY(%(allotments)s::uuid[])"
    " AND status = 'claimed' AND token <> '' AND (valid_until = 0 OR valid_until > %(now)s) ORDER BY id"
)
_OUT_OF = (
    "SELECT id::text FROM coupon WHERE store_id = %(store)s::uuid AND allotment_id = %(allotment)s::uuid"
    " AND status IN ('claimed', 'redeemed') ORDER BY id"
)
_IS_DEVICE = "SELECT 1 FROM device WHERE id = %(device)s::uuid"


def recall(writer: FeedWriter, secret: OfficeSecret, what: What, record_id: str) -> None:
    """Stage the recall and the next version of the signed list. Raises NotFoundError.

    Coupons of a recalled batch keep their records; nobody takes them from this moment on.
    """
    by = signer(writer, secret)
    stage_recalls(writer, by, (entry(what, record_id), *_ENDS[what](writer, record_id)))


def is_recalled(connection: Connection, coupon_id: str) -> bool:
    """Whether a coupon itself was recalled, whatever is said of its batch or allotment."""
    listed = entry("coupon", coupon_id)
    return bool(recall_moments(connection, [listed]))


def is_of_lost_pc(writer: FeedWriter, coupon: Mapping[str, Any]) -> bool:
    """Whether the allotment that it came from was recalled while others of it were kept."""
    listed = [entry("allotment", coupon["allotment_id"])] if coupon["allotment_id"] else []
    return bool(recall_moments(writer.connection, listed))


def _template(writer: FeedWriter, record_id: str) -> Sequence[str]:
    key: Key = (BRAND, "coupon_template", record_id)
    _require(writer, key, "没有这批券。")
    writer.change(key, recalled_at=writer.now_ms, status="ended")
    return ()


def _coupon(writer: FeedWriter, record_id: str) -> Sequence[str]:
    key = _require(writer, locate_id(writer.connection, record_id), "没有这张券。")
    _void(writer, key)
    return ()


def _void(writer: FeedWriter, key: Key) -> None:
    held = writer.get(key)
    if held is not None and held.data["status"] == "claimed":
        writer.change(key, status="void")


def _allotment(writer: FeedWriter, record_id: str) -> Sequence[str]:
    """Also what lies in customers' hands. The vouchers may be kept, if its PC was lost before: so each is named."""
    key = _require(writer, locate_allotment(writer.connection, record_id), "没有这份额度。")
    held = writer.get(key)
    if held is not None and held.data["state"] == "open":
        end_allotment(writer, key, "recalled")
    asked = {"store": scope_store_id(key[0]), "allotment": record_id}
    coupons: list[Key] = [
        (key[0], "coupon", one) for one in writer.connection.exec_driver_sql(_OUT_OF, asked).scalars()
    ]
    writer.load(coupons)
    for one in coupons:
        _void(writer, one)
    return [entry("coupon", one[2]) for one in coupons]


def _device(writer: FeedWriter, record_id: str) -> Sequence[str]:
    """A counter knows a PC by its allotments only."""
    if writer.connection.exec_driver_sql(_IS_DEVICE, {"device": record_id}).first() is None:
        raise NotFoundError("device.unknown", f"没有设备 {record_id}。", "head-office devices 列出所有设备。")
    asked: dict[str, Any] = {"device": record_id, "now": writer.now_ms}
    keys: list[Key] = [
        (store_scope(store_id), "allotment", allotment)
        for store_id, allotment in writer.connection.exec_driver_sql(_OF_DEVICE, asked)
    ]
    writer.load(keys)  # whoever hands a coupon in holds its allotment: what they are about to book is seen below
    for key in keys:
        held = writer.get(key)
        if held is not None and held.data["state"] == "open":
            end_allotment(writer, key, "recalled")
    found = [entry("allotment", key[2]) for key in keys]
    for scope in sorted({key[0] for key in keys}):
        mine = {"store": scope_store_id(scope), "allotments": [key[2] for key in keys if key[0] == scope], **asked}
        found += [kept(token) for token in writer.connection.exec_driver_sql(_IN_HANDS, mine).scalars()]
    return found


_ENDS: Mapping[What, Callable[[FeedWriter, str], Sequence[str]]] = MappingProxyType(
    {"template": _template, "coupon": _coupon, "allotment": _allotment, "device": _device}
)


def _require(writer: FeedWriter, key: Key | None, sentence: str) -> Key:
    if key is None or writer.get(key) is None:
        raise NotFoundError("coupon.unknown", sentence, "请核对编号。")
    return key
