"""The digest of a scope: what both ends compute from the records they hold.

Sum over all live records of the first 8 bytes of BLAKE2b (RFC 7693, digest size 8) of `kind NUL id NUL seq`, modulo
2^64, written as 16 lower-case hex digits. A sum can be kept up to date by adding and subtracting.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

_MODULUS = 1 << 64
EMPTY = "0" * 16


def record_hash(kind: str, record_id: str, seq: int) -> int:
    """The contribution of one record, 0 <= h < 2^64."""
    return int.from_bytes(blake2b(f"{kind}\0{record_id}\0{seq}".encode(), digest_size=8).digest(), "big")


def shift(digest: str, *, add: Iterable[int] = (), drop: Iterable[int] = ()) -> str:
    """`digest` after records with the hashes `add` came and those with `drop` went."""
    return f"{(int(digest, 16) + sum(add) - sum(drop)) % _MODULUS:016x}"


def digest_of(rows: Iterable[tuple[str, str, int]]) -> str:
    """The digest of (kind, id, seq) rows."""
    return shift(EMPTY, add=(record_hash(kind, record_id, seq) for kind, record_id, seq in rows))
