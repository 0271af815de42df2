"""What the symbol says: the short link, or a GS1 Digital Link of one variant, which the till reads as its bar code."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from guide_app.base.errors import InvalidInputError
from guide_app.base.gtin import parse_gtin
from guide_app.catalogue.model import ProductCard, SkuStock
from ui.kit.text import plain_tip

_LIST_PX = 200
"""The list is wider than the field, which stands beside the link."""


class CodeChoice(QComboBox):
    """`chosen` carries the variant's GTIN, empty for the short link."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Offer the short link alone."""
        super().__init__(parent)
        self.setAccessibleName(self.tr("二维码内容"))
        self.addItem(self.tr("短链接"), "")
        self.view().setMinimumWidth(_LIST_PX)
        self.activated.connect(lambda place: self.chosen.emit(self.itemData(place)))

    def show_codes(self, card: ProductCard | None, gtin: str) -> None:
        """Offer the variants of a product that have a bar code; `gtin` is the one in use, empty for none."""
        codes = [("", self.tr("短链接"))]
        codes += [(sku.gtin, self._words(sku)) for sku in (card.skus if card else ()) if _is_gtin(sku.gtin)]
        if [code for code, _ in codes] != [self.itemData(i) for i in range(self.count())]:
            self.clear()
            for code, words in codes:
                self.addItem(words, code)
        self.setCurrentIndex(max(0, self.findData(gtin)))
        self.setEnabled(len(codes) > 1)
        hint = self.tr("GS1 码: 手机扫开页面, 收银扫出条码; 货签上的条码也换成这个规格")
        self.setToolTip(plain_tip(hint if len(codes) > 1 else self.tr("这件商品没有条码, 只能用短链接")))

    def choose(self, gtin: str) -> None:
        """Choose a code as if picked by hand."""
        self.setCurrentIndex(self.findData(gtin))
        self.chosen.emit(gtin)

    def _words(self, sku: SkuStock) -> str:
        named = " ".join(filter(None, (sku.colour, sku.size))) or sku.code
        return self.tr("GS1 码 · {variant}").format(variant=named)


def _is_gtin(text: str) -> bool:
    try:
        return bool(parse_gtin(text))
    except InvalidInputError:
        return False
