"""Tasks of the demo: promises, callbacks and birthdays by rule, what managers and head office ask, what is done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from random import Random
from typing import Final, Literal

from guide_app.base.dates import BirthKey, kept_on
from head_office.demo.clock import DAY_MS, day_ms
from head_office.demo.marketing import next_festival
from head_office.demo.model import Client, Guide, Task
from head_office.demo.people import Person
from head_office.demo.portrait import Bought, size_words
from head_office.demo.rng import make_id, stream
from head_office.demo.stories import CARE, PROMISES, RESULTS, TEAM

Kind = Literal["task", "promise", "care", "birthday", "callback"]
Origin = Literal["guide", "manager", "hq", "rule"]

_PROMISES_EACH: Final = (2, 5)
_DONE_EACH: Final = 18
_CALLBACK_DAYS: Final = {3: 0, 7: 1}
_BIRTHDAY_AHEAD: Final = 3
_ASLEEP: Final = (185, 200)
_EVENING: Final = 20 * 60
_DONE_TEAM: Final = "晨会核对库存"
_URGED: Final = "海报"


class Planner:
    """Makes tasks with ids from one stream."""

    def __init__(self, today: dt.date, seed: int) -> None:
        self._rng = stream(seed, "tasks")
        self._today = today
        self.tasks: list[Task] = []

    @property
    def rng(self) -> Random:
        """The stream of this planner."""
        return self._rng

    def add(
        self,
        guide: Guide,
        kind: Kind,
        origin: Origin,
        text: tuple[str, str],
        due: int,
        *,
        client: Client | None = None,
        done: str = "",
        urged: bool = False,
    ) -> None:
        """One task due `due` days from today; `done` is its result, if it is done."""
        due_at = day_ms(self._today + dt.timedelta(days=due), _EVENING)
        created = min(due_at - 2 * DAY_MS, day_ms(self._today, 9 * 60))
        done_at = min(due_at - self._rng.randint(1, 9) * 3_600_000, day_ms(self._today, 9 * 60 + 50)) if done else None
        self.tasks.append(
            Task(
                id=make_id(self._rng, created),
                store_id=guide.store_id,
                kind=kind,
                title=text[0],
                body=text[1],
                origin=origin,
                guide_id=guide.id,
                client_id=client.id if client else None,
                due_at=due_at,
                status="done" if done else "open",
                result=done,
                done_at=done_at,
                urged_at=day_ms(self._today, 9 * 60 + 30) if urged else None,
                created_at=created,
            )
        )


def tasks(
    people: Sequence[Person],
    clients: Mapping[str, Client],
    bought: Mapping[str, Bought],
    guides: Sequence[Guide],
    today: dt.date,
    seed: int,
) -> list[Task]:
    """All tasks; nobody who refused contact is the subject of an open one."""
    planner = Planner(today, seed)
    by_guide: dict[str, list[Client]] = {}
    for person in people:
        client = clients[person.client.id]
        if client.contact_state != "refused":
            by_guide.setdefault(client.primary_guide_id, []).append(client)
    birthdays = _birthdays(today)
    for guide in guides:
        book = by_guide.get(guide.id, [])
        _team(planner, guide, today)
        if book:
            _promises(planner, guide, book, bought)
            _by_rule(planner, guide, book, bought, birthdays, today)
            _done(planner, guide, book, bought)
    _stories(planner, guides[0], {clients[p.client.id].name: clients[p.client.id] for p in people if p.hero})
    return sorted(planner.tasks, key=lambda t: (t.created_at, t.id))


def _called(client: Client) -> str:
    """How the guide writes of her: surname and 女士 or 先生; the whole name where the sex is not known."""
    title = {"female": "女士", "male": "先生"}.get(client.sex, "")
    surname = (
        client.name[:2]
        if client.name[:2] in {"欧阳", "尉迟", "上官", "司马", "诸葛", "万俟", "令狐", "东方", "皇甫"}
        else client.name[:1]
    )
    return surname + title if title else client.name


def _filled(text: str, client: Client, history: Bought | None, rng: Random) -> str:
    line = rng.choice(history.lines)[1] if history else None
    goods, size = (f"「{line.title}」", size_words(line.size)) if line else ("新款", "她的尺码")
    return text.format(称呼=_called(client), 商品=goods, 码=size)


def _team(planner: Planner, guide: Guide, today: dt.date) -> None:
    for origin, title, body in TEAM:
        if planner.rng.random() < 0.7:  # noqa: PLR2004 - not everyone has everything
            text = (title.replace("{节}", next_festival(today)), body)
            done = "已完成" if title == _DONE_TEAM else ""
            urged = _URGED in title and planner.rng.random() < 0.3  # noqa: PLR2004
            planner.add(
                guide,
                "task",
                "hq" if origin == "hq" else "manager",
                text,
                planner.rng.choice((0, 0, 1, 3)),
                done=done,
                urged=urged,
            )


def _promises(planner: Planner, guide: Guide, book: Sequence[Client], bought: Mapping[str, Bought]) -> None:
    for client in planner.rng.sample(book, min(len(book), planner.rng.randint(*_PROMISES_EACH))):
        title, body = planner.rng.choice(PROMISES)
        history = bought.get(client.id)
        text = (_filled(title, client, history, planner.rng), _filled(body, client, history, planner.rng))
        planner.add(guide, "promise", "guide", text, planner.rng.choice((-2, -1, 0, 1, 2, 4, 6)), client=client)


def _birthdays(today: dt.date) -> dict[BirthKey, int]:
    return {key: ahead for ahead in range(_BIRTHDAY_AHEAD, -1, -1) for key in kept_on(today + dt.timedelta(days=ahead))}


def _by_rule(
    planner: Planner,
    guide: Guide,
    book: Sequence[Client],
    bought: Mapping[str, Bought],
    birthdays: Mapping[BirthKey, int],
    today: dt.date,
) -> None:
    now = day_ms(today)
    for client in book:
        history = bought.get(client.id)
        if client.birth_month and client.birth_day:
            key = BirthKey(client.birth_calendar, client.birth_month, client.birth_day, client.birth_leap)
            if key in birthdays:
                lunar = "农历" if client.birth_calendar == "lunar" else ""
                text = (f"{_called(client)} {lunar}生日", "送一张生日券, 话术已备")
                planner.add(guide, "birthday", "rule", text, birthdays[key], client=client)
        if history is None:
            continue
        quiet = -(-(now - history.last) // DAY_MS)
        which = _CALLBACK_DAYS.get(quiet, 2 if _ASLEEP[0] <= quiet <= _ASLEEP[1] else None)
        if which is not None:
            kind, title, body = CARE[which]
            text = (_filled(title, client, history, planner.rng), _filled(body, client, history, planner.rng))
            planner.add(guide, "callback" if kind == "callback" else "care", "rule", text, 0, client=client)


def _done(planner: Planner, guide: Guide, book: Sequence[Client], bought: Mapping[str, Bought]) -> None:
    for _ in range(_DONE_EACH):
        client = planner.rng.choice(book)
        kind, title, body = planner.rng.choice(CARE)
        history = bought.get(client.id)
        text = (_filled(title, client, history, planner.rng), _filled(body, client, history, planner.rng))
        result = planner.rng.choice(RESULTS)
        planner.add(
            guide,
            "callback" if kind == "callback" else "care",
            "rule",
            text,
            -planner.rng.randint(1, 40),
            client=client,
            done=result,
        )


def _stories(planner: Planner, guide: Guide, heroes: Mapping[str, Client]) -> None:
    """The scripted clients' open tasks."""
    planner.add(guide, "promise", "guide", ("张女士预留 38 码黑色乐福鞋", "到店提醒, 今天来取"), 0)
    planner.add(
        guide, "promise", "guide", ("帮陈雅婷撑鞋跟", "软底乐福鞋后跟略紧, 她来店时上鞋撑"), 1, client=heroes["陈雅婷"]
    )
    planner.add(
        guide,
        "care",
        "rule",
        ("林小满等的云感小白鞋 36 码有货了", "本店 36 码 3 双, 她打开过两次分享"),
        0,
        client=heroes["林小满"],
    )
    planner.add(
        guide, "care", "hq", ("换季唤醒: 赵敏", "沉睡 190 天, 曾买 7 双, 建议用满 400 减 80"), 0, client=heroes["赵敏"]
    )
