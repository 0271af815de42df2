"""Dialogs that hand a client over: to a colleague, to another store, or into another record of hers."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from guide_app.base.clock import china_datetime
from guide_app.clients.merging import MergeLine
from guide_app.roster.model import GuideRow, StoreRow
from ui.kit.buttons import button
from ui.kit.text import label
from ui.pages.clients.client_chooser import ClientChooser
from ui.pages.clients.dialogs import FormDialog


class ColleagueDialog(FormDialog):
    """Which guide of the store looks after the client from now on."""

    def __init__(self, parent: QWidget, name: str, guides: Sequence[GuideRow], now: str | None) -> None:
        """`name` is the client's, `now` the id of the guide who has her."""
        super().__init__(
            parent,
            QCoreApplication.translate("ColleagueDialog", "转给同事"),
            QCoreApplication.translate("ColleagueDialog", "转给她"),
        )
        self.guide = QComboBox()
        for guide in guides:
            if guide.id != now:
                self.guide.addItem(f"{guide.name} · {guide.number}", guide.id)
        self.guide.setAccessibleName(self.tr("同事"))
        self.form.addRow(self.tr("客户"), label(name))
        self.form.addRow(self.tr("转给"), self.guide)
        self.go.setEnabled(self.guide.count() > 0)
        self.finish()


class StoreDialog(FormDialog):
    """To which store a client goes, and why. She and all that hangs on her leave this PC."""

    def __init__(self, parent: QWidget, name: str, stores: Sequence[StoreRow]) -> None:
        """`name` is the client's."""
        super().__init__(
            parent,
            QCoreApplication.translate("StoreDialog", "转到别的门店"),
            QCoreApplication.translate("StoreDialog", "办理转店"),
        )
        self.store = QComboBox()
        for store in stores:
            self.store.addItem(f"{store.name} · {store.code}", store.id)
        self.reason = QLineEdit()
        self.reason.setMaxLength(200)
        self.reason.setPlaceholderText(self.tr("如 客户搬家"))
        self.form.addRow(self.tr("客户"), label(name))
        for text, field in ((self.tr("转到"), self.store), (self.tr("原因"), self.reason)):
            field.setAccessibleName(text)
            self.form.addRow(text, field)
        told = self.tr("她的记录、任务、券和购买一起转走, 下次同步后从本店电脑移除。转店之前写的修改仍会跟过去。")
        self.form.addRow(label(told, "hint", wrap=True))
        self.reason.textChanged.connect(self._ready)
        self._ready()
        self.finish()

    def _ready(self) -> None:
        self.go.setEnabled(self.store.count() > 0 and bool(self.reason.text().strip()))


class MergeDialog(ClientChooser):
    """Which record of the same person stays."""

    compared = Signal()
    """The two are to be seen side by side, field by field."""

    def __init__(self, parent: QWidget, name: str) -> None:
        """`name` is that of the record that ends."""
        super().__init__(
            parent,
            QCoreApplication.translate("MergeDialog", "合并到另一位客户"),
            QCoreApplication.translate("MergeDialog", "合并"),
        )
        self.form.addRow(self.tr("这一条"), label(name))
        self.lay_choice(self.tr("并入"), self.tr("查找要保留的客户"), self.tr("要保留的客户"))
        told = self.tr("记录、任务、券和购买都归到保留的那位; 她没填的资料用这位的补上。30 天内可以撤销。")
        self.form.addRow(label(told, "hint", wrap=True))
        self.compare = button(self.tr("逐项核对…"))
        self.compare.setAutoDefault(False)
        self.compare.clicked.connect(self._compare)
        self.form.addRow(self.compare)
        self.ready()
        self.finish()

    def ready(self) -> None:
        """Offer joining and comparing where somebody is chosen."""
        super().ready()
        self.compare.setEnabled(bool(self.chosen()))

    def _compare(self) -> None:
        self.compared.emit()
        self.reject()


class UnmergeDialog(FormDialog):
    """Which of those who were joined to a client is somebody else after all."""

    def __init__(self, parent: QWidget, name: str, found: Sequence[MergeLine]) -> None:
        """`name` is that of who stays; `found` is not empty."""
        super().__init__(
            parent,
            QCoreApplication.translate("UnmergeDialog", "撤销合并"),
            QCoreApplication.translate("UnmergeDialog", "撤销合并"),
        )
        self.setMinimumWidth(440)
        self.which = QComboBox()
        for line in found:
            when = self.tr("{at} 并入").format(at=f"{china_datetime(line.at):%m-%d %H:%M}")
            self.which.addItem(" · ".join(filter(None, (line.name, line.phone, when))), line.id)
        self.which.setAccessibleName(self.tr("要分开的客户"))
        self.form.addRow(self.tr("现在是"), label(name))
        self.form.addRow(self.tr("要分开的"), self.which)
        told = self.tr("各自拿回合并前自己的资料和记录; 合并以后写下的留在现在这位名下。")
        self.form.addRow(label(told, "hint", wrap=True))
        self.finish()

    def chosen(self) -> str:
        """The id of who is to come back."""
        return str(self.which.currentData())
