"""All bytes that a book's files hold, decrypted page by page: what a search for a person's name must not find.

An export of the tables would not do: it leaves out free pages and the write-ahead log, where deleted rows live on. The
format is SQLCipher 4's: pages of 4,096 bytes, AES-256-CBC, the initialisation vector and an HMAC in the last 80.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_PAGE, _RESERVED, _IV, _SALT = 4096, 80, 16, 16
_WAL_HEADER, _FRAME_HEADER = 32, 24


def plain_bytes(book: Path, key: bytes) -> bytes:
    """Everything in the book at `book` and in its write-ahead log."""
    parts = [_plain(page, key, first=n == 0) for n, page in enumerate(_cut(book.read_bytes(), 0, 0))]
    log = book.with_name(book.name + "-wal")
    if log.exists():
        frames = _cut(log.read_bytes(), _WAL_HEADER, _FRAME_HEADER)
        # A page 1 in the log begins with the salt too; decrypting both ways costs less than asking which it is.
        parts += [_plain(page, key, first=first) for page in frames for first in (False, True)]
    return b"".join(parts)


def _cut(body: bytes, lead: int, header: int) -> Iterator[bytes]:
    for start in range(lead + header, len(body) - _PAGE + 1, _PAGE + header):
        yield body[start : start + _PAGE]


def _plain(page: bytes, key: bytes, *, first: bool) -> bytes:
    vector = page[_PAGE - _RESERVED :][:_IV]
    decryptor = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
    return decryptor.update(page[_SALT if first else 0 : _PAGE - _RESERVED]) + decryptor.finalize()
