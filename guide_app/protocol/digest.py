"""The digest of a scope: what both ends compute from the records they hold.

Sum over all live records of the first 8 bytes of BLAKE2b (RFC 7693, digest size 8) of `kind NUL id NUL seq`, modulo
2^64, written as 16 lower-case hex digits. A sum can be kept up to date by adding and subtracting.

To find what differs, a scope is divided into 256 buckets: a record lies in the one named by the first byte of the
BLAKE2b (digest size 8) of `kind NUL id`, wherever its version stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

_MODULUS = 1 << 64
EMPTY = "0" * 16
BUCKETS = 256


def record_hash(kind: str, record_id: str, seq: int) -> int:
    """The contribution of one record, 0 <= h < 2^64."""
    return int.from_bytes(blake2b(f"{kind}\0{record_id}\0{seq}".encode(), digest_size=8).digest(), "big")


def bucket_of(kind: str, record_id: str) -> int:
    """The bucket that a record lies in, 0 <= b < BUCKETS."""
    return blake2b(f"{kind}\0{record_id}".encode(), digest_size=8).digest()[0]


def bucket_digests(rows: Iterable[tuple[str, str, int]]) -> list[tuple[str, int]]:
    """Digest and number of the (kind, id, seq) rows of each bucket, by bucket."""
    sums = [0] * BUCKETS
    counts = [0] * BUCKETS
    for kind, record_id, seq in rows:
        bucket = bucket_of(kind, record_id)
        sums[bucket] += record_hash(kind, record_id, seq)
        counts[bucket] += 1
    return [(f"{total % _MODULUS:016x}", n) for total, n in zip(sums, counts, strict=True)]


def shift(digest: str, *, add: Iterable[int] = (), drop: Iterable[int] = ()) -> str:
    """`digest` after records with the hashes `add` came and those with `drop` went."""
    return f"{(int(digest, 16) + sum(add) - sum(drop)) % _MODULUS:016x}"


def digest_of(rows: Iterable[tuple[str, str, int]]) -> str:
    """The digest of (kind, id, seq) rows."""
    return shift(EMPTY, add=(record_hash(kind, record_id, seq) for kind, record_id, seq in rows))
