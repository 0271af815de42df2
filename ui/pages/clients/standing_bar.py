"""How things stand with a client, in one line: follow-up state, complaint or block."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from guide_app.clients.standing import FOLLOW_STATES
from ui.kit.pill import PillButton
from ui.kit.text import plain_tip, restyle
from ui.pages.clients.card_words import follow_text
from ui.pages.clients.view import Ask, ClientView

_TONES = dict(zip(FOLLOW_STATES, ("grey", "gold", "blue", "accent", "grey", "grey"), strict=True))
# Characters of a flag's reason that fit beside the state in the narrowest window.
_LONGEST = 16


class StandingBar(QWidget):
    """Three pills to press. `asked` carries each `Ask`."""

    asked = Signal(object)

    def __init__(self) -> None:
        """Start without a client."""
        super().__init__()
        self.state = PillButton("", "grey")
        self.state.setToolTip(self.tr("下一个跟进状态 F9, 上一个 Shift+F9"))
        self.state.clicked.connect(lambda: self.asked.emit(Ask("state.next")))
        self.flag = PillButton("", "grey")
        self.flag.clicked.connect(lambda: self.asked.emit(Ask("flag")))
        self.sops = PillButton(self.tr("流程"), "grey")
        self.sops.setToolTip(self.tr("跟进流程: 开始、推迟、停下 (F8)"))
        self.sops.setAccessibleName(self.tr("跟进流程"))
        self.sops.clicked.connect(lambda: self.asked.emit(Ask("sops")))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(self.state)
        line.addWidget(self.flag)
        line.addWidget(self.sops)
        line.addStretch(1)

    def show_view(self, view: ClientView) -> None:
        """Show a client's."""
        fields = view.portrait.fields
        state = follow_text(fields["follow_state"])
        self.state.setText(state)
        self.state.setAccessibleName(self.tr("跟进状态 {state}").format(state=state))
        restyle(self.state, tone=_TONES.get(fields["follow_state"], "grey"))
        text = {"": self.tr("标记投诉"), "complaint": self.tr("投诉中"), "blocked": self.tr("停止服务")}[fields["flag"]]
        said = ": ".join(filter(None, (text, fields["flag_why"])))
        short = said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"
        self.flag.setText(short.replace("&", "&&"))
        self.flag.setToolTip(plain_tip(said))
        self.flag.setAccessibleName(said)
        restyle(self.flag, tone="red" if fields["flag"] else "grey")
