"""What a client agreed to, since when and by what proof; and the place to take down what she says now."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QLineEdit, QScrollArea, QWidget

from guide_app.base.clock import china_datetime
from guide_app.privacy.model import CHANNELS, PURPOSES, WAYS, Agreement, Channel, Ledger, Purpose, Way, agreement
from ui.kit.text import label
from ui.pages.clients.consent_words import channel_text, proof_text, purpose_text, standing_text, version_text, way_text
from ui.pages.clients.dialogs import FormDialog

_WIDTH, _LEDGER_HEIGHT = 560, 170


class ConsentDialog(FormDialog):
    """The ledger above, one new consent or withdrawal below. Nothing is asked for a withdrawal."""

    def __init__(self, parent: QWidget, name: str, ledger: Ledger, now_ms: int, purpose: Purpose = "service") -> None:
        """`name` is the client's; the form starts with `purpose`."""
        super().__init__(
            parent,
            QCoreApplication.translate("ConsentDialog", "联系意愿与同意"),
            QCoreApplication.translate("ConsentDialog", "登记"),
        )
        self.setMinimumWidth(_WIDTH)
        self._ledger, self._now_ms = ledger, now_ms
        self.form.addRow(label(name, "strong"))
        self.held = self._held()
        self.form.addRow(self.held)
        self.purpose, self.channel, self.says, self.way = QComboBox(), QComboBox(), QComboBox(), QComboBox()
        for one in PURPOSES:
            self.purpose.addItem(purpose_text(one), one)
        for place in CHANNELS:
            self.channel.addItem(channel_text(place), place)
        self.says.addItem(self.tr("同意"), userData=True)
        self.says.addItem(self.tr("不同意, 或撤回"), userData=False)
        for way in WAYS:
            self.way.addItem(way_text(way), way)
        self.version = QLineEdit(next((fact.version for fact in reversed(ledger.facts) if fact.version), ""))
        self.version.setPlaceholderText(self.tr("给她看的告知书版本, 如 2026-1"))
        self.proof = QLineEdit()
        self.proof.setPlaceholderText(self.tr("告知书编号, 或她说了什么"))
        for text, field in (
            (self.tr("用途"), self.purpose),
            (self.tr("渠道"), self.channel),
            (self.tr("客户说"), self.says),
            (self.tr("方式"), self.way),
            (self.tr("告知书版本"), self.version),
            (self.tr("凭据"), self.proof),
        ):
            field.setAccessibleName(text)
            self.form.addRow(text, field)
        self.told = label("", "hint", wrap=True)
        self.form.addRow(self.told)
        self.purpose.setCurrentIndex(self.purpose.findData(purpose))
        for box in (self.purpose, self.channel, self.says):
            box.currentIndexChanged.connect(self._ready)
        self.version.textChanged.connect(self._ready)
        self.proof.textChanged.connect(self._ready)
        self.finish()
        self._ready()
        self.purpose.setFocus()

    @property
    def granted(self) -> bool:
        """Whether she agrees."""
        return bool(self.says.currentData())

    def what(self) -> tuple[Purpose, Channel, Way]:
        """For what, by which channel, and how she said it."""
        return self.purpose.currentData(), self.channel.currentData(), self.way.currentData()

    def lines(self) -> list[str]:
        """What the ledger shows, a line an agreement."""
        return [" · ".join(filter(None, _cells(one))) for one in self._ledger.agreements(self._now_ms)]

    def _held(self) -> QWidget:
        agreements = self._ledger.agreements(self._now_ms)
        if not agreements:
            return label(self.tr("没有登记过同意。"), "hint")
        sheet = QWidget()
        grid = QGridLayout(sheet)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(4)
        titles = (self.tr("用途"), self.tr("渠道"), self.tr("现在"), self.tr("自"), self.tr("凭据"))
        for column, title in enumerate(titles):
            grid.addWidget(label(title, "hint"), 0, column)
        for line, one in enumerate(agreements, 1):
            roles = ("", "", standing_text(one.standing)[1], "", "muted")
            for column, (text, role) in enumerate(zip(_cells(one), roles, strict=True)):
                made = label(text, role, wrap=column == len(roles) - 1)
                grid.addWidget(made, line, column, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(len(titles) - 1, 1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(sheet)
        sheet.setAutoFillBackground(False)
        area.viewport().setAutoFillBackground(False)
        area.setFixedHeight(min(_LEDGER_HEIGHT, sheet.sizeHint().height() + 4))
        return area

    def _ready(self) -> None:
        purpose, channel, _way = self.what()
        hers = self._hers_alone(purpose, channel)
        for field in (self.version, self.way):
            field.setEnabled(self.granted or field is self.way)
        if self.granted and hers:
            self.told.setText(self.tr("她已拒绝或撤回: 只有客户本人能在页面上重新同意。"))
        elif self.granted:
            self.told.setText(self.tr("同意要写明告知书版本和凭据 (个人信息保护法第 14 条)。"))
        else:
            self.told.setText(self.tr("撤回不需要理由。之后只有客户本人能重新同意, 导购不能改回。"))
        proven = bool(self.version.text().strip() and self.proof.text().strip())
        self.go.setEnabled(not self.granted or (proven and not hers))

    def _hers_alone(self, purpose: Purpose, channel: Channel) -> bool:
        """Whether only she can grant this again."""
        refused = self._ledger.contact_state == "refused" and purpose in ("service", "marketing")
        return refused or agreement(self._ledger.facts, purpose, channel, self._now_ms).standing == "withdrawn"


def _cells(one: Agreement) -> tuple[str, str, str, str, str]:
    since, proof = "", ""
    if one.since is not None:
        since = f"{china_datetime(one.since.at):%Y-%m-%d}"
        proof = " · ".join(
            filter(None, (way_text(one.since.way), version_text(one.since.version), proof_text(one.since.proof)))
        )
    return purpose_text(one.purpose), channel_text(one.channel), standing_text(one.standing)[0], since, proof
