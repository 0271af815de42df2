"""Two records that look like one person, side by side: which of them stays, and whose word counts, field by field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QDialog, QGridLayout, QRadioButton, QVBoxLayout, QWidget

from guide_app.base.clock import china_datetime
from guide_app.base.money import yuan
from guide_app.clients.merging import Choice
from guide_app.clients.model import Portrait
from guide_app.privacy.doubles import Why
from ui.kit.buttons import button
from ui.kit.card import row
from ui.kit.i18n import listed
from ui.kit.text import label, plain_tip
from ui.pages.clients.words import birthday_text, contact_text, sex_text

_WIDTH = 640
#: Where a side stands in the sheet, and its number in a line's choice.
_GONE, _STAYS, _BOTH = 1, 2, 3
#: Words that can stand one after the other.
_JOINED = frozenset({"preference", "remark"})
_SHOWN = 24


class DoublesDialog(QDialog):
    """One pair after the other; where both say something, the guide chooses, with the arrow keys or the mouse."""

    joined = Signal(str, str, object)
    """The ids of the record that ends and of the one that stays, and the `Choice`."""

    def __init__(self, parent: QWidget, pairs: Sequence[tuple[Portrait, Portrait, tuple[Why, ...]]]) -> None:
        """Each pair: the record that would end, the one that would stay, and why they look like one."""
        super().__init__(parent)
        self.setWindowTitle(QCoreApplication.translate("DoublesDialog", "可能是同一个人"))
        self.setMinimumWidth(_WIDTH)
        self._pairs, self._at = list(pairs), 0
        self.why = label("", "hint", wrap=True)
        self._sheet = QWidget()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(18, 16, 18, 16)
        self._column.setSpacing(12)
        self._column.addWidget(self.why)
        self._column.addWidget(self._sheet)
        told = self.tr("记录、任务、券和购买都归到保留的那位; 她没填的用另一条的补上。30 天内可以撤销。")
        self._column.addWidget(label(told, "hint", wrap=True))
        self.swap = button(self.tr("换一条保留"))
        self.skip = button(self.tr("不是同一人, 下一对"))
        self.join = button(self.tr("合并"), "primary")
        self.close_button = button(self.tr("关闭"))
        self.swap.clicked.connect(self._swap)
        self.skip.clicked.connect(self._next)
        self.join.clicked.connect(self._join)
        self.close_button.clicked.connect(self.reject)
        self._column.addWidget(row(self.swap, None, self.close_button, self.skip, self.join))
        self._show()

    @property
    def shown(self) -> tuple[Portrait, Portrait]:
        """The record that would end, and the one that would stay."""
        gone, stays, _why = self._pairs[self._at]
        return gone, stays

    def lines(self) -> list[tuple[str, str, str]]:
        """What the two say, a line a field that either has: its name, what ends, what stays."""
        gone, stays = (_said(one) for one in self.shown)
        return [(name, gone[name], stays[name]) for name in gone if gone[name] or stays[name]]

    def choice(self) -> Choice:
        """What the guide chose where the two differ."""
        fields = {field: one.checkedId() for field, one in self.groups.items()}
        gone, stays = self.shown
        both = {f: f"{stays.fields[f]}; {gone.fields[f]}" for f, chosen in fields.items() if chosen == _BOTH}
        return Choice(tuple(field for field, chosen in fields.items() if chosen == _GONE), both)

    def _show(self) -> None:
        reasons = listed(_why_text(why) for why in self._pairs[self._at][2])
        place = self.tr("第 {at} 对, 共 {count} 对").format(at=self._at + 1, count=len(self._pairs))
        self.why.setText(" · ".join(filter(None, (place, reasons))))
        self.groups: dict[str, QButtonGroup] = {}
        fresh = QWidget()
        grid = QGridLayout(fresh)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(5)
        for column, title in enumerate(("", self.tr("并入另一条"), self.tr("保留"))):
            grid.addWidget(label(title, "hint"), 0, column)
        for line, (name, gone, stays) in enumerate(self.lines(), 1):
            grid.addWidget(label(name, "hint"), line, 0, Qt.AlignmentFlag.AlignTop)
            differ = bool(gone and stays and gone != stays)
            field = _settled().get(name, "")
            if differ and field:
                self._choose(grid, line, field, (name, gone, stays))
                continue
            role = "strong" if differ else ""
            grid.addWidget(label(gone or "—", role, wrap=True), line, 1)
            grid.addWidget(label(stays or "—", role, wrap=True), line, 2)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        self._column.replaceWidget(self._sheet, fresh)
        self._sheet.hide()
        self._sheet.deleteLater()
        self._sheet = fresh
        self.skip.setEnabled(self._at + 1 < len(self._pairs))
        self.join.setDefault(True)

    def _choose(self, grid: QGridLayout, line: int, field: str, said: tuple[str, str, str]) -> None:
        """A line of which one side is to be chosen; she who stays is right until the guide says otherwise."""
        name, gone, stays = said
        group = QButtonGroup(grid.parentWidget())
        offered = [(_GONE, gone), (_STAYS, stays)]
        if field in _JOINED:
            offered.append((_BOTH, self.tr("两条都留")))
        for column, text in offered:
            made = QRadioButton(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")
            made.setToolTip(plain_tip(text))
            made.setAccessibleName(f"{name}: {text}")
            group.addButton(made, column)
            grid.addWidget(made, line, column)
        group.button(_STAYS).setChecked(True)
        for side in group.buttons():  # Tab comes to what is chosen; Qt sees to it only once one had the keyboard
            side.setFocusPolicy(Qt.FocusPolicy.StrongFocus if side.isChecked() else Qt.FocusPolicy.ClickFocus)
        self.groups[field] = group

    def _swap(self) -> None:
        gone, stays, why = self._pairs[self._at]
        self._pairs[self._at] = (stays, gone, why)
        self._show()

    def _next(self) -> None:
        self._at += 1
        self._show()

    def _join(self) -> None:
        gone, stays = self.shown
        self.joined.emit(gone.id, stays.id, self.choice())
        self.accept()


def _why_text(why: Why) -> str:
    return {
        "phone": QCoreApplication.translate("DoublesDialog", "手机号相同"),
        "wechat": QCoreApplication.translate("DoublesDialog", "微信相同"),
        "birthday": QCoreApplication.translate("DoublesDialog", "姓名和生日相同"),
    }[why]


def _settled() -> dict[str, str]:
    """The fields of which one side can be chosen, by the name that the line has."""
    translate = QCoreApplication.translate
    return {
        translate("DoublesDialog", "姓名"): "name",
        translate("DoublesDialog", "手机"): "phone",
        translate("DoublesDialog", "微信"): "wechat",
        translate("DoublesDialog", "性别"): "sex",
        translate("DoublesDialog", "生日"): "birth",
        translate("DoublesDialog", "偏好"): "preference",
        translate("DoublesDialog", "鞋码"): "shoe_size",
        translate("DoublesDialog", "上装"): "top_size",
        translate("DoublesDialog", "下装"): "trousers_size",
        translate("DoublesDialog", "戒指"): "ring_size",
        translate("DoublesDialog", "备注"): "remark",
        translate("DoublesDialog", "专属导购"): "primary_guide_id",
    }


def _said(one: Portrait) -> dict[str, str]:
    """What a record says, by the name of the field; the phone masked."""
    fields: Any = one.fields
    translate = QCoreApplication.translate
    return {
        translate("DoublesDialog", "姓名"): str(fields["name"]),
        translate("DoublesDialog", "手机"): one.phone_masked,
        translate("DoublesDialog", "微信"): str(fields["wechat"]),
        translate("DoublesDialog", "性别"): sex_text(fields["sex"]),
        translate("DoublesDialog", "生日"): birthday_text(fields),
        translate("DoublesDialog", "会员号"): str(fields["member_no"] or ""),
        translate("DoublesDialog", "等级"): str(fields["level"] or ""),
        translate("DoublesDialog", "偏好"): str(fields["preference"]),
        translate("DoublesDialog", "鞋码"): str(fields["shoe_size"]),
        translate("DoublesDialog", "上装"): str(fields["top_size"]),
        translate("DoublesDialog", "下装"): str(fields["trousers_size"]),
        translate("DoublesDialog", "戒指"): str(fields["ring_size"]),
        translate("DoublesDialog", "备注"): str(fields["remark"]),
        translate("DoublesDialog", "标签"): listed(tag.name for tag in one.tags),
        translate("DoublesDialog", "联系意愿"): contact_text(fields["contact_state"])[0],
        translate("DoublesDialog", "专属导购"): one.primary_guide_name,
        translate("DoublesDialog", "累计"): f"{yuan(one.figures.total_fen)} · {one.figures.orders}",
        translate("DoublesDialog", "建档"): f"{china_datetime(fields['created_at']):%Y-%m-%d}",
    }
