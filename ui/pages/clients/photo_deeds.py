"""What the guide does with photos: of fields of head office's, and of receipts."""

from PySide6.QtCore import QObject, Qt

from guide_app.flows.receipt_photo import name_receipt_photo, receipt_photo, replace_receipt_photo
from ui.kit.desk_page import DeskPage
from ui.kit.toast import Notice
from ui.kit.work import Job, Undo, Undoable
from ui.pages.clients.photo_dialog import PhotoDialog
from ui.pages.clients.view import ClientView


class PhotoActions(QObject):
    """Shows photos, and writes those that were chosen."""

    def __init__(self, page: DeskPage) -> None:
        super().__init__(page)
        self._page = page

    def answer(self, view: ClientView, field_id: str) -> None:
        """Show the photo that answers a field, to be replaced or taken away."""
        answer = next((one for one in view.card.answers if one.field.id == field_id), None)
        if answer is None:
            return
        dialog = PhotoDialog(self._page, self._page.work, answer.field.name, answer.photo, there=bool(answer.value))
        client, deeds, actor = view.portrait.id, self._page.desk.card_deeds.custom, self._page.actor

        def write(body: bytes) -> str:
            if body:
                return deeds.answer_photo(client, field_id, body, actor)
            return deeds.answer(client, field_id, "", actor)

        def undoable(body: bytes) -> Undoable[str]:
            before = write(body)
            return Undoable(
                before, Undo(self.tr("已修改照片"), lambda _job: deeds.answer(client, field_id, before, actor))
            )

        def save() -> None:
            body, work, title = dialog.body, self._page.work, self.tr("修改照片")
            if answer.value and not answer.photo:  # what has not come cannot be put back
                told = Notice(self.tr("已修改照片"))
                work.change(
                    lambda _job: write(body), owner=self._page, done=lambda _: self._page.notice.emit(told), title=title
                )
            else:
                work.change(lambda _job: undoable(body), owner=self._page, title=title)

        dialog.accepted.connect(save)
        _open(dialog)

    def receipt(self, view: ClientView, purchase_id: str) -> None:
        """Show the photo of a receipt noted by hand, to be added, replaced or taken away; the till's is fixed."""
        db = self._page.desk.db
        mine = [one for one in view.purchases if one.purchase_id == purchase_id]
        noted, named = any(not one.verified for one in mine), any(one.photo for one in mine)

        def show(body: bytes) -> None:
            dialog = PhotoDialog(self._page, self._page.work, self.tr("小票照片"), body, there=named, fixed=not noted)
            known = bool(body) or not named  # what has not come cannot be put back
            dialog.accepted.connect(lambda: self._replace(purchase_id, dialog.body, there=known))
            _open(dialog)

        self._page.work.query(lambda _job: receipt_photo(db, purchase_id), owner=self._page, slot="receipt", done=show)

    def _replace(self, purchase_id: str, body: bytes, *, there: bool) -> None:
        """Keep `body` for the receipt; what was not `there` cannot be put back."""
        page, db, actor = self._page, self._page.desk.db, self._page.actor
        told = self.tr("已修改小票照片") if body else self.tr("已去掉小票照片")

        def write() -> str:
            return replace_receipt_photo(db, actor, purchase_id, body)

        def undoable(_job: Job) -> Undoable[str]:
            before = write()
            return Undoable(before, Undo(told, lambda _j: name_receipt_photo(db, actor, purchase_id, before)))

        title = self.tr("修改小票照片")
        if there:
            page.work.change(undoable, owner=page, title=title)
        else:
            page.work.change(
                lambda _job: write(), owner=page, done=lambda _: page.notice.emit(Notice(told)), title=title
            )


def _open(dialog: PhotoDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
