"""Scanning: milliseconds to read a poster back, and how small it may come out of a chat before it cannot be read."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter

from bench.measure import options, usual
from bench.poster import content
from bench.report import Bench, Target
from ui.kit.poster.maker import PosterMaker
from ui.kit.poster.verify import as_in_chat, read

_PERCENT = 100
_EDGES = (1920, 1280, 960, 720, 540, 400)
_QUALITIES = (85, 70, 50, 30)
_FLOOR = 720
_ALL, _READ = Target(least=100), Target(most=10)


def _passed_on(picture: QImage, edge: int, quality: int) -> QImage:
    small = picture.scaled(edge, edge, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"jpeg"))
    writer.setQuality(quality)
    writer.write(small)
    return QImage.fromData(buffer.data())


def _posters(maker: PosterMaker) -> Iterator[tuple[str, str, QImage]]:
    for number, (name, template) in enumerate(sorted(maker.templates.items())):
        drawing = maker.drawing(name, content(maker, number))
        del template
        yield name, drawing.url, maker.renderer.picture(drawing)


def main(arguments: Sequence[str] | None = None) -> None:
    """Make a poster by every template, pass it on (at most so many as asked for in every way), read it."""
    given = options("scan", arguments, repeats=20, posters=99)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QGuiApplication.instance() or QGuiApplication(["bench"])
    bench = Bench("scan", given.given, given.out)
    posters = list(_posters(PosterMaker()))
    kept = sum(read(as_in_chat(picture), "chat").texts == (url,) for _, url, picture in posters)
    bench.add(f"{len(posters)} templates through a chat, read", _PERCENT * kept / len(posters), "%", _ALL)
    for edge in _EDGES:
        good = [
            read(_passed_on(picture, edge, quality), "worse").texts == (url,)
            for _, url, picture in posters[: given.posters]
            for quality in _QUALITIES
        ]
        target = _ALL if edge >= _FLOOR else Target()
        bench.add(f"longer edge {edge} px, JPEG 85 to 30, read", _PERCENT * sum(good) / len(good), "%", target)
    picture = next(picture for name, _, picture in posters if name == "moments")
    bench.add("reading a poster of 1080×1920", usual(lambda: read(picture, "x"), given.repeats).wall, "ms", _READ)
    bench.finish()
    app.processEvents()


if __name__ == "__main__":
    main()
