"""The lists of the page: what was redeemed here, and whose the sales are."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from guide_app.base.clock import china_datetime
from guide_app.base.money import yuan
from guide_app.coupons.model import RedemptionRow
from guide_app.performance.queries import AttributionRow
from guide_app.protocol.coupon_code import show_code
from ui.kit.paint import paint_pill, pill_width
from ui.kit.rows import RowDelegate, paint_line, paint_two_lines
from ui.kit.text import ElidedLabel, label
from ui.pages.counter.conflict import conflict_words
from ui.pages.counter.why import why

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_TONES = {"pending": "gold", "confirmed": "accent", "conflict": "red"}


def status_text(status: str) -> str:
    """The word for a redemption's status."""
    return {
        "pending": QCoreApplication.translate("Redemption", "等总部确认"),
        "conflict": QCoreApplication.translate("Redemption", "未被接受"),
    }.get(status, QCoreApplication.translate("Redemption", "已确认"))


def describe(row: RedemptionRow) -> str:
    """A redemption in words, for screen readers."""
    said = conflict_words(row.rule, row.borne_by)
    parts = (row.coupon_name, row.client_name, yuan(row.discount_fen), status_of(row), said, refund_words(row))
    return " ".join(filter(None, parts))


def status_of(row: RedemptionRow) -> str:
    """The word for what became of a redemption: a coupon that came back counts no more, whatever was answered."""
    return status_text(row.status) if row.returned_at is None else QCoreApplication.translate("Redemption", "券已退回")


def refund_words(row: RedemptionRow) -> str:
    """What was paid back of the receipt; empty while nothing was."""
    if not row.refunded_fen:
        return ""
    if not row.coupon_id and row.returned_at is None:  # another system's: no receipt gives it back by itself
        words = QCoreApplication.translate("Redemption", "本单已退款 {amount}，这张别家的券要请总部退")
        return words.format(amount=yuan(row.refunded_fen))
    return QCoreApplication.translate("Redemption", "本单已退款 {amount}").format(amount=yuan(row.refunded_fen))


class RedemptionDelegate(RowDelegate):
    """Coupon and client over code and receipt; discount and status at the right."""

    def paint_row(self, painter: QPainter, rect: QRectF, row: RedemptionRow, *, selected: bool) -> None:
        """Paint one redemption."""
        del selected
        theme, at = self.theme, china_datetime(row.at)
        status = status_of(row)
        wide = pill_width(status, theme)
        left = rect.right() - wide
        tone = _TONES.get(row.status, "grey") if row.returned_at is None else "grey"
        paint_pill(painter, QPointF(left, rect.center().y()), status, tone, theme)
        off = QRectF(left - 110, rect.top(), 98, rect.height())
        paint_line(painter, off, f"-{yuan(row.discount_fen)}", theme.font(), theme.colour("red"), align=_RIGHT)
        words = QRectF(rect.left(), rect.top(), off.left() - rect.left() - 8, rect.height())
        first = " · ".join(filter(None, (row.coupon_name, row.client_name)))
        told = conflict_words(row.rule, row.borne_by) if row.status == "conflict" else ""
        parts = (f"{at:%m-%d %H:%M}", told, refund_words(row), show_code(row.code), row.order_no, row.guide_name)
        paint_two_lines(painter, words, first, " · ".join(filter(None, parts)), theme)


class AttributionLine(QWidget):
    """A sale: whose it is, how much, and why."""

    def __init__(self, row: AttributionRow, names: Mapping[str, str]) -> None:
        """Show one line; `names` are the guides' names by id."""
        super().__init__()
        told, at = why(row, names), china_datetime(row.at)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 9, 14, 9)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.addWidget(label(told.whose, "strong"))
        head.addStretch(1)
        head.addWidget(label(yuan(row.amount_fen), "danger" if row.amount_fen < 0 else "strong"))
        column.addLayout(head)
        facts = (row.order_no, row.client_name, f"{at.year}-{at:%m-%d}")
        column.addWidget(ElidedLabel(" · ".join(filter(None, facts)), "hint"))
        column.addWidget(label(told.rule, "tiny", wrap=True))
        for other in told.others:
            column.addWidget(label(other, "hint", wrap=True))
