"""Dialogs that give a segment coupons or posters, and the one that says who got nothing and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QStandardPaths
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLineEdit, QListWidget, QWidget

from guide_app.catalogue.model import ProductRow
from guide_app.segments.model import Reach
from guide_app.sharing.queries import CouponOffer
from ui.kit.buttons import button
from ui.kit.text import label
from ui.pages.clients.dialogs import FormDialog, coupon_chooser
from ui.pages.clients.segment_builder import reach_text
from ui.pages.clients.segment_search import searchable

_LIST_HEIGHT = 260


@dataclass(frozen=True, slots=True)
class PosterOrder:
    """What a batch of posters is to be: one for each client, or one for all; empty `offer_id`: without a coupon."""

    product_id: str
    offer_id: str
    template: str
    each: bool
    folder: Path


class CouponsDialog(FormDialog):
    """Which coupon everybody gets who may be addressed."""

    def __init__(self, parent: QWidget, segment: str, reach: Reach, offers: Sequence[CouponOffer]) -> None:
        """`reach` of the segment with this name; `offers` are those that may be given now."""
        super().__init__(
            parent,
            QCoreApplication.translate("CouponsDialog", "给「{name}」发券").format(name=segment),
            QCoreApplication.translate("CouponsDialog", "发给 {count} 位").format(count=f"{reach.reached:,}"),
        )
        self.offer = coupon_chooser(offers)
        self.form.addRow(self.offer.accessibleName(), self.offer)
        self.form.addRow(label(reach_text(reach), "hint", wrap=True))
        self.form.addRow(
            label(self.tr("已领满的客户不再发; 额度由总部核对。发出的券是对客户的承诺, 不能收回。"), "hint", wrap=True)
        )
        self.go.setEnabled(reach.reached > 0 and self.offer.count() > 0)
        self.finish()
        self.go.setFocus()


class PostersDialog(FormDialog):
    """Which product and coupon, in which template, one for each client or one for all, and into which folder."""

    def __init__(
        self, parent: QWidget, segment: str, reach: Reach, products: Sequence[ProductRow],
        offers: Sequence[CouponOffer], templates: Mapping[str, str],
    ) -> None:  # fmt: skip
        """`templates`: name of the file → shown name."""
        super().__init__(
            parent, QCoreApplication.translate("PostersDialog", "给「{name}」做海报").format(name=segment), ""
        )
        self._reach = reach
        self.setMinimumWidth(520)
        self.product = searchable({row.id: f"{row.name} · {row.spu}" for row in products})
        self.product.setCurrentIndex(0 if products else -1)
        self.offer = coupon_chooser(offers, self.tr("不带券"))
        self.template = QComboBox()
        for name, text in templates.items():
            self.template.addItem(text, name)
        self.each = QComboBox()
        self.each.addItem(self.tr("每位客户一张, 各有自己的链接"), "each")
        self.each.addItem(self.tr("一张, 大家共用"), "one")
        pictures = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        self.folder = QLineEdit(str(Path(pictures or Path.home()) / self.tr("海报")))
        self.pick = button(self.tr("选…"))
        self.pick.setAccessibleName(self.tr("选文件夹"))
        self.pick.clicked.connect(self._ask_folder)
        where = QHBoxLayout()
        where.addWidget(self.folder, 1)
        where.addWidget(self.pick)
        for text, field in (
            (self.tr("商品"), self.product), (self.offer.accessibleName(), self.offer),
            (self.tr("版式"), self.template), (self.tr("怎么做"), self.each),
        ):  # fmt: skip
            field.setAccessibleName(text)
            self.form.addRow(text, field)
        self.folder.setAccessibleName(self.tr("存到"))
        self.form.addRow(self.tr("存到"), where)
        self.form.addRow(label(reach_text(reach), "hint", wrap=True))
        for changed in (self.product.currentIndexChanged, self.each.currentIndexChanged, self.folder.textChanged):
            changed.connect(self._ready)
        self._ready()
        self.finish()
        self.go.setFocus()

    def order(self) -> PosterOrder:
        """What was chosen."""
        return PosterOrder(
            self.product.currentData(), self.offer.currentData(), self.template.currentData(),
            self.each.currentData() == "each", Path(self.folder.text().strip()),
        )  # fmt: skip

    def _ready(self) -> None:
        count = self._reach.reached if self.each.currentData() == "each" else 1
        self.go.setText(self.tr("做 {count} 张").format(count=f"{count:,}"))
        chosen = self.product.currentData() is not None and bool(self.folder.text().strip())
        self.go.setEnabled(chosen and self._reach.reached > 0)

    def _ask_folder(self) -> None:
        dialog = QFileDialog(self, self.tr("存到"), self.folder.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self.folder.setText)
        dialog.open()


class RefusedDialog(FormDialog):
    """Who got nothing, each with the reason."""

    def __init__(self, parent: QWidget, said: str, lines: Sequence[str]) -> None:
        """`said` is what was done, `lines` one client each."""
        super().__init__(
            parent,
            QCoreApplication.translate("RefusedDialog", "有客户没有发到"),
            QCoreApplication.translate("RefusedDialog", "知道了"),
        )
        self.setMinimumWidth(520)
        self.list = QListWidget()
        self.list.addItems(list(lines))
        self.list.setAccessibleName(self.tr("没有发到的客户和原因"))
        self.list.setMinimumHeight(_LIST_HEIGHT)
        self.form.addRow(label(said, wrap=True))
        self.form.addRow(self.list)
        self.finish()
        self.go.setFocus()
