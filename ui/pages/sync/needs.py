"""What needs a decision on 同步, in words: pure, from what was read to the lines that are shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from guide_app.protocol.scopes import BRAND, Scope
from guide_app.sync.health import OddRecord
from guide_app.sync.queries import LostValue, ParkedChange
from guide_app.sync.removal import HeldRemoval
from ui.kit.problems import problem_words
from ui.pages.sync.words import change_words, field_words, fields_words, moment, value_words

_LONGEST_VALUE = 12
_PERCENT_MOST = 99
_STOPS = "\u3002."


class Do(StrEnum):
    """What a button of a line asks for."""

    LOOK = "look"
    EXPORT = "export"
    RESTORE = "restore"
    ACCEPT = "accept"
    ALLOW = "allow"
    LEAVE = "leave"
    REJOIN = "rejoin"
    SYNC = "sync"


@dataclass(frozen=True, slots=True)
class Deed:
    """A button: what it asks for, its words, its kind."""

    do: Do
    words: str
    kind: str = "secondary"


@dataclass(frozen=True, slots=True)
class Need:
    """A line that needs a decision: a letter on a tile of colour token `tone`, two lines of words, buttons.

    `about` is what the buttons are about; `key` tells lines apart from one reading to the next.
    """

    key: str
    letter: str
    tone: str
    title: str
    detail: str
    deeds: tuple[Deed, ...]
    about: object


@dataclass(frozen=True, slots=True)
class LostChange:
    """The values of one change of ours that a later edit overtook; all of one record."""

    mid: int
    values: tuple[LostValue, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        """Names of the fields that lost."""
        return tuple(value.field for value in self.values)

    @property
    def restorable(self) -> bool:
        """Whether ours may be put back; what only goes forward cannot."""
        return all(value.rule != "further" for value in self.values)


def lost_changes(values: Sequence[LostValue]) -> list[LostChange]:
    """Values that lost, by the change they belong to, in the order given."""
    by_mid: dict[int, list[LostValue]] = {}
    for value in values:
        by_mid.setdefault(value.mid, []).append(value)
    return [LostChange(mid, tuple(found)) for mid, found in by_mid.items()]


def parked_need(parked: ParkedChange, now_ms: int) -> Need:
    """A change that head office refused: what, why, and when it was made."""
    translate = QCoreApplication.translate
    title = translate("SyncNeeds", "{what} 未被接受").format(what=change_words(parked.change).title)
    made = translate("SyncNeeds", "{time} 在本机完成").format(time=moment(parked.change.created_at, now_ms))
    deeds = (
        Deed(Do.LOOK, translate("SyncNeeds", "查看处理办法"), "primary"),
        Deed(Do.EXPORT, translate("SyncNeeds", "导出")),
    )
    detail = f"{problem_words(parked.code).rstrip(_STOPS)} · {made}"
    return Need(f"parked {parked.change.mid}", "!", "red", title, detail, deeds, parked)


def lost_need(lost: LostChange, guides: Mapping[str, str], now_ms: int) -> Need:
    """Values of ours that lost: what stood there, what stands now, the rule that decided, who wrote ours when."""
    translate = QCoreApplication.translate
    first = lost.values[0]
    changes = [f"{value_words(v.field, v.sent, guides)} → {value_words(v.field, v.now, guides)}" for v in lost.values]
    who = guides.get(first.by or "") or translate("SyncNeeds", "本机")
    made = translate("SyncNeeds", "{who} {time} 修改").format(who=who, time=moment(first.made_at, now_ms))
    rules = {
        "later": translate("SyncNeeds", "后改的为准"),
        "further": translate("SyncNeeds", "只进不退"),
        "first": translate("SyncNeeds", "先合并的为准"),
    }
    decided = dict.fromkeys(rules[value.rule] for value in lost.values)
    restore = (Deed(Do.RESTORE, restore_words(lost, guides)),) if lost.restorable else ()
    why = Deed(Do.LOOK, translate("SyncNeeds", "为什么"))
    deeds = (*restore, Deed(Do.ACCEPT, translate("SyncNeeds", "知道了")), why)
    letter = translate("SyncNeeds", "改")
    detail = " · ".join((*changes, *decided, made))
    return Need(f"lost {lost.mid}", letter, "gold", lost_title(lost), detail, deeds, lost)


def lost_title(lost: LostChange) -> str:
    """Whose values they are, and that they were overtaken."""
    first = lost.values[0]
    translate = QCoreApplication.translate
    words = translate("SyncNeeds", "{who} 的{fields} 被较新的修改覆盖")
    if first.rule == "first":
        words = translate("SyncNeeds", "{who} 合并时选的{fields} 没有采用")
    return words.format(who=first.about or field_words(first.kind), fields=fields_words(lost.fields))


def restore_words(lost: LostChange, guides: Mapping[str, str]) -> str:
    """The words of the button that puts ours back."""
    first, *more = lost.values
    if more:
        return QCoreApplication.translate("SyncNeeds", "恢复这 {count} 项").format(count=len(lost.values))
    value = _short(value_words(first.field, first.sent, guides))
    return QCoreApplication.translate("SyncNeeds", "恢复为 {value}").format(value=value)


def held_need(held: HeldRemoval, names: Mapping[Scope, str], now_ms: int) -> Need:
    """Many records that head office no longer has, and that stay here until somebody allows that they go."""
    translate = QCoreApplication.translate
    share = min(
        max(round(100 * held.removed / max(held.held, 1)), 1), _PERCENT_MOST if held.removed < held.held else 100
    )
    title = translate("SyncNeeds", "总部要从本机删除 {count} 条{what}（占 {share}%）").format(
        count=f"{held.removed:,}", what=scope_words(held.scope, names), share=share
    )
    if held.allowed:
        detail = translate("SyncNeeds", "已允许，下次同步时删除。")
        return Need(f"held {held.scope}", translate("SyncNeeds", "删"), "ink_3", title, detail, (), held)
    if held.postponed:
        detail = translate("SyncNeeds", "已选择先不删，这些记录仍在本机。")
        deeds: tuple[Deed, ...] = (Deed(Do.ALLOW, translate("SyncNeeds", "允许…")),)
        return Need(f"held {held.scope}", translate("SyncNeeds", "删"), "ink_3", title, detail, deeds, held)
    detail = translate("SyncNeeds", "{time} 发现 · 允许之前都留在本机；拿不准就先问店长或总部").format(
        time=moment(held.at, now_ms)
    )
    deeds = (
        Deed(Do.ALLOW, translate("SyncNeeds", "允许…")),
        Deed(Do.LEAVE, translate("SyncNeeds", "先不删"), "primary"),
    )
    return Need(f"held {held.scope}", translate("SyncNeeds", "删"), "warm", title, detail, deeds, held)


def odd_need(odd: Sequence[OddRecord]) -> Need:
    """Records that came and could not be taken in, all in one line."""
    translate = QCoreApplication.translate
    title = translate("SyncNeeds", "收到但放不进来的记录 {count} 条").format(count=f"{len(odd):,}")
    detail = translate("SyncNeeds", "其余记录照常使用；总部改正或升级导购台之后会自动放进来。")
    deeds = (Deed(Do.LOOK, translate("SyncNeeds", "查看")), Deed(Do.EXPORT, translate("SyncNeeds", "导出")))
    return Need("odd", translate("SyncNeeds", "收"), "gold", title, detail, deeds, tuple(odd))


def scope_words(scope: Scope, names: Mapping[Scope, str]) -> str:
    """The words for what a scope holds; `names` are of the stores that this PC holds, told where there are several."""
    if scope == BRAND:
        return QCoreApplication.translate("SyncNeeds", "品牌资料")
    if len(names) > 1 and names.get(scope):
        return QCoreApplication.translate("SyncNeeds", "{store}资料").format(store=names[scope])
    return QCoreApplication.translate("SyncNeeds", "门店资料")


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"
