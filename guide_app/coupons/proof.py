"""What this PC can say of a coupon by signatures alone: public keys of head office, and the recall list."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection

from guide_app.base.clock import Clock
from guide_app.base.errors import InvalidInputError
from guide_app.coupons.model import HeldCoupon
from guide_app.protocol.coupon_allowed import excess
from guide_app.protocol.coupon_records import CouponTemplate, RecallList
from guide_app.protocol.hlc import stamp_ms
from guide_app.protocol.kinds import KINDS
from guide_app.protocol.recall import ending, is_genuine
from guide_app.protocol.voucher import BadVoucherError, Voucher, verify
from guide_app.store.codec import CODECS
from guide_app.store.device import Device

_KEYS = "SELECT no, public_key FROM office_key"
_LIST = "SELECT id FROM recall_list ORDER BY version DESC LIMIT 1"
_TEMPLATE = "SELECT id FROM coupon_template WHERE no = ?"
_ALLOTMENT = "SELECT guide_id FROM allotment WHERE id = ?"


@dataclass(frozen=True, slots=True)
class Recalls:
    """What no counter takes any more. `at` is when head office made the list, UTC ms; None: there never was one."""

    entries: frozenset[str] = frozenset()
    at: int | None = None


def present_ms(device: Device, clock: Clock) -> int:
    """The latest moment this PC has ever seen, in the office's time (UTC ms): setting the clock back gains nothing."""
    seen = stamp_ms(device.last_stamp) if device.last_stamp else 0
    return max(clock.now_ms() + device.offset_ms, seen, (device.last_contact_ms or 0) + device.offset_ms)


def read_recalls(conn: Connection) -> Recalls:
    """The recall list. Raises InvalidInputError if its signature does not hold.

    Head office makes the list together with its first key: keys without a list are a book that lost something.
    """
    list_id, keys = conn.exec_driver_sql(_LIST).scalar(), office_keys(conn)
    held = CODECS["recall_list"].read(conn, list_id) if list_id is not None else None
    if held is None and not keys:
        return Recalls()
    listed = msgspec.convert(dict(held.data), RecallList) if held is not None else RecallList()
    if not is_genuine(listed, keys):
        raise InvalidInputError(
            "coupon.list_broken", "作废名单的签名验不过, 不能离线核销。", "请先同步; 仍不行就告诉总部。"
        )
    return Recalls(frozenset(listed.entries), listed.at)


def office_keys(conn: Connection) -> dict[int, bytes]:
    """Head office's public keys (32 bytes, raw) by number."""
    return {no: bytes.fromhex(public) for no, public in conn.exec_driver_sql(_KEYS)}


def read_template(conn: Connection, template_id: str) -> CouponTemplate | None:
    """The terms of a batch."""
    held = CODECS["coupon_template"].read(conn, template_id)
    if held is None:
        return None
    known = {name: held.data[name] for name in KINDS["coupon_template"].fields if name in held.data}
    return msgspec.convert({"id": template_id, **known}, CouponTemplate)


def prove(conn: Connection, text: str) -> tuple[Voucher, HeldCoupon]:
    """A voucher that holds, and the coupon it stands for as far as it says.

    Raises InvalidInputError `coupon.forged`, `coupon.unknown` (a batch that this PC has not heard of), or
    `coupon.beyond_allotment` where it says more than its allotment and batch allow.
    """
    try:
        voucher = verify(text, office_keys(conn))
    except BadVoucherError as e:
        raise InvalidInputError(
            "coupon.forged", "这张券的签名验不过, 不是真券或没有拍全。", "请客户重新打开券, 整个二维码再扫一次。"
        ) from e
    template_id = conn.exec_driver_sql(_TEMPLATE, (voucher.template_no,)).scalar()
    terms = read_template(conn, template_id) if template_id else None
    if terms is None:
        raise InvalidInputError("coupon.unknown", "签名是真的, 但本机还没有这批券的规则。", "先同步一次再核销。")
    if excess(voucher, terms):
        raise InvalidInputError(
            "coupon.beyond_allotment",
            "这张券写的期限、金额或持券人超出了总部给的额度, 不能核销。",
            "先同步一次再扫; 仍不行就不要收, 把券号告诉总部。",
        )
    certificate = voucher.certificate
    guide = conn.exec_driver_sql(_ALLOTMENT, (certificate.allotment_id,)).scalar() if certificate else None
    return voucher, HeldCoupon(
        id=voucher.coupon_id,
        code="",
        status="claimed",
        terms=terms,
        client_id=None,
        client_name="",
        guide_id=guide,
        guide_name="",
        claimed_at=voucher.valid_from,
        valid_from=voucher.valid_from,
        valid_until=voucher.valid_until,
        redeemed_at=None,
        value_fen=voucher.value_fen,
        token=text,
        known="signature",
        allotment_id=certificate.allotment_id if certificate else None,
    )


def recalled_by(recalls: Recalls, coupon: HeldCoupon) -> str | None:
    """By what the list ends the coupon, as `doubt` tells it: itself, its batch or the allotment it came from."""
    by = ending(recalls.entries, coupon.id, coupon.terms.id, coupon.allotment_id, coupon.token)
    if by is None:
        return None
    what = by.partition(":")[0]
    return "coupon.recalled" if what == "template" else f"coupon.recalled/{what}"
