"""分享: choose at the left, see in the middle, hand out at the right."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import cast

from PySide6.QtCore import QPoint, Qt, QTemporaryDir

from guide_app.base.actor import Actor
from guide_app.base.change import Change
from guide_app.base.money import yuan
from guide_app.catalogue.model import ProductRow, not_shareable
from guide_app.flows.desk import Desk
from guide_app.flows.filling import variables
from guide_app.sharing.caption import NOBODY, salutation
from guide_app.sharing.content import About, PosterContent
from ui.kit.desk_page import DeskPage
from ui.kit.errors import Failure
from ui.kit.i18n import say
from ui.kit.page import PageContext, Target
from ui.kit.poster.maker import PosterMaker
from ui.kit.product_list import ProductFinder
from ui.kit.sent_question import SentQuestion
from ui.kit.thumbs import Pictures, Thumbs
from ui.kit.toast import Notice
from ui.pages.share.about import AboutStrip
from ui.pages.share.batch import Batch
from ui.pages.share.batch_dialog import BatchDialog, Choice, open_batch
from ui.pages.share.choices import MINIATURE, terms_text
from ui.pages.share.columns import bind, lay_out
from ui.pages.share.copy_keys import CopyKeys
from ui.pages.share.draft import words_of
from ui.pages.share.easel import Easel
from ui.pages.share.handout import Outlets, QtOutlets
from ui.pages.share.log_dialog import ShareLogDialog
from ui.pages.share.looks import LookBox
from ui.pages.share.materials import MaterialBench
from ui.pages.share.offered import Offered, campaign_subject, read_offered
from ui.pages.share.override import Doubts
from ui.pages.share.post import Post, Sent
from ui.pages.share.print_menu import Printing
from ui.pages.share.recipient import Recipient, read_recipient
from ui.pages.share.sent_words import sent_words
from ui.pages.share.side import SidePane
from ui.pages.share.stage import Stage
from ui.pages.share.studio import Look, Preview, Studio

_MOST = 5000
_CONTACTS = frozenset({"copied", "note", "share", "company_view", "task"})
"""Kinds that say how often a client has been contacted, and what waits for an answer."""
_BARRED = frozenset({"product.not_shareable", "client.flagged"})
"""Why nothing is drafted, said in the poster's place: the book, not the program, is in the way."""


