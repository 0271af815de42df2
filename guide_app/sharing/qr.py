"""QR symbols (ISO/IEC 18004, model 2) at error correction level M, with all eight masks scored.

Tables, function patterns and capacities come from the package `qrcode`. Its own `make()` walks lists of modules
in Python for every mask; here a symbol is ONE integer of size x size bits, so that a mask is an exclusive-or and
each of the standard's four penalty rules is a handful of shifts and a population count.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from operator import itemgetter
from typing import TYPE_CHECKING

from qrcode.base import EXP_TABLE, LOG_TABLE, rs_blocks
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode
from qrcode.util import BIT_LIMIT_TABLE, MODE_8BIT_BYTE, BCH_type_info, length_in_bits, mask_func

from guide_app.base.errors import InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

QUIET_MODULES = 4
"""The margin of light modules that ISO/IEC 18004 asks for on each side."""

_VERSIONS = range(1, 41)
_MASKS = range(8)
_PADS = b"\xec\x11"
_BYTE = 8
_MODE_BITS = 4
_LONG_RUN, _EYE_RUN = 5, 7
_POINTS_BLOCK, _POINTS_EYE, _POINTS_BALANCE = 3, 40, 10


@dataclass(frozen=True, slots=True)
class QrMatrix:
    """`size` x `size` modules, top row first; in each row one byte a module, 1 = dark. No quiet zone."""

    size: int
    rows: tuple[bytes, ...]

    def runs(self) -> Iterator[tuple[int, int, int]]:
        """The dark modules as few rectangles: (column, row, modules wide), each one module high."""
        for y, row in enumerate(self.rows):
            x = row.find(1)
            while x >= 0:
                end = row.find(0, x)
                end = self.size if end < 0 else end
                yield x, y, end - x
                x = row.find(1, end)


def qr_matrix(text: str) -> QrMatrix:
    """The smallest symbol of level M that carries `text` (printable ASCII, as every address is).

    Raises InvalidInputError (`qr.text`) for other characters, an empty text, or more than version 40 holds
    (2,331 bytes).
    """
    if not text or not text.isascii() or not text.isprintable():
        raise InvalidInputError("qr.text", "二维码内容只能是可见的英文字符。", "请检查链接。")
    data = text.encode("ascii")
    version = _smallest_version(len(data))
    stream = _codewords(data, version)
    return _plan(version).symbol(int.from_bytes(stream, "big"), len(stream) * _BYTE)


def penalty(matrix: QrMatrix) -> int:
    """The standard's penalty score (ISO/IEC 18004, 7.8.3); the mask with the lowest score is the one used."""
    score = _Score(matrix.size)
    across = int("".join(f"{b}" for row in matrix.rows for b in row), 2)
    down = int("".join(f"{row[x]}" for x in range(matrix.size) for row in matrix.rows), 2)
    return score.points(across, down)


