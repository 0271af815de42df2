"""打印机设置: for each purpose the printer of this PC, with a test page before anything is kept."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QDialog, QDoubleSpinBox, QLineEdit, QWidget

from guide_app.base.actor import Actor
from guide_app.sharing.drawing import Drawing
from guide_app.sharing.printers import Printer, Printers, Purpose, deliver
from guide_app.sharing.sheet import frame
from ui.kit.buttons import button
from ui.kit.card import row
from ui.kit.errors import Failure
from ui.kit.form import form_of
from ui.kit.poster.dots import raw_job
from ui.kit.poster.render import PosterRenderer
from ui.kit.spin import roomy
from ui.kit.text import label, restyle
from ui.kit.work import Job, Work

_DPI_203, _DPI_300 = 8.0, 11.81
_REACH = {"": 0, "58": 384, "80": 576}
_MOST_OFF_MM = 10.0
_RECEIPT_MM, _LABEL_MM = (58.0, 60.0), (60.0, 40.0)


def purpose_words(purpose: Purpose) -> str:
    """What a purpose is called."""
    return {
        "poster": QCoreApplication.translate("PrinterDialog", "海报和台卡"),
        "label": QCoreApplication.translate("PrinterDialog", "货签"),
        "receipt": QCoreApplication.translate("PrinterDialog", "小票"),
    }[purpose]


class PrinterDialog(QDialog):
    """Asks how a purpose's printer is reached and what it speaks; keeps it for this PC."""

    def __init__(
        self, parent: QWidget, work: Work, printers: Printers, renderer: PosterRenderer, acting: Callable[[], Actor],
        known: dict[Purpose, Printer], purpose: Purpose,
    ) -> None:  # fmt: skip
        """`known` is what is kept now; begin at `purpose`."""
        super().__init__(parent)
        self._work, self._printers, self._renderer, self._acting = work, printers, renderer, acting
        self._known = dict(known)
        self.setWindowTitle(self.tr("打印机设置"))
        self.setMinimumWidth(460)
        self.purpose, self.way, self.language = QComboBox(), QComboBox(), QComboBox()
        self.dots, self.reach = QComboBox(), QComboBox()
        self.address = QLineEdit()
        self.gap, self.right, self.down = roomy(QDoubleSpinBox()), roomy(QDoubleSpinBox()), roomy(QDoubleSpinBox())
        self.told = label("", "hint", wrap=True)
        self.test = button(self.tr("打测试页"))
        self.keep = button(self.tr("保存"), "primary")
        self.keep.setDefault(True)
        self.close_button = button(self.tr("关闭"))
        self._fill()
        self._lay_out()
        self.purpose.setCurrentIndex(self.purpose.findData(purpose))
        self.purpose.currentIndexChanged.connect(self._show_purpose)
        self.way.currentIndexChanged.connect(self._show_way)
        self.test.clicked.connect(self._test)
        self.keep.clicked.connect(self._keep)
        self.close_button.clicked.connect(self.reject)
        self._show_purpose()

    # -- building ----------------------------------------------------------------------------------------

    def _fill(self) -> None:
        purposes: tuple[Purpose, ...] = ("poster", "label", "receipt")
        for purpose in purposes:
            self.purpose.addItem(purpose_words(purpose), purpose)
        for way, words in (
            ("system", self.tr("系统打印 (每次选打印机)")),
            ("network", self.tr("网络打印机 (端口 9100)")),
            ("queue", self.tr("系统里的打印队列, 原样送出")),
            ("file", self.tr("设备或文件")),
        ):
            self.way.addItem(words, way)
        for language, words in (
            ("escpos", self.tr("ESC/POS · 小票机")),
            ("tspl", self.tr("TSPL · 标签机")),
            ("zpl", self.tr("ZPL · 标签机")),
        ):
            self.language.addItem(words, language)
        for dots, words in ((_DPI_203, self.tr("203 dpi · 每毫米 8 点")), (_DPI_300, self.tr("300 dpi"))):
            self.dots.addItem(words, dots)
        for reach, words in (
            ("", self.tr("和版式一样宽")),
            ("58", self.tr("58 毫米纸 · 384 点")),
            ("80", self.tr("80 毫米纸 · 576 点")),
        ):
            self.reach.addItem(words, _REACH[reach])
        for made in (self.right, self.down):
            made.setRange(-_MOST_OFF_MM, _MOST_OFF_MM)
            made.setSingleStep(0.5)
        self.gap.setRange(0.0, 20.0)
        self.address.setPlaceholderText(self.tr("192.168.1.80、队列名或 /dev/usb/lp0"))

    def _lay_out(self) -> None:
        form = form_of(self)
        for text, field in (
            (self.tr("用来打"), self.purpose),
            (self.tr("怎样送到"), self.way),
            (self.tr("地址"), self.address),
            (self.tr("打印机语言"), self.language),
            (self.tr("精度"), self.dots),
            (self.tr("打得到的宽度"), self.reach),
            (self.tr("标签间隔 (毫米)"), self.gap),
            (self.tr("右移 (毫米)"), self.right),
            (self.tr("下移 (毫米)"), self.down),
        ):
            field.setAccessibleName(text)
            form.addRow(text, field)
        form.addRow(self.told)
        form.addRow(row(self.test, None, self.close_button, self.keep, margins=(0, 4, 0, 0)))

    # -- showing -----------------------------------------------------------------------------------------

    @property
    def chosen(self) -> Printer:
        """The printer as the fields say."""
        return Printer(
            way=self.way.currentData(),
            language=self.language.currentData(),
            address=self.address.text().strip(),
            dots_mm=self.dots.currentData(),
            reach=self.reach.currentData(),
            gap_mm=self.gap.value(),
            right_mm=self.right.value(),
            down_mm=self.down.value(),
        )

    def _show_purpose(self) -> None:
        purpose: Purpose = self.purpose.currentData()
        printer = self._known[purpose]
        if printer.way == "system":  # what such paper is usually printed by, to begin with
            language = "escpos" if purpose == "receipt" else "tspl"
            self.language.setCurrentIndex(self.language.findData(language))
        else:
            self.language.setCurrentIndex(self.language.findData(printer.language))
        self.way.setCurrentIndex(self.way.findData(printer.way))
        self.address.setText(printer.address)
        self.dots.setCurrentIndex(max(0, self.dots.findData(printer.dots_mm)))
        fresh_receipt = printer.way == "system" and purpose == "receipt"
        reach = _REACH["58"] if fresh_receipt else printer.reach  # what it does not reach would be wrapped or lost
        self.reach.setCurrentIndex(max(0, self.reach.findData(reach)))
        for made, value in ((self.gap, printer.gap_mm), (self.right, printer.right_mm), (self.down, printer.down_mm)):
            made.setValue(value)
        self._show_way()

    def _show_way(self) -> None:
        raw = self.way.currentData() != "system"
        for made in (self.address, self.language, self.dots, self.reach, self.gap, self.right, self.down, self.test):
            made.setEnabled(raw)
        if raw:
            self._say(self.tr("测试页的框应距纸边各 2 毫米; 差多少, 就右移下移多少 (往左往上填负数)。"))
        else:
            self._say(self.tr("按 Ctrl+P 时选系统里的打印机, 或存为 PDF。"))

    def _say(self, words: str, *, bad: bool = False) -> None:
        restyle(self.told, role="danger" if bad else "hint")
        self.told.setText(words)

    # -- deeds -------------------------------------------------------------------------------------------

    def _test(self) -> None:
        printer, renderer = self.chosen, self._renderer
        width, height = _RECEIPT_MM if printer.language == "escpos" else _LABEL_MM

        def run(_job: Job) -> None:
            page: Drawing = frame(width, height, renderer.measure)
            deliver(raw_job(renderer, page, printer), printer)

        self._work.query(
            run, owner=self, done=lambda _none: self._say(self.tr("测试页已送到打印机。")), failed=self._refused
        )  # fmt: skip

    def _keep(self) -> None:
        purpose: Purpose = self.purpose.currentData()
        printer, printers, actor = self.chosen, self._printers, self._acting()

        def kept(_none: None) -> None:
            self._known[purpose] = printer
            self.accept()

        self._work.change(
            lambda _job: printers.keep(purpose, printer, actor), owner=self, done=kept, failed=self._refused
        )  # fmt: skip

    def _refused(self, failure: Failure) -> None:
        self._say(f"{failure.sentence} {failure.way_out}".strip(), bad=True)
