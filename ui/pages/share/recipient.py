"""发给: nobody in particular, or one client; one who refused contact cannot be chosen."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from guide_app.clients.model import ClientRow, Portrait
from guide_app.flows.desk import Desk
from guide_app.flows.objections import objects
from ui.kit.hit import Hit
from ui.kit.hit_list import HitList
from ui.kit.i18n import listed
from ui.kit.inline import KeyedField
from ui.kit.pill import PillButton
from ui.kit.text import label, restyle
from ui.kit.theme import Theme
from ui.kit.work import Work

_MOST = 8


@dataclass(frozen=True, slots=True)
class Recipient:
    """The client a share goes to."""

    id: str
    name: str
    sex: str
    contact_state: str
    next_day: dt.date | None = None
    """The first day on which she may be contacted again; None if she may be today."""
    objects: bool = False
    """Whether she has withdrawn from marketing by WeChat, where shares go."""
    flag: str = ""
    """`complaint` or `blocked`, where nothing is sent; empty otherwise."""
    flag_why: str = ""
    cautions: tuple[str, ...] = ()
    """The tags that she carries of those that head office says are to be heeded, such as an allergy."""

    @classmethod
    def of(
        cls,
        portrait: Portrait,
        next_day: dt.date | None = None,
        *,
        objects: bool = False,
        cautions: tuple[str, ...] = (),
    ) -> "Recipient":
        """From her portrait, when she may be contacted again if not today, whether she objects, what to heed."""
        fields = portrait.fields
        return cls(
            portrait.id, fields["name"], fields["sex"], fields["contact_state"], next_day, objects, fields["flag"],
            fields["flag_why"], cautions,
        )  # fmt: skip


class RecipientBox(QWidget):
    """Chips for nobody and the client chosen, and a field to find another. `wanted` carries a client's id."""

    wanted = Signal(str)
    """Id of the client asked for; the page answers with `set_recipient`. Empty: nobody."""

    def __init__(self, theme: Theme, work: Work, find: Callable[[str, int], Sequence[ClientRow]]) -> None:
        """Search by `find(text, limit)` on a reader thread."""
        super().__init__()
        self._work, self._find = work, find
        self.recipient: Recipient | None = None
        self.nobody = PillButton(self.tr("不指定客户"), checkable=True)
        self.nobody.setChecked(True)
        self.chip = PillButton("", "accent")
        self.chip.hide()
        self.field = KeyedField(self._keys)
        self.field.setAccessibleName(self.tr("发给哪位客户"))
        self.field.setPlaceholderText(self.tr("找客户: 姓名、拼音、手机后四位"))
        self.field.setClearButtonEnabled(True)
        self.hint = label("", "hint", wrap=True)
        self.hint.hide()
        self.hits = HitList(theme, self.field)
        self.hits.setParent(self)
        self.destroyed.connect(self.hits.deleteLater)  # by then it may be the window's child
        self.hits.list.chosen.connect(lambda chosen: self.hits.take(chosen.row, self.fold))
        chips = QHBoxLayout()
        chips.setSpacing(6)
        chips.addWidget(self.chip)
        chips.addWidget(self.nobody)
        chips.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(chips)
        column.addWidget(self.field)
        column.addWidget(self.hint)
        self.nobody.clicked.connect(lambda: self.wanted.emit(""))
        self.chip.clicked.connect(lambda: self.wanted.emit(""))
        self.field.textChanged.connect(self._search)

    def set_recipient(self, recipient: Recipient | None) -> bool:
        """Choose a client, or nobody; False (and the reason in sight) for one who refused, objects or needs a rest.

        One who was chosen before she needed a rest stays chosen.
        """
        if recipient is not None and recipient.contact_state == "refused":
            self._say(
                self.tr("{name} 已拒绝一切联系, 不能发送。只有客户本人能改回。").format(name=recipient.name), "danger"
            )
            self._show()
            return False
        if recipient is not None and recipient.flag:
            self._say(self._flagged(recipient), "danger")
            self._show()
            return False
        if recipient is not None and recipient.objects:
            self._say(
                self.tr("{name} 不接受营销信息, 不能发送。只有客户本人能改回。").format(name=recipient.name), "danger"
            )
            self._show()
            return False
        if recipient is not None and recipient.next_day is not None:
            day = self.tr("{month} 月 {day} 日").format(month=recipient.next_day.month, day=recipient.next_day.day)
            self._say(
                self.tr("{name} 近几天联系得够多了, {day}起可以再发。").format(name=recipient.name, day=day), "danger"
            )
            stays = self.recipient is not None and self.recipient.id == recipient.id
            self.recipient = recipient if stays else self.recipient
            self._show()
            return stays  # she stays chosen, and is refused: nobody in her place would get what is meant for her
        self.recipient = recipient
        said = [] if recipient is None else self._heed(recipient)
        self._say("\n".join(said), "warn" if said else "hint")
        self._show()
        return True

    def _heed(self, recipient: Recipient) -> list[str]:
        """What to think of before anything is sent to her."""
        said = []
        if recipient.cautions:
            heeded = self.tr("⚠ 发之前注意, {name} 有标签: {tags}。")
            said.append(heeded.format(name=recipient.name, tags=listed(recipient.cautions)))
        if recipient.contact_state == "none":
            said.append(self.tr("还没有征求 {name} 的联系意见, 先当面问一声。").format(name=recipient.name))
        return said

    def _flagged(self, recipient: Recipient) -> str:
        if recipient.flag == "blocked":
            words = self.tr("{name} 已停止服务, 不能发送 ({why})。请店长先解除停止服务。")
        else:
            words = self.tr("{name} 有投诉未结, 不能发送 ({why})。先处理投诉, 再取消标记。")
        return words.format(name=recipient.name, why=recipient.flag_why)

    def fold(self) -> bool:
        """Close the list and forget the search; whether there was one."""
        was = bool(self.field.text())
        self.field.clear()
        self.hits.hide()
        return was

    def _show(self) -> None:
        chosen = self.recipient
        self.nobody.setChecked(chosen is None)
        self.chip.setVisible(chosen is not None)
        if chosen is not None:
            self.chip.setText(f"{chosen.name} ×".replace("&", "&&"))
            self.chip.setAccessibleName(self.tr("不发给 {name}").format(name=chosen.name))

    def _say(self, words: str, role: str) -> None:
        self.hint.setText(words)
        self.hint.setVisible(bool(words))
        restyle(self.hint, role=role)

    def _search(self, text: str) -> None:
        wanted, find = text.strip(), self._find
        if not wanted:
            self.hits.hide()
            return
        self._work.query(lambda _job: find(wanted, _MOST), owner=self, slot="find", done=partial(self._found, wanted))

    def _found(self, asked: str, rows: Sequence[ClientRow]) -> None:
        if asked == self.field.text().strip() and self.field.hasFocus():
            self.hits.show_hits([self._hit(row) for row in rows], searched=True)

    def _hit(self, row: ClientRow) -> Hit:
        refused = self.tr("已拒绝联系") if row.contact_state == "refused" else ""
        detail = " · ".join(filter(None, (row.phone, *row.tags[:3], refused)))
        return Hit(row.name, detail, "user", command=partial(self.wanted.emit, row.id))

    def _keys(self, event: QKeyEvent) -> bool:
        return self.hits.answers(event, self.fold)


def read_recipient(desk: Desk, client_id: str, viewer: str) -> Recipient | None:
    """The client as a recipient of the guide `viewer` now; None for nobody. Whoever is owed a promise needs no rest.

    Raises NotFoundError.
    """
    if not client_id:
        return None
    promised = any(task.kind == "promise" for task in desk.followup.of_client(client_id))
    next_day = None if promised else desk.followup.contact_room(client_id).next_day
    unwanted = objects(desk.privacy, client_id, "wechat", desk.clock.now_ms())
    cautions = tuple(tag.name for tag in desk.tags.of_client(client_id, viewer) if tag.blocks)
    return Recipient.of(desk.clients.portrait(client_id), next_day, objects=unwanted, cautions=cautions)
