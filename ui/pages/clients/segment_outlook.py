"""Stage of life and outlook of a client, each with the rule behind it."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLabel

from guide_app.base.clock import DAY_MS, china_date
from guide_app.clients.model import Figures
from guide_app.segments.grids import stage_of
from guide_app.segments.rhythm import AHEAD_DAYS, Outlook
from ui.kit.i18n import counted
from ui.kit.text import make_plain, plain_tip
from ui.pages.clients.segment_words import stage_texts
from ui.pages.clients.view import ClientView


def outlook_text(outlook: Outlook) -> str:
    """How likely she has left, with its interval."""
    return QCoreApplication.translate("Outlook", "可能已离开 {left}% ({low}-{high})").format(
        left=outlook.left, low=outlook.left_low, high=outlook.left_high
    )


def reason_text(figures: Figures, now_ms: int, outlook: Outlook) -> str:
    """What the figure rests on, and what is to be expected of her."""
    return QCoreApplication.translate(
        "Outlook", "买过 {orders} 次, 惯常 {usual} 天一次, {gone}; 未来 {days} 天预计买 {n} 次 ({low}-{high})"
    ).format(
        orders=figures.orders, usual=figures.interval_days or 1, gone=_gone(figures, now_ms),
        days=AHEAD_DAYS, n=f"{outlook.orders:.1f}", low=f"{outlook.orders_low:.1f}", high=f"{outlook.orders_high:.1f}",
    )  # fmt: skip


def without_text(figures: Figures, now_ms: int) -> str:
    """What is said where nothing can be foretold."""
    if figures.orders == 0:
        return ""
    if figures.orders == 1:
        return QCoreApplication.translate("Outlook", "只买过一次, 还看不出规律")
    return QCoreApplication.translate("Outlook", "惯常 {usual} 天一次, {gone}").format(
        usual=figures.interval_days or 1, gone=_gone(figures, now_ms)
    )


def _gone(figures: Figures, now_ms: int) -> str:
    """How many calendar days ago she bought; the day itself is no absence."""
    days = (china_date(now_ms) - china_date(figures.last_at)).days
    if days <= 0:
        return QCoreApplication.translate("Outlook", "今天刚买过")
    return counted(QCoreApplication.translate("Outlook", "已 {gone} 天没买").format(gone=days))


class OutlookLine(QLabel):
    """One or two lines; the tip says how the figure came about."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        make_plain(self)
        self.setProperty("role", "hint")
        self.setWordWrap(True)

    def show_view(self, view: ClientView) -> None:
        """Show a client's."""
        figures, now = view.portrait.figures, view.now_ms
        if view.portrait.fields["no_profiling"]:  # a stage of life is a judgement of her, too
            self._say([QCoreApplication.translate("Outlook", "不做画像: 不推算她是否离开")])
            return
        gone = (now - figures.last_at) // DAY_MS if figures.orders else None
        stage = stage_texts(view.limits)[stage_of(figures.orders, gone, view.limits)]
        if view.outlook is None:
            said = [stage, without_text(figures, now)]
        else:
            said = [f"{stage} · {outlook_text(view.outlook)}", reason_text(figures, now, view.outlook)]
        how = QCoreApplication.translate(
            "Outlook", "按本店客户的购买记录推算 (BG/NBD 模型), 括号里是 90% 把握的范围; 只作联系先后的参考"
        )
        self._say(said, how)

    def _say(self, lines: list[str], how: str = "") -> None:
        self.setText("\n".join(filter(None, lines)))
        self.setAccessibleName(self.text())
        self.setToolTip(plain_tip(how))
