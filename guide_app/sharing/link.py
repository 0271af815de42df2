"""Making a signed link on this PC, without network."""

from __future__ import annotations

from dataclasses import dataclass

from guide_app.protocol.link import PATH, Link, Subject, sign


@dataclass(frozen=True, slots=True)
class LinkKey:
    """What this PC signs links with: the key's number, the key (32 bytes) and where customers open links."""

    key_no: int
    key: bytes
    origin: str


@dataclass(frozen=True, slots=True)
class ShareLink:
    """A link to one product, for one share."""

    code: str
    url: str
    key_no: int
    share_no: int


def product_link(key: LinkKey, *, guide_no: int, product_no: int, coupon_no: int, share_no: int) -> ShareLink:
    """The link by which a guide shares a product; `coupon_no` 0 without a coupon."""
    code = sign(Link(key.key_no, guide_no, Subject.PRODUCT, product_no, coupon_no, share_no), key.key)
    return ShareLink(code, key.origin.rstrip("/") + PATH + code, key.key_no, share_no)
