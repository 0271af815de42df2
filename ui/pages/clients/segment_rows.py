"""The rows and groups of the segment builder. A row it cannot show is kept as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from guide_app.base.errors import InvalidInputError
from guide_app.segments import model as m
from guide_app.segments.parse import parse
from ui.kit.buttons import button
from ui.kit.problems import error_words
from ui.kit.text import label
from ui.pages.clients.segment_conditions import Known, condition_texts, input_texts, read, write
from ui.pages.clients.segment_search import searchable


class ConditionRow(QWidget):
    """One condition. `rule` raises InvalidInputError, and its sentence stands under the row."""

    edited = Signal()
    removed = Signal(object)

    def __init__(self, known: Known, leaf: m.Leaf | None = None, *, negated: bool = False) -> None:
        """Start with `leaf`, or with a tag to be chosen from those `known`."""
        super().__init__()
        self._known = known
        self._inputs: dict[str, QWidget] = {}
        written = write(leaf, known) if leaf is not None else ("tag", dict[str, str]())
        self._kept = leaf if written is None else None
        self.negated = QCheckBox(self.tr("不"))
        self.negated.setAccessibleName(self.tr("不满足这一条"))
        self.negated.setChecked(negated)
        self.negated.toggled.connect(self.edited)
        self.what = QComboBox()
        self.what.setAccessibleName(self.tr("条件"))
        for key, text in condition_texts().items():
            self.what.addItem(text, key)
        self.fault = label("", "danger", wrap=True)
        self.fault.hide()
        self._line = QHBoxLayout()
        self._line.addWidget(self.negated)
        self._line.addWidget(self.what)
        self._fields = QHBoxLayout()
        self._line.addLayout(self._fields, 1)
        self._gone = button("×", "quiet", tip=self.tr("去掉这一条"))
        self._gone.setAccessibleName(self.tr("去掉这一条"))
        self._gone.clicked.connect(lambda: self.removed.emit(self))
        self._line.addWidget(self._gone)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(self._line)
        column.addWidget(self.fault)
        column.addStretch(1)
        if written is None:
            self.what.clear()
            self.what.addItem(self.tr("另写的条件"))
            self.what.setEnabled(False)
        else:
            self.what.setCurrentIndex(self.what.findData(written[0]))
            self._offer(written[1])
            self.what.currentIndexChanged.connect(lambda: self._offer({}))

    def rule(self) -> m.Rule:
        """The condition. Raises InvalidInputError."""
        try:
            leaf = self._kept or parse(read(self.what.currentData(), self.typed(), self._known))
        except InvalidInputError as error:
            self.fault.setText(error_words(error).sentence)
            self.fault.setVisible(any(self.typed().values()))  # an empty row is not wrong, only not written yet
            raise
        self.fault.hide()
        return m.Not(leaf) if self.negated.isChecked() else leaf

    def stops(self) -> Iterator[QWidget]:
        """Where Tab halts, in the order in which they are seen."""
        yield from (self.negated, self.what, *self._inputs.values(), self._gone)

    def typed(self) -> dict[str, str]:
        """What stands in the inputs."""
        return {
            key: field.currentText() if isinstance(field, QComboBox) else field.text()
            for key, field in self._inputs.items()
            if isinstance(field, QComboBox | QLineEdit)
        }

    def type(self, name: str, text: str) -> None:
        """Write into an input."""
        field = self._inputs[name]
        if isinstance(field, QComboBox):
            field.setCurrentText(text)
        elif isinstance(field, QLineEdit):
            field.setText(text)

    def _offer(self, typed: dict[str, str]) -> None:
        for field in self._inputs.values():
            self._fields.removeWidget(field)
            field.hide()
            field.deleteLater()
        self._inputs = {}
        condition = self.what.currentData()
        choices = self._known.choices(condition)
        for name, word in input_texts(condition).items():
            field = self._chooser(choices[name], word) if choices.get(name) else self._typer(word)
            field.setAccessibleName(word)
            self._fields.addWidget(field, 1)
            self._inputs[name] = field
            if name in typed:
                self.type(name, typed[name])
        self.edited.emit()

    def _chooser(self, choices: Mapping[str, str], word: str) -> QComboBox:
        made = searchable(choices, word)
        made.currentTextChanged.connect(self.edited)
        return made

    def _typer(self, word: str) -> QLineEdit:
        made = QLineEdit()
        made.setMaxLength(64)
        made.setPlaceholderText(word)
        made.textChanged.connect(self.edited)
        return made


class ConditionGroup(QFrame):
    """All or any of its rows and groups, or the opposite."""

    edited = Signal()
    removed = Signal(object)

    def __init__(self, known: Known, rule: m.Rule, *, root: bool = False) -> None:
        """Show `rule`; the root cannot be taken away."""
        super().__init__()
        self._known = known
        self.setProperty("kind", "group")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.parts: list[ConditionRow | ConditionGroup] = []
        inside = rule.part if isinstance(rule, m.Not) else rule
        if not isinstance(inside, m.All | m.Some):
            rule = inside = m.All((rule,))
        self.joined = QComboBox()
        self.joined.setAccessibleName(QCoreApplication.translate("ConditionGroup", "怎样合起来"))
        for text, key in (
            (self.tr("满足全部"), "all"), (self.tr("满足任一"), "any"), (self.tr("不同时满足"), "not all"),
            (self.tr("一条都不满足"), "not any"),
        ):  # fmt: skip
            self.joined.addItem(text, key)
        key = ("not " if isinstance(rule, m.Not) else "") + ("all" if isinstance(inside, m.All) else "any")
        self.joined.setCurrentIndex(self.joined.findData(key))
        self.joined.currentIndexChanged.connect(self.edited)
        self.more = button(self.tr("+ 条件"), "link")
        self.more.clicked.connect(self.add_row)
        self.nest = button(self.tr("+ 一组"), "link")
        self.nest.clicked.connect(lambda: self._put(ConditionGroup(self._known, m.All(()))))
        head = QHBoxLayout()
        head.addWidget(self.joined)
        head.addWidget(self.more)
        head.addWidget(self.nest)
        head.addStretch(1)
        self._gone = button("×", "quiet", tip=self.tr("去掉这一组"))
        self._gone.setAccessibleName(self.tr("去掉这一组"))
        self._gone.clicked.connect(lambda: self.removed.emit(self))
        self._gone.setHidden(root)
        head.addWidget(self._gone)
        self._column = QVBoxLayout(self)
        self._column.addLayout(head)
        for part in inside.parts:
            self._put(self._made(part))

    def rule(self) -> m.Rule:
        """The group's rule. Raises InvalidInputError; every row that has a fault says so."""
        parts: list[m.Rule] = []
        fault: InvalidInputError | None = None
        for part in self.parts:
            try:
                parts.append(part.rule())
            except InvalidInputError as error:
                fault = fault or error
        if fault is not None:
            raise fault
        key = self.joined.currentData()
        inside = m.All(tuple(parts)) if key.endswith("all") else m.Some(tuple(parts))
        return m.Not(inside) if key.startswith("not") else inside

    def stops(self) -> Iterator[QWidget]:
        """Where Tab halts, in the order in which they are seen."""
        yield from (self.joined, self.more, self.nest, self._gone)
        for part in self.parts:
            yield from part.stops()

    def add_row(self) -> None:
        """One more condition, ready to be chosen."""
        row = ConditionRow(self._known)
        self._put(row)
        row.what.setFocus()

    def _made(self, part: m.Rule) -> ConditionRow | ConditionGroup:
        while isinstance(part, m.Not) and isinstance(part.part, m.Not):
            part = part.part.part
        inside = part.part if isinstance(part, m.Not) else part
        if isinstance(inside, m.All | m.Some | m.Not):
            return ConditionGroup(self._known, part)
        return ConditionRow(self._known, inside, negated=isinstance(part, m.Not))

    def _put(self, part: ConditionRow | ConditionGroup) -> None:
        part.edited.connect(self.edited)
        part.removed.connect(self._drop)
        self.parts.append(part)
        self._column.addWidget(part)
        self.edited.emit()

    def _drop(self, part: ConditionRow | ConditionGroup) -> None:
        self.parts.remove(part)
        self._column.removeWidget(part)
        part.hide()
        part.deleteLater()
        self.edited.emit()
