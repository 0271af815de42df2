"""本店电脑: this PC and the others of the store, when each was in touch and what it has waiting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from guide_app.sync.health import TeamPc, same_named
from guide_app.sync.watch import SyncStatus
from ui.kit.ages import age_text
from ui.kit.card import Card, row
from ui.kit.painted import StatusDot
from ui.kit.stack import LineStack
from ui.kit.text import ElidedLabel, label
from ui.kit.theme import Theme
from ui.pages.sync.words import moment

_LINE_HEIGHT = 36
_MOST_LINES = 8
# A PC that was in touch within this time (ms) counts as at work.
_LATELY_MS = 3_600_000
_JUST_NOW_MS = 60_000


class TeamCard(Card):
    """The list; this PC first."""

    def __init__(self, theme: Theme) -> None:
        """Start empty."""
        super().__init__()
        self._theme = theme
        self.set_header(self.tr("本店电脑"))
        self.lines = LineStack(self.tr("本店电脑"))
        self.fill(self.lines)
        self._shown: list[tuple[str, str, str]] = []

    def show_pcs(self, pcs: Sequence[TeamPc], status: SyncStatus | None, now_ms: int) -> None:
        """Show `pcs`; `status` is how this one stands now."""
        same = same_named(pcs)
        lines = [(dot_of(pc, status, now_ms), name_of(pc, shared=pc.id in same), said_of(pc, now_ms)) for pc in pcs]
        if lines == self._shown:
            return
        self._shown = lines
        self.lines.set_lines([self._line(*line) for line in lines])
        self.lines.setFixedHeight(min(len(lines), _MOST_LINES) * (_LINE_HEIGHT + 1))

    def _line(self, ink: str, name: str, said: str) -> QWidget:
        made = row(StatusDot(self._theme, ink), ElidedLabel(name), None, label(said, "hint"), margins=(14, 0, 14, 0))
        made.setFixedHeight(_LINE_HEIGHT)
        made.setAccessibleName(f"{name} {said}")
        return made


def dot_of(pc: TeamPc, status: SyncStatus | None, now_ms: int) -> str:
    """Colour of a PC's dot: at work and in step, something waits, shut out, or silent."""
    if pc.revoked or (pc.here and status is not None and status.state == "attention"):
        return "dot_alarm"
    if pc.former:
        return "dot_idle"
    if pc.waiting or (pc.here and status is not None and status.state == "offline"):
        return "dot_wait"
    if pc.last_contact_ms is None or now_ms - pc.last_contact_ms > _LATELY_MS:
        return "dot_idle"
    return "dot_ok"


def name_of(pc: TeamPc, *, shared: bool = False) -> str:
    """What the PC is called; where others `shared` its name, with the day of its enrolment and the end of its id."""
    translate = QCoreApplication.translate
    if shared:
        told = translate("TeamCard", "{name} · {day} 登记 · 尾号 {tail}")
        pc = replace(
            pc, name=told.format(name=pc.name, day=f"{pc.enrolled_on.month}/{pc.enrolled_on.day}", tail=pc.tail)
        )
    if pc.former:
        return translate("TeamCard", "{name}（本机以前的登记）").format(name=pc.name)
    if not pc.here:
        return pc.name
    return translate("TeamCard", "{name}（本机）").format(name=pc.name) if pc.name else translate("TeamCard", "本机")


def said_of(pc: TeamPc, now_ms: int) -> str:
    """When it was in touch, and how much it has waiting."""
    translate = QCoreApplication.translate
    if pc.revoked:
        return translate("TeamCard", "已停用")
    if pc.former:
        return translate("TeamCard", "若没有别的电脑在用, 请总部停用")
    if pc.last_contact_ms is None:
        return translate("TeamCard", "还没有联系过总部")
    age = now_ms - pc.last_contact_ms
    when = age_text(pc.last_contact_ms, now_ms) if age < _JUST_NOW_MS else moment(pc.last_contact_ms, now_ms)
    waiting = translate("TeamCard", "待传 {count}").format(count=f"{pc.waiting:,}")
    return f"{when} · {waiting}"
