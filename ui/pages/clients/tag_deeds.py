"""What the client page does with tags: hang, take off, call wrong, allow again; each can be taken back."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog

from guide_app.base.actor import Actor
from guide_app.base.clock import china_date
from guide_app.clients.tag_choice import Offer
from guide_app.clients.tags import Hanging, HangingTag
from ui.kit.desk_page import DeskPage
from ui.kit.work import Job, Undo, Undoable
from ui.pages.clients.tag_picker import TagPicker
from ui.pages.clients.tag_sources import Barred, TagSources
from ui.pages.clients.view import ClientView


class TagActions(QObject):
    """Asks and acts for the client who is shown; `shown` gives her view."""

    def __init__(self, page: DeskPage, shown: Callable[[], ClientView | None]) -> None:
        """Nothing is read before it is asked."""
        super().__init__(page)
        self._page, self._shown = page, shown

    def pick(self) -> None:
        """Open the picker."""
        view, tags, guide = self._shown(), self._page.desk.tags, self._page.actor.guide_id
        if view is None:
            return
        client = view.portrait.id

        def read(_job: object) -> tuple[Offer, tuple[HangingTag, ...]]:
            return tags.offer(guide), tags.of_client(client, guide)

        def ask(found: tuple[Offer, tuple[HangingTag, ...]]) -> None:
            offer, held = found
            today = china_date(self._page.desk.clock.now_ms())
            dialog = TagPicker(self._page, self._page.theme, offer, {tag.name for tag in held}, today)
            dialog.picked.connect(lambda what: self.hang(client, what))
            dialog.dropped.connect(lambda name: self.take_off(client, name))
            _open(dialog)

        self._page.work.query(read, owner=self._page, slot="tags.offer", done=ask)

    def sources(self) -> None:
        """Show where her tags come from."""
        view, tags, guide = self._shown(), self._page.desk.tags, self._page.actor.guide_id
        if view is None:
            return
        client, name = view.portrait.id, str(view.portrait.fields["name"])

        def read(_job: object) -> tuple[tuple[HangingTag, ...], tuple[Barred, ...]]:
            return tags.of_client(client, guide), tags.barred(client)

        def ask(found: tuple[tuple[HangingTag, ...], tuple[Barred, ...]]) -> None:
            dialog = TagSources(self._page, name, *found)
            dialog.dropped.connect(lambda tag: self.take_off(client, tag.name))
            dialog.wrong.connect(lambda tag: self.wrong(client, tag))
            dialog.allowed.connect(lambda bar, name: self.allow(client, bar, name))
            _open(dialog)

        self._page.work.query(read, owner=self._page, slot="tags.sources", done=ask)

    def hang(self, client: str, what: Hanging) -> None:
        """Hang a tag; taking it back brings what it replaced."""
        actor, deeds, held = self._page.actor, self._page.desk.tag_deeds, self._page.desk.tags

        def write(_job: Job) -> Undoable[str | None]:
            before = held.of_client(client, actor.guide_id)
            tag = deeds.hang(client, what, actor)
            after = {mark.name for mark in held.of_client(client, actor.guide_id)}

            def back(_again: Job) -> None:
                for name in after - {mark.name for mark in before}:
                    deeds.take_off(client, name, actor)
                for gone in before:
                    if gone.name not in after:
                        deeds.put_back(client, gone, actor)

            return Undoable(tag, Undo(self.tr("已打标签"), back))

        self._page.work.change(write, owner=self._page, title=self.tr("打标签"))

    def take_off(self, client: str, name: str) -> None:
        """Take a tag off; taking that back hangs it as it hung."""
        self._end(client, name, self._page.desk.tag_deeds.take_off, self.tr("已去掉标签"), self.tr("去标签"))

    def wrong(self, client: str, tag: HangingTag) -> None:
        """Say that a tag is wrong: no rule hangs it again until that is taken back."""
        said = self.tr("「{name}」不再自动加").format(name=tag.name)
        deeds, why = self._page.desk.tag_deeds, self.tr("说过不对")
        self._end(client, tag.name, lambda who, name, actor: deeds.wrong(who, name, why, actor), said, said)

    def allow(self, client: str, bar_id: str, name: str) -> None:
        """Take back that a tag is wrong."""
        actor, deeds = self._page.actor, self._page.desk.tag_deeds
        del client
        said = self.tr("「{name}」又可以自动加").format(name=name)
        self._page.work.change(lambda _job: deeds.allow_again(bar_id, actor), owner=self._page, title=said)

    def _end(self, client: str, name: str, deed: Callable[[str, str, Actor], object], said: str, title: str) -> None:
        actor, deeds, held = self._page.actor, self._page.desk.tag_deeds, self._page.desk.tags

        def write(_job: Job) -> Undoable[None]:
            gone = [tag for tag in held.of_client(client, actor.guide_id) if tag.name == name]
            deed(client, name, actor)

            def back(_again: Job) -> None:
                for tag in gone:
                    deeds.put_back(client, tag, actor)

            return Undoable(None, Undo(said, back))

        self._page.work.change(write, owner=self._page, title=title)


def _open(dialog: QDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
