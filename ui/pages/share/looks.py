"""搭配: the products of a look are gathered under the list, and go out under one link."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QInputDialog, QMenu, QVBoxLayout, QWidget

from guide_app.base.actor import Actor
from guide_app.base.money import yuan
from guide_app.catalogue.model import ProductRow, not_shareable
from guide_app.flows.desk import Desk
from guide_app.sharing.looks import FEWEST, MOST, LookCard
from ui.kit.buttons import IconButton, IconTextButton
from ui.kit.flow import FlowLayout
from ui.kit.inline import Field
from ui.kit.pill import PillButton
from ui.kit.text import label, plain_tip
from ui.kit.theme import Theme
from ui.kit.work import Undo, Undoable, Work

_MENU = 20
_LETTERS = 8


class LookBox(QWidget):
    """Gathers two to six products and keeps them as a look. `wanted` carries the id of the look to share."""

    wanted = Signal(str)
    renamed = Signal(str)
    batch_asked = Signal()
    log_asked = Signal()

    def __init__(self, theme: Theme, work: Work, desk: Desk, acting: Callable[[], Actor]) -> None:
        """Begin empty."""
        super().__init__()
        self._work, self._desk, self._actor = work, desk, acting
        self._current: ProductRow | None = None
        self._parts: dict[str, ProductRow] = {}
        self.add = IconTextButton(theme, "plus", self.tr("加入搭配"), "quiet")
        self.add.setToolTip(plain_tip(self.tr("把选中的商品放进搭配 (Ctrl+B)")))
        self.more = IconButton(theme, "more", self.tr("已有搭配与批量海报"))
        self.hint = label("", "hint", wrap=True)
        self.name = Field()
        self.name.setPlaceholderText(self.tr("搭配名, 例如: 初冬通勤一身"))
        self.name.setAccessibleName(self.tr("搭配名"))
        self.name.setMaxLength(30)
        self.share = IconTextButton(theme, "share", self.tr("分享这套搭配"), "primary")
        self._parts_box = QWidget()
        self._chips = FlowLayout(self._parts_box, 6)
        self._lay_out()
        self.add.clicked.connect(self.add_current)
        self.more.clicked.connect(self._offer_more)
        self.name.textChanged.connect(self._show_state)
        self.name.returnPressed.connect(self._keep)
        self.share.clicked.connect(self._keep)
        self._show_state()

    @property
    def parts(self) -> tuple[str, ...]:
        """Ids of the products gathered, in their order."""
        return tuple(self._parts)

    def set_current(self, row: ProductRow | None) -> None:
        """The product that could be added; None where it must not be shared."""
        self._current = row
        self._show_state()

    def add_current(self) -> None:
        """Put the current product into the look."""
        if self.add.isEnabled() and self._current is not None:
            self._parts[self._current.id] = self._current
            self._show_parts()

    def gather(self, *product_ids: str) -> None:
        """Begin a look with these products; its name is asked for."""
        catalogue, store = self._desk.catalogue, self._actor().store_id

        def begin(rows: Sequence[ProductRow]) -> None:
            self._parts = {row.id: row for row in rows if not_shareable(row) is None}
            self._show_parts()
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)

        rows = lambda _job: [catalogue.card(product_id, store).row for product_id in product_ids]  # noqa: E731
        self._work.query(rows, owner=self, slot="gather", done=begin)

    def _remove(self, product_id: str) -> None:
        self._parts.pop(product_id, None)
        self._show_parts()

    def _keep(self) -> None:
        """Keep the look, then share it."""
        if not self.share.isEnabled():
            return
        looks, name, parts = self._desk.looks, self.name.text(), self.parts
        actor = self._actor()

        def kept(look_id: str) -> None:
            self._parts.clear()
            self.name.clear()
            self._show_parts()
            self.wanted.emit(look_id)

        self._work.change(lambda _job: looks.save(name, parts, actor), owner=self, done=kept)

    def _offer_more(self) -> None:
        looks = self._desk.looks
        self._work.query(lambda _job: looks.all(), owner=self, slot="more", done=self._show_more)

    def _show_more(self, looks: tuple[LookCard, ...]) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("批量做列表里的海报… (Ctrl+M)")).triggered.connect(self.batch_asked)
        menu.addAction(self.tr("分享记录… (Ctrl+H)")).triggered.connect(self.log_asked)
        menu.addSeparator()
        for look in looks[:_MENU]:
            words = self.tr("{name} · {count} 件 {price}").format(
                name=look.name, count=len(look.parts), price=yuan(look.price_fen)
            )
            self._add_look(menu.addMenu(words.replace("&", "&&")), look)
        if not looks:
            menu.addAction(self.tr("还没有搭配")).setEnabled(False)
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _add_look(self, menu: QMenu, look: LookCard) -> None:
        menu.addAction(self.tr("分享")).triggered.connect(lambda: self.wanted.emit(look.id))
        menu.addAction(self.tr("改名…")).triggered.connect(lambda: self.rename(look))
        menu.addAction(self.tr("不再使用")).triggered.connect(lambda: self.end(look))

    def rename(self, look: LookCard) -> QInputDialog:
        """Ask for another name; the look's page shows it too."""
        dialog = QInputDialog(self)
        dialog.setWindowTitle(self.tr("搭配改名"))
        dialog.setLabelText(self.tr("搭配名"))
        dialog.setTextValue(look.name)
        dialog.setOkButtonText(self.tr("保存"))
        dialog.setCancelButtonText(self.tr("取消"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        looks, actor, said = self._desk.looks, self._actor(), self.tr("搭配已改名")

        def change(name: str) -> Undoable[None]:
            looks.rename(look.id, name, actor)
            return Undoable(None, Undo(said, lambda _job: looks.rename(look.id, look.name, actor)))

        dialog.textValueSelected.connect(
            lambda name: self._work.change(
                lambda _job: change(name), owner=self, done=lambda _none: self.renamed.emit(look.id)
            )
        )
        dialog.open()
        return dialog

    def end(self, look: LookCard) -> None:
        """Offer a look no longer; it can be taken back."""
        looks, actor, said = self._desk.looks, self._actor(), self.tr("搭配「{name}」不再使用").format(name=look.name)

        def deed() -> Undoable[None]:
            looks.end(look.id, actor)
            return Undoable(None, Undo(said, lambda _job: looks.resume(look.id, actor)))

        self._work.change(lambda _job: deed(), owner=self)

    def _show_parts(self) -> None:
        self._chips.clear()
        for row in self._parts.values():
            short = row.name if len(row.name) <= _LETTERS else f"{row.name[:_LETTERS]}…"
            chip = PillButton(f"{short} ×")
            chip.setAccessibleName(self.tr("从搭配里去掉 {name}").format(name=row.name))
            chip.setToolTip(plain_tip(row.name))
            chip.clicked.connect(lambda _=False, product_id=row.id: self._remove(product_id))
            self._chips.addWidget(chip)
        self._show_state()

    def _show_state(self) -> None:
        count, current = len(self._parts), self._current
        self.add.setEnabled(current is not None and current.id not in self._parts and count < MOST)
        for part in (self._parts_box, self.hint, self.name, self.share):
            part.setVisible(bool(count))
        total = yuan(sum(row.chat_price_fen for row in self._parts.values()))
        self.hint.setText(
            self.tr("再选一件就成一套, 最多 {most} 件").format(most=MOST)
            if count < FEWEST
            else self.tr("{count} 件 · 合计 {total}").format(count=count, total=total)
        )
        self.share.setEnabled(count >= FEWEST and bool(self.name.text().strip()))

    def _lay_out(self) -> None:
        heads = QHBoxLayout()
        heads.setSpacing(4)
        heads.addWidget(self.add)
        heads.addStretch(1)
        heads.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 6, 10, 8)
        column.setSpacing(6)
        column.addLayout(heads)
        for part in (self._parts_box, self.hint, self.name, self.share):
            column.addWidget(part)
        policy = self._parts_box.sizePolicy()
        policy.setHeightForWidth(True)
        self._parts_box.setSizePolicy(policy)
