import hashlib

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from guide_app.protocol.envelope import SHA_HEADER, CorruptBodyError, seal, unseal


def opened(body: bytes, headers: dict[str, str], limit: int = 1 << 20) -> bytes:
    return unseal(body, sha256=headers[SHA_HEADER], encoding=headers.get("Content-Encoding"), limit=limit)


@given(st.binary(max_size=3000))
def test_what_is_sealed_opens_the_same(body: bytes) -> None:
    assert opened(*seal(body)) == body


@given(st.binary(min_size=1, max_size=2000), st.data())
def test_a_cut_or_changed_body_is_refused(body: bytes, data: st.DataObject) -> None:
    sent, headers = seal(body)
    cut = data.draw(st.integers(0, len(sent) - 1))
    with pytest.raises(CorruptBodyError):
        opened(sent[:cut], headers)
    with pytest.raises(CorruptBodyError):
        opened(sent[:cut] + bytes([sent[cut] ^ 1]) + sent[cut + 1 :], headers)


def test_a_body_that_unfolds_without_end_is_refused() -> None:
    bomb, headers = seal(b"\0" * (8 << 20))
    assert len(bomb) < 10_000
    with pytest.raises(CorruptBodyError, match="unfolds"):
        opened(bomb, headers, limit=1 << 20)


def test_a_body_without_checksum_or_in_a_foreign_encoding_is_refused() -> None:
    with pytest.raises(CorruptBodyError):
        unseal(b"{}", sha256=None, encoding=None, limit=100)
    body, headers = seal(b"{}")
    with pytest.raises(CorruptBodyError, match="encoding"):
        unseal(body, sha256=headers[SHA_HEADER], encoding="br", limit=100)
    with pytest.raises(CorruptBodyError):
        unseal(body, sha256=headers[SHA_HEADER], encoding=None, limit=1)


def test_a_cut_frame_with_a_right_checksum_is_refused() -> None:
    whole = zstandard.ZstdCompressor().compress(b"x" * 5000)
    cut, headers = whole[:-4], seal(b"")[1]
    headers[SHA_HEADER] = hashlib.sha256(cut).hexdigest()
    with pytest.raises(CorruptBodyError):
        unseal(cut, sha256=headers[SHA_HEADER], encoding="zstd", limit=10_000)
