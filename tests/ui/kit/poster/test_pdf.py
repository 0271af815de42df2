from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from guide_app.sharing.drawing import TextRun
from guide_app.sharing.layout import layout
from guide_app.sharing.sheet import A4, ruler, sheets
from tests.guide_app.sharing.posters import CONTENTS, FULL, LINKED, TEMPLATES, Ems
from tests.ui.kit.poster.test_render import mean_difference, quickest_ms
from ui.kit.poster.pdf import MAX_BYTES
from ui.kit.poster.verify import readings

if TYPE_CHECKING:
    from guide_app.sharing.content import PosterContent
    from ui.kit.poster.render import PosterRenderer

A4_POINTS = (595.276, 841.89)


@pytest.fixture
def page(renderer: PosterRenderer, tmp_path: Path) -> Page:
    return Page(renderer, tmp_path / "poster.pdf")


class Page:
    """A poster's PDF, read with poppler's programs."""

    def __init__(self, renderer: PosterRenderer, file: Path) -> None:
        self._renderer = renderer
        self._file = file

    def make(self, template: str = "a4", content: PosterContent = FULL) -> bytes:
        data = self._renderer.pdf(layout(TEMPLATES[template], content, self._renderer.measure))
        self.save(data)
        return data

    def save(self, data: bytes) -> None:
        self._file.write_bytes(data)

    def text(self) -> str:
        return self._run("pdftotext", "-raw", self._file, "-")

    def points(self) -> tuple[float, float]:
        found = re.search(r"Page size:\s+([\d.]+) x ([\d.]+)", self._run("pdfinfo", self._file))
        assert found is not None
        return float(found[1]), float(found[2])

    def images(self) -> list[str]:
        return self._run("pdfimages", "-list", self._file).splitlines()[2:]

    def picture(self, dpi: int, number: int = 1) -> QImage:
        self._run(
            "pdftoppm", "-r", str(dpi), "-f", str(number), "-png", "-singlefile", self._file, self._file.with_suffix("")
        )
        return QImage(str(self._file.with_suffix(".png")))

    @staticmethod
    def _run(program: str, *arguments: str | Path) -> str:
        path = shutil.which(program)
        if path is None:
            pytest.skip(f"{program} (poppler-utils) is not on this machine")
        done = subprocess.run([path, *map(str, arguments)], capture_output=True, text=True, check=True)
        assert done.stderr == ""  # poppler complains here about what it had to repair
        return done.stdout


@pytest.mark.parametrize("template", list(LINKED))
def test_search_finds_the_words_that_are_printed(page: Page, template: str) -> None:
    content = replace(FULL, product="女鞋 女子 牛皮 橡胶")
    page.make(template, content)
    text = page.text()
    drawn = {run.text for run in layout(TEMPLATES[template], content, Ems()).commands if isinstance(run, TextRun)}
    words = {w for w in ("女鞋", "女子", "牛皮", "橡胶", "红枫叶", "价格", "王敏") if any(w in part for part in drawn)}
    assert len(words) >= 2
    for word in words | ({"¥489"} if "product" in TEMPLATES[template].subjects else set()):
        assert word in text, word


def test_numbers_beside_latin_letters_are_found(page: Page) -> None:
    page.make()
    assert "RM26A-1037" in page.text()
    assert "2026-11-30" in page.text()


def test_radical_signs_that_were_really_written_stay_themselves(page: Page) -> None:
    page.make(content=replace(FULL, product="⼥部首"))
    assert "⼥部首" in page.text()


@pytest.mark.parametrize(
    ("template", "points"), [("a4", A4_POINTS), ("shelf", (170.079, 113.386)), ("square", (810.0, 810.0))]
)
def test_the_page_has_the_true_size(page: Page, template: str, points: tuple[float, float]) -> None:
    page.make(template)
    assert page.points() == pytest.approx(points, abs=0.01)


