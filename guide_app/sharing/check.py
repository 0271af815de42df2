"""Does the poster scan? Rules on the drawing, then a decoder on its pixels. A poster that does not is refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import zxingcpp

from guide_app.base.errors import GuideError
from guide_app.base.phrase import Phrase
from guide_app.protocol.poster_rules import (
    DATAMATRIX_QUIET,
    EAN8_QUIET,
    EAN_QUIET,
    MIN_CONTRAST,
    MIN_MODULE_MM,
    MIN_MODULE_PX,
    QUIET_MODULES,
    smallest_module,
)
from guide_app.sharing.drawing import Box, Colour, extent

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from guide_app.sharing.drawing import Bars, Drawing, Modules

_TOLERANCE = 1e-6
_GTIN_FORMATS = zxingcpp.BarcodeFormats(
    (zxingcpp.BarcodeFormat.EAN13, zxingcpp.BarcodeFormat.EAN8, zxingcpp.BarcodeFormat.DataMatrix)
)
_PIXEL_BYTES = 4

Reason = Literal[
    "missing", "contrast", "inverted", "quiet", "size", "covered", "unreadable", "other", "gtin", "bar_quiet",
    "bar_size", "bar_covered", "bar_unreadable",
]  # fmt: skip

_SENTENCES: dict[Reason, tuple[Phrase, Phrase]] = {
    "missing": (Phrase("海报上没有二维码。"), Phrase("请换一个版式。")),
    "contrast": (Phrase("二维码颜色对比太弱，手机可能扫不出。"), Phrase("请换一个配色。")),
    "inverted": (Phrase("二维码深浅颠倒，部分手机扫不出。"), Phrase("请换一个配色。")),
    "quiet": (Phrase("二维码四周留白不足，手机可能扫不出。"), Phrase("请换一个版式。")),
    "size": (Phrase("二维码太小，手机可能扫不出。"), Phrase("请换更大的版式或更短的链接。")),
    "covered": (Phrase("二维码被其他内容挡住。"), Phrase("请换一个版式。")),
    "unreadable": (Phrase("海报生成后自检扫不出二维码，已停止输出。"), Phrase("请换一个版式或配色。")),
    "gtin": (Phrase("这件商品没有条码, 印不了这种货签。"), Phrase("请换一个版式, 或先补条码。")),
    "bar_quiet": (Phrase("条码两边留白不足, 收银可能扫不出。"), Phrase("请换一个版式。")),
    "bar_size": (Phrase("货签太小, 放不下收银扫得出的条码。"), Phrase("请换更大的货签版式, 或用更高的打印分辨率。")),
    "bar_covered": (Phrase("条码被其他内容挡住。"), Phrase("请换一个版式。")),
    "bar_unreadable": (Phrase("货签生成后自检扫不出条码, 已停止输出。"), Phrase("请换一个版式。")),
    "other": (Phrase("海报上扫出的不是这个链接，已停止输出。"), Phrase("请重新生成；照片里若有别的二维码，请换照片。")),
}


class PosterRefused(GuideError):  # noqa: N818 - a verdict on the poster, not a fault of the program
    """The poster would not scan, or not to its own address; `reason` says why, `detail` in figures."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        sentence, way_out = _SENTENCES[reason]
        super().__init__(f"poster.{reason}", sentence, way_out)
        self.reason: Reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Pixels:
    """A picture in memory: each pixel blue, green, red and an unused byte; each row `stride` bytes."""

    width: int
    height: int
    stride: int
    data: bytes | bytearray | memoryview


@dataclass(frozen=True, slots=True)
class Reading:
    """What the decoder read in one variant of the picture; `bars` is None where GTINs were not asked for."""

    variant: str
    width: int
    height: int
    texts: tuple[str, ...]
    bars: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Every variant that was tried, and what each one said."""

    url: str
    readings: tuple[Reading, ...]
    gtins: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether each variant said the address and nothing else, and every GTIN where it was asked for."""
        wanted = (self.url,) if self.url else ()
        return bool(self.readings) and all(r.texts == wanted for r in self.readings) and not self.unread

    @property
    def unread(self) -> list[Reading]:
        """The variants in which a GTIN could not be read."""
        return [r for r in self.readings if r.bars is not None and not set(self.gtins) <= set(r.bars)]


def inspect(drawing: Drawing) -> None:
    """Raise PosterRefused for a symbol that breaks a rule, before anything is painted."""
    symbols = drawing.symbols()
    if not symbols and (drawing.url or not drawing.bars()):
        raise PosterRefused("missing" if drawing.url else "gtin")
    for symbol in symbols:
        _inspect_look(symbol)
        smallest = MIN_MODULE_MM if drawing.unit == "mm" else MIN_MODULE_PX
        if symbol.module < smallest - _TOLERANCE:
            raise PosterRefused("size", f"{symbol.module:.2f} {drawing.unit} < {smallest} {drawing.unit}")
        _inspect_cover(drawing, symbol)
    for bars in drawing.bars():
        _inspect_bars(drawing, bars)


