"""The poster in work: from what is chosen to a link, a preview, and a finished picture that has been read back.

Each step runs off the GUI thread and only the latest choice counts: what an older one brings is dropped.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QSize, Signal

from guide_app.base.actor import Actor
from guide_app.flows.desk import Desk
from ui.kit.errors import Failure
from ui.kit.work import Work
from ui.pages.share.draft import Draft, Subject, new_draft
from ui.pages.share.studio import Finished, Look, Preview, Studio


class Easel(QObject):
    """Keeps one draft ready for the subject chosen. A draft is changed for another, never altered."""

    changed = Signal()
    """Draft or finished poster came or went: look at `draft` and `finished`."""
    previewed = Signal(object)
    """`Preview` to show; whether it has been read back, `finished` says."""
    refused = Signal(object)
    """`Failure` that says why this poster is not handed out."""
    failed = Signal(object)
    """`Failure`: no link could be made."""

    def __init__(self, work: Work, desk: Desk, acting: Callable[[], Actor], studio: Studio, look: Look) -> None:
        """Begin with nothing chosen."""
        super().__init__()
        self._work, self._desk, self._acting, self._studio = work, desk, acting, studio
        self.look = look
        self.subject = Subject()
        self.draft: Draft | None = None
        self.finished: Finished | None = None
        self.refusal: Failure | None = None
        self._room, self._ratio = QSize(1, 1), 1.0
        self._drafting = False
        self._waiting: Callable[[], None] | None = None

    # -- choosing ----------------------------------------------------------------------------------------

    def choose(self, subject: Subject) -> None:
        """Another subject is another link: what was prepared is not handed out any more."""
        if subject != self.subject:
            self.subject = subject
            self._waiting = None
            self.renew()

    def renew(self) -> None:
        """Let the draft go and prepare the next one for the same subject."""
        self.draft = self.finished = self.refusal = None
        self.changed.emit()
        if self.subject.chosen and not self._drafting:
            self._drafting = True
            subject, actor, desk = self.subject, self._acting(), self._desk
            self._work.change(
                lambda _job: new_draft(desk, subject, actor), owner=self, done=self._drafted, failed=self._undrafted
            )

    def set_look(self, look: Look) -> None:
        """Another template or palette: the same link, another picture."""
        if look != self.look:
            self.look = look
            self._waiting = None
            self.render()

    def set_room(self, room: QSize, ratio: float) -> None:
        """The preview has this many logical px on a screen of `ratio`; a finished picture stays finished."""
        if (room, ratio) != (self._room, self._ratio):
            self._room, self._ratio = room, ratio
            self._preview()

    def render(self) -> None:
        """Make preview and finished picture anew, e.g. because the photo has come."""
        self.finished = self.refusal = None
        self.changed.emit()
        self._preview()

    def when_ready(self, deed: Callable[[], None], *, finished: bool) -> None:
        """Do `deed` now, or once there is a draft (or a finished picture); dropped when another choice is made."""
        there = self.finished if finished else self.draft
        if there is not None:
            deed()
        elif finished and self.refusal is not None:
            self.refused.emit(self.refusal)
        elif self.subject.chosen:
            self._waiting = partial(self.when_ready, deed, finished=finished)

    # -- steps -------------------------------------------------------------------------------------------

    def _drafted(self, draft: Draft) -> None:
        self._drafting = False
        if draft.subject != self.subject:
            self.renew()
            return
        self.draft = draft
        self.changed.emit()
        self._preview()
        self._go_on()

    def _undrafted(self, failure: Failure) -> None:
        self._drafting = False
        self._waiting = None
        self.failed.emit(failure)

    def _preview(self) -> None:
        draft, look = self.draft, self.look
        if draft is None:
            return
        studio, room, ratio = self._studio, self._room, self._ratio
        self._work.query(
            lambda _job: studio.preview(draft, look, room, ratio),
            owner=self,
            slot="preview",
            done=partial(self._previewed, draft, look),
            failed=self._refuse,
        )

    def _previewed(self, draft: Draft, look: Look, preview: Preview) -> None:
        if draft is not self.draft or look != self.look:
            return
        self.previewed.emit(preview)
        if self.finished is None:
            studio = self._studio
            self._work.query(
                lambda job: studio.finish(preview.drawing, job),
                owner=self,
                slot="finish",
                done=partial(self._finish, draft, look),
                failed=self._refuse,
            )

    def _finish(self, draft: Draft, look: Look, finished: Finished) -> None:
        if draft is self.draft and look == self.look:
            self.finished = finished
            self.changed.emit()
            self._go_on()

    def _refuse(self, failure: Failure) -> None:
        self.finished = self._waiting = None
        self.refusal = failure
        self.refused.emit(failure)
        self.changed.emit()

    def _go_on(self) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting()
