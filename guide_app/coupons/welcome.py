"""Who may be handed a coupon, and how many of a batch she took: as head office would judge it (`head_office.deeds`)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from guide_app.base.errors import InvalidInputError, NotFoundError
from guide_app.base.flagged import flagged
from guide_app.base.phrase import Phrase

# Who refused in any store of the company refused here too.
_CLIENT = """SELECT c.name, c.flag, c.flag_why, c.contact_state = 'refused'
        OR EXISTS (SELECT 1 FROM company_view v WHERE v.client_id = c.id AND v.refused) AS refused
    FROM client c WHERE c.id = ?"""
# What she was given is not what she took; what she gave on is.
_TAKEN = """
    SELECT (SELECT count(*) FROM coupon WHERE template_id = ?1 AND client_id = ?2 AND given_at IS NULL)
        + (SELECT count(*) FROM coupon_gift WHERE template_id = ?1 AND client_id = ?2 AND side = 'gave')"""


@dataclass(frozen=True, slots=True)
class Deed:
    """What is refused, and the sentence and way out for who refused contact."""

    cannot: Phrase
    refused: Phrase
    way_out: Phrase


ISSUING = Deed(
    Phrase("不能发券"),
    Phrase("{name} 已拒绝联系, 不能发券。"),
    Phrase("只有客户本人可以重新同意; 她仍可扫码自己领券。"),
)
GIVING = Deed(
    Phrase("不能收转赠的券"),
    Phrase("{name} 已拒绝联系, 不能把券转到她名下。"),
    Phrase("这批券谁拿来都能用: 请客户自己把券给她看。"),
)


def require_welcome(conn: Connection, client_id: str, deed: Deed) -> None:
    """Refuse the deed for whom the brand keeps away from.

    Raises NotFoundError for who is not in the book; InvalidInputError for one who refused contact, has a complaint open
    or is blocked.
    """
    hers = conn.exec_driver_sql(_CLIENT, (client_id,)).one_or_none()
    if hers is None:
        raise NotFoundError(
            "client.unknown", "没有编号为 {id} 的客户。", "先用 clients search 找到客户。", id=client_id
        )
    if hers.refused:
        raise InvalidInputError("consent.refused", deed.refused.given(name=hers.name), deed.way_out)
    if (refused := flagged(hers.name, hers.flag, hers.flag_why, deed.cannot)) is not None:
        raise refused


def taken_by(conn: Connection, client_id: str, template_id: str) -> int:
    """How many coupons of a batch a client has taken herself, those that she gave on included."""
    n: int = conn.exec_driver_sql(_TAKEN, (template_id, client_id)).scalar_one()
    return n
