"""What the book says of each client once she has bought: level, tags and notes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Final, Literal

from head_office.demo.clock import DAY_MS, day_ms
from head_office.demo.heroes import Hero
from head_office.demo.model import Client, ClientTag, Note, PurchaseLine
from head_office.demo.people import Person
from head_office.demo.rng import make_id, stream
from head_office.demo.stories import NOTES

_GOLD_FEN: Final = 500_000
_SILVER_FEN: Final = 150_000
_NEW_DAYS, _ACTIVE_DAYS, _ASLEEP_DAYS = 30, 60, 180
_TASTE_TAGS: Final = {
    "loafer": "乐福鞋", "white_sneaker": "小白鞋", "mary_jane": "法式", "runner": "运动", "pump": "大衣",
    "kids": "童鞋", "derby": "商务",
    "martin": "靴",
}  # fmt: skip
_EXTRA: Final[tuple[tuple[str, str, float], ...]] = (
    ("消费", "看重折扣", 0.14), ("消费", "价格不敏感", 0.06), ("消费", "成套购买", 0.05), ("互动", "爱试穿",
    0.08), ("互动", "群活跃", 0.07),
    ("互动", "到店多", 0.06), ("脚型", "宽脚", 0.09), ("脚型", "高脚背", 0.06), ("脚型", "窄脚", 0.03),
    ("联系习惯", "只发文字", 0.08),
    ("联系习惯", "周末联系", 0.06), ("联系习惯", "晚上联系", 0.05),
)  # fmt: skip
_SIZE_TAG_SHARE, _TASTE_TAG_SHARE = 0.7, 0.6
_NOTES_MEAN: Final = 1.3
_KINDS: Final[dict[str, Literal["note", "call", "visit", "message"]]] = {
    "note": "note", "call": "call", "visit": "visit", "message": "message",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bought:
    """A client's purchases at a glance: net fen, first and last sale (UTC ms), the lines sold to her."""

    net_fen: int
    first: int
    last: int
    lines: tuple[tuple[int, PurchaseLine], ...]


def finish(person: Person, bought: Bought | None) -> Client:
    """The client with the level her purchases have earned her."""
    spent = bought.net_fen if bought else 0
    level = "金卡" if spent >= _GOLD_FEN else "银卡" if spent >= _SILVER_FEN else "普通" if bought else ""
    return replace(person.client, level=level)


def tags(
    people: Sequence[Person], clients: Mapping[str, Client], bought: Mapping[str, Bought], today: dt.date, seed: int
) -> list[ClientTag]:
    """Tags of all clients: by rule (level, state), by their guide (the rest); scripted ones as their story says."""
    rng = stream(seed, "client tags")
    made: list[ClientTag] = []
    for person in people:
        client = clients[person.client.id]
        chosen = person.hero.tags if person.hero else _chosen(client, bought.get(client.id), today, rng)
        for group, name in chosen:
            ruled = group in {"等级", "状态"}
            at = min(client.created_at + rng.randint(0, 40) * DAY_MS, day_ms(today) - DAY_MS)
            at = max(at, client.created_at)
            author = None if ruled else client.primary_guide_id
            origin: Literal["rule", "guide"] = "rule" if ruled else "guide"
            made.append(ClientTag(make_id(rng, at), client.store_id, client.id, group, name, origin, author, at))
    return made


def _chosen(client: Client, bought: Bought | None, today: dt.date, rng: Random) -> list[tuple[str, str]]:
    chosen = []
    if client.level in {"金卡", "银卡"}:
        chosen.append(("等级", client.level))
    if client.shoe_size and rng.random() < _SIZE_TAG_SHARE:
        chosen.append(("鞋码", f"{client.shoe_size} 码"))
    if client.tastes and rng.random() < _TASTE_TAG_SHARE:
        chosen.append(("偏好", _TASTE_TAGS[client.tastes[0]]))
    if bought is not None:
        state = _state(bought, day_ms(today))
        chosen.extend([("状态", state)] if state else [])
    if client.source_channel == "老带新":
        chosen.append(("互动", "老带新"))
    taken = {group for group, _ in chosen}
    for group, name, share in _EXTRA:
        if rng.random() < share and group not in taken:
            chosen.append((group, name))
            taken.add(group)
    return chosen


def _state(bought: Bought, now: int) -> str:
    if now - bought.first < _NEW_DAYS * DAY_MS:
        return "新客"
    quiet = (now - bought.last) / DAY_MS
    return "活跃" if quiet < _ACTIVE_DAYS else "沉睡" if quiet > _ASLEEP_DAYS else ""


def notes(people: Sequence[Person], bought: Mapping[str, Bought], today: dt.date, seed: int) -> list[Note]:
    """Timeline notes: a scripted client's own, for the others sentences about what they bought."""
    rng = stream(seed, "notes")
    made: list[Note] = []
    for person in people:
        if person.hero is not None:
            made.extend(_scripted(person.client, person.hero, today, rng))
            continue
        history = bought.get(person.client.id)
        if history is not None:
            made.extend(_written(person.client, history, today, rng))
    return sorted(made, key=lambda n: (n.at, n.id))


def _scripted(client: Client, hero: Hero, today: dt.date, rng: Random) -> list[Note]:
    made = []
    for said in hero.said:
        at = day_ms(today - dt.timedelta(days=said.days), 16 * 60 + rng.randrange(90))
        made.append(
            Note(
                make_id(rng, at), client.store_id, client.id, client.primary_guide_id, _KINDS[said.kind], said.text, at
            )
        )
    return made


def _written(client: Client, history: Bought, today: dt.date, rng: Random) -> list[Note]:
    made = []
    for kind, text in rng.sample(NOTES, min(len(NOTES), int(rng.expovariate(1 / _NOTES_MEAN)))):
        if client.contact_state == "refused" and kind in {"call", "message"}:
            continue
        at, line = rng.choice(history.lines)
        later = rng.randint(0, 20) * 60_000 if kind == "visit" else rng.randint(1, 9) * DAY_MS
        at = min(at + later, day_ms(today, -2 * 60))
        body = text.format(商品=f"「{line.title}」", 码=size_words(line.size))
        made.append(Note(make_id(rng, at), client.store_id, client.id, client.primary_guide_id, _KINDS[kind], body, at))
    return made


def size_words(size: str) -> str:
    """`37 码` for a shoe, `M 码` for a top, `这个尺码` for goods of one size."""
    return "这个尺码" if size == "均码" else f"{size.split('/', maxsplit=1)[0]} 码"
