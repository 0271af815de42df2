"""作废名单: the one list of what no counter takes any more, signed as a whole by head office (Ed25519, RFC 8032).

Signed are `guide-desk recall v1`, version, moment, key number and all entries in order, as JSON: nobody can take one
out on a PC, cut the list off or put an older one beside a newer version. Its age is told wherever it decides.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from typing import Literal

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from guide_app.protocol.coupon_code import normalise_code
from guide_app.protocol.coupon_records import RecallList
from guide_app.protocol.voucher import is_by_office

What = Literal["template", "coupon", "allotment", "device"]
_CONTEXT = b"guide-desk recall v1\0"
_MARK = 32


def entry(what: What, record_id: str) -> str:
    """How a recalled thing stands in the list."""
    return f"{what}:{record_id}"


def kept(token: str) -> str:
    """How a voucher stands in the list that is genuine although its allotment is recalled: by its very text.

    The coupon's id alone would not do: with a stolen key other vouchers of the same serial can be made.
    """
    return f"kept:{hashlib.sha256(normalise_code(token).encode()).hexdigest()[:_MARK]}"


def candidates(coupon_id: str, template_id: str, allotment_id: str | None, token: str) -> tuple[str, ...]:
    """All entries that could decide about a coupon shown by this voucher (empty: it has none)."""
    found = [entry("coupon", coupon_id), entry("template", template_id)]
    if allotment_id is not None:
        found += [entry("allotment", allotment_id), *([kept(token)] if token else [])]
    return tuple(found)


def ending(
    listed: Collection[str], coupon_id: str, template_id: str, allotment_id: str | None, token: str
) -> str | None:
    """The entry by which a coupon, shown by this voucher, is worth nothing; None if it holds.

    A recalled allotment ends every coupon out of it, except those whose vouchers are kept and those that head office
    has signed itself since.
    """
    for one in (entry("coupon", coupon_id), entry("template", template_id)):
        if one in listed:
            return one
    if allotment_id is None or entry("allotment", allotment_id) not in listed:
        return None
    holds = bool(token) and (is_by_office(token) or kept(token) in listed)
    return None if holds else entry("allotment", allotment_id)


def sign_list(listed: RecallList, key: Ed25519PrivateKey) -> RecallList:
    """The list with head office's signature."""
    return msgspec.structs.replace(listed, signature=key.sign(_signed(listed)).hex())


def is_genuine(listed: RecallList, office_keys: Mapping[int, bytes]) -> bool:
    """Whether one of head office's keys (32 bytes, raw, by number) signed exactly this list."""
    key = office_keys.get(listed.key_no)
    if key is None:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(bytes.fromhex(listed.signature), _signed(listed))
    except (InvalidSignature, ValueError):  # ValueError: not hex, or not a key
        return False
    return True


def _signed(listed: RecallList) -> bytes:
    return _CONTEXT + msgspec.json.encode([listed.version, listed.at, listed.key_no, listed.entries])
