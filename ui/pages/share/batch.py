"""Posters of many products at once: each with its own link, read back, written, recorded; the refused with why."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from guide_app.base.actor import Actor
from guide_app.base.errors import GuideError
from guide_app.catalogue.model import ProductRow, not_shareable
from guide_app.flows.desk import Desk
from guide_app.flows.for_guides import folder_name
from guide_app.sharing.drawing import Drawing
from guide_app.sharing.sheet import A4, Paper, grid, sheets
from ui.kit.i18n import say
from ui.kit.poster.jpeg import encode_jpeg
from ui.kit.poster.maker import PosterMaker
from ui.kit.poster.render import encode_png, encode_webp
from ui.kit.poster.verify import verify
from ui.kit.problems import error_words
from ui.pages.share.draft import Draft, Subject, new_draft
from ui.pages.share.handout import write_file
from ui.pages.share.parcel import Parcel, wrap_file
from ui.pages.share.studio import Look, Studio, dots_per_inch

BatchKind = Literal["png", "jpg", "webp", "pdf", "sheets"]
"""A file for each poster; or (`sheets`) one PDF of A4 pages with the labels side by side and marks to cut along."""

_SHEETS_A_FILE = 50


@dataclass(frozen=True, slots=True)
class BatchOrder:
    """Which products, how they look, with which coupon, as what, into which folder.

    With `guides` each of them gets all of it in a folder of her own, under her own links; without, who acts.
    """

    products: tuple[ProductRow, ...]
    look: Look
    offer_id: str
    kind: BatchKind
    folder: Path
    paper: Paper = A4
    guides: tuple[Actor, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """A product without a poster, and why."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Made:
    """The files that were written, how many posters are in them, who was refused, whether it was stopped."""

    files: tuple[Path, ...]
    posters: int
    refused: tuple[Refusal, ...]
    stopped: bool = False


class Batch:
    """Makes the posters of an order, away from the GUI thread."""

    def __init__(self, desk: Desk, maker: PosterMaker, studio: Studio) -> None:
        """`studio` says what a draft's poster shows."""
        self._desk, self._maker, self._studio = desk, maker, studio

    def make(self, order: BatchOrder, actor: Actor, going: Callable[[int, int], bool]) -> Made:
        """Make them one after another; `going(done, total)` says whether to go on.

        A product that must not be shared, has no link or would not scan is left out and named. What was made before a
        stop stays, and is recorded. Raises OSError where the folder takes nothing.
        """
        order.folder.mkdir(parents=True, exist_ok=True)
        total = len(order.products) * max(1, len(order.guides))
        presses: list[_Press] = []
        stopped = False
        for guide, own in _each(order, actor):
            press = _Press(self, own, guide, actor)
            presses.append(press)
            for row in order.products:
                if stopped := not going(sum(p.seen for p in presses), total):
                    break
                press.one(row)
            press.finish()
            if stopped:
                break
        files = tuple(file for press in presses for file in press.files)
        refused = dict.fromkeys(refusal for press in presses for refusal in press.refused)
        return Made(files, sum(press.posters for press in presses), tuple(refused), stopped)

    def poster(self, row: ProductRow, order: BatchOrder, actor: Actor) -> tuple[Draft, Drawing, bytes]:
        """A poster that scans, with its file (empty for sheets). Raises GuideError with the reason."""
        draft = new_draft(self._desk, Subject(product_id=row.id, offer_id=order.offer_id), actor)
        drawing = self._maker.drawing(order.look.template, self._studio.content(draft), order.look.palette)
        picture = self._maker.renderer.picture(drawing, dots_per_inch(drawing))
        verify(drawing, picture)
        match order.kind:
            case "png":
                return draft, drawing, encode_png(picture)
            case "jpg":
                return draft, drawing, encode_jpeg(picture)
            case "webp":
                return draft, drawing, encode_webp(picture)
            case "pdf":
                return draft, drawing, self._maker.renderer.pdf(drawing)
            case "sheets":
                return draft, drawing, b""

    def pages(self, drawings: Sequence[Drawing], paper: Paper) -> bytes:
        """Labels on pages of paper, as a PDF."""
        return self._maker.renderer.pdf(*sheets(drawings, paper))

    def record(
        self, draft: Draft, template: str, actor: Actor, author: Actor, parcel: Parcel | None = None
    ) -> None:  # fmt: skip
        """Record that this share leaves: as the file of `parcel`, or (without) on a sheet that has been written.

        It is the `actor`'s; the `author` made it.

        Without a link on it nothing is shared or recorded. Raises GuideError where it must not leave any more.
        """
        if not self._maker.template(template).linked:
            if parcel is not None:
                parcel.go()
            return
        share, deeds = replace(draft.share, template=template), self._desk.share_deeds
        if parcel is None:
            deeds.record(share, draft.link, "print", actor, author=author)
            return
        try:
            deeds.record(share, draft.link, "save", actor, leave=parcel.go, author=author)
        finally:
            parcel.drop()


class _Press:
    """One guide's run of a batch: what has been made so far."""

    def __init__(self, batch: Batch, order: BatchOrder, actor: Actor, author: Actor) -> None:
        order.folder.mkdir(parents=True, exist_ok=True)
        self._batch, self._order, self._actor, self._author = batch, order, actor, author
        self._waiting: list[tuple[Draft, Drawing]] = []
        self.files: list[Path] = []
        self.refused: list[Refusal] = []
        self.posters = self.seen = 0

    def one(self, row: ProductRow) -> None:
        self.seen += 1
        why = not_shareable(row)
        if why is not None:
            self.refused.append(Refusal(row.name, say(why)))
            return
        try:
            draft, drawing, data = self._batch.poster(row, self._order, self._actor)
            if self._order.kind == "sheets":
                self._waiting.append((draft, drawing))
                return
            name = f"{row.spu}-{drawing.template}-{draft.link.share_no}.{self._order.kind}"
            parcel = wrap_file(self._order.folder / name, data)
            self._batch.record(draft, drawing.template, self._actor, self._author, parcel)
        except GuideError as e:
            self.refused.append(Refusal(row.name, error_words(e).sentence))
            return
        self.files.append(parcel.path)
        self.posters += 1

    def finish(self) -> None:
        """Lay the labels that wait on sheets; a file holds no more than a printer's queue likes."""
        if not self._waiting:
            return
        first = self._waiting[0][1]
        drawings = [drawing for _, drawing in self._waiting]
        full = len(sheets_of_one(first, self._order.paper)) * _SHEETS_A_FILE
        for start in range(0, len(drawings), full):
            part = drawings[start : start + full]
            name = f"labels-{first.template}-{start + 1:03d}-{start + len(part):03d}.pdf"
            self.files.append(write_file(self._order.folder / name, self._batch.pages(part, self._order.paper)))
        for draft, drawing in self._waiting:
            self._batch.record(draft, drawing.template, self._actor, self._author)
            self.posters += 1
        self._waiting.clear()


def _each(order: BatchOrder, actor: Actor) -> Iterator[tuple[Actor, BatchOrder]]:
    """Each guide with what is made for her, into which folder."""
    if not order.guides:
        yield actor, order
    for guide in order.guides:
        yield guide, replace(order, folder=order.folder / folder_name(guide))


def sheets_of_one(label: Drawing, paper: Paper) -> list[Drawing]:
    """As many of one label as a sheet takes."""
    across, down = grid(paper, label.width, label.height)
    return [label] * (across * down)
