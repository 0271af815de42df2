"""打印…: one, a sheet, stickers, the ruler page; on this PC's own printers or the system's."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMenu

from guide_app.flows.poster import discreet_content
from guide_app.protocol.poster_layers import Template
from guide_app.sharing.drawing import Drawing
from guide_app.sharing.print_log import DISCREET, Printout
from ui.kit.desk_page import DeskPage
from ui.kit.poster.maker import PosterMaker
from ui.kit.poster.verify import verify
from ui.kit.toast import Notice
from ui.kit.work import Job
from ui.pages.share.easel import Easel
from ui.pages.share.post import Post
from ui.pages.share.printing import fits_cell, label_sheet, ruler_page
from ui.pages.share.raw_printing import RawPrinting
from ui.pages.share.ruler_dialog import RulerDialog

_HALF_A4_MM = 105.0
"""Labels narrower than this may be put on a sheet together."""


class Printing(QObject):
    """The menu behind the button, and what it begins."""

    def __init__(self, page: DeskPage, maker: PosterMaker, easel: Easel, post: Post) -> None:
        """`post` asks for the system's printers and records what was printed."""
        super().__init__(page)
        renderer = maker.renderer
        self._page, self._maker, self._renderer, self._post, self._easel = page, maker, renderer, post, easel
        self.raw = RawPrinting(page, renderer, easel)
        self.raw.printed.connect(post.printed)
        self.raw.on_paper.connect(self._on_paper)
        post.paper.noted.connect(self.raw.refresh)

    def menu(self, drawing: Drawing, template: Template) -> QMenu:
        """What can be done with a poster in millimetres."""
        page, post = self._page, self._post
        menu = QMenu(page)
        self.raw.first(menu, template)
        size = f"{drawing.width:g}×{drawing.height:g}"
        one = menu.addAction(self.tr("一张 {size} 毫米").format(size=size))
        one.triggered.connect(lambda: post.print_picture(page, lambda made: [made]))
        if drawing.width < _HALF_A4_MM:
            sheet = menu.addAction(self.tr("拼满一张 A4, 带裁切线"))
            sheet.triggered.connect(lambda: self._print_sheet(cells=False))
        if fits_cell(drawing):
            stickers = menu.addAction(self.tr("24 枚一张的 A4 不干胶"))
            stickers.triggered.connect(lambda: self._print_sheet(cells=True))
        self._add_discreet(menu)
        ruler = menu.addAction(self.tr("打印校准页 (量一量是否 100 毫米)"))
        ruler.triggered.connect(lambda: post.print_plain(page, ruler_page(self._renderer)))
        measured = menu.addAction(self.tr("填写量到的毫米数…"))
        measured.triggered.connect(self.calibrate)
        self.raw.last(menu, template)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def discreet_menu(self, product_id: str) -> QMenu:
        """What can be done with goods that must not be shared, but want a label."""
        menu = QMenu(self._page)
        act = menu.addAction(self.tr("隐私货签: 只有货号和条码"))
        act.triggered.connect(lambda: self.print_discreetly(product_id))
        menu.addAction(self.tr("打印记录…"), self.raw.show_log)
        menu.addAction(self.tr("打印机设置…"), lambda: self.raw.settings("label"))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def print_discreetly(self, product_id: str, gtin: str = "") -> None:
        """Print a label without name, picture, price and link; no share, and the queue's title says no more either."""
        page, maker, desk = self._page, self._maker, self._page.desk
        actor = page.actor

        def draw(_job: Job) -> Drawing:
            card = desk.catalogue.card(product_id, actor.store_id)
            drawing = maker.drawing(DISCREET, discreet_content(card, desk.sharing.sender(actor), gtin))
            verify(drawing, maker.renderer.picture(drawing))
            return drawing

        def go(drawing: Drawing) -> None:
            if self.raw.serves("label"):
                self.raw.print_discreetly(drawing, product_id)
            else:
                self._post.print_discreetly(page, drawing, product_id)

        page.work.query(draw, owner=self, slot="discreet", done=go, title=self.tr("打印"))

    def _on_paper(self, kept: Printout) -> None:
        """Pages of the log are asked for once more."""
        self._post.paper.again(self._page, kept)

    def _add_discreet(self, menu: QMenu) -> None:
        draft = self._easel.draft
        if draft is not None and draft.share.product_id:
            act = menu.addAction(self.tr("隐私货签: 只有货号和条码"))
            act.triggered.connect(lambda: self.print_discreetly(draft.share.product_id, draft.share.gtin))

    def calibrate(self) -> RulerDialog:
        """Open the dialog that takes what a ruler says on the printed page."""
        page = self._page
        dialog = RulerDialog(page, page.work, page.desk.calibration, lambda: page.actor)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.kept.connect(
            lambda _offset: page.notice.emit(Notice(self.tr("已记住这台打印机的偏移, 以后打印都按它移位")))
        )
        dialog.open()
        return dialog

    def _print_sheet(self, *, cells: bool) -> None:
        """A sheet full of this label; with `cells` on sheets of 24 stickers."""
        self._post.print_picture(self._page, lambda made: label_sheet(made, cells=cells))
