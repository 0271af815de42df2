"""Bearer tokens of devices: 256 random bits behind the ids that say which row to look at.

`gdd_` and 86 characters of base64url: store (16 bytes), device (16), secret (32). The office keeps only SHA-256 of the
whole text.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import uuid
from dataclasses import dataclass

_PREFIX = "gdd_"
_SECRET_BYTES = 32
_ID_BYTES = 16
_TEXT_LENGTH = 86


@dataclass(frozen=True, slots=True)
class TokenIds:
    """Whom a token claims to be of."""

    store_id: str
    device_id: str


def make_token(store_id: str, device_id: str) -> str:
    """A new token for the device."""
    raw = uuid.UUID(store_id).bytes + uuid.UUID(device_id).bytes + secrets.token_bytes(_SECRET_BYTES)
    return _PREFIX + base64.urlsafe_b64encode(raw).decode().rstrip("=")


def read_token(token: str) -> TokenIds | None:
    """The ids inside a token, unverified; None if it is no token of ours."""
    text = token.removeprefix(_PREFIX)
    if text == token or len(text) != _TEXT_LENGTH or not text.isascii():
        return None
    try:
        raw = base64.b64decode(text + "==", altchars=b"-_", validate=True)
    except ValueError:
        return None
    return TokenIds(str(uuid.UUID(bytes=raw[:_ID_BYTES])), str(uuid.UUID(bytes=raw[_ID_BYTES : 2 * _ID_BYTES])))


def hash_token(token: str) -> bytes:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).digest()


def is_token_of(token: str, stored: bytes) -> bool:
    """Whether `token` is the one whose hash is `stored`, in constant time."""
    return hmac.compare_digest(hash_token(token), stored)
