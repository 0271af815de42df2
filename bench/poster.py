"""Posters: milliseconds to lay out, paint, encode and read back, beside Pillow + qrcode doing the like."""

from __future__ import annotations

import io
import os
from pathlib import Path
from statistics import median

import qrcode
from PIL import Image, ImageDraw, ImageFont
from PySide6.QtGui import QGuiApplication, QImage

from bench.report import Bench, quantile, times
from guide_app.sharing.content import PosterContent
from guide_app.sharing.qr import qr_matrix
from ui.kit.poster.maker import PosterMaker
from ui.kit.poster.render import encode_jpeg
from ui.kit.poster.verify import verify

_URL = "https://s.redmaple.example/s/EAAFAOcAA3AAMAATXWVd9nWT6iQ"
_REPEATS = 30


def _photo() -> bytes:
    gradient = Image.linear_gradient("L").resize((1200, 1200))
    picture = Image.merge("RGB", (gradient, gradient.rotate(90), gradient.rotate(180)))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=88)
    return out.getvalue()


def _content(maker: PosterMaker, number: int) -> PosterContent:
    return PosterContent(
        brand="红枫叶 REDMAPLE", product="软底乐福鞋 2026 秋", url=f"{_URL[:-4]}{number:04d}", price_fen=48900,
        tag_price_fen=56900, price_label="券后", tag_label="门店价", selling_points=("小牛皮", "记忆棉鞋垫", "久站不累"),
        coupon="扫码领 满 400 减 80", guide="王敏", guide_card="南京西路店", recommend="为你推荐",
        photo=maker.photos.open(_photo()),
    )  # fmt: skip


def _pillow(photo: Image.Image, font: ImageFont.FreeTypeFont) -> bytes:
    page = Image.new("RGB", (1080, 1920), "white")
    page.paste(photo.resize((1080, 1080)), (0, 0))
    draw = ImageDraw.Draw(page)
    for y, text in (
        (1140, "软底乐福鞋 2026 秋"),
        (1230, "小牛皮 · 记忆棉鞋垫 · 久站不累"),
        (1420, "¥489"),
        (1640, "王敏 为你推荐"),
    ):
        draw.text((66, y), text, font=font, fill="#1D2321")
    code = qrcode.make(_URL, error_correction=qrcode.constants.ERROR_CORRECT_M).get_image().convert("RGB")
    page.paste(code.resize((300, 300)), (700, 1390))
    out = io.BytesIO()
    page.save(out, "JPEG", quality=88)
    return out.getvalue()


def _cjk_font() -> ImageFont.FreeTypeFont:
    import manimgx_fonts_cjk  # noqa: PLC0415 - only the peer wants a font file

    files = sorted(
        f for f in Path(manimgx_fonts_cjk.__file__).parent.rglob("*") if f.suffix in (".otf", ".ttf", ".ttc")
    )
    return ImageFont.truetype(str(files[0]), 48)


def main() -> None:
    """Make posters one after the other on one core."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QGuiApplication(["bench"])
    bench = Bench("poster")
    maker = PosterMaker()
    contents = iter([_content(maker, n) for n in range(_REPEATS + 3)])

    def one() -> QImage:
        drawing = maker.drawing("moments", next(contents))
        picture = maker.renderer.picture(drawing)
        verify(drawing, picture, thorough=False)
        encode_jpeg(picture)
        return picture

    for _ in range(3):
        one()
    ours = times(one, _REPEATS)
    peer_photo, font = Image.open(io.BytesIO(_photo())), _cjk_font()
    theirs = times(lambda: _pillow(peer_photo, font), 10)
    bench.add(
        "poster 1080×1920, checked, JPEG", median(ours), "ms", "Pillow + qrcode, unchecked", median(theirs),
        target="≤ 25 ms (40/s), ≤ 0.2 ×", ok=median(ours) <= 25 and median(ours) <= 0.2 * median(theirs),
    )  # fmt: skip
    fixed = _content(maker, 1)
    preview = times(lambda: maker.renderer.picture(maker.drawing("moments", fixed)), _REPEATS)
    p99 = quantile(preview, 0.99)
    bench.add("preview painted, p99", p99, "ms", "one frame at 60 Hz", 16.0, target="≤ 16 ms", ok=p99 <= 16)
    page = times(lambda: maker.renderer.pdf(maker.drawing("a4", fixed)), 10)
    bench.add("A4 PDF", median(page), "ms", "limit", 120.0, target="≤ 120 ms", ok=median(page) <= 120)
    urls = iter(f"{_URL}{n}" for n in range(10_000))
    mine = median(times(lambda: qr_matrix(next(urls)), 200))
    lib = median(times(lambda: qrcode.make(next(urls), error_correction=qrcode.constants.ERROR_CORRECT_M), 20))
    bench.add("QR matrix", mine, "ms", "qrcode.make", lib, target="≤ 0.2 ×", ok=mine <= 0.2 * lib)
    bench.finish()
    del app


if __name__ == "__main__":
    main()
