"""这单算谁的, 为什么: the facts behind an attribution in plain sentences. No widgets here."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication

from guide_app.base.clock import china_datetime
from guide_app.performance.queries import AttributionRow


@dataclass(frozen=True, slots=True)
class Why:
    """Whose sale it is in a word, the rule that decided, and the other facts that were seen."""

    whose: str
    rule: str
    others: tuple[str, ...]


def why(row: AttributionRow, names: Mapping[str, str]) -> Why:
    """Say why; `names` are the guides' names by id. Facts of a kind that is not known are left out."""
    facts = _facts(row.evidence)
    origin = facts.get("origin_order_no")
    whose = row.guide_name or QCoreApplication.translate("Why", "无人")
    if row.amount_fen < 0 and origin:
        text = QCoreApplication.translate("Why", "退货: 从原单 {order} 的归属里冲回")
        return Why(whose, text.format(order=origin), ())
    winner = facts.get("winner")
    touches = facts.get("touches")
    rule = _rule(row.rule, facts, winner if isinstance(winner, dict) else {}, names)
    seen = [t for t in touches if isinstance(t, dict)] if isinstance(touches, list) else []
    told = (_other(touch, facts, names) for touch in seen if not _same(touch, winner))
    return Why(whose, rule, tuple(filter(None, told)))


def _facts(evidence: object) -> Mapping[str, Any]:
    """The evidence as it is stored: JSON, read defensively because it comes from another program's past."""
    if isinstance(evidence, str):
        try:
            evidence = json.loads(evidence)
        except ValueError:
            return {}
    return evidence if isinstance(evidence, dict) else {}


def _rule(rule: str, facts: Mapping[str, Any], winner: Mapping[str, Any], names: Mapping[str, str]) -> str:
    guide, day = _name(winner, names), _day(winner)
    texts = {
        "coupon": QCoreApplication.translate("Why", "核销的券由{guide}发出{day}"),
        "link": QCoreApplication.translate("Why", "{days} 天内最后打开的是{guide}的链接{day}"),
        "bound": QCoreApplication.translate("Why", "{guide}是这位客户的专属导购"),
        "served": QCoreApplication.translate("Why", "小票上由{guide}接待"),
        "none": QCoreApplication.translate("Why", "没有券、链接、专属导购或接待记录"),
    }
    return texts.get(rule, "").format(guide=guide, day=f" ({day})" if day else "", days=facts.get("link_days", 14))


def _other(touch: Mapping[str, Any], facts: Mapping[str, Any], names: Mapping[str, str]) -> str:
    texts = {
        "coupon": QCoreApplication.translate("Why", "{guide}发出的券{day}"),
        "link": QCoreApplication.translate("Why", "{guide}的链接{day}"),
        "bound": QCoreApplication.translate("Why", "专属导购{guide}"),
        "served": QCoreApplication.translate("Why", "接待{guide}"),
    }
    text = texts.get(str(touch.get("rule")))
    if text is None:
        return ""
    day = _day(touch)
    if touch.get("counted"):
        reason = QCoreApplication.translate("Why", "排在后面")
    else:
        reason = QCoreApplication.translate("Why", "已过 {days} 天").format(days=facts.get("link_days", 14))
    said = text.format(guide=_name(touch, names), day=f" {day}" if day else "")
    return QCoreApplication.translate("Why", "另有: {what} ({reason})").format(what=said, reason=reason)


def _same(touch: Mapping[str, Any], winner: object) -> bool:
    return isinstance(winner, dict) and all(touch.get(k) == winner.get(k) for k in ("rule", "guide_id", "ref", "at"))


def _name(touch: Mapping[str, Any], names: Mapping[str, str]) -> str:
    known = names.get(str(touch.get("guide_id") or ""))
    return known or QCoreApplication.translate("Why", "一位导购")


def _day(touch: Mapping[str, Any]) -> str:
    at = touch.get("at")
    if not isinstance(at, int) or at <= 0:
        return ""
    day = china_datetime(at)
    return f"{day.month}/{day.day}"