class SharePage(DeskPage):
    """分享."""

    key = "share"
    watches = frozenset(
        {"product", "sku", "stock", "coupon_template", "script", "poster_template", "own_template", "campaign"}
    )

    def __init__(
        self, context: PageContext, desk: Desk, acting: Callable[[], Actor], maker: PosterMaker, pictures: Pictures, *,
        folder: Path | None = None, outlets: Outlets | None = None,
    ) -> None:  # fmt: skip
        """`folder` takes the files behind clipboard and drag; left out, they live as long as this page."""
        super().__init__(context, desk, acting)
        self._maker = maker
        self._own_folder = QTemporaryDir() if folder is None else None
        self._outlets = outlets or QtOutlets()
        self._studio = Studio(maker, pictures)
        self.thumbs = Thumbs(self.work, pictures)
        self.finder = ProductFinder(
            self.theme, self.work, lambda text: desk.catalogue.products(text, _MOST), self.thumbs, desk.clock.now_ms,
            compact=True,
        )  # fmt: skip
        self.about = AboutStrip()
        self.looks = LookBox(self.theme, self.work, desk, lambda: self.actor)
        self.stage = Stage(self.theme)
        self.side = SidePane(self.theme, self.work, maker.templates, maker.palettes, desk.clients.search)
        acts = lambda: self.actor  # noqa: E731 - the property, asked anew each time
        self.easel = Easel(self.work, desk, acts, self._studio, self.look)
        self.bench = MaterialBench(self, maker, self._contents)
        place = folder or Path(self._own_folder.path() if self._own_folder else "")
        self.post = Post(self.work, desk, acts, self.easel, self._studio, maker.renderer, self._outlets, place)
        self.printing = Printing(self, maker, self.easel, self.post)
        self.question = SentQuestion(self, self.work, desk, acts)
        self.doubts = Doubts(self, self.work, desk, acts)
        self._wanted_offer: str | None = None
        self._wanted_script = ""
        self._stood = self._private = ""
        for part in (self.thumbs, self.easel, self.post):  # so that no answer finds the page gone
            part.setParent(self)
        if self._own_folder is not None:
            self.destroyed.connect(self._own_folder.remove)
        self._pictured = ("", "")
        self.log_dialog: ShareLogDialog | None = None
        self.setFocusProxy(self.finder.search)
        lay_out(self, self.question, (self.about, self.finder, self.looks), self.stage, self.side)
        self._connect()
        self._look_changed()
        self._show_state()

    # -- building ----------------------------------------------------------------------------------------

    def _connect(self) -> None:
        side, easel = self.side, self.easel
        self.finder.moved.connect(self._product_moved)
        self.finder.counted.connect(self._counted)
        self.about.chosen.connect(self._about_chosen)
        self.about.campaign_chosen.connect(lambda _id: self._share_campaign())
        self.looks.wanted.connect(self._look_wanted)
        self.looks.renamed.connect(self._look_renamed)
        self.looks.batch_asked.connect(self.make_batch)
        self.looks.log_asked.connect(self.show_log)
        self.stage.view.resized.connect(self._resized)
        self.stage.view.drag_asked.connect(self._drag_picture)
        side.templates.chosen.connect(self._look_changed)
        side.palettes.chosen.connect(self._look_changed)
        side.offers.chosen.connect(self._offer_chosen)
        side.codes.chosen.connect(lambda gtin: easel.choose(replace(easel.subject, gtin=gtin)))
        side.recipient.wanted.connect(self._ask_recipient)
        easel.changed.connect(self._show_state)
        easel.previewed.connect(self._previewed)
        easel.refused.connect(lambda failure: self.stage.refuse(failure.sentence, failure.way_out))
        easel.failed.connect(self._no_link)
        self.bench.changed.connect(self._offer_templates)
        side.edit.clicked.connect(lambda: self.bench.edit(self.look.template))
        self.post.sent.connect(self._sent)
        self.post.refused.connect(self._not_copied)
        self.question.said.connect(self.notice)
        self.work.changed.connect(self._contacts_changed)
        self._copy_keys = CopyKeys((self.finder.search, self.looks.name, side.recipient.field, side.words.editor))
        self._copy_keys.setParent(self)
        for keys, button, deed in (
            ("Ctrl+C", side.copy_picture, self.post.copy_picture),
            ("Ctrl+Shift+C", side.copy_words, self.copy_words),
            ("Ctrl+P", side.print, self.print_picture),
            ("Ctrl+S", side.save, self.save_picture),
            ("Ctrl+Shift+S", side.pack, self.save_pack),
            ("Ctrl+B", self.looks.add, self.looks.add_current),
        ):
            button.clicked.connect(deed)
            bind(self, keys, deed)
        for keys, opening in (
            ("Ctrl+M", self.make_batch),
            ("Ctrl+H", self.show_log),
            ("Ctrl+Shift+P", self.printing.raw.show_log),
            ("Ctrl+E", lambda: self.bench.edit(self.look.template)),
            ("Ctrl+Shift+E", lambda: self.bench.draft(self.look.template)),
        ):
            bind(self, keys, opening)

    def show_log(self) -> None:
        """Who shared what, to whom, and what came of it."""
        dialog = ShareLogDialog(self, self.work, self.desk, self.actor)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.log_dialog = dialog
        dialog.open()

    # -- reading -----------------------------------------------------------------------------------------

    def open(self, target: Target) -> None:
        """`product`, `client` and `offer` (ids) in the target's args are chosen, a product `with` it begins a look."""
        product, client = target.args.get("product", ""), target.args.get("client", "")
        if product:
            self._stood = ""
            self.finder.select(product)
            if self.finder.current is not None and self.finder.current.id == product:
                self._show_product()
        if product and (other := target.args.get("with", "")):
            self.looks.gather(product, other)
        if product or client:
            self._ask_recipient(client)
        if "offer" in target.args:
            self._wanted_offer = target.args["offer"]
            self._choose_offer()
        self._wanted_script = target.args.get("script", "")
        self._choose_script()
        self.question.look()

    @property
    def in_hand(self) -> Mapping[str, str]:
        """Client, product and coupon chosen."""
        subject = self.easel.subject
        return {"client": subject.client_id, "product": subject.product_id, "offer": subject.offer_id}

    def refresh(self) -> None:
        """Read products, offers and scripts again; what stands on the easel stays."""
        self.finder.refresh()
        self.bench.refresh()
        self.printing.raw.refresh()
        desk = self.desk
        self.work.query(lambda _job: read_offered(desk), owner=self, slot="choices", done=self._show_choices)
        self.question.look()

    def back(self) -> bool:
        """Esc closes the client search, then clears the product search, then puts the question off."""
        if self.side.recipient.fold():
            return True
        if self.finder.search.text():
            self.finder.search.clear()
            return True
        return self.question.put_off()

    def pictures_arrived(self) -> None:
        """New pictures lie on this PC: show them."""
        self._pictured = ("", "")
        self.thumbs.look_again()
        self.easel.render()

    def _show_choices(self, choices: Offered) -> None:
        self.about.set_campaigns(choices.campaigns)
        self.side.offers.set_offers(choices.offers)
        self._choose_offer()
        self.side.words.set_scripts(choices.scripts)
        self._choose_script()
        self._show_terms()

    def _choose_offer(self) -> None:
        """Choose the coupon that was asked for, once coupons have been read."""
        if self._wanted_offer is not None and self.side.offers.choose(self._wanted_offer):
            self._wanted_offer = None

    def _choose_script(self) -> None:
        if self._wanted_script and self.side.words.choose_script(self._wanted_script):
            self._wanted_script = ""

    def _counted(self, count: int) -> None:
        self.say(self.tr("分享"), self.tr("选商品 → 选版式 → 复制给客户"))
        if not count and not self.finder.search.text():
            self._nothing(self.tr("还没有商品。商品资料随同步到来, 按 F5 同步一次。"))

    # -- choosing ----------------------------------------------------------------------------------------

    @property
    def look(self) -> Look:
        """Template and palette chosen."""
        return Look(self.side.templates.current, self.side.palettes.current)

    def _product_moved(self, row: ProductRow) -> None:
        refusal = not_shareable(row)
        stood, self._stood = self._stood, row.id
        self._private = row.id if row.sensitive and row.status == "on_sale" else ""
        if stood == row.id and self.easel.subject.about != "product":  # the list was only read again
            return
        self.looks.set_current(row if refusal is None else None)
        self.about.show_about("product")
        self.side.templates.set_subject("product")
        if refusal is None:
            self.easel.choose(replace(self.easel.subject, product_id=row.id, look_id="", about="product"))
        else:
            label = self.tr("需要货签时按 Ctrl+P: 只印货号和条码。") if self._private else ""
            self._nothing(f"{say(refusal)}\n{label}".strip())

    def _about_chosen(self, about: str) -> None:
        """The card or a coupon goes onto the easel; 商品 brings back the product in the list."""
        if about == "product":
            self._show_product()
            return
        if about == "campaign":
            self._share_campaign()
            return
        wanted, self._private = cast("About", about), ""
        self.side.templates.set_subject(wanted)
        subject = replace(self.easel.subject, product_id="", look_id="", about=wanted)
        self.about.show_about(wanted)
        if wanted == "coupon" and not subject.offer_id and not self.side.offers.choose_first():
            self._nothing(self.tr("现在没有可以发的券。券随同步到来, 按 F5 同步一次。"), wanted)
            return
        self.easel.choose(replace(subject, offer_id=self._offer_id()))

    def _share_campaign(self) -> None:
        """The campaign chosen goes onto the easel, with the coupon that head office gave it if it may be had now."""
        self.about.show_about("campaign")
        self.side.templates.set_subject("campaign")
        campaign = self.about.campaign()
        if campaign is None:
            self._nothing(self.tr("现在没有正在进行的活动。活动随同步到来, 按 F5 同步一次。"), "campaign")
            return
        if not self.side.offers.choose(campaign.offer_id):
            self.side.offers.choose("")
        self.easel.choose(campaign_subject(self.easel.subject, campaign, self._offer_id()))

    def _show_product(self) -> None:
        """The product on which the list stands, even if something else was shared meanwhile."""
        self._stood = ""
        if self.finder.current is not None:
            self._product_moved(self.finder.current)

    def _offer_id(self) -> str:
        offer = self.side.offers.current
        return offer.id if offer else ""

    def _look_wanted(self, look_id: str) -> None:
        """A look goes onto the easel until another product is chosen; posters too small for it give way."""
        self.about.show_about("look")
        self.side.templates.set_subject("look")
        self.easel.choose(replace(self.easel.subject, product_id="", look_id=look_id, about="look"))

    def _look_renamed(self, look_id: str) -> None:
        """The look in sight is drawn anew under its new name."""
        if self.easel.subject.look_id == look_id:
            self.easel.renew()

    def _nothing(self, why: str, about: About = "product") -> None:
        self.easel.choose(replace(self.easel.subject, product_id="", look_id="", campaign_id="", about=about))
        self.stage.show_words(why)

    def _offer_chosen(self, offer_id: str) -> None:
        self.easel.choose(replace(self.easel.subject, offer_id=offer_id))
        if not offer_id and self.easel.subject.about == "coupon":
            self.stage.show_words(self.tr("在右边选一张券。"))
        self._show_terms()

    def _ask_recipient(self, client_id: str) -> None:
        desk, guide, read = self.desk, self.actor.guide_id, self._set_recipient
        self.work.query(lambda _job: read_recipient(desk, client_id, guide), owner=self, slot="recipient", done=read)

    def _set_recipient(self, recipient: Recipient | None) -> None:
        """A client who refused contact is not chosen: then the share is for nobody, never for the one before."""
        taken = self.side.recipient.set_recipient(recipient)
        client_id = recipient.id if taken and recipient else ""
        self.easel.choose(replace(self.easel.subject, client_id=client_id))
        self._show_state()

    def _contacts_changed(self, change: Change) -> None:
        """What was contacted meanwhile, here or in another store, may leave no room for the client chosen."""
        chosen = self.side.recipient.recipient
        if self.isVisible() and not _CONTACTS.isdisjoint(change.kinds):
            self.question.look()
            if chosen is not None:
                self._ask_recipient(chosen.id)

    def _look_changed(self) -> None:
        template = self._maker.templates[self.look.template]
        self.side.show_template(template, self._maker.templates)
        self.easel.set_look(self.look)

    def _contents(self) -> PosterContent | None:
        """What stands on the easel, for the template editor."""
        draft = self.easel.draft
        return self._studio.content(draft) if draft is not None else None

    def _offer_templates(self) -> None:
        """Head office or the store offers other templates than before."""
        self._pictured = ("", "")
        self.side.templates.set_templates(self._maker.templates)
        self._look_changed()
        self.easel.render()

    def _resized(self) -> None:
        self.easel.set_room(self.stage.view.room(), self.stage.view.devicePixelRatioF())

    # -- showing -----------------------------------------------------------------------------------------

    def _previewed(self, preview: Preview) -> None:
        checked = self.easel.finished is not None
        self.stage.show_preview(preview.image, preview.drawing, checked=checked, missing=preview.missing)

    def _no_link(self, failure: Failure) -> None:
        self.stage.show_words(f"{failure.sentence} {failure.way_out}".strip())
        if failure.code not in _BARRED:
            self.failure.emit(failure)

    def _show_state(self) -> None:
        """Buttons, words, link and notes for what stands on the easel now."""
        easel, side = self.easel, self.side
        for button in side.picture_deeds:
            button.setEnabled(easel.draft is not None and easel.refusal is None)
        side.copy_words.setEnabled(easel.draft is not None)
        if self._private and easel.draft is None:
            side.print.setEnabled(True)
        if easel.finished is not None:
            self.stage.checked()
            self._draw_miniatures()
        if easel.draft is not None:
            side.codes.show_codes(easel.draft.card, easel.draft.share.gtin)
        words = self.post.words_draft
        if words is not None:
            side.link.setText(words.link.url.partition("://")[2])
        self._show_words()
        recipient = side.recipient.recipient
        drag = self.tr("也可以直接把预览拖进微信聊天窗口")
        logged = self.tr(" · 分享会自动记到{name}的时间线, 发出后按 Y 才算联系")
        side.note.setText(drag + (logged.format(name=recipient.name) if recipient else ""))

    def _show_words(self) -> None:
        draft, recipient = self.easel.draft, self.side.recipient.recipient
        if draft is None:
            return
        coupon = draft.offer.name if draft.offer else ""
        plain = words_of(draft)
        called = salutation(recipient.name, recipient.sex) if recipient else NOBODY
        self.side.words.set_facts(plain, variables(draft.sender, called, draft.card.row.name, coupon))
        self._show_terms()

    def _show_terms(self) -> None:
        offer, draft = self.side.offers.current, self.easel.draft
        text = terms_text(offer) if offer else ""
        if offer and draft and 0 < draft.card.row.chat_price_fen < offer.min_spend_fen:
            short = yuan(offer.min_spend_fen - draft.card.row.chat_price_fen)
            text += self.tr(" · 单买这件还差 {amount} 到门槛").format(amount=short)
        self.side.terms.setText(text)
        self.side.terms.setVisible(bool(text))

    def _draw_miniatures(self) -> None:
        draft, palette, studio, ratio = self.easel.draft, self.look.palette, self._studio, self.devicePixelRatioF()
        if draft is None or self._pictured == (draft.subject.chosen + draft.subject.offer_id, palette):
            return
        self._pictured = (draft.subject.chosen + draft.subject.offer_id, palette)
        self.work.query(
            lambda job: studio.thumbnails(draft, palette, MINIATURE, ratio, job),
            owner=self, slot="miniatures", done=self.side.templates.show_miniatures,
        )  # fmt: skip

    # -- handing out -------------------------------------------------------------------------------------

    def copy_words(self) -> None:
        """Copy words and link, unless something in the words must not be sent."""
        self._with_words(lambda: self.post.copy_words(self.side.words.text, self.side.words.script_id))

    def save_pack(self) -> None:
        """Ask for a folder and put all that a post needs into it, under the same rule for its words."""
        if not self._resting():
            self._with_words(lambda: self.post.save_pack(self, self.side.words.text, self.side.words.script_id))

    def _with_words(self, deed: Callable[[], None]) -> None:
        words = self.side.words
        if words.problem:
            words.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            self.notice.emit(Notice(words.problem))
            return
        doubtful = words.doubtful

        def go() -> None:
            words.settle(doubtful)
            deed()

        self.doubts.settle(doubtful, words.doubt, self.easel.subject.client_id, go)

    def print_picture(self) -> None:
        """Print; for labels ask first whether one or a sheet full; of sensitive goods only a discreet label."""
        finished = self.easel.finished
        below = self.side.print.mapToGlobal(QPoint(0, self.side.print.height()))
        if self._private and self.easel.draft is None:
            self.printing.discreet_menu(self._private).popup(below)
            return
        if finished is None or finished.drawing.unit == "px":
            self.post.print_picture(self, lambda drawing: [drawing])
            return
        template = self._maker.template(finished.drawing.template)
        self.printing.menu(finished.drawing, template).popup(below)

    def make_batch(self) -> BatchDialog:
        """Open the dialog that makes posters of all products listed, with the template and coupon chosen."""
        self.about.choose("product")
        self.side.templates.set_subject("product")
        look, offer = self.look, self.side.offers.current
        template = self._maker.templates[look.template]
        choice = Choice(self.finder.model.rows, look, template, offer.id if offer else "", offer.name if offer else "")
        return open_batch(self, Batch(self.desk, self._maker, self._studio), choice)

    def save_picture(self) -> None:
        """Ask where to, and write the poster."""
        if not self._resting():
            self.post.save_picture(self)

    def _not_copied(self, failure: Failure) -> None:
        """A client who was contacted enough: say so, with the day; anything else is a failure."""
        if failure.code.startswith("contact."):
            self.notice.emit(Notice(f"{failure.sentence} {failure.way_out}"))
        else:
            self.failure.emit(failure)

    def _resting(self) -> bool:
        """Whether the client chosen needs a rest; says so then."""
        chosen = self.side.recipient.recipient
        if chosen is None or chosen.next_day is None:
            return False
        self.notice.emit(Notice(self.side.recipient.hint.text()))
        return True

    def _drag_picture(self) -> None:
        if not self._resting():
            self.post.drag_picture(self.stage.view)

    def _sent(self, sent: Sent) -> None:
        recipient = self.side.recipient.recipient
        named = recipient.name if recipient and sent.draft.share.client_id == recipient.id else ""
        self.notice.emit(Notice(sent_words(sent.way, named)))
        self._show_state()
        if sent.asks:
            self.question.ask()