def symbol_area(drawing: Drawing) -> Box | None:
    """The smallest box round all symbols of a drawing with their quiet zones, in its unit; None without a symbol."""
    boxes = [symbol.box.inset(-symbol.quiet * symbol.module) for symbol in drawing.symbols()]
    boxes += [_with_margins(bars) for bars in drawing.bars()]
    if not boxes:
        return None
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    return Box(left, top, max(box.right for box in boxes) - left, max(box.bottom for box in boxes) - top)


def decode(picture: Pixels, variant: str, *, bars: bool = False) -> Reading:
    """Read all QR symbols of a picture, and (`bars`) all GTINs.

    Light-on-dark symbols do not count: not every phone reads them.
    """
    view = zxingcpp.ImageView(
        memoryview(picture.data), picture.width, picture.height, zxingcpp.ImageFormat.BGRA, picture.stride, _PIXEL_BYTES
    )
    formats = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    found = zxingcpp.read_barcodes(view, formats=formats, try_invert=False)
    texts = tuple(b.text for b in found if b.valid)
    if not bars:
        return Reading(variant, picture.width, picture.height, texts)
    gtins = zxingcpp.read_barcodes(view, formats=_GTIN_FORMATS, try_invert=False)
    return Reading(variant, picture.width, picture.height, texts, tuple(b.text for b in gtins if b.valid))


def judge(url: str, readings: Iterable[Reading], gtins: Sequence[str] = ()) -> CheckReport:
    """The report, when every variant reads `url` (empty: no QR symbol) and nothing else, and `gtins` where asked for.

    Raises PosterRefused.
    """
    report = CheckReport(url, tuple(readings), tuple(gtins))
    strange = [r for r in report.readings if any(t != url for t in r.texts)]
    if strange:
        raise PosterRefused("other", _told(strange))
    if report.unread:
        raise PosterRefused("bar_unreadable", _told(report.unread))
    if not report.passed:
        raise PosterRefused("unreadable", _told([r for r in report.readings if not r.texts]))
    return report


def _inspect_look(symbol: Modules) -> None:
    if symbol.quiet < QUIET_MODULES - _TOLERANCE:
        raise PosterRefused("quiet", f"{symbol.quiet:.1f} < {QUIET_MODULES}")
    _inspect_colours(symbol)


def _inspect_bars(drawing: Drawing, bars: Bars) -> None:
    """A GTIN's symbol: its margins, its module, its colours, and nothing over it."""
    kind = bars.symbol.kind
    quiet = {"ean13": EAN_QUIET, "ean8": EAN8_QUIET, "datamatrix": (DATAMATRIX_QUIET, DATAMATRIX_QUIET)}[kind]
    if any(given < wanted - _TOLERANCE for given, wanted in zip(bars.quiet, quiet, strict=True)):
        raise PosterRefused("bar_quiet", f"{bars.quiet} < {quiet}")
    require_module(bars, drawing.unit, bars.module)
    _inspect_colours(bars)
    area = _with_margins(bars).inset(_TOLERANCE)
    for command in drawing.commands[drawing.commands.index(bars) + 1 :]:
        if extent(command).meets(area):
            raise PosterRefused("bar_covered", type(command).__name__)


def _with_margins(bars: Bars) -> Box:
    """A GTIN's symbol with the light modules to its left and right."""
    left, right = bars.quiet[0] * bars.module, bars.quiet[1] * bars.module
    return Box(bars.box.x - left, bars.box.y, bars.box.width + left + right, bars.box.height)


def require_module(bars: Bars, unit: str, module: float) -> None:
    """Raise PosterRefused if a GTIN's symbol with this module, in mm or px, would be finer than scanners read."""
    smallest = smallest_module("ean" if bars.symbol.linear else "datamatrix", unit)
    if module < smallest - _TOLERANCE:
        raise PosterRefused("bar_size", f"{module:.3f} {unit} < {smallest} {unit}")


def _inspect_colours(symbol: Modules | Bars) -> None:
    if Colour(*symbol.dark).luminance() > Colour(*symbol.light).luminance():
        raise PosterRefused("inverted")
    contrast = symbol.dark.contrast(symbol.light)
    if contrast < MIN_CONTRAST or min(symbol.dark.alpha, symbol.light.alpha) < 255:  # noqa: PLR2004 - opaque
        raise PosterRefused("contrast", f"{contrast:.1f} < {MIN_CONTRAST}")


def _inspect_cover(drawing: Drawing, symbol: Modules) -> None:
    """Nothing may be painted over the symbol or the quiet zone that the standard asks for."""
    area = symbol.box.inset(-QUIET_MODULES * symbol.module + _TOLERANCE)
    later = drawing.commands[drawing.commands.index(symbol) + 1 :]
    for command in later:
        if extent(command).meets(area):
            raise PosterRefused("covered", type(command).__name__)


def _told(readings: Sequence[Reading]) -> str:
    return "; ".join(f"{r.variant} {r.width}×{r.height}: {', '.join(r.texts) or '-'}" for r in readings)