class _Score:
    """The four penalty rules over a symbol held as an integer, first module in the highest bit."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._all = (1 << size * size) - 1
        self._pairs = self._keep(size - 1)
        self._eyes = self._keep(size - 10)
        self._above = self._all >> size

    def points(self, across: int, down: int) -> int:
        """Rules 1 to 4; `down` is the transposed symbol."""
        dark = across.bit_count()
        share = abs(dark / (self._size * self._size) * 100 - 50)
        balance = int(share / 5) * _POINTS_BALANCE
        return self._runs(across) + self._runs(down) + self._blocks(across) + balance + self._eyes_in(across, down)

    def _keep(self, columns: int) -> int:
        """A mask of the first `columns` modules of each row (bit = place of the window's first module)."""
        row = ((1 << columns) - 1) << (self._size - columns)
        mask = 0
        for _ in range(self._size):
            mask = mask << self._size | row
        return mask

    def _alike(self, s: int) -> int:
        """Modules equal to their right neighbour; the last column never is."""
        return ~(s ^ s << 1) & self._pairs

    def _runs(self, s: int) -> int:
        """Rule 1: a run of n >= 5 equal modules costs n - 2."""
        four = self._alike(s)
        four &= four << 1
        four &= four << 2
        return four.bit_count() + 2 * (four & ~(four >> 1)).bit_count()

    def _blocks(self, s: int) -> int:
        """Rule 2: each 2 x 2 block of one colour costs 3."""
        alike = self._alike(s)
        square = alike & (alike << self._size) & ~(s ^ s << self._size) & (self._above << self._size)
        return _POINTS_BLOCK * square.bit_count()

    def _eyes_in(self, across: int, down: int) -> int:
        """Rule 3: each 1:1:3:1:1 with four light modules beside it costs 40."""
        found = 0
        for s in (across, down):
            light = ~s
            four = light & light << 1
            four &= four << 2
            eye = s & light << 1 & s << 2 & s << 3 & s << 4 & light << 5 & s << 6
            found += (eye & four << _EYE_RUN & self._eyes).bit_count()
            found += (four & eye << 4 & self._eyes).bit_count()
        return _POINTS_EYE * found


class _Plan:
    """What is the same for every symbol of one version: where bits go, masks, function patterns."""

    def __init__(self, version: int) -> None:
        blank = _function_patterns(version)
        size = len(blank)
        order = _data_order(blank)
        capacity = len(order)
        # Place k of the bit string holds data bit k; two more places hold the constants of the function patterns.
        place = {cell: k for k, cell in enumerate(order)}
        cells = [(y, x) for y in range(size) for x in range(size)]
        index = {c: place.get(c, capacity + bool(blank[c[0]][c[1]])) for c in cells}
        self._size = size
        self._capacity = capacity
        self._across: Callable[[str], tuple[str, ...]] = itemgetter(*(index[c] for c in cells))
        self._down: Callable[[str], tuple[str, ...]] = itemgetter(*(index[x, y] for y, x in cells))
        self._masks = [_mask(size, mask, place) for mask in _MASKS]
        self._score = _Score(size)

    def symbol(self, bits: int, length: int) -> QrMatrix:
        """Place `length` bits and keep the mask with the fewest penalty points (on a tie, the lowest number)."""
        text = f"{bits << (self._capacity - length):0{self._capacity}b}01"
        across, down = int("".join(self._across(text)), 2), int("".join(self._down(text)), 2)
        tried = ((self._score.points(across ^ a, down ^ d), across ^ a) for a, d in self._masks)
        _, best = min(tried, key=itemgetter(0))
        size = self._size
        flat = f"{best:0{size * size}b}".encode().translate(_ZERO_ONE)
        return QrMatrix(size, tuple(flat[i : i + size] for i in range(0, size * size, size)))


_ZERO_ONE = bytes(b & 1 for b in range(256))


@cache
def _plan(version: int) -> _Plan:
    return _Plan(version)


def _smallest_version(count: int) -> int:
    limits = BIT_LIMIT_TABLE[ERROR_CORRECT_M]
    for version in _VERSIONS:
        if _MODE_BITS + length_in_bits(MODE_8BIT_BYTE, version) + count * _BYTE <= limits[version]:
            return version
    raise InvalidInputError("qr.text", "链接太长，放不进一个二维码。", "请使用短链接。")


def _codewords(data: bytes, version: int) -> bytes:
    """Data codewords in byte mode, padded, with Reed-Solomon codewords, interleaved (7.4.5, 7.4.10, 7.5, 7.6)."""
    capacity = BIT_LIMIT_TABLE[ERROR_CORRECT_M][version]
    length_bits = length_in_bits(MODE_8BIT_BYTE, version)
    head = MODE_8BIT_BYTE << length_bits | len(data)
    bits = head << len(data) * _BYTE | int.from_bytes(data, "big")
    used = _MODE_BITS + length_bits + len(data) * _BYTE
    closed = min(capacity, (used + _MODE_BITS + _BYTE - 1) // _BYTE * _BYTE)  # the terminator, up to a whole byte
    written = (bits << closed - used).to_bytes(closed // _BYTE, "big")
    padded = written + (_PADS * capacity)[: capacity // _BYTE - len(written)]
    blocks, checks, start = [], [], 0
    for block in rs_blocks(version, ERROR_CORRECT_M):
        part = padded[start : start + block.data_count]
        start += block.data_count
        blocks.append(part)
        checks.append(_reed_solomon(part, block.total_count - block.data_count))
    return bytes(b for group in (blocks, checks) for column in zip_longest(*group) for b in column if b is not None)


def _reed_solomon(data: bytes, count: int) -> bytes:
    """The remainder of data * x^count by the generator polynomial, `count` bytes held in one integer."""
    table, top, low = _products(count), _BYTE * (count - 1), (1 << _BYTE * (count - 1)) - 1
    rest = 0
    for byte in data:
        rest = (rest & low) << _BYTE ^ table[byte ^ rest >> top]
    return rest.to_bytes(count, "big")


@cache
def _products(count: int) -> tuple[int, ...]:
    """The generator of `count` check bytes (without its leading 1) times each of the 256 field elements."""
    generator = [1]
    for power in range(count):
        shifted = [*generator, 0]
        for i, value in enumerate(generator):
            shifted[i + 1] ^= EXP_TABLE[(LOG_TABLE[value] + power) % 255]
        generator = shifted
    tail = generator[1:]
    rows = [bytes(count)]
    rows += [bytes(EXP_TABLE[(LOG_TABLE[f] + LOG_TABLE[g]) % 255] for g in tail) for f in range(1, 256)]
    return tuple(int.from_bytes(row, "big") for row in rows)


def _function_patterns(version: int) -> list[list[bool | None]]:
    """Finder, alignment, timing and version patterns; format cells as False (the masks carry them); data as None."""
    code: QRCode[object] = QRCode(version=version, error_correction=ERROR_CORRECT_M)
    size = code.modules_count = version * 4 + 17
    code.modules = [[None] * size for _ in range(size)]
    code.setup_position_probe_pattern(0, 0)
    code.setup_position_probe_pattern(size - 7, 0)
    code.setup_position_probe_pattern(0, size - 7)
    code.setup_position_adjust_pattern()
    code.setup_timing_pattern()
    code.setup_type_info(test=True, mask_pattern=0)
    if version >= 7:  # noqa: PLR2004 - the standard: versions 7 and up carry their number
        code.setup_type_number(test=False)
    modules: list[list[bool | None]] = code.modules
    return modules


def _data_order(blank: list[list[bool | None]]) -> list[tuple[int, int]]:
    """(row, column) of the data modules in the order of the bit stream: two columns up, two down (7.7.3)."""
    size = len(blank)
    order = []
    upward = True
    for right in [*range(size - 1, 6, -2), *range(5, 0, -2)]:
        rows = range(size - 1, -1, -1) if upward else range(size)
        order += [(y, x) for y in rows for x in (right, right - 1) if blank[y][x] is None]
        upward = not upward
    return order


def _mask(size: int, mask: int, data: dict[tuple[int, int], int]) -> tuple[int, int]:
    """Mask number `mask` over the data modules, with its format information; and the same transposed."""
    flips: Callable[[int, int], bool] = mask_func(mask)
    cells = {(y, x) for y, x in data if flips(y, x)} | _format_cells(size, mask)
    across = sum(1 << (size * size - 1 - y * size - x) for y, x in cells)
    down = sum(1 << (size * size - 1 - x * size - y) for y, x in cells)
    return across, down


def _format_cells(size: int, mask: int) -> set[tuple[int, int]]:
    """The dark modules of both copies of the format information, and the module that is always dark (7.9.1)."""
    bits = BCH_type_info(ERROR_CORRECT_M << 3 | mask)
    rows = [*range(6), 7, 8, *range(size - 7, size)]
    columns = [*range(size - 1, size - 9, -1), 7, *range(5, -1, -1)]
    dark = [i for i in range(15) if bits >> i & 1]
    return {(rows[i], 8) for i in dark} | {(8, columns[i]) for i in dark} | {(size - 8, 8)}
