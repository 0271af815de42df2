"""批量海报: what, how, where to; then progress that can be stopped, and who has no poster and why."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt, QTimer
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDoubleSpinBox,
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from guide_app.base.actor import Actor
from guide_app.catalogue.model import ProductRow
from guide_app.flows.for_guides import colleagues
from guide_app.sharing.calibration import MOST_MM, Calibration, Offset
from guide_app.sharing.template import Template
from ui.kit.buttons import button
from ui.kit.desk_page import DeskPage
from ui.kit.errors import Failure
from ui.kit.pill import PillButton
from ui.kit.spin import roomy
from ui.kit.text import label
from ui.kit.work import Job, Work
from ui.pages.share.batch import Batch, BatchKind, BatchOrder, Made
from ui.pages.share.ruler_dialog import PrinterNames, look_for_printers, printer_choice
from ui.pages.share.studio import Look

AskFolder = Callable[[QWidget, str, Callable[[Path], None]], None]
_HALF_A4_MM = 105.0
_TICK_MS = 100
_MOST_GUIDES_PX, _FRAME_PX = 132, 10


def ask_folder(parent: QWidget, title: str, then: Callable[[Path], None]) -> None:
    """Ask for a folder with Qt's dialog; call `then` unless cancelled."""
    dialog = QFileDialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(lambda folder: then(Path(folder)))
    dialog.open()


@dataclass(frozen=True, slots=True)
class Choice:
    """What stands on the page when the dialog opens: the products listed, the look, the coupon."""

    products: tuple[ProductRow, ...]
    look: Look
    template: Template
    offer_id: str
    offer_name: str


