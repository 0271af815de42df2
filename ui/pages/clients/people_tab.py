"""日子、家人和心愿: dates, people and wishes of a client."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from guide_app.base.clock import china_date
from guide_app.clients.dates import DateRow
from guide_app.clients.relations import RelationRow
from ui.pages.clients.card_words import (
    date_text,
    kept_text,
    relation_hint,
    relation_text,
    wish_hint,
)
from ui.pages.clients.lines import Deed, Item, LineSection
from ui.pages.clients.view import ClientView
from ui.pages.clients.words import birthday_text


class PeopleTab(QWidget):
    """Three sections; `asked` carries each `Ask`."""

    asked = Signal(object)

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.dates = LineSection(
            self.tr("日子"), "date.add", self.tr("+ 日子"), self.tr("生日、孩子生日、纪念日都可以记。")
        )
        self.people = LineSection(
            self.tr("家人朋友"), "relation.add", self.tr("+ 关系"), self.tr("还没有记家人或朋友。")
        )
        self.wishes = LineSection(self.tr("心愿单"), "wish.add", self.tr("+ 心愿"), self.tr("她想要什么, 记在这里。"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(14)
        for section in (self.dates, self.people, self.wishes):
            section.asked.connect(self.asked)
            column.addWidget(section)
        column.addStretch(1)

    def show_view(self, view: ClientView) -> None:
        """Show a client's."""
        self.dates.set_items([*self._birthday(view), *self._dates(view)])
        self.people.set_items([self._person(row) for row in view.card.relations])
        self.wishes.set_items(
            [
                Item(
                    wish.id, wish.title, wish_hint(wish),
                    (
                        Deed(self.tr("有了"), "wish.fulfilled", self.tr("实现了: {title}").format(title=wish.title)),
                        Deed("×", "wish.dropped", self.tr("不想要了: {title}").format(title=wish.title)),
                    ),
                )
                for wish in view.card.wishes
            ]
        )  # fmt: skip

    def _birthday(self, view: ClientView) -> list[Item]:
        text = birthday_text(view.portrait.fields)
        return [Item("", " · ".join((self.tr("生日"), text)), kept_text(view.card.birthday.next))] if text else []

    def _dates(self, view: ClientView) -> list[Item]:
        found = []
        for row in view.card.dates:
            guardian = self._guardian(row)
            hint = "\n".join(filter(None, (kept_text(row.next), guardian)))
            text = date_text(row)
            found.append(
                Item(row.id, text, hint, (Deed("×", "date.end", self.tr("不再记: {text}").format(text=text)),))
            )
        return found

    def _guardian(self, row: DateRow) -> str:
        if row.withdrawn_at is not None:
            day = china_date(row.withdrawn_at)
            said = self.tr("监护人 {month} 月 {day} 日撤回了同意, 不再提醒")
            return said.format(month=day.month, day=day.day)
        return self.tr("监护人已同意") if row.guardian_at is not None else ""

    def _person(self, row: RelationRow) -> Item:
        deeds: list[Deed] = []
        if row.relative_id is not None:
            deeds.append(Deed(self.tr("看她"), "relation.open", self.tr("打开 {name}").format(name=row.name)))
        if row.own:
            deeds.append(Deed("×", "relation.end", self.tr("解除关系: {name}").format(name=row.name)))
        return Item(
            row.id, relation_text(row), relation_hint(row),
            tuple(deeds),
        )  # fmt: skip
