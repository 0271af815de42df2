"""Short links that carry who shared what, signed so that nobody can put another guide's name on them.

Grammar: `<origin>/s/<code>`; the code is 27 characters of base64url (RFC 4648, section 5), 162 bits:

    version 4 | key no 20 | guide no 16 | subject kind 2 | subject no 20 | coupon no 14 | share no 22 | MAC 64

The MAC is HMAC-SHA256 (RFC 2104) under the device's link key, over the 98 bits before it, truncated to 64 bits: forging
one means guessing at a server that counts guesses. Key and share number name the share, and through it the recipient:
no personal data stands in a link. Made without network; head office verifies it before the share record arrives.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass, fields
from enum import IntEnum

VERSION = 1
CODE_LENGTH = 27
PATH = "/s/"
_BODY_BITS, _MAC_BITS = 98, 64
_TOTAL_BITS = _BODY_BITS + _MAC_BITS
_WIDTHS = {"key_no": 20, "guide_no": 16, "subject": 2, "subject_no": 20, "coupon_no": 14, "share_no": 22}
_KEY_CONTEXT = b"guide-desk link key v1"


class Subject(IntEnum):
    """What a link is about."""

    PRODUCT = 0
    CAMPAIGN = 1
    LOOK = 2
    CARD = 3


class BadLinkError(ValueError):
    """Not a link of ours, or its signature does not hold."""


@dataclass(frozen=True, slots=True)
class Link:
    """What a link says. `coupon_no` 0 means without a coupon."""

    key_no: int
    guide_no: int
    subject: Subject
    subject_no: int
    coupon_no: int
    share_no: int


def derive_key(master: bytes, key_no: int) -> bytes:
    """The link key (32 bytes) that head office gives to the device with this key number."""
    return hmac.digest(master, _KEY_CONTEXT + key_no.to_bytes(4, "big"), hashlib.sha256)


def sign(link: Link, key: bytes) -> str:
    """The 27-character code. Raises ValueError if a number does not fit its field."""
    body = VERSION
    for name, width in _WIDTHS.items():
        value = int(getattr(link, name))
        if not 0 <= value < 1 << width:
            raise ValueError(f"{name}={value} does not fit {width} bits")
        body = body << width | value
    return _to_text(body << _MAC_BITS | _mac(body, key))


def read(code: str) -> Link:
    """What a code claims, unverified: enough to find the key. Raises BadLinkError."""
    body = _to_int(code) >> _MAC_BITS
    values: dict[str, int] = {}
    for name, width in reversed(_WIDTHS.items()):
        values[name] = body & (1 << width) - 1
        body >>= width
    if body != VERSION:
        raise BadLinkError(f"link version {body} is unknown")
    return Link(
        **{f.name: values[f.name] for f in fields(Link) if f.name != "subject"}, subject=Subject(values["subject"])
    )


def verify(code: str, key: bytes) -> Link:
    """What a code says, if it was signed with `key`. Raises BadLinkError."""
    link = read(code)
    value = _to_int(code)
    body, mac = value >> _MAC_BITS, value & (1 << _MAC_BITS) - 1
    if not hmac.compare_digest(_mac(body, key).to_bytes(8, "big"), mac.to_bytes(8, "big")):
        raise BadLinkError("the signature does not hold")
    return link


def _mac(body: int, key: bytes) -> int:
    return int.from_bytes(hmac.digest(key, body.to_bytes(13, "big"), hashlib.sha256)[:8], "big")


def _to_text(value: int) -> str:
    # 162 bits are 27 sextets exactly; base64 wants whole bytes, so 54 zero bits are put behind and cut off again.
    padded = (value << 216 - _TOTAL_BITS).to_bytes(27, "big")
    return base64.urlsafe_b64encode(padded).decode()[:CODE_LENGTH]


def _to_int(code: str) -> int:
    if len(code) != CODE_LENGTH or not code.isascii():
        raise BadLinkError("not a link code")
    try:
        padded = base64.b64decode(code + "A" * (36 - CODE_LENGTH), altchars=b"-_", validate=True)
    except ValueError as e:
        raise BadLinkError("not a link code") from e
    return int.from_bytes(padded, "big") >> 216 - _TOTAL_BITS
