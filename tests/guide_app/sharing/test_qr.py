from __future__ import annotations

import pytest
import qrcode
import zxingcpp
from hypothesis import example, given, settings
from hypothesis import strategies as st
from qrcode.constants import ERROR_CORRECT_M
from qrcode.util import lost_point

from guide_app.base.errors import InvalidInputError
from guide_app.sharing.qr import QrMatrix, penalty, qr_matrix

LINK = "https://s.redmaple.cn/s/k7Qm2ZtR9wAbCdEfGhIjKlMnOpQ"
ascii_urls = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=300)


def scanned(matrix: QrMatrix, scale: int = 3, quiet: int = 4) -> list[zxingcpp.Barcode]:
    side = (matrix.size + 2 * quiet) * scale
    margin = b"\xff" * (quiet * scale)
    lines = [b"\xff" * side] * (quiet * scale)
    for row in matrix.rows:
        lines += [margin + b"".join((b"\xff", b"\x00")[m] * scale for m in row) + margin] * scale
    lines += [b"\xff" * side] * (quiet * scale)
    return list(zxingcpp.read_barcodes(memoryview(b"".join(lines)).cast("B", (side, side)), try_invert=False))


@given(ascii_urls)
@settings(max_examples=150)
@example(LINK)
@example("a")
@example("x" * 14)  # fills version 1 to the last bit
def test_every_address_reads_back_exactly(url: str) -> None:
    (found,) = scanned(qr_matrix(url))
    assert found.text == url
    assert found.extra["ECLevel"] == "M"  # type: ignore[index] # the stub says object


@pytest.mark.parametrize("length", [2331, 2330, 1000, 666, 362])
def test_long_addresses_up_to_the_largest_symbol_read_back(length: int) -> None:
    url = ("https://example.cn/" + "aB3-_" * 500)[:length]
    (found,) = scanned(qr_matrix(url), scale=2)
    assert found.text == url


def test_the_links_of_the_program_take_version_4() -> None:
    assert qr_matrix(LINK).size == 33


@pytest.mark.parametrize("text", ["", "红枫叶", "a\nb", "x" * 2332, "caf\u00e9"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(InvalidInputError):
        qr_matrix(text)


@given(ascii_urls)
@settings(max_examples=60)
def test_our_penalty_is_the_packages_penalty(url: str) -> None:
    matrix = qr_matrix(url)
    assert penalty(matrix) == lost_point([[bool(m) for m in row] for row in matrix.rows])


@given(ascii_urls)
@settings(max_examples=25)
def test_no_other_mask_would_have_scored_better(url: str) -> None:
    best = penalty(qr_matrix(url))
    for mask in range(8):
        code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, mask_pattern=mask)
        code.add_data(url, optimize=0)
        code.make()
        if code.data_list[0].mode == qrcode.util.MODE_8BIT_BYTE:  # the package packs capitals and digits tighter
            assert lost_point(code.modules) >= best


@given(ascii_urls)
@settings(max_examples=40)
def test_runs_cover_the_dark_modules_once(url: str) -> None:
    matrix = qr_matrix(url)
    painted = [[0] * matrix.size for _ in range(matrix.size)]
    for x, y, width in matrix.runs():
        assert width > 0
        for i in range(x, x + width):
            painted[y][i] += 1
    assert [bytes(row) for row in painted] == list(matrix.rows)
