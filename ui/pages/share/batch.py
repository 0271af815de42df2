"""Posters of many products at once: each with its own link, read back, written, recorded; the refused with why."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QCoreApplication

from guide_app.base.actor import Actor
from guide_app.base.errors import GuideError, InvalidInputError
from guide_app.catalogue.model import ProductRow, not_shareable
from guide_app.flows.desk import Desk
from guide_app.flows.for_guides import folder_name
from guide_app.sharing.drawing import Drawing
from guide_app.sharing.sheet import A4, Paper, grid, sheets
from ui.kit.poster.maker import MadePoster, PosterMaker
from ui.kit.poster.press import Claim, Press, begun_ahead, press_for
from ui.kit.problems import error_words
from ui.pages.share.draft import Draft, Subject, new_draft
from ui.pages.share.handout import write_file
from ui.pages.share.parcel import Parcel, wrap_file
from ui.pages.share.studio import Look, Studio

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

    def __init__(self, desk: Desk, maker: PosterMaker, studio: Studio, processes: int | None = None) -> None:
        """`studio` says what a draft's poster shows; `processes` paint, as many as serve where none are given."""
        self._desk, self._maker, self._studio, self._processes = desk, maker, studio, processes

    def make(self, order: BatchOrder, actor: Actor, going: Callable[[int, int], bool]) -> Made:
        """Make them in their order; `going(done, total)` says whether to go on.

        A product that must not be shared, has no link or would not scan is left out and named. What was made before a
        stop stays, and is recorded; what was under way is given up. Raises OSError where the folder takes nothing.
        """
        order.folder.mkdir(parents=True, exist_ok=True)
        total = len(order.products) * max(1, len(order.guides))
        runs: list[_Run] = []

        def on() -> bool:
            return going(sum(run.seen for run in runs), total)

        with press_for(self._maker, total, self._processes) as press:
            for guide, own in _each(order, actor):
                runs.append(_Run(self, press, own, guide, actor))
                if stopped := not runs[-1].made(on):
                    break
        files = tuple(file for run in runs for file in run.files)
        refused = dict.fromkeys(refusal for run in runs for refusal in run.refused)
        return Made(files, sum(run.posters for run in runs), tuple(refused), stopped)

    def begin(self, row: ProductRow, order: BatchOrder, actor: Actor, press: Press) -> tuple[Draft, Claim]:
        """A product's share with a link of its own, and its poster under way. Raises GuideError with the reason."""
        if (why := not_shareable(row)) is not None:
            another = QCoreApplication.translate("ShareBatch", "请换一款。")
            raise InvalidInputError("product.not_shareable", why, another)
        draft = new_draft(self._desk, Subject(product_id=row.id, offer_id=order.offer_id), actor)
        kind = "none" if order.kind == "sheets" else order.kind
        return draft, press.begin(self._studio.commission(draft, order.look, kind))

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


@dataclass(frozen=True, slots=True)
class _Begun:
    """A product whose poster is under way, or why there is none."""

    row: ProductRow
    work: tuple[Draft, Claim] | GuideError


class _Run:
    """One guide's run of a batch: what is under way, and what has been made so far."""

    def __init__(self, batch: Batch, press: Press, order: BatchOrder, actor: Actor, author: Actor) -> None:
        order.folder.mkdir(parents=True, exist_ok=True)
        self._batch, self._press, self._order, self._actor, self._author = batch, press, order, actor, author
        self._waiting: list[tuple[Draft, Drawing]] = []
        self.files: list[Path] = []
        self.refused: list[Refusal] = []
        self.posters = self.seen = 0

    def made(self, on: Callable[[], bool]) -> bool:
        """Make them in their order while `on()` says so, and lay labels on sheets; whether all are made."""
        all_made = self._settled(on)
        self._finish()
        return all_made

    def _settled(self, on: Callable[[], bool]) -> bool:
        for begun in begun_ahead(self._order.products, self._begin, self._press.ahead):
            if not on():
                return False
            self._settle(begun)
        return True

    def _begin(self, row: ProductRow) -> _Begun:
        try:
            return _Begun(row, self._batch.begin(row, self._order, self._actor, self._press))
        except GuideError as e:
            return _Begun(row, e)

    def _settle(self, begun: _Begun) -> None:
        """Wait for a poster, write and record it; or say why there is none."""
        self.seen += 1
        try:
            if isinstance(begun.work, GuideError):
                raise begun.work
            draft, claim = begun.work
            self._keep(begun.row, draft, claim())
        except GuideError as e:
            self.refused.append(Refusal(begun.row.name, error_words(e).sentence))

    def _keep(self, row: ProductRow, draft: Draft, made: MadePoster) -> None:
        drawing = made.drawing
        if self._order.kind == "sheets":
            self._waiting.append((draft, drawing))
            return
        name = f"{row.spu}-{drawing.template}-{draft.link.share_no}.{self._order.kind}"
        parcel = wrap_file(self._order.folder / name, made.data)
        self._batch.record(draft, drawing.template, self._actor, self._author, parcel)
        self.files.append(parcel.path)
        self.posters += 1

    def _finish(self) -> None:
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
