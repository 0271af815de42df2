"""话术: find a script, see it filled for the client at hand, copy it with one key, say whether it was sent."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout

from guide_app.base.actor import Actor
from guide_app.base.change import Change
from guide_app.base.clock import DAY_MS
from guide_app.flows.desk import Desk
from guide_app.flows.filling import Filling, Subject
from guide_app.followup.copies import Outgoing
from guide_app.followup.doubts import Override
from guide_app.followup.scripts import LibraryScript, ScriptFigures
from guide_app.followup.trials import Trial
from guide_app.sharing.queries import CouponOffer
from ui.kit.card import Card
from ui.kit.desk_page import DeskPage
from ui.kit.errors import Failure
from ui.kit.page import PageContext, Target
from ui.kit.sent_question import SentQuestion
from ui.kit.thumbs import Pictures, Thumbs
from ui.kit.toast import Notice
from ui.kit.work import Job
from ui.pages.share.copy_keys import CopyKeys
from ui.pages.share.handout import copy_picture
from ui.pages.share.library_list import FAVOURITES, OWN, LibraryList
from ui.pages.share.library_pane import LibraryPane
from ui.pages.share.override import Doubts
from ui.pages.share.override_log import OverrideLogDialog
from ui.pages.share.own_script import OwnScripts
from ui.pages.share.recipient import Recipient, read_recipient

_FIGURES_MS = 90 * DAY_MS
_CONTACTS = frozenset({"copied", "note", "share", "company_view", "task"})
_NONE = ScriptFigures("", 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class _Library:
    """Everything the list shows, read in one go for a `scene`; scenes as key and words."""

    scene: str
    scripts: list[LibraryScript]
    scenes: list[tuple[str, str]]
    offers: tuple[CouponOffer, ...]


class LibraryPage(DeskPage):
    """话术."""

    key = "scripts"
    watches = frozenset({"script", "own_script", "favourite", "coupon_template", "festival"})

    def __init__(self, context: PageContext, desk: Desk, acting: Callable[[], Actor], pictures: Pictures) -> None:
        """`pictures` says where a picture lies on this PC."""
        super().__init__(context, desk, acting)
        self._pictures = pictures
        self.subject = Subject()
        self._wanted_scenes: tuple[str, ...] = ()
        self._wanted_script = ""
        self._offers: tuple[CouponOffer, ...] = ()
        self.thumbs = Thumbs(self.work, pictures)
        self.thumbs.setParent(self)
        acts = lambda: self.actor  # noqa: E731 - the property, asked anew each time
        self.question = SentQuestion(self, self.work, desk, acts)
        self.doubts = Doubts(self, self.work, desk, acts)
        self.finder = LibraryList(self.theme)
        self.pane = LibraryPane(self.theme, self.work, desk, self.thumbs)
        self.own = OwnScripts(self, lambda: self.pane.script, self.finder.scenes_to_offer)
        self.own.kept.connect(self._look_at)
        self.setFocusProxy(self.finder)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        left = Card()
        left.fill(self.finder)
        left.setMinimumWidth(340)
        columns = QHBoxLayout()
        columns.setSpacing(14)
        columns.addWidget(left, 5)
        columns.addWidget(self.pane, 7)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(10)
        down.addWidget(self.question)
        down.addLayout(columns, 1)

    def _connect(self) -> None:
        pane, finder = self.pane, self.finder
        finder.wanted.connect(self.refresh)
        finder.moved.connect(self._show_script)
        finder.chosen.connect(self.copy_words)
        pane.recipient.wanted.connect(self._ask_recipient)
        pane.product.wanted.connect(lambda product: self._speak_of(replace(self.subject, product_id=product)))
        pane.offer.activated.connect(
            lambda _place: self._speak_of(replace(self.subject, offer_id=str(pane.offer.currentData())))
        )
        pane.filled.connect(self._fill)
        pane.picture_wanted.connect(self.copy_picture)
        self.question.said.connect(self.notice)
        self.work.changed.connect(self._contacts_changed)
        self._copy_keys = CopyKeys((finder.search, pane.recipient.field, pane.product.field, pane.words.editor))
        self._copy_keys.setParent(self)
        pane.hole_shown.connect(self._hole_shown)
        for keys, button, deed in (
            ("Ctrl+C", pane.copy, self.copy_words),
            ("Ctrl+Shift+C", pane.copy_picture, self.copy_picture),
            ("Ctrl+G", pane.poster, self._poster),
            ("Ctrl+R", pane.replied, self._replied),
            ("Ctrl+D", pane.star, self._favour),
            ("Ctrl+N", finder.add, self.own.write),
            ("F2", pane.edit, self.own.edit),
            ("Ctrl+Del", pane.drop, self.own.drop),
            ("Ctrl+O", None, self._show_overrides),
        ):
            if button is not None:
                button.clicked.connect(lambda _=False, deed=deed: deed())
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(deed)

    # -- reading -------------------------------------------------------------------------------------------

    def open(self, target: Target) -> None:
        """Take along `client`, `product` and `offer`; show `scene` (several by comma, the best first) or `script`."""
        args = target.args
        if "scene" in args or "script" in args or "client" in args:
            self.finder.search.clear()
            self._wanted_scenes = (*filter(None, args.get("scene", "").split(",")), "")
            self._wanted_script = args.get("script", "")
        named = {"product_id": args.get("product"), "offer_id": args.get("offer")}
        given = {field: value for field, value in named.items() if value}
        if given:
            self.subject = replace(self.subject, **given)
        if "client" in args:
            self._ask_recipient(args["client"])
        self.refresh()

    def refresh(self) -> None:
        """Read the list, the coupons and what waits for an answer again."""
        desk, guide, finder = self.desk, self.actor.guide_id, self.finder
        text, scene = finder.text, finder.scene

        def read(_job: Job) -> _Library:
            near = {f.scene: f"{f.scene} · {f.name}" for f in desk.followup.festivals() if f.scene}
            scenes = desk.scripts.scenes(guide)
            ordered = sorted(scenes, key=lambda one: one not in near)
            named = scene if scene not in (FAVOURITES, OWN) else ""
            found = desk.scripts.find(guide, text, named)
            if scene == FAVOURITES:
                found = [script for script in found if script.favourite]
            if scene == OWN:
                found = [script for script in found if script.own]
            return _Library(scene, found, [(one, near.get(one, one)) for one in ordered], desk.sharing.offers())

        self.work.query(read, owner=self, slot="library", done=self._show)
        self.question.look()

    def back(self) -> bool:
        """Esc closes a search, then clears the search for scripts, then puts the question off."""
        if self.pane.recipient.fold() or self.pane.product.fold():
            return True
        if self.finder.search.text():
            self.finder.search.clear()
            return True
        return self.question.put_off()

    def pictures_arrived(self) -> None:
        """New pictures lie on this PC: show them."""
        self.thumbs.look_again()

    @property
    def in_hand(self) -> Mapping[str, str]:
        """Client, product and coupon chosen."""
        return {
            "client": self.subject.client_id, "product": self.subject.product_id, "offer": self.subject.offer_id
        }  # fmt: skip

    def _show(self, library: _Library) -> None:
        self._offers = library.offers
        self.finder.set_scenes(library.scenes, self.finder.scene)
        self.pane.show_offers(library.offers, self.subject.offer_id)
        wanted, self._wanted_scenes = self._wanted_scenes, ()
        next((scene for scene in wanted if self.finder.choose_scene(scene)), None)
        if self.finder.scene != library.scene:  # another was asked for than was read
            self.refresh()
            return
        self.finder.show_scripts(library.scripts, self._wanted_script)
        self._wanted_script = ""
        self.say(self.tr("话术"), self.tr("{count} 条 · 回车复制, 发出后按 Y").format(count=len(library.scripts)))

    def _show_script(self, script: LibraryScript | None) -> None:
        self.pane.show_script(script)
        self._fill()
        self._read_figures()

    def _read_figures(self) -> None:
        script, scripts = self.pane.script, self.desk.scripts
        since = self.desk.clock.now_ms() - _FIGURES_MS
        if script is None:
            self.pane.figures.setText("")
            return

        def read(_job: Job) -> tuple[Trial | None, ScriptFigures]:
            done = next((f for f in scripts.figures(since) if f.script_id == script.id), _NONE)
            return scripts.trial(script.text_id, since), done

        def show(found: tuple[Trial | None, ScriptFigures]) -> None:
            trial, done = found
            self.pane.show_figures(trial, (done.sent, done.replied, done.sold))

        self.work.query(read, owner=self, slot="figures", done=show)

    def _contacts_changed(self, change: Change) -> None:
        if self.isVisible() and not _CONTACTS.isdisjoint(change.kinds):
            self.question.look()
            self._read_figures()
            if self.subject.client_id:
                self._ask_recipient(self.subject.client_id)

    # -- for whom and about what ---------------------------------------------------------------------------

    def _ask_recipient(self, client_id: str) -> None:
        desk, guide, read = self.desk, self.actor.guide_id, self._set_recipient
        self.work.query(lambda _job: read_recipient(desk, client_id, guide), owner=self, slot="recipient", done=read)

    def _set_recipient(self, recipient: Recipient | None) -> None:
        taken = self.pane.recipient.set_recipient(recipient)
        self._speak_of(replace(self.subject, client_id=recipient.id if taken and recipient else ""))

    def _speak_of(self, subject: Subject) -> None:
        self.subject = subject
        self._fill()

    def _fill(self) -> None:
        filling, subject, actor = self.desk.filling, self.subject, self.actor

        def show(found: Filling) -> None:
            self.pane.product.show_product(found.product_name)
            self.pane.show_values(found.values)
            self.pane.replied.setEnabled(bool(found.client_name))
            logged = self.tr("发出后按 Y, 才记到{name}的时间线").format(name=found.client_name)
            self.pane.note.setText(logged if found.client_name else self.tr("不指定客户时只复制, 不记录"))

        self.work.query(lambda _job: filling.fill(subject, actor), owner=self, slot="filling", done=show)

    # -- deeds ---------------------------------------------------------------------------------------------

    def copy_words(self) -> None:
        """Copy the words; a hole, or a word that the law bars, is named instead, with the way to mend it."""
        words = self.pane.words
        if self.pane.script is None:
            return
        if words.problem:
            self.pane.way_to_fill().setFocus(Qt.FocusReason.OtherFocusReason)
            self.notice.emit(Notice(words.problem))
            return
        doubtful = words.doubtful

        def copy() -> None:
            words.settle(doubtful)
            self._copy(words.text, self.pane.script.id if self.pane.script else None)

        self.doubts.settle(doubtful, words.doubt, self.subject.client_id, copy)

    def _copy(self, text: str, script_id: str | None) -> None:
        client_id, actor, copies = self.subject.client_id, self.actor, self.desk.copies

        def to_clipboard(asks: bool) -> None:
            QGuiApplication.clipboard().setText(text)
            self.notice.emit(Notice(self.tr("已复制, 到微信里按 Ctrl+V")))
            if asks:
                self.question.ask()

        if not client_id:
            to_clipboard(asks=False)
            return
        outgoing = Outgoing(client_id, text, script_id)
        self.work.change(
            lambda _job: copies.copy(outgoing, actor),
            owner=self,
            done=lambda _id: to_clipboard(asks=True),
            failed=self._not_copied,
        )

    def _hole_shown(self, field: QLineEdit) -> None:
        """Enter and Ctrl+C copy from there, too."""
        self._copy_keys.watch(field)
        field.returnPressed.connect(self.copy_words)

    def _not_copied(self, failure: Failure) -> None:
        if failure.code.startswith("contact."):
            self.notice.emit(Notice(f"{failure.sentence} {failure.way_out}"))
        else:
            self.failure.emit(failure)

    def copy_picture(self, sha256: str = "") -> None:
        """Copy a picture of the script, the first unless one is named; it belongs to the words' message."""
        script, pictures = self.pane.script, self._pictures
        wanted = sha256 or (script.media[0] if script and script.media else "")
        if not wanted:
            self.notice.emit(Notice(self.tr("这条话术没有配图")))
            return

        def read(_job: Job) -> tuple[QImage, Path] | None:
            path = pictures(wanted)
            image = QImage(str(path)) if path is not None else QImage()
            return None if path is None or image.isNull() else (image, path)

        def copy(found: tuple[QImage, Path] | None) -> None:
            if found is None:
                self.notice.emit(Notice(self.tr("图片还没有下载到这台电脑, 联网后会自动到来")))
                return
            copy_picture(*found)
            self.notice.emit(Notice(self.tr("已复制图片, 到微信里按 Ctrl+V")))

        self.work.query(read, owner=self, slot="picture", done=copy)

    def _poster(self) -> None:
        args = {key: value for key, value in self.in_hand.items() if value}
        script = self.pane.script
        if script is not None and not script.own:
            args["script"] = script.id
        self.navigate.emit(Target("share", args=args))

    def _replied(self) -> None:
        client_id, actor, deeds, words = (
            self.subject.client_id,
            self.actor,
            self.desk.client_deeds,
            self.tr("客户回复了"),
        )
        if client_id:
            self.work.change(
                lambda _job: deeds.note(client_id, words, actor, "reply"),
                owner=self,
                done=lambda _id: self.notice.emit(Notice(self.tr("已记下回复"))),
            )

    def _favour(self) -> None:
        script, actor, scripts = self.pane.script, self.actor, self.desk.scripts
        if script is not None:
            self.work.change(lambda _job: scripts.favour(script, actor, on=not script.favourite), owner=self)

    def _look_at(self, script_id: str) -> None:
        self._wanted_script = script_id
        self.finder.search.clear()
        self.refresh()

    def _show_overrides(self) -> None:
        overrides, since = self.desk.overrides, self.desk.clock.now_ms() - _FIGURES_MS
        if not self.actor.is_manager:
            self.notice.emit(Notice(self.tr("坚持用词记录由店长查看")))
            return

        def show(found: list[Override]) -> None:
            dialog = OverrideLogDialog(self, found)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

        self.work.query(lambda _job: overrides.since(since), owner=self, slot="overrides", done=show)
