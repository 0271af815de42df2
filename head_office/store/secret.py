"""The office's one secret: link keys, the escrow of recovery keys and the hashes of persons come from it.

It lies in `<data dir>/secret.key` (mode 0600, 32 bytes as hex) or in HEAD_OFFICE_SECRET, never in the database, so that
a database backup alone opens nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from guide_app.base.errors import DamagedError, GuideError
from guide_app.protocol.link import derive_key

VARIABLE = "HEAD_OFFICE_SECRET"
_BYTES = 32
_NONCE_BYTES = 12  # NIST SP 800-38D, section 8.2


class OfficeSecret:
    """What the master secret (32 bytes) is used for; each use has a key of its own."""

    def __init__(self, master: bytes) -> None:
        if len(master) != _BYTES:
            raise GuideError("secret.invalid", "总部密钥必须是 32 字节 (64 个十六进制字符)。", f"请检查 {VARIABLE}。")
        self._links = hmac.digest(master, b"links", hashlib.sha256)
        self._persons = hmac.digest(master, b"persons", hashlib.sha256)
        #: Key (32 bytes) under which customers' browsers carry sealed slips for us.
        self.slip_key = hmac.digest(master, b"slips", hashlib.sha256)
        self._coupons = hmac.digest(master, b"coupons", hashlib.sha256)
        self._escrow = AESGCM(hmac.digest(master, b"escrow", hashlib.sha256))

    def link_key(self, key_no: int) -> bytes:
        """The key (32 bytes) with which the device of this number signs links."""
        return derive_key(self._links, key_no)

    def coupon_key(self, no: int) -> Ed25519PrivateKey:
        """The key of this number with which the office signs coupons, allotments and the recall list."""
        seed = hmac.digest(self._coupons, no.to_bytes(2, "big"), hashlib.sha256)
        return Ed25519PrivateKey.from_private_bytes(seed)

    def person_hash(self, who: str) -> bytes:
        """A keyed hash (32 bytes) of a phone number or client id: equal persons are found, none can be read back."""
        return hmac.digest(self._persons, who.encode(), hashlib.sha256)

    def seal(self, text: str) -> bytes:
        """Encrypt for the escrow (AES-256-GCM, random nonce in front)."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + self._escrow.encrypt(nonce, text.encode(), None)

    def unseal(self, sealed: bytes) -> str:
        """Decrypt what `seal` made. Raises DamagedError if it was changed or made with another secret."""
        try:
            return self._escrow.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], None).decode()
        except InvalidTag as e:
            raise DamagedError("secret.mismatch", "托管的恢复密钥打不开。", "请使用登记设备时的 secret.key。") from e


def load_secret(data_dir: Path, environ: Mapping[str, str]) -> OfficeSecret:
    """The secret from the environment, else from the data folder, where it is made on first use. Raises GuideError."""
    named = environ.get(VARIABLE)
    if named:
        return OfficeSecret(_parse(named))
    path = data_dir / "secret.key"
    data_dir.mkdir(parents=True, exist_ok=True)
    fresh = data_dir / f".secret.{os.getpid()}.new"
    if not path.exists():
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as out:
            out.write(secrets.token_hex(_BYTES))
            out.flush()
            os.fsync(out.fileno())
        try:
            os.link(fresh, path)  # fails if another process was first; then theirs counts
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return OfficeSecret(_parse(path.read_text("ascii")))


def _parse(text: str) -> bytes:
    try:
        return bytes.fromhex(text.strip())
    except ValueError as e:
        raise GuideError("secret.invalid", "总部密钥不是十六进制文字。", f"请检查 secret.key 或 {VARIABLE}。") from e
