"""作废名单: the one list of what no counter takes any more, signed as a whole by head office (Ed25519, RFC 8032).

Signed are `guide-desk recall v1`, version, moment, key number and all entries in order, as JSON: nobody can take one
out on a PC, cut the list off or put an older one beside a newer version. Its age is told wherever it decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from guide_app.protocol.coupon_records import RecallList

What = Literal["template", "coupon", "allotment", "device"]
_CONTEXT = b"guide-desk recall v1\0"


def entry(what: What, record_id: str) -> str:
    """How a recalled thing stands in the list."""
    return f"{what}:{record_id}"


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
