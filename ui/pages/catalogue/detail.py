"""One product, whole: photo, words, prices, stock by colour and size, and what the neighbours have."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLayout, QPushButton, QVBoxLayout, QWidget

from guide_app.base.money import yuan
from guide_app.catalogue.model import ProductCard, ProductRow, SkuStock, StockFigure, not_shareable
from ui.kit.ages import age_text, is_stale
from ui.kit.buttons import IconTextButton
from ui.kit.card import Card, rule
from ui.kit.flow import FlowLayout
from ui.kit.i18n import say
from ui.kit.painted import Painted
from ui.kit.pill import Pill
from ui.kit.product_list import mark_text, stock_text
from ui.kit.scroll import scrolled
from ui.kit.text import ElidedLabel, label, restyle
from ui.kit.theme import Theme
from ui.kit.thumbs import Thumbs, paint_thumb
from ui.pages.catalogue.matches import MatchesCard
from ui.pages.catalogue.matrix import StockMatrix, own_figure

PHOTO = 232
_POINTS = 6


class PhotoBox(Painted):
    """The product's picture in a square."""

    def __init__(self, theme: Theme, thumbs: Thumbs) -> None:
        """Paint nothing until told which picture."""
        super().__init__(theme)
        self._thumbs, self._sha256 = thumbs, ""
        self.setFixedSize(PHOTO, PHOTO)
        thumbs.arrived.connect(self._repaint)

    def set_picture(self, sha256: str, name: str) -> None:
        """Show the picture with this SHA-256; `name` is what it shows, for screen readers."""
        self._sha256 = sha256
        self.setAccessibleName(name)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint picture or placeholder."""
        picture = self._thumbs.get(self._sha256, PHOTO, self.devicePixelRatioF(), radius=8)
        paint_thumb(QPainter(self), QRectF(self.rect()), picture, self._theme, radius=8)


class DetailPane(Card):
    """Shows one product; asks to share it, to copy its code, or to put it on a client's wishes."""

    share_asked = Signal()
    copy_asked = Signal()
    wish_asked = Signal()
    missing_asked = Signal()
    keep_asked = Signal()
    other_asked = Signal(str)
    """The id of a product that could be shown instead."""
    look_asked = Signal(str)
    """The id of a product that is to make a look with this one."""
    variant_shown = Signal(object)
    """`SkuStock` now looked at."""

    def __init__(self, theme: Theme, thumbs: Thumbs) -> None:
        """Lay out empty; `show_card` fills it."""
        super().__init__(padding=0)
        self._theme = theme
        self._now_ms = 0
        self.sku: SkuStock | None = None
        """The variant that is looked at."""
        inner = QWidget()
        self._parts = QVBoxLayout(inner)
        self._parts.setContentsMargins(18, 18, 18, 18)
        self._parts.setSpacing(14)
        self.fill(scrolled(inner, by_keys=True))
        self.photo = PhotoBox(theme, thumbs)
        self._head()
        self._stock()
        self._parts.addStretch(1)

    # -- parts -------------------------------------------------------------------------------------------

    def _head(self) -> None:
        self.name = label("", "title", wrap=True, selectable=True)
        self.code = label("", "muted", selectable=True)
        self.mark = Pill("", "warm")
        self.price = label("", "figure")
        self.tag_price = label("", "hint")
        self.points = QWidget()
        self._point_flow = FlowLayout(self.points, 6)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(10)
        self._facts.setVerticalSpacing(4)
        self._facts.setColumnStretch(1, 1)
        self.share = IconTextButton(self._theme, "share", self.tr("分享"), "primary")
        self.copy = IconTextButton(self._theme, "copy", self.tr("复制货号"))
        self.why_not = label("", "warn", wrap=True)
        self.wish = IconTextButton(self._theme, "star", self.tr("加到客户的心愿"))
        self.wish.setToolTip(self.tr("加到客户的心愿 F7"))
        self.wish.clicked.connect(self.wish_asked)
        self.missing = IconTextButton(self._theme, "edit", self.tr("缺货登记"))
        self.missing.setToolTip(self.tr("有人要这个尺码而没有货: 记一笔 F8; 看登记过的 Shift+F8"))
        self.missing.clicked.connect(self.missing_asked)
        self.keep = IconTextButton(self._theme, "store", self.tr("留货 / 调货"))
        self.keep.setToolTip(self.tr("留货或向别店调货 F9; 看提出过的 Shift+F9"))
        self.keep.clicked.connect(self.keep_asked)
        self.share.clicked.connect(self.share_asked)
        self.copy.clicked.connect(self.copy_asked)
        words = QVBoxLayout()
        words.setSpacing(8)
        words.addWidget(self.name)
        words.addLayout(_line(self.code, self.mark))
        words.addLayout(_line(self.price, self.tag_price))
        words.addWidget(self.points)
        words.addLayout(self._facts)
        words.addStretch(1)
        deeds = QWidget()
        flow = FlowLayout(deeds, 8)
        for button in (self.share, self.wish, self.missing, self.keep, self.copy):
            flow.addWidget(button)
        words.addWidget(deeds)
        words.addWidget(self.why_not)
        head = QHBoxLayout()
        head.setSpacing(18)
        head.addWidget(self.photo, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        self._parts.addLayout(head)

    def _stock(self) -> None:
        self._parts.addWidget(rule())
        self.stock_hint = label("", "hint")
        self._parts.addLayout(_line(label(self.tr("本店库存"), "section"), self.stock_hint))
        self.matrix = StockMatrix(self._theme)
        self.matrix.setFrameShape(QFrame.Shape.NoFrame)
        self.matrix.moved.connect(self._show_variant)
        self._parts.addWidget(self.matrix)
        self.variant = Card("wash", padding=12)
        self.variant.use_body().setSpacing(4)
        self.variant_title = ElidedLabel("", "strong")
        self.variant_own = label("", "muted", wrap=True)
        self.variant.add(self.variant_title)
        self.variant.add(self.variant_own)
        self.variant_chance = label("", "hint", wrap=True)
        self.variant.add(self.variant_chance)
        self._nearby = QVBoxLayout()
        self._nearby.setSpacing(2)
        self.variant.body.addLayout(self._nearby)
        self._parts.addWidget(self.variant)
        self.instead = Card("wash", padding=12)
        self.instead.use_body().setSpacing(4)
        self.instead.add(label(self.tr("这个尺码没有货, 可以拿这些给她看"), "strong", wrap=True))
        self._others = QVBoxLayout()
        self._others.setSpacing(2)
        self.instead.body.addLayout(self._others)
        self.instead.hide()
        self._parts.addWidget(self.instead)
        self.matches = MatchesCard()
        self.matches.other_asked.connect(self.other_asked)
        self.matches.look_asked.connect(self.look_asked)
        self._parts.addWidget(self.matches)

    # -- showing -----------------------------------------------------------------------------------------

    def show_card(self, card: ProductCard, now_ms: int) -> None:
        """Show a product with figures whose age is measured at `now_ms` (UTC ms)."""
        row = card.row
        self.sku = None
        self._now_ms = now_ms
        self.photo.set_picture(row.image, row.name)
        self.name.setText(row.name)
        self.code.setText(" · ".join(filter(None, (row.spu, row.category.replace("/", " / "), card.season))))
        refusal = not_shareable(row)
        self.mark.setVisible(refusal is not None)
        self.mark.setText(mark_text(row))
        self.price.setText(yuan(row.price_fen))
        tag = row.tag_price_fen
        beside = [self.tr("私域专享价 {price}").format(price=yuan(row.chat_price_fen))] if _has_own_price(row) else []
        beside += [self.tr("吊牌价 {price}").format(price=yuan(tag))] if tag > row.price_fen else []
        self.tag_price.setText(" · ".join(beside))
        self._show_points(card.points)
        self._show_facts(card)
        self.share.setEnabled(refusal is None)
        self.why_not.setText(say(refusal) if refusal else "")
        self.why_not.setVisible(refusal is not None)
        self.stock_hint.setText(self._stock_text(card))
        self.variant.setVisible(bool(card.skus))
        self.matrix.setVisible(bool(card.skus))
        self.matches.show_matches((), now_ms, shareable=False)
        self.matrix.show_skus(card.skus)

    def _show_points(self, points: Sequence[str]) -> None:
        self._point_flow.clear()
        for point in points[:_POINTS]:
            self._point_flow.addWidget(Pill(point, "accent"))
        self.points.setVisible(bool(points))

    def _show_facts(self, card: ProductCard) -> None:
        _empty(self._facts)
        said = [(self.tr("材质"), card.material, "muted"), (self.tr("保养"), card.care, "muted")]
        said += [(self.tr("常问"), f"{question}\n{answer}", "muted") for question, answer in card.faq]
        said += [(self.tr("不能说"), claim, "warn") for claim in card.forbidden]
        for number, (name, text, role) in enumerate(fact for fact in said if fact[1].strip()):
            self._facts.addWidget(label(name, "hint"), number, 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(label(text, role, wrap=True, selectable=True), number, 1)

    def show_instead(self, sku_id: str, rows: Sequence[ProductRow]) -> None:
        """Offer these products where the variant with this id, still looked at, is not here."""
        if self.sku is None or self.sku.sku_id != sku_id:
            return
        _empty(self._others)
        for row in rows:
            stock = stock_text(row, self._now_ms)
            button = QPushButton(f"{row.name} · {yuan(row.price_fen)} · {stock}".replace("&", "&&"))
            button.setProperty("kind", "link")
            button.clicked.connect(lambda _=False, product=row.id: self.other_asked.emit(product))
            self._others.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.instead.setVisible(bool(rows))

    def _stock_text(self, card: ProductCard) -> str:
        own = [figure for sku in card.skus if (figure := own_figure(sku)) is not None]
        if not own:
            return self.tr("本店没有报过这件商品的库存")
        age = age_text(min(figure.as_of for figure in own), self._now_ms)
        total = sum(figure.available for figure in own)
        return self.tr("可售 {count} · {age} · 蓝点: 附近门店有货").format(count=total, age=age)

    def _show_variant(self, sku: SkuStock) -> None:
        self.sku = sku
        self.variant_title.setText(" · ".join(filter(None, (f"{sku.colour} {sku.size}".strip(), sku.code, sku.gtin))))
        own = own_figure(sku)
        self.variant_own.setText(self._own_text(own) if own else self.tr("本店没有报过这个尺码的库存"))
        self.variant_chance.setText(self._chance_text(sku))
        self.variant_chance.setVisible(bool(self.variant_chance.text()))
        _empty(self._nearby)
        neighbours = [figure for figure in sku.figures if not figure.own]
        for figure in neighbours:
            self._nearby.addWidget(self._neighbour(figure))
        if not neighbours:
            self._nearby.addWidget(label(self.tr("附近门店没有报这个尺码的库存"), "hint"))
        self.instead.hide()
        self.variant_shown.emit(sku)

    def _own_text(self, own: StockFigure) -> str:
        here = self.tr("本店可售 {count}").format(count=own.available)
        return " · ".join((here, *self._rest_of(own), age_text(own.as_of, self._now_ms)))

    def _rest_of(self, figure: StockFigure) -> tuple[str, str, str]:
        return (
            self.tr("在库 {count}").format(count=figure.on_hand or 0),
            self.tr("预占 {count}").format(count=figure.reserved or 0),
            self.tr("在途 {count}").format(count=figure.in_transit or 0),
        )

    def _chance_text(self, sku: SkuStock) -> str:
        own = own_figure(sku)
        if own is None or not own.available:
            return ""
        if sku.chance is None:
            return self.tr("本店的销售记录不满一周, 现在还在不在说不准")
        percent = max(1, min(99, round(sku.chance * 100)))
        return self.tr("现在还有货的把握约 {percent}% (近 28 天卖出 {sold} 件)").format(percent=percent, sold=sku.sold)

    def _neighbour(self, figure: StockFigure) -> QWidget:
        store = figure.store_name or self.tr("其他门店")
        age = age_text(figure.as_of, self._now_ms)
        text = self.tr("{store} 余 {count} · {age}").format(store=store, count=figure.available, age=age)
        if figure.on_hand is not None:
            text = " · ".join((self.tr("{store}可售 {count}").format(store=store, count=figure.available),
                               *self._rest_of(figure), age))  # fmt: skip
        shown = label(text, wrap=True)
        if is_stale(figure.as_of, self._now_ms):
            restyle(shown, role="warn")
        elif not figure.available:
            restyle(shown, role="hint")
        return shown


def _has_own_price(row: ProductRow) -> bool:
    return row.private and row.chat_price_fen < row.price_fen


def _empty(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        gone = item.widget()
        if gone is not None:
            gone.hide()
            gone.deleteLater()


def _line(*widgets: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(10)
    for widget in widgets:
        line.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
    line.addStretch(1)
    return line
