"""Does the poster scan? Rules on the drawing, then a decoder on its pixels. A poster that does not is refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import zxingcpp

from guide_app.base.errors import GuideError
from guide_app.protocol.poster_rules import MIN_CONTRAST, MIN_MODULE_MM, MIN_MODULE_PX, QUIET_MODULES
from guide_app.sharing.drawing import Colour, extent

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from guide_app.sharing.drawing import Drawing, Modules

_TOLERANCE = 1e-6
_PIXEL_BYTES = 4

Reason = Literal["missing", "contrast", "inverted", "quiet", "size", "covered", "unreadable", "other"]

_SENTENCES: dict[Reason, tuple[str, str]] = {
    "missing": ("海报上没有二维码。", "请换一个版式。"),
    "contrast": ("二维码颜色对比太弱，手机可能扫不出。", "请换一个配色。"),
    "inverted": ("二维码深浅颠倒，部分手机扫不出。", "请换一个配色。"),
    "quiet": ("二维码四周留白不足，手机可能扫不出。", "请换一个版式。"),
    "size": ("二维码太小，手机可能扫不出。", "请换更大的版式或更短的链接。"),
    "covered": ("二维码被其他内容挡住。", "请换一个版式。"),
    "unreadable": ("海报生成后自检扫不出二维码，已停止输出。", "请换一个版式或配色。"),
    "other": ("海报上扫出的不是这个链接，已停止输出。", "请重新生成；照片里若有别的二维码，请换照片。"),
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
    """What the decoder read in one variant of the picture."""

    variant: str
    width: int
    height: int
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Every variant that was tried, and what each one said."""

    url: str
    readings: tuple[Reading, ...]

    @property
    def passed(self) -> bool:
        """Whether each variant said the address and nothing else."""
        return bool(self.readings) and all(r.texts == (self.url,) for r in self.readings)


def inspect(drawing: Drawing) -> None:
    """Raise PosterRefused for a symbol that breaks a rule, before anything is painted."""
    symbols = drawing.symbols()
    if not symbols:
        raise PosterRefused("missing")
    for symbol in symbols:
        _inspect_look(symbol)
        smallest = MIN_MODULE_MM if drawing.unit == "mm" else MIN_MODULE_PX
        if symbol.module < smallest - _TOLERANCE:
            raise PosterRefused("size", f"{symbol.module:.2f} {drawing.unit} < {smallest} {drawing.unit}")
        _inspect_cover(drawing, symbol)


def decode(picture: Pixels, variant: str) -> Reading:
    """Read all QR symbols of a picture. Light-on-dark symbols do not count: not every phone reads them."""
    view = zxingcpp.ImageView(
        memoryview(picture.data), picture.width, picture.height, zxingcpp.ImageFormat.BGRA, picture.stride, _PIXEL_BYTES
    )
    formats = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    found = zxingcpp.read_barcodes(view, formats=formats, try_invert=False)
    return Reading(variant, picture.width, picture.height, tuple(b.text for b in found if b.valid))


def judge(url: str, readings: Iterable[Reading]) -> CheckReport:
    """The report, when every variant reads `url` and nothing else. Raises PosterRefused."""
    report = CheckReport(url, tuple(readings))
    strange = [r for r in report.readings if any(t != url for t in r.texts)]
    if strange:
        raise PosterRefused("other", _told(strange))
    if not report.passed:
        raise PosterRefused("unreadable", _told([r for r in report.readings if not r.texts]))
    return report


def _inspect_look(symbol: Modules) -> None:
    if symbol.quiet < QUIET_MODULES - _TOLERANCE:
        raise PosterRefused("quiet", f"{symbol.quiet:.1f} < {QUIET_MODULES}")
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
