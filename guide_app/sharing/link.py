"""Making a signed link on this PC, without network."""

from __future__ import annotations

from dataclasses import dataclass

from guide_app.base.gs1_link import trade_item
from guide_app.protocol.link import PATH, Link, Subject, sign


@dataclass(frozen=True, slots=True)
class LinkKey:
    """What this PC signs links with: the key's number, the key (32 bytes) and where customers open links."""

    key_no: int
    key: bytes
    origin: str


@dataclass(frozen=True, slots=True)
class ShareLink:
    """A link to one subject, for one share."""

    code: str
    url: str
    key_no: int
    share_no: int


def subject_link(
    key: LinkKey, subject: Subject, subject_no: int, *, guide_no: int, coupon_no: int, share_no: int, gtin: str = ""
) -> ShareLink:
    """The link by which a guide shares anything: a product, a look, her own card (whose number is 0).

    With the `gtin` of one of the product's variants it is a GS1 Digital Link that carries the code: the till reads the
    variant, a phone opens the same page as by the short link. Raises InvalidInputError for what is no GTIN.
    """
    code = sign(Link(key.key_no, guide_no, subject, subject_no, coupon_no, share_no), key.key)
    url = trade_item(gtin, code).url(key.origin) if gtin else key.origin.rstrip("/") + PATH + code
    return ShareLink(code, url, key.key_no, share_no)