class BatchDialog(QDialog):
    """Makes posters of all products listed. Stopping keeps what was made."""

    def __init__(
        self,
        parent: QWidget,
        work: Work,
        batch: Batch,
        calibration: Calibration,
        choice: Choice,
        actor: Actor,
        ask: AskFolder = ask_folder,
        names: PrinterNames = QPrinterInfo.availablePrinterNames,
        guides: Callable[[], tuple[Actor, ...]] = tuple,
    ) -> None:
        """Nothing is made before the button is pressed.

        `names` (those of this PC's printers) and `guides` (for whom posters may be made; nobody is shown to choose
        where that is only who acts) are asked away from the GUI thread.
        """
        super().__init__(parent)
        self._work, self._batch, self._calibration = work, batch, calibration
        self._choice, self._actor, self._ask = choice, actor, ask
        self._job: Job | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self.setWindowTitle(self.tr("批量海报"))
        self.setMinimumWidth(500)
        self.kinds: dict[BatchKind, PillButton] = {}
        self.printer = printer_choice(self.tr("其他打印机"), self.tr("用哪台打印机打"))
        self.right, self.down = self._millimetres(self.tr("向右")), self._millimetres(self.tr("向下"))
        self._offset_row = QWidget()
        self._colleagues: tuple[Actor, ...] = ()
        self._guides_row = QWidget()
        self.guides = QListWidget()
        self.all_guides = button(self.tr("全选"), "link")
        self.bar = QProgressBar()
        self.bar.setAccessibleName(self.tr("进度"))
        self.told = label("", "hint", wrap=True)
        self.refused = QPlainTextEdit()
        self.start = button(self.tr("选文件夹并开始…"), "primary")
        self.stop = button(self.tr("停止"))
        self.close_button = button(self.tr("关闭"))
        self._lay_out()
        self.guides.itemChanged.connect(lambda _item: self._running(self._job))
        self.all_guides.clicked.connect(self._choose_all)
        self.start.clicked.connect(self._ask_folder)
        self.stop.clicked.connect(self._stop)
        self.close_button.clicked.connect(self.reject)
        self._show_kind()
        self._running(None)
        self.printer.currentIndexChanged.connect(lambda _place: self._read_offset())
        self._read_offset()
        look_for_printers(work, self.printer, names, lambda: self._job is None and self._offset() == self._shown)
        work.query(lambda _job: guides(), owner=self, slot="guides", done=self._show_guides)

    @property
    def kind(self) -> BatchKind:
        """As what the posters are written."""
        return next(kind for kind, made in self.kinds.items() if made.isChecked())

    @property
    def chosen_guides(self) -> tuple[Actor, ...]:
        """For whom posters are made; empty where only who acts can be meant."""
        places = range(self.guides.count())
        return tuple(self._colleagues[n] for n in places if self._is_ticked(self.guides.item(n)))

    def _is_ticked(self, item: QListWidgetItem) -> bool:
        return item.checkState() is Qt.CheckState.Checked

    def _choose_all(self) -> None:
        """Tick all guides; once all are, only who acts."""
        everybody = len(self.chosen_guides) < self.guides.count()
        for place, guide in enumerate(self._colleagues):
            ticked = everybody or guide.guide_id == self._actor.guide_id
            self.guides.item(place).setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)

    def reject(self) -> None:
        """Closing stops, too; what was made stays."""
        self._stop()
        super().reject()

    # -- making ------------------------------------------------------------------------------------------

    def _ask_folder(self) -> None:
        self._ask(self, self.tr("海报放到哪个文件夹"), self._begin)

    def _begin(self, folder: Path) -> None:
        choice, offset = self._choice, self._offset()
        what, guides = (choice.products, choice.look, choice.offer_id, self.kind), self.chosen_guides
        order = BatchOrder(*what, folder, offset.on(), guides)
        batch, calibration, actor = self._batch, self._calibration, self._actor
        keep, printer = self.kind == "sheets", self.printer.currentData()

        def run(job: Job) -> Made:
            if keep and offset != calibration.offset(printer):
                calibration.keep(offset, actor, printer)

            def going(done: int, total: int) -> bool:
                job.progress = (done, total)
                return not job.cancelled

            return batch.make(order, actor, going)

        self._running(
            self._work.query(run, owner=self, done=self._made, failed=self._failed, title=self.tr("批量海报"))
        )

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _running(self, job: Job | None) -> None:
        self._job = job
        nobody = self.guides.count() > 0 and not self.chosen_guides
        self.start.setEnabled(job is None and bool(self._choice.products) and not nobody)
        self.guides.setEnabled(job is None)
        self.all_guides.setEnabled(job is None)
        self.stop.setEnabled(job is not None)
        self.bar.setVisible(job is not None)
        for made in self.kinds.values():
            made.setEnabled(job is None)
        if job is None:
            self._timer.stop()
        else:
            self.refused.hide()
            self._timer.start()
            self._tick()

    def _tick(self) -> None:
        if self._job is not None:
            done, total = self._job.progress
            self.bar.setRange(0, total)
            self.bar.setValue(done)
            self.told.setText(self.tr("{done} / {total} 张").format(done=done, total=total) if total else "")

    def _made(self, made: Made) -> None:
        self._running(None)
        words = self.tr("做好 {count} 张, 每张都自检可扫").format(count=made.posters)
        if made.stopped:
            words = self.tr("已停止 · ") + words
        if made.refused:
            words += self.tr(" · {count} 件没有做:").format(count=len(made.refused))
            self.refused.setPlainText("\n".join(f"{one.name}: {one.why}" for one in made.refused))
            self.refused.show()
        self.told.setText(words)

    def _failed(self, failure: Failure) -> None:
        self._running(None)
        self.told.setText(f"{failure.sentence} {failure.way_out}".strip())

    # -- choosing ----------------------------------------------------------------------------------------

    def _show_kind(self) -> None:
        self._offset_row.setVisible(self.kind == "sheets")

    def _show_guides(self, colleagues: tuple[Actor, ...]) -> None:
        """Offer a manager her guides, of whom at first only she is chosen."""
        if len(colleagues) < 2:  # noqa: PLR2004 - nobody to choose between
            return
        self._colleagues = colleagues
        for guide in colleagues:
            item = QListWidgetItem(f"{guide.number} {guide.name}", self.guides)
            mine = guide.guide_id == self._actor.guide_id
            item.setCheckState(Qt.CheckState.Checked if mine else Qt.CheckState.Unchecked)
        self.guides.setFixedHeight(min(_MOST_GUIDES_PX, self.guides.sizeHintForRow(0) * len(colleagues) + _FRAME_PX))
        self._guides_row.show()
        self.guides.show()

    def _read_offset(self) -> None:
        calibration, printer = self._calibration, self.printer.currentData()
        self._shown = self._offset()
        self._work.query(lambda _job: calibration.offset(printer), owner=self, slot="offset", done=self._show_offset)

    def _show_offset(self, offset: Offset) -> None:
        if self._offset() != self._shown:
            return  # typed before the answer came
        self.right.setValue(offset.right)
        self.down.setValue(offset.down)
        self._shown = self._offset()

    def _offset(self) -> Offset:
        return Offset(self.right.value(), self.down.value())

    def _millimetres(self, name: str) -> QDoubleSpinBox:
        made = roomy(QDoubleSpinBox())
        made.setRange(-MOST_MM, MOST_MM)
        made.setSingleStep(0.1)
        made.setDecimals(1)
        made.setSuffix(self.tr(" 毫米"))
        made.setAccessibleName(self.tr("打印偏移 {side}").format(side=name))
        return made

    def _lay_out(self) -> None:
        choice = self._choice
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 20, 22, 18)
        column.setSpacing(10)
        column.addWidget(label(self.tr("批量海报"), "section"))
        coupon = choice.offer_name or self.tr("不带券")
        about = self.tr("列表里的 {count} 件商品 · {template} · {coupon}")
        told = about.format(count=len(choice.products), template=choice.template.title, coupon=coupon)
        column.addWidget(label(told, "muted", wrap=True))
        column.addWidget(label(self.tr("每件商品一个自己的链接; 扫不出的不做, 并说明原因。"), "hint", wrap=True))
        self._lay_out_guides(column)
        column.addLayout(self._kind_row())
        below = QVBoxLayout(self._offset_row)
        below.setContentsMargins(0, 0, 0, 0)
        below.addWidget(self.printer)
        offsets = QHBoxLayout()
        below.addLayout(offsets)
        offsets.addWidget(label(self.tr("打印偏移 (按校准页): 向右"), "hint"))
        offsets.addWidget(self.right)
        offsets.addWidget(label(self.tr("向下"), "hint"))
        offsets.addWidget(self.down)
        offsets.addStretch(1)
        self.refused.setReadOnly(True)
        self.refused.setAccessibleName(self.tr("没有做的商品和原因"))
        self.refused.setMaximumHeight(140)
        self.refused.hide()
        for part in (self._offset_row, self.bar, self.told, self.refused):
            column.addWidget(part)
        buttons = QHBoxLayout()
        buttons.addWidget(self.stop)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.start)
        column.addLayout(buttons)
        self.start.setDefault(True)
        self.start.setFocus()

    def _lay_out_guides(self, column: QVBoxLayout) -> None:
        """Room for the guides to choose from, hidden until there is a choice."""
        above = QHBoxLayout(self._guides_row)
        above.setContentsMargins(0, 0, 0, 0)
        above.addWidget(label(self.tr("给哪些导购: 每人一个文件夹, 链接归各自名下"), "hint"))
        above.addStretch(1)
        above.addWidget(self.all_guides)
        self.guides.setAccessibleName(self.tr("给哪些导购"))
        for part in (self._guides_row, self.guides):
            part.hide()
            column.addWidget(part)

    def _kind_row(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(6)
        group = QButtonGroup(self)
        template = self._choice.template
        words = {"png": "PNG", "jpg": "JPEG", "webp": "WebP", "pdf": "PDF"}
        if template.unit == "mm" and template.width < _HALF_A4_MM:
            words = {"sheets": self.tr("拼版 A4, 带裁切线"), **words}
        for kind, word in words.items():
            made = PillButton(word, checkable=True)
            made.clicked.connect(self._show_kind)
            group.addButton(made)
            self.kinds[cast("BatchKind", kind)] = made
            line.addWidget(made)
        next(iter(self.kinds.values())).setChecked(True)
        line.addStretch(1)
        return line


def open_batch(page: DeskPage, batch: Batch, choice: Choice) -> BatchDialog:
    """Open the dialog over a page."""
    actor, roster = page.actor, page.desk.roster
    dialog = BatchDialog(
        page, page.work, batch, page.desk.calibration, choice, actor, guides=lambda: colleagues(roster, actor)
    )
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
