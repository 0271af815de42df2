"""The left side of 话术: search, scenes, and the scripts found."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from guide_app.followup.scripts import LibraryScript
from ui.kit.buttons import button
from ui.kit.flow import FlowLayout
from ui.kit.inline import KeyedField
from ui.kit.paged import RowModel
from ui.kit.pill import PillButton
from ui.kit.rows import Chosen, RowDelegate, RowList, paint_two_lines
from ui.kit.text import label
from ui.kit.theme import Theme

FAVOURITES, OWN = "\x00favourite", "\x00own"
"""Stand where a scene stands: her favourites, and what guides of the store wrote."""

_MOVES = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)


def script_title(script: LibraryScript) -> str:
    """`★ 生日祝福 · A`."""
    return " ".join(
        filter(None, ("★" if script.favourite else "", script.title, script.variant and f"· {script.variant}"))
    )


class _Delegate(RowDelegate):
    def paint_row(self, painter: QPainter, rect: QRectF, row: LibraryScript, *, selected: bool) -> None:
        del selected
        who = row.author if row.own else ""
        second = " · ".join(filter(None, (row.scene, who, row.body.replace("\n", " "))))
        paint_two_lines(painter, rect, script_title(row), second, self.theme)


class LibraryList(QWidget):
    """Says what is searched for and which script is looked at; the page reads and answers with `show_scripts`."""

    wanted = Signal()
    """Other words or another scene: read `text` and `scene`."""
    moved = Signal(object)
    """`LibraryScript` that is looked at now, or None."""
    chosen = Signal()
    """Enter: the script looked at is to be copied."""

    def __init__(self, theme: Theme) -> None:
        """Start empty, at all scenes."""
        super().__init__()
        self.search = KeyedField(self._keys)
        self.search.setPlaceholderText(self.tr("找话术: 任意词、拼音"))
        self.search.setAccessibleName(self.tr("找话术"))
        self.search.setClearButtonEnabled(True)
        self.add = button(self.tr("+ 自己写"), tip=self.tr("写一条自己的话术 (Ctrl+N)"))
        self._chips: dict[str, PillButton] = {}
        self._group = QButtonGroup(self)
        self._holder = QWidget()
        self._flow = FlowLayout(self._holder, 6)
        policy = self._holder.sizePolicy()
        policy.setHeightForWidth(True)
        policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)
        self._holder.setSizePolicy(policy)
        self.model: RowModel[LibraryScript] = RowModel(script_title)
        self.list = RowList(_Delegate(theme), self.tr("话术"))
        self.list.setModel(self.model)
        self.empty = label("", "muted", wrap=True)
        self.empty.setContentsMargins(14, 10, 14, 10)
        top = QHBoxLayout()
        top.setContentsMargins(10, 10, 10, 0)
        top.addWidget(self.search, 1)
        top.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        chips = QVBoxLayout()
        chips.setContentsMargins(10, 0, 10, 0)
        chips.addWidget(self._holder)
        column.addLayout(chips)
        column.addWidget(self.empty)
        column.addWidget(self.list, 1)
        self.setFocusProxy(self.search)
        self.search.textChanged.connect(self.wanted)
        self.list.moved.connect(self._moved)
        self.list.chosen.connect(lambda _chosen: self.chosen.emit())

    @property
    def text(self) -> str:
        """The words looked for."""
        return self.search.text().strip()

    @property
    def scene(self) -> str:
        """The scene chosen, `FAVOURITES` or `OWN`; empty for all."""
        return next((key for key, chip in self._chips.items() if chip.isChecked()), "")

    def scenes_to_offer(self) -> list[str]:
        """For a new script: the scene chosen, then those of the scripts in sight, each once."""
        chosen = self.scene if self.scene not in (FAVOURITES, OWN) else ""
        return list(dict.fromkeys((chosen, *(script.scene for script in self.model.rows))))

    @property
    def current(self) -> LibraryScript | None:
        """The script looked at."""
        found: LibraryScript | None = self.list.row_at(self.list.currentIndex().row())
        return found

    def set_scenes(self, scenes: Sequence[tuple[str, str]], chosen: str) -> None:
        """Offer scenes (key and words); `chosen` is taken if it is among them, else all."""
        keys = ("", FAVOURITES, OWN)
        names = (self.tr("全部"), self.tr("★ 收藏"), self.tr("本店自写"))
        wanted = [*zip(keys, names, strict=True), *scenes]
        if [(key, chip.text()) for key, chip in self._chips.items()] != [(k, w.replace("&", "&&")) for k, w in wanted]:
            self._flow.clear()
            self._chips = {}
            for key, words in wanted:
                chip = PillButton(words, checkable=True)
                self._group.addButton(chip)
                chip.clicked.connect(self.wanted)
                self._chips[key] = chip
                self._flow.addWidget(chip)
        self._chips[chosen if chosen in self._chips else ""].setChecked(True)

    def choose_scene(self, scene: str) -> bool:
        """Choose a scene as if pressed; whether it is offered."""
        if scene not in self._chips:
            return False
        self._chips[scene].setChecked(True)
        return True

    def show_scripts(self, scripts: Sequence[LibraryScript], wanted_id: str = "") -> None:
        """List these; look at `wanted_id`, else at the one looked at before, else at the first."""
        before = self.current
        self.model.set_rows(scripts)
        ids = [script.id for script in scripts]
        place = next((ids.index(one) for one in (wanted_id, before.id if before else "") if one in ids), 0)
        if scripts:
            self.list.setCurrentIndex(self.model.index(place, 0))
        self.moved.emit(scripts[place] if scripts else None)
        words = self.tr("没有找到。换个词, 或按 Ctrl+N 自己写一条。") if self.text or self.scene else ""
        self.empty.setText(words or self.tr("还没有话术。总部的话术随同步到来; 也可以按 Ctrl+N 自己写。"))
        self.empty.setVisible(not scripts)

    def _moved(self, chosen: Chosen) -> None:
        if chosen.row is not None:
            self.moved.emit(chosen.row)

    def _keys(self, event: QKeyEvent) -> bool:
        if event.key() in _MOVES:
            self.list.keyPressEvent(event)
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit()
            return True
        return False
