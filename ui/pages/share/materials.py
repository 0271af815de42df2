"""The material centre at the easel: which templates are offered now, and the way into the editor."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from guide_app.protocol.poster_layers import Template
from guide_app.sharing.content import PosterContent
from guide_app.sharing.material import Centre, Material, may_edit
from guide_app.sharing.sample import sample
from ui.kit.desk_page import DeskPage
from ui.kit.errors import Failure, present
from ui.kit.poster.maker import PosterMaker
from ui.kit.toast import Notice
from ui.kit.work import Job, Undo, Undoable
from ui.pages.share.editor import AskFile, EditorOrder, TemplateEditor

Contents = Callable[[], PosterContent | None]
"""What stands on the easel now, read away from the GUI thread; None while nothing does."""


def ask_json(parent: QWidget, title: str, name: str, then: Callable[[Path], None]) -> None:
    """Ask for a JSON file to write (`name` proposed) or, without a name, to open; call `then` unless cancelled."""
    dialog = QFileDialog(parent, title)
    dialog.setNameFilters(["JSON (*.json)"])
    dialog.setDefaultSuffix("json")
    if name:
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(name)
    else:
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(lambda file: then(Path(file)))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


@dataclass(frozen=True, slots=True)
class _Opened:
    """What the editor needs to know: what is offered, and what the poster says."""

    centre: Centre
    content: PosterContent


class MaterialBench(QObject):
    """Keeps the templates offered up to date, and opens the editor for who may."""

    changed = Signal()
    """Other templates are offered than before."""

    def __init__(
        self, page: DeskPage, maker: PosterMaker, contents: Contents, ask_file: AskFile = ask_json
    ) -> None:  # fmt: skip
        """Nothing is read before `refresh`."""
        super().__init__(page)
        self._page, self._maker, self._contents, self._ask_file = page, maker, contents, ask_file
        self.centre = Centre({})
        self.editor: TemplateEditor | None = None

    def refresh(self) -> None:
        """Read what is offered now."""
        materials, shipped = self._page.desk.materials, self._maker.shipped
        self._page.work.query(
            lambda _job: materials.centre(shipped), owner=self, slot="materials", done=self._offer
        )  # fmt: skip

    def edit(self, name: str) -> None:
        """Open the editor for the template with this name, or say why not."""
        self._begin(name, draft=False)

    def draft(self, name: str) -> None:
        """Open the editor for a draft of head office's: nothing is locked, and it leaves as a file only."""
        self._begin(name, draft=True)

    def withdraw(self, name: str) -> None:
        """Take back the newest version of one of the store's own; it can be undone."""
        material = self.centre.materials.get(name)
        if material is None or material.origin != "store":
            self._page.notice.emit(Notice(self.tr("只能收回本店自制的版式。")))
            return
        materials, actor = self._page.desk.materials, self._page.actor
        words = self.tr("已收回「{title}」第 {version} 版").format(
            title=material.template.title, version=material.version
        )

        def write(_job: Job) -> Undoable[None]:
            materials.withdraw(material.record_id, actor)
            return Undoable(None, Undo(words, lambda _j: materials.bring_back(material.record_id, actor)))

        self._page.work.change(write, owner=self, done=lambda _none: self.refresh(), title=self.tr("收回版式"))

    # -- steps -------------------------------------------------------------------------------------------

    def _offer(self, centre: Centre) -> None:
        before = self._maker.templates
        self.centre = centre
        self._maker.learn(centre.templates())
        if self._maker.templates != before:
            self.changed.emit()

    def _begin(self, name: str, *, draft: bool) -> None:
        materials, shipped, contents = self._page.desk.materials, self._maker.shipped, self._contents
        device = self._page.desk.sharing

        def read(_job: Job) -> _Opened:
            content = contents() or sample(device.sender(self._page.actor).brand, "")
            return _Opened(materials.centre(shipped), content)

        self._page.work.query(read, owner=self, slot="editor", done=lambda found: self._open(name, found, draft))

    def _open(self, name: str, found: _Opened, draft: bool) -> None:
        self._offer(found.centre)
        material = found.centre.materials.get(name)
        if material is None:
            return
        origin = found.centre.materials.get(material.base, material)
        refusal = may_edit(self._page.actor, origin)
        if refusal is not None and not (draft and self._page.actor.is_manager):
            failure = present(refusal)
            self._page.notice.emit(Notice(f"{failure.sentence} {failure.way_out}"))
            return
        base = None if draft else origin.template
        own = "" if draft or material.origin != "store" else material.name
        order = EditorOrder(material.template, base, found.content, own)
        page = self._page
        editor = TemplateEditor(page, page.theme, page.work, self._maker.renderer, order, self._ask_file)
        editor.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        editor.kept.connect(lambda template: self._keep(origin, template, own))
        editor.withdrawn.connect(lambda: self.withdraw(own))
        editor.destroyed.connect(self._closed)
        self.editor = editor
        editor.open()

    def _closed(self) -> None:
        self.editor = None

    def _keep(self, origin: Material, template: Template, own: str) -> None:
        materials, shipped, actor = self._page.desk.materials, self._maker.shipped, self._page.actor

        def kept(_name: str) -> None:
            if self.editor is not None:
                self.editor.accept()
            self._page.notice.emit(Notice(self.tr("已存为新版本, 本店电脑同步后都能用")))
            self.refresh()

        self._page.work.change(
            lambda _job: materials.save(shipped, origin.name, template, actor, own),
            owner=self,
            done=kept,
            failed=self._refused,
            title=self.tr("保存版式"),
        )

    def _refused(self, failure: Failure) -> None:
        if self.editor is not None:
            self.editor.refuse(failure)
        else:
            self._page.failure.emit(failure)