@pytest.mark.parametrize("template", [n for n, t in LINKED.items() if t.unit == "mm"])
def test_the_symbol_lies_on_paper_to_half_a_millimetre(page: Page, renderer: PosterRenderer, template: str) -> None:
    page.make(template)
    (symbol,) = layout(TEMPLATES[template], FULL, renderer.measure).symbols()
    printed = page.picture(508)  # 20 dots to the millimetre
    across, down = (round(v * 20) for v in (symbol.box.x + 3.5 * symbol.module, symbol.box.y + 3.5 * symbol.module))
    reach = range(round(-4.2 * symbol.module * 20), round(4.2 * symbol.module * 20))
    row = [across + n for n in reach if printed.pixelColor(across + n, down).lightness() < 128]
    column = [down + n for n in reach if printed.pixelColor(across, down + n).lightness() < 128]
    assert min(row) / 20 == pytest.approx(symbol.box.x, abs=0.5)  # the left edge of the first finder pattern
    assert min(column) / 20 == pytest.approx(symbol.box.y, abs=0.5)
    assert (max(row) + 1 - min(row)) / 20 == pytest.approx(7 * symbol.module, abs=0.5)


def test_the_only_image_is_the_photo_zone(page: Page, snapshot: bytes, renderer: PosterRenderer) -> None:
    page.make(content=replace(FULL, photo=renderer.photos.open(snapshot)))
    assert len(page.images()) == 1
    page.make("shelf")
    assert page.images() == []


@pytest.mark.parametrize("content", CONTENTS.values(), ids=list(CONTENTS))
def test_every_page_is_small_and_scans(
    page: Page, content: PosterContent, cutout: bytes, renderer: PosterRenderer
) -> None:
    for template in ("a4", "shelf"):
        data = page.make(template, replace(content, photo=renderer.photos.open(cutout)))
        assert len(data) <= MAX_BYTES
        assert all(r.texts == (content.url,) for r in readings(page.picture(200)))


def test_a_busy_photo_is_stored_coarser_to_keep_the_page_small(
    page: Page, snapshot: bytes, renderer: PosterRenderer
) -> None:
    assert len(page.make(content=replace(FULL, photo=renderer.photos.open(snapshot)))) <= MAX_BYTES


def test_the_page_looks_like_the_picture(page: Page, cutout: bytes, renderer: PosterRenderer) -> None:
    content = replace(FULL, photo=renderer.photos.open(cutout))
    page.make(content=content)
    printed = small(page.picture(100))
    drawn = small(renderer.picture(layout(TEMPLATES["a4"], content, renderer.measure), dpi=300))
    assert mean_difference(printed, drawn) < 2


def small(picture: QImage) -> QImage:
    smooth = Qt.TransformationMode.SmoothTransformation
    return picture.convertToFormat(QImage.Format.Format_RGB32).scaled(210, 297, mode=smooth)


def test_a_sheet_of_labels_scans_label_by_label(page: Page, renderer: PosterRenderer) -> None:
    urls = [FULL.url[:-2] + f"{i:02d}" for i in range(20)]
    labels = [layout(TEMPLATES["shelf"], replace(FULL, url=url), renderer.measure) for url in urls]
    pages = sheets(labels)
    page.save(renderer.pdf(*pages, ruler(A4, renderer.measure)))
    assert page.points() == pytest.approx(A4_POINTS, abs=0.01)
    assert "实际大小" in page.text()
    found = [text for number in (1, 2) for r in readings(page.picture(200, number), thorough=False) for text in r.texts]
    assert sorted(found) == urls


def test_a_page_takes_less_than_its_budget(renderer: PosterRenderer, cutout: bytes) -> None:
    drawing = layout(TEMPLATES["a4"], replace(FULL, photo=renderer.photos.open(cutout)), renderer.measure)
    renderer.pdf(drawing)
    assert quickest_ms(lambda: renderer.pdf(drawing)) < 120
