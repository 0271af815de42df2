"""商品: the list at the left, one product at the right."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from guide_app.base.actor import Actor
from guide_app.catalogue.missing import MissingRow
from guide_app.catalogue.model import Match, ProductCard, ProductRow, SkuStock, not_shareable
from guide_app.catalogue.requests import Answer, Request
from guide_app.clients.wishes import NewWish
from guide_app.flows.desk import Desk
from ui.kit.card import Card
from ui.kit.desk_page import DeskPage
from ui.kit.empty import EmptyState
from ui.kit.page import PageContext, Target
from ui.kit.product_list import ProductFinder
from ui.kit.thumbs import Pictures, Thumbs
from ui.kit.toast import Notice
from ui.kit.work import Job, Undo, Undoable
from ui.pages.catalogue.detail import DetailPane
from ui.pages.catalogue.her_size import her_size_words
from ui.pages.catalogue.keep_dialog import KeepDialog
from ui.pages.catalogue.matrix import own_figure
from ui.pages.catalogue.missing_dialog import MissingDialog
from ui.pages.catalogue.requests_dialog import RequestsDialog
from ui.pages.catalogue.wish_dialog import WishForDialog

_MOST = 5000
_OFFERED = 20


class ProductsPage(DeskPage):
    """商品."""

    key = "products"
    watches = frozenset({"product", "sku", "stock", "stock_nearby", "store", "stock_request", "missing_size"})

    def __init__(self, context: PageContext, desk: Desk, acting: Callable[[], Actor], pictures: Pictures) -> None:
        """`pictures` says where a product's picture lies; call `pictures_arrived` after new ones have come."""
        super().__init__(context, desk, acting)
        self._product_id = ""
        self.thumbs = Thumbs(self.work, pictures)
        self.thumbs.setParent(self)
        self.finder = ProductFinder(
            self.theme, self.work, lambda text: desk.catalogue.products(text, _MOST), self.thumbs, desk.clock.now_ms
        )
        self.detail = DetailPane(self.theme, self.thumbs)
        self._right = QStackedWidget()
        hint = self.tr("商品资料随同步到来。换个词再找, 或按 F5 同步一次。")
        self._empty = EmptyState(self.theme, "product", self.tr("没有找到商品"), hint, self.tr("显示全部商品"))
        blank = Card()
        blank.fill(self._empty)
        self._right.addWidget(blank)
        self._right.addWidget(self.detail)
        listed = Card()
        listed.fill(self.finder)
        columns = QHBoxLayout(self)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(14)
        columns.addWidget(listed, 5)
        columns.addWidget(self._right, 8)
        self.setFocusProxy(self.finder.search)
        self._connect()

    def _connect(self) -> None:
        self.finder.moved.connect(self._moved)
        self.finder.chosen.connect(self._share)
        self.finder.counted.connect(self._counted)
        self.detail.share_asked.connect(lambda: self._share(self.finder.current))
        self.detail.copy_asked.connect(self.copy_code)
        self.detail.wish_asked.connect(self.wish)
        self.detail.missing_asked.connect(self.miss)
        self.detail.other_asked.connect(self.finder.select)
        self.detail.look_asked.connect(self._make_look)
        self.detail.variant_shown.connect(self._look_for_others)
        self.detail.keep_asked.connect(self.keep)
        deeds = (
            ("F7", self.wish), ("F8", self.miss), ("Shift+F8", self.show_missing),
            ("F9", self.keep), ("Shift+F9", self.show_requests),
        )  # fmt: skip
        for keys, deed in deeds:
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(deed)
        self._empty.action.clicked.connect(self._show_all)

    def open(self, target: Target) -> None:
        """Show the product whose id is the target's record."""
        if target.record:
            self.finder.select(target.record)
        if target.args.get("requests"):
            self.show_requests()
        self._say_her_size(target.record, target.args.get("client", ""))

    def _say_her_size(self, product_id: str, client_id: str) -> None:
        """Scanned while a client was in sight: say at once whether it is there in her size."""
        if not product_id or not client_id:
            return
        scans, clock = self.desk.scans, self.desk.clock
        self.work.query(
            lambda _job: scans.her_size(client_id, product_id), owner=self, slot="her size",
            done=lambda found: self.notice.emit(Notice(her_size_words(found, clock.now_ms()))) if found else None,
        )  # fmt: skip

    def refresh(self) -> None:
        """Read list and shown product again."""
        self.finder.refresh()
        if self._product_id:
            self._show_product(self._product_id)

    def back(self) -> bool:
        """Esc clears the search first."""
        if self.finder.search.text():
            self._show_all()
            return True
        return False

    def pictures_arrived(self) -> None:
        """New pictures lie on this PC: show them."""
        self.thumbs.look_again()

    def copy_code(self) -> None:
        """Put the shown product's code on the clipboard."""
        row = self.finder.current
        if row is not None:
            QGuiApplication.clipboard().setText(row.spu)
            self.notice.emit(Notice(self.tr("已复制货号 {code}").format(code=row.spu)))

    def miss(self) -> None:
        """Note that somebody asked in vain for the variant that is looked at: one key, taken back by undo."""
        row, sku = self.finder.current, self.detail.sku
        if row is None or sku is None:
            return
        actor, missing = self.actor, self.desk.missing
        what = f"{row.name} {sku.colour} {sku.size}".strip()

        def write(_job: Job) -> Undoable[str]:
            entry = missing.register(sku.sku_id, actor)
            told = self.tr("已登记缺货: {what}; 她要等通知就按 F7").format(what=what)
            return Undoable(entry, Undo(told, lambda _j: missing.take_back(entry, actor)))

        self.work.change(write, owner=self, title=self.tr("缺货登记"))

    def show_missing(self) -> None:
        """List what was asked for and not there."""
        desk = self.desk
        self.work.query(
            lambda _job: (desk.missing.listed(), desk.clock.now_ms()),
            owner=self,
            slot="missing",
            done=lambda seen: self._list_missing(*seen),
        )

    def _list_missing(self, rows: Sequence[MissingRow], now_ms: int) -> None:
        dialog = MissingDialog(self, rows, now_ms)
        dialog.chosen.connect(self.finder.select)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def keep(self) -> None:
        """Ask for pieces of the variant that is looked at to be kept, here or elsewhere, or to be sent."""
        row, sku = self.finder.current, self.detail.sku
        if row is None or sku is None:
            return
        dialog = KeepDialog(self, row.name, sku, self.desk.clock.now_ms())
        actor, requests = self.actor, self.desk.stock_requests

        def asked() -> None:
            kind, store, qty, lasts = dialog.answer()

            def write(_job: Job) -> Undoable[str]:
                ident = requests.ask(
                    "transfer" if kind == "transfer" else "hold", sku.sku_id, qty, lasts, actor, from_store=store
                )
                told = self.tr("已提出, 等答复") if store else self.tr("已留货")
                return Undoable(ident, Undo(told, lambda _j: requests.answer(ident, "cancelled", actor)))

            self.work.change(write, owner=self, title=self.tr("留货与调货"))

        dialog.accepted.connect(asked)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def show_requests(self) -> None:
        """List what is kept and asked for."""
        desk = self.desk
        self.work.query(
            lambda _job: (desk.stock_requests.listed(), desk.clock.now_ms()),
            owner=self,
            slot="requests",
            done=lambda seen: self._list_requests(*seen),
        )

    def _list_requests(self, rows: Sequence[Request], now_ms: int) -> None:
        actor, requests = self.actor, self.desk.stock_requests
        dialog = RequestsDialog(self, self.theme, rows, now_ms, manager=actor.is_manager)

        def answered(ident: str, answer: Answer) -> None:
            title = self.tr("留货与调货")
            self.work.change(lambda _job: requests.answer(ident, answer, actor), owner=self, title=title)

        dialog.answered.connect(answered)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _look_for_others(self, sku: SkuStock) -> None:
        if self._is_here(sku):
            return
        product, store, catalogue = self._product_id, self.actor.store_id, self.desk.catalogue
        self.work.query(
            lambda _job: catalogue.substitutes(product, sku.sku_id, store),
            owner=self,
            slot="instead",
            done=lambda rows: self.detail.show_instead(sku.sku_id, rows),
        )

    def wish(self) -> None:
        """Ask whose wish the shown product is, and put it there."""
        row = self.finder.current
        if row is None:
            return
        dialog = WishForDialog(self, row.name, self.detail.sku)
        search = self.desk.clients.search

        def find(text: str) -> None:
            self.work.query(lambda _job: search(text, _OFFERED), owner=dialog, slot="clients", done=dialog.show_found)

        dialog.typed.connect(find)
        missed = self.detail.sku if self.detail.sku is not None and not self._is_here(self.detail.sku) else None
        dialog.accepted.connect(
            lambda: self._wish(dialog.client_id(), dialog.client_name(), dialog.wish(row.id), missed)
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _is_here(self, sku: SkuStock) -> bool:
        own = own_figure(sku)
        return own is not None and own.available > 0

    def _wish(self, client_id: str, name: str, wish: NewWish, missed: SkuStock | None) -> None:
        """What she wishes for and is not here counts as missing, too."""
        actor, deeds, missing = self.actor, self.desk.card_deeds.wishes, self.desk.missing

        def write(_job: Job) -> Undoable[str]:
            wish_id = deeds.add(client_id, wish, actor)
            entry = missing.register(missed.sku_id, actor) if missed and missed.sku_id == wish.sku_id else ""

            def back(_job: Job) -> None:
                deeds.settle(wish_id, "dropped", actor)
                if entry:
                    missing.take_back(entry, actor)

            return Undoable(wish_id, Undo(self.tr("已加到{name}的心愿").format(name=name), back))

        self.work.change(write, owner=self, title=self.tr("记心愿"))

    def _show_all(self) -> None:
        self.finder.search.clear()
        self.finder.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _counted(self, count: int) -> None:
        self.say(self.tr("商品"), self.tr("{count} 款 · 库存都注明是什么时候的").format(count=f"{count:,}"))
        if not count:
            self._product_id = ""
            self._right.setCurrentIndex(0)

    def _moved(self, row: ProductRow) -> None:
        self._show_product(row.id)

    def _show_product(self, product_id: str) -> None:
        self._product_id = product_id
        desk, store = self.desk, self.actor.store_id
        self.work.query(
            lambda _job: (desk.catalogue.card(product_id, store), desk.clock.now_ms()),
            owner=self,
            slot="card",
            done=self._show_card,
        )

    def _show_card(self, seen: tuple[ProductCard, int]) -> None:
        card, now_ms = seen
        if card.row.id == self._product_id:
            self.detail.show_card(card, now_ms)
            self._right.setCurrentWidget(self.detail)
            self._look_for_matches(card.row, now_ms)

    def _look_for_matches(self, row: ProductRow, now_ms: int) -> None:
        store, catalogue, may = self.actor.store_id, self.desk.catalogue, not_shareable(row) is None

        def show(found: tuple[Match, ...]) -> None:
            if row.id == self._product_id:
                self.detail.matches.show_matches(found, now_ms, shareable=may)

        self.work.query(lambda _job: catalogue.matches(row.id, store), owner=self, slot="matches", done=show)

    def _make_look(self, other: str) -> None:
        self.navigate.emit(Target("share", args={"product": self._product_id, "with": other}))

    def _share(self, row: ProductRow | None) -> None:
        if row is not None and not_shareable(row) is None:
            self.navigate.emit(Target("share", args={"product": row.id}))
