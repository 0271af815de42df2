"""The envelope round every body: length, SHA-256, compression, and a cap on what it may unfold to.

A body that arrived short, changed or unfolding without end is refused before a byte of it is used.
"""

from __future__ import annotations

import hashlib
import hmac

import zstandard

SHA_HEADER = "Guide-SHA256"
SCHEMA_HEADER = "Guide-Schema"
#: In a hint: over how many seconds the devices that were told at once should come.
SPREAD_HEADER = "Guide-Spread"
ENCODING = "zstd"
_LEVEL = 1
_WORTHWHILE = 300
_WINDOW = 1 << 27


class CorruptBodyError(Exception):
    """The body is not what was sent, or not what may be sent."""


def seal(body: bytes) -> tuple[bytes, dict[str, str]]:
    """The bytes to send and the headers that describe them. Small bodies stay as they are."""
    headers: dict[str, str] = {}
    if len(body) >= _WORTHWHILE:
        body = zstandard.ZstdCompressor(level=_LEVEL).compress(body)
        headers["Content-Encoding"] = ENCODING
    headers["Content-Length"] = str(len(body))
    headers[SHA_HEADER] = hashlib.sha256(body).hexdigest()
    return body, headers


def unseal(body: bytes, *, sha256: str | None, encoding: str | None, limit: int) -> bytes:
    """The body as it was before `seal`, at most `limit` bytes.

    Raises CorruptBodyError if the checksum is missing or differs, the encoding is foreign, or it unfolds past `limit`.
    """
    if sha256 is None or not hmac.compare_digest(hashlib.sha256(body).hexdigest(), sha256.lower()):
        raise CorruptBodyError("checksum differs")
    if encoding in (None, "", "identity"):
        if len(body) > limit:
            raise CorruptBodyError(f"body exceeds {limit} bytes")
        return body
    if encoding != ENCODING:
        raise CorruptBodyError(f"unknown encoding {encoding}")
    try:
        if zstandard.frame_content_size(body) > limit:
            raise CorruptBodyError(f"body unfolds past {limit} bytes")
        plain = zstandard.ZstdDecompressor(max_window_size=_WINDOW).decompress(
            body, max_output_size=limit, allow_extra_data=False
        )
    except zstandard.ZstdError as e:
        raise CorruptBodyError("cannot be unfolded") from e
    return plain
