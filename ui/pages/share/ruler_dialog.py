"""按尺子校准: what a ruler says on the printed ruler page becomes the offset of the printer that printed it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QComboBox, QDialog, QDoubleSpinBox, QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from guide_app.base.actor import Actor
from guide_app.sharing.calibration import Calibration, Offset, from_ruler
from ui.kit.buttons import button
from ui.kit.errors import Failure
from ui.kit.spin import roomy
from ui.kit.text import label, restyle
from ui.kit.work import Work

_WANTED_MM = 20.0
_MOST_MM = 60.0

PrinterNames = Callable[[], list[str]]
"""The names under which the operating system knows this PC's printers."""


def printer_choice(others: str, title: str) -> QComboBox:
    """A list of printers to choose one from; its last line, with the data `""`, stands for all `others`."""
    made = QComboBox()
    made.setAccessibleName(title)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(14)
    made.addItem(others, "")
    return made


def look_for_printers(work: Work, choice: QComboBox, names: PrinterNames, untouched: Callable[[], bool]) -> None:
    """Fill `choice` with the printers `names` once they are known.

    The operating system may ask printers of the network that no longer answer: never on the GUI thread. The first one
    is chosen unless the person, by then no longer `untouched`, is at work for what stood there.
    """

    def show(found: Sequence[str]) -> None:
        with QSignalBlocker(choice):
            for place, name in enumerate(found):
                choice.insertItem(place, name, name)  # what stands for all others stays chosen
        if untouched():
            choice.setCurrentIndex(0)

    work.query(lambda _job: names(), owner=choice, slot="printers", done=show)


class RulerDialog(QDialog):
    """Two lengths, from the paper's edges to the corner of the ruler. `kept` says that the offset is in force."""

    kept = Signal(object)
    """`Offset`."""

    def __init__(
        self, parent: QWidget, work: Work, calibration: Calibration, acting: Callable[[], Actor],
        names: PrinterNames = QPrinterInfo.availablePrinterNames,
    ) -> None:  # fmt: skip
        """Begin at once with what is in force for printers in general, then for the first of `names`."""
        super().__init__(parent)
        self._work, self._calibration, self._acting = work, calibration, acting
        self.setWindowTitle(self.tr("按尺子校准"))
        self.setMinimumWidth(420)
        self.left = self._length(self.tr("左边空多少毫米"))
        self.top = self._length(self.tr("上边空多少毫米"))
        self.printer = printer_choice(self.tr("其他打印机"), self.tr("打印机"))
        self.told = label("", "hint", wrap=True)
        self.keep = button(self.tr("保存"), "primary")
        close = button(self.tr("取消"))
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 20, 22, 18)
        column.setSpacing(12)
        column.addWidget(label(self.tr("按尺子校准"), "section"))
        how = self.tr("先打印校准页。用尺子量纸的左边和上边到尺子刻度 0 的角, 各应是 20 毫米; 把量到的填在这里。")
        column.addWidget(label(how, "muted", wrap=True))
        form = QFormLayout()
        form.setSpacing(8)
        form.addRow(label(self.tr("打印机"), "muted"), self.printer)
        form.addRow(label(self.tr("左边"), "muted"), self.left)
        form.addRow(label(self.tr("上边"), "muted"), self.top)
        column.addLayout(form)
        column.addWidget(self.told)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(close)
        buttons.addWidget(self.keep)
        column.addLayout(buttons)
        self.keep.setDefault(True)
        self.keep.clicked.connect(self._keep)
        close.clicked.connect(self.reject)
        self.left.setFocus()
        self.left.selectAll()
        self.printer.currentIndexChanged.connect(lambda _place: self._read())
        self._read()
        look_for_printers(work, self.printer, names, lambda: self._lengths() == self._shown)

    def _read(self) -> None:
        calibration, printer = self._calibration, self.printer.currentData()
        self._shown = self._lengths()
        self._work.query(lambda _job: calibration.offset(printer), owner=self, slot="offset", done=self._show)

    def _show(self, offset: Offset) -> None:
        if self._lengths() != self._shown:
            return  # typed before the answer came
        self.left.setValue(_WANTED_MM - offset.right)
        self.top.setValue(_WANTED_MM - offset.down)
        self._shown = self._lengths()

    def _lengths(self) -> tuple[float, float]:
        return self.left.value(), self.top.value()

    def _keep(self) -> None:
        left, top, printer = self.left.value(), self.top.value(), self.printer.currentData()
        calibration, actor = self._calibration, self._acting()

        def deed() -> Offset:
            offset = from_ruler(left, top, _WANTED_MM)
            calibration.keep(offset, actor, printer)
            return offset

        self._work.change(lambda _job: deed(), owner=self, done=self._kept, failed=self._failed)

    def _kept(self, offset: Offset) -> None:
        self.kept.emit(offset)
        self.accept()

    def _failed(self, failure: Failure) -> None:
        restyle(self.told, role="danger")
        self.told.setText(f"{failure.sentence} {failure.way_out}".strip())

    def _length(self, name: str) -> QDoubleSpinBox:
        made = roomy(QDoubleSpinBox())
        made.setRange(0, _MOST_MM)
        made.setSingleStep(0.1)
        made.setDecimals(1)
        made.setValue(_WANTED_MM)
        made.setSuffix(self.tr(" 毫米"))
        made.setAccessibleName(name)
        return made
