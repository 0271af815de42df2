"""Sealed slips of paper that customers carry for us: in a cookie, or in the address of their coupon.

A slip names a claimed coupon. Sealed (Fernet: AES-128-CBC with HMAC-SHA256) it can be neither read, guessed nor
altered, so the address of a coupon is as unguessable as a 256-bit key and says nothing about the person.
"""

from __future__ import annotations

import base64

import msgspec
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from guide_app.protocol.records import Id

_CONTEXT = b"guide-desk landing slip v1"
_KEY_BYTES = 32
_LONGEST = 600


class BadSlipError(ValueError):
    """Not a slip that this office sealed."""


class Slip(msgspec.Struct, frozen=True, array_like=True):
    """Which coupon was claimed by whom: store of the records, client, coupon."""

    store_id: Id
    client_id: Id
    coupon_id: Id


class Sealer:
    """Seals and opens slips under a key of its own, derived from the office's secret (at least 16 bytes)."""

    def __init__(self, secret: bytes) -> None:
        key = HKDF(SHA256(), _KEY_BYTES, salt=None, info=_CONTEXT).derive(secret)
        self._fernet = Fernet(base64.urlsafe_b64encode(key))

    def seal(self, slip: Slip) -> str:
        """Text that only this office can open; safe in a path and in a cookie."""
        return self._fernet.encrypt(msgspec.msgpack.encode(slip)).decode().rstrip("=")

    def open(self, text: str) -> Slip:
        """The slip inside. Raises BadSlipError."""
        if not text or len(text) > _LONGEST or not text.isascii():
            raise BadSlipError("not a slip")
        try:
            plain = self._fernet.decrypt(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4))
            return msgspec.msgpack.decode(plain, type=Slip)
        except (InvalidToken, msgspec.DecodeError) as e:
            raise BadSlipError("not a slip of this office") from e
