"""Posters: milliseconds to lay out, paint, encode and read back, beside Pillow + qrcode doing the like unchecked."""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import manimgx_fonts_cjk
import qrcode
from PIL import Image, ImageDraw, ImageFont
from psutil import Process  # type: ignore[import-untyped]  # ships no types
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter

from bench.measure import Spent, held_mib, options, quantile, timed, times, usual
from bench.peers import ask
from bench.report import Bench, Peer, Target
from guide_app.sharing.check import judge
from guide_app.sharing.content import PosterContent
from ui.kit.poster.crew import WORKER
from ui.kit.poster.jpeg import JPEG_QUALITY, encode_jpeg
from ui.kit.poster.maker import Commission, Format, PosterMaker
from ui.kit.poster.press import Press, PressHere, begun_ahead, press_for
from ui.kit.poster.verify import readings, verify

_URL = "https://s.redmaple.example/s/EAAFAOcAA3AAMAATXWVd9nWT6iQ"
_WIDTH, _HEIGHT, _QR = 1080, 1920, 300
_EDGE, _QUALITY = 1200, 88
_WORDS = (
    (1140, "软底乐福鞋 2026 秋"),
    (1230, "小牛皮 · 记忆棉鞋垫 · 久站不累"),
    (1420, "¥489"),
    (1640, "王敏 为你推荐"),
)
_WARM_UP, _P99, _MS = 3, 0.99, 1000

_EACH = Target(most=25, ratio_most=0.2)
_PREVIEW = Target(most=16)
_ENCODER = Target(ratio_most=0.5)
_OF_A_BATCH = Target(most=300)
"""Two hundred in a minute."""
_CHECK = Target(ratio_most=0.7)
_PDF = Target(most=120)
_PDF_SIZE = Target(most=600)


def photo() -> bytes:
    """A picture of the size that the office sends, as JPEG."""
    gradient = Image.linear_gradient("L").resize((_EDGE, _EDGE))
    picture = Image.merge("RGB", (gradient, gradient.rotate(90), gradient.rotate(180)))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()


def content(maker: PosterMaker, number: int) -> PosterContent:
    """What a poster says; each with a link of its own."""
    return PosterContent(
        brand="红枫叶 REDMAPLE",
        product="软底乐福鞋 2026 秋",
        url=f"{_URL[:-4]}{number:04d}",
        price_fen=48900,
        tag_price_fen=56900,
        price_label="券后",
        tag_label="门店价",
        selling_points=("小牛皮", "记忆棉鞋垫", "久站不累"),
        coupon="扫码领 满 400 减 80",
        guide="王敏",
        guide_card="南京西路店",
        recommend="为你推荐",
        photo=maker.photos.open(photo()),
    )


def _pillow(picture: Image.Image, font: ImageFont.FreeTypeFont) -> bytes:
    page = Image.new("RGB", (_WIDTH, _HEIGHT), "white")
    page.paste(picture.resize((_WIDTH, _WIDTH)), (0, 0))
    draw = ImageDraw.Draw(page)
    for y, text in _WORDS:
        draw.text((66, y), text, font=font, fill="#1D2321")
    code = qrcode.make(_URL, error_correction=qrcode.constants.ERROR_CORRECT_M).get_image().convert("RGB")
    page.paste(code.resize((_QR, _QR)), (700, 1390))
    out = io.BytesIO()
    page.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()


def _cjk_font() -> ImageFont.FreeTypeFont:
    folder = Path(manimgx_fonts_cjk.__file__).parent
    files = sorted(file for file in folder.rglob("*") if file.suffix in (".otf", ".ttf", ".ttc"))
    return ImageFont.truetype(str(files[0]), 48)


def _ours(maker: PosterMaker, repeats: int) -> Spent:
    contents = iter([content(maker, n) for n in range(repeats + _WARM_UP)])

    def one() -> bytes:
        drawing = maker.drawing("moments", next(contents))
        picture = maker.renderer.picture(drawing)
        verify(drawing, picture, thorough=False)
        return encode_jpeg(picture)

    times(one, _WARM_UP)
    return _spent(one, repeats)


def _checks(bench: Bench, maker: PosterMaker, picture: QImage, repeats: int) -> None:
    """The self-check of what leaves, beside the same with all of the chat's picture encoded and read."""
    drawing = maker.drawing("moments", content(maker, 1))
    part = _spent(lambda: verify(drawing, picture), repeats)
    whole = _spent(lambda: judge(drawing.url, readings(picture)), repeats)
    peer = Peer("all of the chat's picture encoded", whole.cpu)
    bench.add("self-check: as made, as in a chat, at half size; processor time", part.cpu, "ms", _CHECK, peer)


