"""Milliseconds of an A4 page with a photo, Chinese text and a QR symbol by reportlab."""

import io
import json
from statistics import median
from time import perf_counter

import segno  # type: ignore[import-not-found]  # of the peers' environment
from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]  # same
from reportlab.lib.utils import ImageReader  # type: ignore[import-untyped]  # same
from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]  # same
from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # type: ignore[import-untyped]  # same
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]  # same

pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
photo = io.BytesIO()
segno.make_qr("photo", error="m").save(photo, kind="png", scale=48)


def page(n: int) -> bytes:
    """One page."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.drawImage(ImageReader(io.BytesIO(photo.getvalue())), 40, 380, 500, 420)
    for y, size, text in (
        (330, 28, "软底乐福鞋 2026 秋"),
        (290, 16, "小牛皮 · 记忆棉鞋垫 · 久站不累"),
        (240, 40, "¥489"),
    ):
        canvas.setFont("STSong-Light", size)
        canvas.drawString(40, y, text)
    code = segno.make_qr(f"https://s.redmaple.example/s/EAAFAOcAA3AAMAATXWVd9nW{n:04d}", error="m")
    for row, modules in enumerate(code.matrix):
        for column, dark in enumerate(modules):
            if dark:
                canvas.rect(400 + 4 * column, 300 - 4 * row, 4, 4, stroke=0, fill=1)
    canvas.save()
    return out.getvalue()


spent = []
for n in range(10):
    began = perf_counter()
    page(n)
    spent.append((perf_counter() - began) * 1000)
print(json.dumps({"ms": median(spent)}))
