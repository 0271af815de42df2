"""One editor a field of a refused change: the widget that fits the field's type, and how to read it."""

from __future__ import annotations

import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

import msgspec
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from guide_app.base.money import parse_yuan
from guide_app.protocol.kinds import COMMANDS, KINDS
from ui.pages.sync.words import field_words, value_words

# Identifiers, and choices that are not to be made again here (a consent, once more, would need its proof).
_FIXED = frozenset(
    {
        "code", "coupon_code", "kind", "status", "state", "origin", "contact_state", "channel", "template",
        "consent_version", "from_store",
    }
)  # fmt: skip
_LONG = 60
_TEXT_HEIGHT = 72


@dataclass(frozen=True, slots=True)
class Editor:
    """A field that may be corrected. `read` raises InvalidInputError or ValueError for what is no value of it."""

    name: str
    widget: QWidget
    read: Callable[[], Any]


def make_editor(kind: str, name: str, value: object, guides: Mapping[str, str]) -> Editor | None:
    """The editor of one field of a change of `kind` (a record's or a command's); None for what stays as it is."""
    if name in _FIXED or name == "id" or name.endswith("_id"):
        return None
    widget: QWidget
    read: Callable[[], Any]
    choices = _choices(kind, name)
    if choices:
        widget, read = _combo(name, choices, str(value), guides)
    elif isinstance(value, bool):
        widget, read = _check(value)
    elif isinstance(value, int) and name.endswith("_fen"):
        line = QLineEdit(value_words(name, value, guides))
        widget, read = line, partial(_amount, line)
    elif isinstance(value, int) and (name.startswith("birth_") or name == "qty"):
        line = QLineEdit(str(value))
        widget, read = line, partial(_number, line)
    elif isinstance(value, str) and (len(value) > _LONG or name in ("body", "remark")):
        text = QPlainTextEdit(value)
        text.setFixedHeight(_TEXT_HEIGHT)
        text.setTabChangesFocus(True)
        widget, read = text, lambda: text.toPlainText().strip()
    elif isinstance(value, str):
        line = QLineEdit(value)
        widget, read = line, lambda: line.text().strip()
    else:
        return None
    widget.setAccessibleName(field_words(name))
    return Editor(name, widget, read)


def _choices(kind: str, name: str) -> tuple[str, ...]:
    """The values a field may have where they are few."""
    known = KINDS.get(COMMANDS.get(kind, kind))
    if known is None:
        return ()
    hint = next((f.type for f in msgspec.structs.fields(known.struct) if f.name == name), None)
    return typing.get_args(hint) if typing.get_origin(hint) is Literal else ()


def _combo(
    name: str, choices: tuple[str, ...], value: str, guides: Mapping[str, str]
) -> tuple[QWidget, Callable[[], Any]]:
    made = QComboBox()
    for choice in choices:
        made.addItem(value_words(name, choice, guides), choice)
    made.setCurrentIndex(max(0, made.findData(value)))
    return made, made.currentData


def _check(value: bool) -> tuple[QWidget, Callable[[], Any]]:
    made = QCheckBox()
    made.setChecked(value)
    return made, made.isChecked


def _amount(line: QLineEdit) -> int:
    return parse_yuan(line.text())


def _number(line: QLineEdit) -> int:
    return int(line.text())