def _batch(bench: Bench, maker: PosterMaker, repeats: int, file: Path) -> None:
    """Posters of a batch, each with its own link: one after another, and on processes beside this one."""
    said = [replace(content(maker, number), photo=None) for number in range(4 * repeats)]
    kinds: tuple[Format, ...] = ("png", "jpg")
    for kind in kinds:
        wanted = [Commission("moments", one, file, kind) for one in said]
        few = wanted[:repeats]
        _all(PressHere(maker), few[:1])
        alone = _spent(lambda few=few: _all(PressHere(maker), few), 1)  # type: ignore[misc]
        each, cpu = alone.wall / len(few), alone.cpu / len(few)
        name = f"poster of a batch, read back three times, {kind.upper()}"
        bench.add(name, each, "ms", _OF_A_BATCH)
        bench.add(f"{name}, processor time", cpu, "ms", Target())
        peer = Peer("one after another", _MS / each)
        with press_for(maker, len(wanted)) as press:
            began = perf_counter()
            _all(press, few[: press.ahead])
            up = perf_counter()
            _all(press, wanted)
            done = perf_counter()
            held = [held_mib(one.pid) for one in Process().children() if WORKER in one.cmdline()]
        beside = f"on {len(held)} processes, {kind.upper()}"
        bench.add(f"posters {beside}", len(wanted) / (done - up), "per second", Target(), peer)
        bench.add(f"the first {len(held) * 2} {beside}, their start with them", (up - began) * _MS, "ms", Target())
        bench.add(f"memory of one of them, {kind.upper()}", max(held, default=0.0), "MiB", Target())


def _all(press: Press, wanted: Sequence[Commission]) -> None:
    for claim in begun_ahead(wanted, press.begin, press.ahead):
        claim()


def _by_qt(picture: QImage) -> QByteArray:
    """The same file by Qt's own encoder."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"jpeg"))
    writer.setQuality(JPEG_QUALITY)
    writer.write(picture)
    return buffer.data()


def _spent(work: Callable[[], object], repeats: int) -> Spent:
    """The median of some runs, with the processor time of all threads: Qt scales pictures on several."""
    runs = []
    for _ in range(repeats):
        wall, cpu = perf_counter(), process_time()
        work()
        runs.append(Spent((perf_counter() - wall) * _MS, (process_time() - cpu) * _MS))
    return Spent(median(run.wall for run in runs), median(run.cpu for run in runs))


def main(arguments: Sequence[str] | None = None) -> None:
    """Make posters one after the other on one core."""
    given = options("poster", arguments, repeats=30)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QGuiApplication.instance() or QGuiApplication(["bench"])
    bench = Bench("poster", given.given, given.out)
    maker = PosterMaker()
    ours = _ours(maker, given.repeats)
    peer_photo, font = Image.open(io.BytesIO(photo())), _cjk_font()
    theirs = _spent(lambda: _pillow(peer_photo, font), max(3, given.repeats // 3))
    name = f"poster {_WIDTH}×{_HEIGHT}, painted, read back, JPEG"
    bench.add(name, ours.wall, "ms", _EACH, Peer("Pillow + qrcode, unchecked", theirs.wall))
    bench.add(f"{name}, processor time", ours.cpu, "ms", _EACH, Peer("Pillow + qrcode, unchecked", theirs.cpu))
    fixed = content(maker, 1)
    preview = [timed(lambda: maker.renderer.picture(maker.drawing("moments", fixed))) for _ in range(given.repeats)]
    bench.add("preview painted, p99", quantile((run.wall for run in preview), _P99), "ms", _PREVIEW)
    cpu = quantile((run.cpu for run in preview), _P99)
    bench.add("preview painted, processor time, p99", cpu, "ms", _PREVIEW)
    picture = maker.renderer.picture(maker.drawing("moments", fixed))
    encoded = usual(lambda: encode_jpeg(picture), given.repeats).cpu
    qts = usual(lambda: _by_qt(picture), given.repeats).cpu
    bench.add("JPEG encoder alone, processor time", encoded, "ms", _ENCODER, Peer("Qt's", qts))
    _checks(bench, maker, picture, given.repeats)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "photo.jpg"
        file.write_bytes(photo())
        _batch(bench, maker, given.repeats, file)
    page = usual(lambda: maker.renderer.pdf(maker.drawing("a4", fixed)), max(3, given.repeats // 3)).wall
    reportlab = ask("a4_reportlab.py", bench)
    bench.add("A4 PDF", page, "ms", _PDF, Peer("reportlab", reportlab["ms"]) if reportlab else None)
    size = len(maker.renderer.pdf(maker.drawing("a4", fixed)))
    bench.add("A4 PDF, size", size / 1000, "kB", _PDF_SIZE)
    bench.finish()
    app.processEvents()


if __name__ == "__main__":
    main()
