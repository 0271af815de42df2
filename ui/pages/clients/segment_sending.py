"""Coupons and posters for a segment: asked, given away from the GUI thread, stopped at will, refusals told."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog

from guide_app.catalogue.model import ProductRow
from guide_app.flows.segment_coupons import Given, Refused, give_coupons
from guide_app.segments.model import EVERYBODY, Reach, Rule
from guide_app.sharing.queries import CouponOffer
from ui.kit.buttons import button
from ui.kit.desk_page import DeskPage
from ui.kit.i18n import say
from ui.kit.poster.maker import PosterMaker
from ui.kit.thumbs import Pictures
from ui.kit.toast import Notice
from ui.kit.work import Job
from ui.pages.clients.segment_give import CouponsDialog, PosterOrder, PostersDialog, RefusedDialog
from ui.pages.clients.segment_posters import MadeBatch, PosterBatch
from ui.pages.clients.segment_words import Choice

_MOST_PRODUCTS = 10_000
_MOST_CLIENTS = 1_000_000


class SegmentSending(QObject):
    """The two buttons and what they do; `chosen` says which list is meant."""

    def __init__(
        self, page: DeskPage, chosen: Callable[[], Choice | None], maker: PosterMaker | None, pictures: Pictures | None
    ) -> None:
        """Without a `maker` one is made when it is first wanted; without `pictures` posters show the brand's sign."""
        super().__init__(page)
        self._page, self._chosen, self._maker, self._pictures = page, chosen, maker, pictures
        self.coupons = button(self.tr("发券…"))
        self.posters = button(self.tr("海报…"))
        self.coupons.clicked.connect(self._ask_coupons)
        self.posters.clicked.connect(self._ask_posters)

    # -- coupons -----------------------------------------------------------------------------------------

    def _ask_coupons(self) -> None:
        choice, desk, guide = self._chosen(), self._page.desk, self._page.actor.guide_id
        if choice is None:
            return

        def read(_job: object) -> tuple[Reach, tuple[CouponOffer, ...]]:
            return desk.segments.reach(choice.rule, guide), desk.sharing.offers()

        def ask(known: tuple[Reach, tuple[CouponOffer, ...]]) -> None:
            dialog = CouponsDialog(self._page, choice.name, *known)
            dialog.accepted.connect(lambda: self._give(choice.rule, dialog.offer.currentData()))
            open_dialog(dialog)

        self._page.work.query(read, owner=self._page, slot="segment.coupons", done=ask)

    def _give(self, rule: Rule, template: str) -> None:
        actor, desk = self._page.actor, self._page.desk

        def write(job: Job) -> tuple[Given, tuple[str, ...]]:
            # Asked again: whoever refused since the dialog opened gets none.
            reached = desk.segments.reached(rule, actor.guide_id)
            given = give_coupons(desk.coupon_deeds, template, reached, actor, lambda n, of: _going(job, n, of))
            return given, self._told(given.refused)

        def done(answer: tuple[Given, tuple[str, ...]]) -> None:
            given, lines = answer
            said = self.tr("已给 {count} 位客户发券").format(count=f"{len(given.client_ids):,}")
            self._tell(said, lines, stopped=given.stopped)

        self._page.work.change(write, owner=self._page, done=done, title=self.tr("发券"), cancellable=True)

    # -- posters -----------------------------------------------------------------------------------------

    def _ask_posters(self) -> None:
        choice, desk, guide = self._chosen(), self._page.desk, self._page.actor.guide_id
        if choice is None:
            return

        def read(_job: object) -> tuple[Reach, tuple[ProductRow, ...], tuple[CouponOffer, ...], dict[str, str]]:
            self._maker = self._maker or PosterMaker()
            self._maker.learn(desk.materials.centre(self._maker.shipped).templates())
            fit = {n: t for n, t in self._maker.templates.items() if "product" in t.subjects and t.linked}
            templates = {name: template.title for name, template in fit.items()}
            reach = desk.segments.reach(choice.rule, guide)
            return reach, desk.catalogue.products("", _MOST_PRODUCTS), desk.sharing.offers(), templates

        def ask(
            known: tuple[Reach, tuple[ProductRow, ...], tuple[CouponOffer, ...], dict[str, str]],
        ) -> None:
            dialog = PostersDialog(self._page, choice.name, *known)
            dialog.accepted.connect(lambda: self._make(choice.rule, dialog.order()))
            open_dialog(dialog)

        self._page.work.query(read, owner=self._page, slot="segment.posters", done=ask)

    def _make(self, rule: Rule, order: PosterOrder) -> None:
        actor, desk = self._page.actor, self._page.desk
        batch = PosterBatch(desk, self._maker or PosterMaker(), self._pictures or (lambda _image: None))

        def write(job: Job) -> tuple[MadeBatch, tuple[str, ...]]:
            reached = set(desk.segments.reached(rule, actor.guide_id))
            members = desk.segments.members(rule, actor.guide_id, limit=_MOST_CLIENTS)
            clients = [(member.id, member.name) for member in members if member.id in reached]
            made = batch.make(order, clients, actor, lambda n, of: _going(job, n, of))
            return made, self._told(made.refused)

        def done(answer: tuple[MadeBatch, tuple[str, ...]]) -> None:
            made, lines = answer
            said = self.tr("已做 {count} 张海报, 存在 {folder}").format(
                count=f"{len(made.files):,}", folder=str(order.folder)
            )
            self._tell(said, lines, stopped=made.stopped)

        self._page.work.change(write, owner=self._page, done=done, title=self.tr("做海报"), cancellable=True)

    # -- telling -----------------------------------------------------------------------------------------

    def _told(self, refused: Sequence[Refused]) -> tuple[str, ...]:
        """Each refusal with the client's name."""
        if not refused:
            return ()
        members = self._page.desk.segments.members(EVERYBODY, self._page.actor.guide_id, limit=_MOST_CLIENTS)
        names = {member.id: member.name for member in members}
        return tuple(f"{names.get(one.client_id, '')}: {say(one.why)}" for one in refused)

    def _tell(self, said: str, lines: Sequence[str], *, stopped: bool) -> None:
        told = self.tr("{told} (中途停止)").format(told=said) if stopped else said
        if lines:
            open_dialog(RefusedDialog(self._page, told, lines))
        else:
            self._page.notice.emit(Notice(told))


def open_dialog(dialog: QDialog) -> None:
    """Show a dialog that goes when it is closed."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def _going(job: Job, done: int, total: int) -> bool:
    job.progress = (done, total)
    return not job.cancelled
