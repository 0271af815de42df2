"""What head office decrees of links that are out: that they lead elsewhere, or nowhere. Each can be taken back.

A printed code cannot be changed, but what it opens can (活码). A rule is about one link, all links of a PC, of a
product or of a campaign; the closer one goes before the wider. Attribution and coupon stay those that were signed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa
from sqlalchemy import Connection

from guide_app.base.errors import GuideError, InvalidInputError, NotFoundError
from guide_app.protocol.link import BadLinkError, Link, Subject, verify
from guide_app.protocol.link import read as read_code
from head_office.store import audit
from head_office.store.secret import OfficeSecret
from head_office.store.tables import KIND_TABLES, device, link_rule

What = Literal["link", "device", "product", "campaign"]
Deed = Literal["retarget", "revoke"]

_CLOSENESS: tuple[What, ...] = ("link", "device", "campaign", "product")
_IN_FORCE = (
    "SELECT what, deed, product_id::text FROM link_rule"
    " WHERE ended_ms IS NULL AND (what, ref) IN (SELECT * FROM unnest(%(whats)s::text[], %(refs)s::text[]))"
)


class LinkRevokedError(GuideError):
    """A genuine link that head office has taken out of use."""

    def __init__(self) -> None:
        super().__init__(
            "link.revoked",
            "它由总部收回了。领过的券照常可用：到店报手机号就能查到。",
            "想看商品，请向发给您的导购要一个新的链接。",
        )


@dataclass(frozen=True, slots=True)
class Range:
    """Which links a rule is about: `ref` is `key:share` of a link, the id of a PC or product, a campaign's number."""

    what: What
    ref: str


@dataclass(frozen=True, slots=True)
class Detour:
    """Where links lead instead: a product, or (None) the card of the guide who shared."""

    product_id: str | None


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule as staff see it. Moments are UTC ms; `ended_ms` is None while it holds."""

    id: str
    what: What
    ref: str
    deed: Deed
    product_id: str | None
    spu: str
    reason: str
    by_name: str
    at_ms: int
    ended_ms: int | None
    ended_by: str


def rule_for(
    connection: Connection, link: Link, device_id: str, product_id: str | None, *, even_revoked: bool = False
) -> Detour | None:
    """What holds of a link: where it leads instead, None as it was signed. Raises LinkRevokedError."""
    ranges = {"link": share_ref(link), "device": device_id}
    if product_id is not None:
        ranges["product"] = product_id
    if link.subject is Subject.CAMPAIGN:
        ranges["campaign"] = str(link.subject_no)
    asked = {"whats": list(ranges), "refs": list(ranges.values())}
    found = connection.exec_driver_sql(_IN_FORCE, asked).all()
    if not even_revoked and any(row.deed == "revoke" for row in found):
        raise LinkRevokedError
    detours = [row for row in found if row.deed == "retarget"]
    closest = min(detours, key=lambda row: _CLOSENESS.index(row.what), default=None)
    return None if closest is None else Detour(closest.product_id)


def share_ref(link: Link) -> str:
    """How a rule names one link: by the numbers that no two links share."""
    return f"{link.key_no}:{link.share_no}"


def link_range(secret: OfficeSecret, code: str) -> Range:
    """One link, by its code or its whole address. Raises InvalidInputError for what none of our PCs has signed."""
    last = code.strip().rstrip("/").rpartition("/")[2]
    try:
        return Range("link", share_ref(verify(last, secret.link_key(read_code(last).key_no))))
    except BadLinkError as e:
        raise InvalidInputError("link.unknown", f"「{code}」不是本品牌的链接。", "请重新扫码或复制整个链接。") from e


def device_range(connection: Connection, device_id: str) -> Range:
    """All links of a PC, whichever of its keys signed them. Raises NotFoundError."""
    if connection.scalar(sa.select(device.c.id).where(sa.cast(device.c.id, sa.Text) == device_id)) is None:
        raise NotFoundError("device.unknown", f"没有设备 {device_id}。", "head-office devices 列出所有设备。")
    return Range("device", device_id)


def product_id_of(connection: Connection, spu: str) -> str:
    """The product with this style code. Raises NotFoundError."""
    product = KIND_TABLES["product"]
    found: str | None = connection.scalar(sa.select(product.c.id).where(product.c.spu == spu))
    if found is None:
        raise NotFoundError("product.unknown", f"没有货号为「{spu}」的商品。", "请核对货号。")
    return found


def decree(
    connection: Connection, about: Range, detour: Detour | None, *, by: str, reason: str, now_ms: int
) -> RuleLine:
    """Lead links elsewhere, or (`detour` None) out of use, from now on; takes the place of the rule before.

    Raises InvalidInputError without a name or a reason: both are asked for later.
    """
    if not by.strip() or not reason.strip():
        raise InvalidInputError("link.reason", "停用和改指都要写明经办人和原因。", "加上经办人和原因。")
    deed: Deed = "revoke" if detour is None else "retarget"
    _end(connection, about, by, now_ms, deed)
    values = {
        "id": audit.new_id(now_ms), "what": about.what, "ref": about.ref, "deed": deed,
        "product_id": detour.product_id if detour else None, "reason": reason.strip(), "by_name": by.strip(),
        "at_ms": now_ms, "ended_by": "",
    }  # fmt: skip
    connection.execute(sa.insert(link_rule), values)
    detail = {name: values[name] for name in ("what", "ref", "product_id", "reason", "by_name")}
    audit.record(connection, now_ms, "office", f"link.{deed}", detail)
    return next(line for line in list_rules(connection) if line.id == values["id"])


def take_back(connection: Connection, about: Range, *, by: str, now_ms: int) -> int:
    """End what holds of a range, so that its links open as they were signed; returns how many rules ended.

    Raises NotFoundError if none holds.
    """
    ended = _end(connection, about, by, now_ms)
    if not ended:
        raise NotFoundError("link.no_rule", "这里没有生效中的改指或停用。", "head-office links list 列出全部。")
    detail = {"what": about.what, "ref": about.ref, "by_name": by}
    audit.record(connection, now_ms, "office", "link.restore", detail)
    return ended


def list_rules(connection: Connection) -> list[RuleLine]:
    """All rules, those that hold first, then the newest."""
    product = KIND_TABLES["product"]
    columns = [link_rule.c[name] for name in RuleLine.__dataclass_fields__ if name != "spu"]
    query = (
        sa.select(*columns, sa.func.coalesce(product.c.spu, "").label("spu"))
        .join_from(link_rule, product, product.c.id == link_rule.c.product_id, isouter=True)
        .order_by(link_rule.c.ended_ms.is_not(None), link_rule.c.at_ms.desc(), link_rule.c.id)
    )
    return [RuleLine(**row) for row in connection.execute(query).mappings()]


def _end(connection: Connection, about: Range, by: str, now_ms: int, deed: Deed | None = None) -> int:
    these = [link_rule.c.what == about.what, link_rule.c.ref == about.ref, link_rule.c.ended_ms.is_(None)]
    if deed is not None:
        these.append(link_rule.c.deed == deed)
    return connection.execute(sa.update(link_rule).where(*these).values(ended_ms=now_ms, ended_by=by)).rowcount
