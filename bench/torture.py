"""How much a poster's symbol stands: shrunk, through JPEG, turned, blurred, printed and scanned; the share that reads.

Every template that shows a product is painted and ill-treated in each way; decoders of three makers read what is left,
side by side: zxing-cpp, which the self-check asks, zbar and OpenCV. A printed and scanned poster is one at few dots,
grey, noisy, slightly turned and unevenly lit. A picture counts for a reader that says its address and nothing else.
"""

from __future__ import annotations

import io
import os
import random
from collections.abc import Callable, Iterator, Sequence
from itertools import islice, product
from time import perf_counter

import cv2
import numpy as np
from PIL import Image, ImageEnhance, ImageFilter
from PySide6.QtGui import QGuiApplication, QImage

from bench.measure import options, quantile
from bench.poster import content
from bench.readers import OPENCV, ZBAR, ZXING, readers
from bench.report import Bench, Peer, Target
from ui.kit.poster.maker import PosterMaker
from ui.kit.poster.render import encode_png

_SCALES, _QUALITIES = (1.0, 0.5, 0.35, 0.25), (90, 70, 40, 20)
_ANGLES, _BLURS = (3, 10, 45, 90, 180), (0.5, 1.0, 1.5, 2.0)
_PRINT_DPI, _SCAN_EDGE = 300, 1600
_SURELY_READ = 0.35
_SURE, _MOST = Target(least=100), Target(least=90)

Treatment = Callable[[Image.Image], Image.Image]


def scaled(picture: Image.Image, factor: float) -> Image.Image:
    """The picture at a part of its size."""
    size = max(1, round(picture.width * factor)), max(1, round(picture.height * factor))
    return picture.resize(size, Image.Resampling.LANCZOS)


def jpeg(picture: Image.Image, quality: int) -> Image.Image:
    """The picture through JPEG."""
    held = io.BytesIO()
    picture.save(held, "JPEG", quality=quality)
    return Image.open(io.BytesIO(held.getvalue())).convert("RGB")


def scan(picture: Image.Image, seed: int) -> Image.Image:
    """The picture printed in grey, and scanned a little askew under uneven light."""
    chance = random.Random(seed)
    small = scaled(picture, _SCAN_EDGE / max(picture.size)).convert("L").filter(ImageFilter.GaussianBlur(0.7))
    noise = Image.effect_noise(small.size, 24)
    light = Image.linear_gradient("L").resize(small.size).point(lambda v: 150 + v * 105 // 255)
    dirty = Image.blend(small, noise, 0.12)
    lit = Image.composite(dirty, Image.new("L", small.size, 40), light)
    return lit.rotate(chance.uniform(-3, 3), Image.Resampling.BICUBIC, expand=True, fillcolor=255).convert("RGB")


def askew(picture: Image.Image) -> Image.Image:
    """The picture as a phone sees it that is held to the side: the far edge a fifth shorter, true perspective."""
    wide, high = picture.size
    near = np.array(((0, 0), (wide, 0), (wide, high), (0, high)), np.float32)
    far = np.array(((0, 0), (0.85 * wide, 0.1 * high), (0.85 * wide, 0.9 * high), (0, high)), np.float32)
    seen = cv2.warpPerspective(
        np.asarray(picture), cv2.getPerspectiveTransform(near, far), picture.size, borderValue=(255, 255, 255)
    )
    return Image.fromarray(seen)


def treatments() -> Iterator[tuple[str, Target, Treatment]]:
    """Name, what is asked, and the ill-treatment."""
    for factor, quality in product(_SCALES, _QUALITIES):
        asked = _SURE if factor >= _SURELY_READ else Target()
        yield f"{factor:.0%}, JPEG {quality}", asked, lambda p, f=factor, q=quality: jpeg(scaled(p, f), q)  # type: ignore[misc]
    for angle in _ANGLES:
        yield (
            f"turned {angle}°", _SURE,
            lambda p, a=angle: p.rotate(a, Image.Resampling.BICUBIC, expand=True, fillcolor="white"),  # type: ignore[misc]
        )  # fmt: skip
    for radius in _BLURS:
        yield (
            f"50 %, blurred by {radius:g} px",
            Target(),
            lambda p, r=radius: scaled(p, 0.5).filter(  # type: ignore[misc]
                ImageFilter.GaussianBlur(r)
            ),
        )
    yield "faint (contrast 35 %)", _MOST, lambda p: ImageEnhance.Contrast(p).enhance(0.35)
    yield "photographed askew", _SURE, askew
    yield "printed and scanned", _MOST, lambda p: scan(p, 7)


def _pictures(maker: PosterMaker, most: int) -> Iterator[tuple[str, Image.Image]]:
    """The address and the picture of each template that shows a product by a link, the first `most` of them."""
    said = content(maker, 1)
    drawings = (
        maker.drawing(name, said) for name, template in maker.templates.items() if "product" in template.subjects
    )
    for drawing in islice((one for one in drawings if one.symbols()), most):
        dpi = min(_PRINT_DPI, 2400 / max(drawing.width, drawing.height) * 25.4)
        made: QImage = maker.renderer.picture(drawing, dpi)
        yield said.url, Image.open(io.BytesIO(encode_png(made))).convert("RGB")


def main(arguments: Sequence[str] | None = None) -> None:
    """Ill-treat all posters and count what each reader still reads."""
    given = options("torture", arguments, posters=99)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QGuiApplication.instance() or QGuiApplication(["bench"])
    bench = Bench("torture", given.given, given.out)
    asked_of = readers()
    if ZBAR not in asked_of:
        bench.skip(ZBAR, "its library (libzbar0) is not on this machine")
    posters = list(_pictures(PosterMaker(), given.posters))
    spent: dict[str, list[float]] = {name: [] for name in asked_of}
    for work, asked, treat in treatments():
        left = [(url, treat(picture)) for url, picture in posters]
        rates = {}
        for name, reader in asked_of.items():
            right = 0
            for url, picture in left:
                begun = perf_counter()
                right += reader(picture) == (url,)
                spent[name].append((perf_counter() - begun) * 1000)
            rates[name] = 100 * right / len(left)
        for name in (ZBAR, OPENCV):
            if name in rates:
                bench.add(f"{work}: reads", rates[ZXING], "%", asked, Peer(name, rates[name]))
    for name in (ZBAR, OPENCV):
        if name in spent:
            times = (quantile(spent[one], 0.5) for one in (ZXING, name))
            bench.add("one reading, p50", next(times), "ms", Target(), Peer(name, next(times)))
    bench.finish()
    app.processEvents()


if __name__ == "__main__":
    main()
