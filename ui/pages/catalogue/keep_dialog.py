"""留货 or 调货: how many pieces, from which store, until when."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QSpinBox, QWidget

from guide_app.base.clock import DAY_MS
from guide_app.catalogue.model import SkuStock
from guide_app.catalogue.requests import MOST
from ui.kit.ages import age_text
from ui.kit.form import form_of
from ui.kit.i18n import counted
from ui.kit.spin import roomy
from ui.kit.text import label


class KeepDialog(QDialog):
    """Asks what is to be kept or sent. `answer` says what was chosen."""

    def __init__(self, parent: QWidget, product: str, sku: SkuStock, now_ms: int) -> None:
        """`sku` is the variant that is looked at; `now_ms` (UTC ms) is for the ages of its figures."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("留货与调货"))
        self.setMinimumWidth(420)
        self.source = QComboBox()
        for figure in sku.figures:
            age = age_text(figure.as_of, now_ms)
            if figure.own:
                text = self.tr("本店留货 · 可售 {count} · {age}").format(count=figure.available, age=age)
                self.source.addItem(text, ("hold", ""))
            else:
                text = self.tr("从{store}调来 · 余 {count} · {age}")
                text = text.format(store=figure.store_name, count=figure.available, age=age)
                self.source.addItem(text, ("transfer", figure.store_id))
                text = self.tr("请{store}留着 · 余 {count} · {age}")
                text = text.format(store=figure.store_name, count=figure.available, age=age)
                self.source.addItem(text, ("hold", figure.store_id))
        self.qty = roomy(QSpinBox())
        self.qty.setRange(1, MOST)
        self.lasts = QComboBox()
        for days in (1, 2, 3, 7):
            self.lasts.addItem(counted(self.tr("{days} 天").format(days=days)), days)
        form = form_of(self)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        form.addRow(self.tr("商品"), label(f"{product} {sku.colour} {sku.size}".strip(), "strong", wrap=True))
        fields: Sequence[tuple[str, QWidget]] = (
            (self.tr("从哪里"), self.source), (self.tr("件数"), self.qty), (self.tr("留多久"), self.lasts),
        )  # fmt: skip
        for text, field in fields:
            field.setAccessibleName(text)
            form.addRow(text, field)
        form.addRow(
            "",
            label(self.tr("别的门店要等双方同步后由对方店长答复; 到时间没有取走, 留货自己结束。"), "hint", wrap=True),
        )
        buttons = QDialogButtonBox()
        self.go = buttons.addButton(self.tr("提出"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setProperty("kind", "primary")
        self.go.setDefault(True)
        self.go.setEnabled(self.source.count() > 0)
        buttons.addButton(self.tr("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        form.addRow(buttons)

    def answer(self) -> tuple[str, str, int, int]:
        """Kind (hold, transfer), the other store's id (empty for this one), pieces, and for how long in ms."""
        kind, store = self.source.currentData()
        return kind, store, self.qty.value(), int(self.lasts.currentData()) * DAY_MS
