"""Clients from a file into the book: new ones are added, those that are there get what they lack."""

from __future__ import annotations

import datetime as dt
import time
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection

from guide_app.base.actor import Actor
from guide_app.base.birth import require_birthday
from guide_app.base.clock import china_date
from guide_app.base.errors import InvalidInputError
from guide_app.base.tabular.fields import Parsed, Refused
from guide_app.base.tabular.people import CLIENT_FIELDS, client_record, missing_fields, neutral_name
from guide_app.base.tabular.rejects import RowReject
from guide_app.base.tabular.unconsented import PURPOSES, Lawful, Withheld, lawful_row, reasons, with_consents
from guide_app.base.tag_words import TagGuard
from guide_app.flows.bringing.known import clash, differences, resolve
from guide_app.flows.bringing.model import BringOptions, BringReport, Keep, Known, NobodyWatches, Verdict, Watch
from guide_app.flows.bringing.source import open_source, write_rejects
from guide_app.store.codec import json_list
from guide_app.store.database import Database
from guide_app.store.standing_consents import STANDS
from guide_app.store.uow import UnitOfWork

_LOOK_EVERY = 500
#: By index, however many the book holds; letters of a WeChat's other case do not count, as the index takes them.
_HOLDERS = {
    "phone": """SELECT c.phone, c.id FROM json_each(?) e CROSS JOIN client c ON c.phone = e.value
        ORDER BY c.created_at DESC""",
    "wechat": """SELECT c.wechat, c.id FROM json_each(?) e CROSS JOIN client c ON c.wechat = e.value COLLATE NOCASE
        WHERE c.wechat = e.value COLLATE BINARY ORDER BY c.created_at DESC""",
}
#: Of these clients and purposes, those whose consent stands.
_CONSENTS = f"""SELECT client_id, purpose FROM consent WHERE channel = 'any'
        AND purpose IN (SELECT value FROM json_each(?)) AND client_id IN (SELECT value FROM json_each(?))
    GROUP BY client_id, purpose HAVING {STANDS}"""
Choices = Mapping[int, Mapping[str, Keep]]


class Person(msgspec.Struct, frozen=True, gc=False):
    """A client as the rows of one file have her; a struct, because files have a hundred thousand.

    `withheld` may be kept with a consent of hers only.
    """

    rows: tuple[int, ...]
    fields: Mapping[str, Any]
    tags: tuple[str, ...] = ()
    withheld: tuple[Withheld, ...] = ()


class _Plan(msgspec.Struct, frozen=True, gc=False):
    """What is to be done for one person: add her, or fill fields and hang tags of client `id`."""

    person: Person
    id: str | None
    changes: Mapping[str, Any]
    tags: tuple[str, ...]
    known: Known | None = None

    @property
    def verdict(self) -> Verdict:
        """What her rows count as."""
        if self.id is None:
            return "added"
        return "merged" if self.changes or self.tags else "unchanged"


@dataclass
class _People:
    """Rows joined by person: same phone, or same WeChat where one of the two says no phone."""

    guard: TagGuard
    today: dt.date
    found: list[Person] = field(default_factory=list)
    rejects: dict[int, tuple[RowReject, ...]] = field(default_factory=dict)
    doubled: list[Known] = field(default_factory=list)
    _places: dict[str, int] = field(default_factory=dict)

    def add(self, row: Parsed | Refused) -> None:
        """Take a row in."""
        number = row.row.number
        if isinstance(row, Refused):
            self.rejects[number] = row.rejects
            return
        try:
            person = self._lawful(_person(number, row.values))
        except InvalidInputError as e:
            column = "生日" if e.code == "client.birthday" else ""
            self.rejects[number] = (RowReject.of(number, column, "", e),)
            return
        keys = _keys(person.fields)
        place = next((self._places[key] for key in keys if key in self._places), None)
        if place is None or clash(self.found[place].fields, person.fields):
            place = len(self.found)
            self.found.append(person)
        else:
            known = self.found[place]
            if differs := differences(known.fields, person.fields):
                self.doubled.append(
                    Known((known.rows[0], number), "", known.fields["name"], same=True, differences=differs)
                )
            fields = {**known.fields, **missing_fields(known.fields, person.fields)}
            tags = tuple(dict.fromkeys((*known.tags, *person.tags)))
            withheld = (*known.withheld, *person.withheld)
            self.found[place] = Person((*known.rows, number), fields, tags, withheld)
        for key in keys:
            self._places.setdefault(key, place)

    def _lawful(self, person: Person) -> Person:
        """What may be kept of a row, and apart what her consent must stand for. Raises InvalidInputError."""
        row = lawful_row(person.rows[0], person.fields, person.tags, self.guard, self.today)
        return Person(person.rows, row.fields, row.tags, row.withheld) if row.withheld else person


def bring_clients(
    db: Database, actor: Actor, path: Path, options: BringOptions | None = None, watch: Watch | None = None
) -> BringReport:
    """Bring clients from a CSV, a workbook or vCards, in one transaction: all of them or, after a crash, none.

    A client with the same phone (or WeChat) is the same person: what her record lacks is filled in, nothing is
    overwritten unless `options.choices` says so. Not to be called on the book's writer thread. Raises TableError,
    InvalidInputError, and whatever `watch.check` raises; then nothing has changed.
    """
    options, watch = options or BringOptions(), watch or NobodyWatches()
    started = time.monotonic()
    people = _People(TagGuard.shipped(), china_date(db.clock.now_ms()))
    n_rows = 0
    with open_source(path, CLIENT_FIELDS, options) as source:
        if not {"phone", "wechat"} & source.reading.columns.keys():
            have = "、".join(source.reading.header)
            raise InvalidInputError(
                "table.columns",
                "缺少列「手机号」或「微信」。",
                "现有的列: {have}。可以指定哪一列是它。",
                have=have,
            )
        for row in source.reading.rows:
            people.add(row)
            n_rows += 1
            if n_rows % _LOOK_EVERY == 0:
                watch.check()
                watch.report(n_rows, source.total)
    if options.dry_run:
        plans = db.query(lambda conn: _plans(conn, people.found, options.choices))
    else:
        plans = db.change(
            lambda uow: _carry_out(uow, people.found, options.choices, actor, watch),
            by=actor.guide_id,
            origin=actor.origin,
        )
    write_rejects(path, source.reading.header, people.rejects, options)
    counts: Counter[str] = Counter()
    for plan in plans:
        counts[plan.verdict] += len(plan.person.rows)
    return BringReport(
        what="clients",
        source=path.name,
        dry_run=options.dry_run,
        rows=n_rows,
        added=counts["added"],
        merged=counts["merged"],
        unchanged=counts["unchanged"],
        rejected=len(people.rejects),
        rejects=[reject for number in sorted(people.rejects) for reject in people.rejects[number]],
        columns=source.titles,
        unused=source.unused,
        errors=options.errors if people.rejects else None,
        seconds=time.monotonic() - started,
        known=[plan.known for plan in plans if plan.known is not None and plan.known.differences],
        doubled=people.doubled,
        left_out=sorted((why for plan in plans for why in reasons(plan.person.withheld)), key=lambda why: why.row_no),
    )


def _person(number: int, values: Mapping[str, Any]) -> Person:
    fields = client_record(values)
    if "birth_month" in fields:
        require_birthday(fields)
    if not fields.get("phone") and not fields.get("wechat"):
        raise InvalidInputError("client.no_key", "没有手机号, 也没有微信号。", "至少要有一个, 否则会重复建档。")
    fields.setdefault("name", neutral_name(fields.get("wechat", ""), fields.get("phone", "")))
    return Person((number,), fields, values.get("tags") or ())


def _keys(fields: Mapping[str, Any]) -> list[str]:
    """What a person is known by, the phone first."""
    return [f"{name}:{fields[name]}" for name in ("phone", "wechat") if fields.get(name)]


def _plans(conn: Connection, people: Sequence[Person], choices: Choices) -> list[_Plan]:
    """What to do for each person, as the book stands."""
    by_phone, by_wechat = _holders(conn, "phone", people), _holders(conn, "wechat", people)
    ids = [
        by_phone.get(person.fields.get("phone", "")) or by_wechat.get(person.fields.get("wechat", ""))
        for person in people
    ]
    wanted = json_list({known for known in ids if known})
    held = {
        row["id"]: dict(row)
        for row in conn.exec_driver_sql(
            "SELECT * FROM client WHERE id IN (SELECT value FROM json_each(?))", (wanted,)
        ).mappings()
    }
    tags: dict[str, set[str]] = {known: set() for known in held}
    for client_id, name in conn.exec_driver_sql(
        "SELECT client_id, name FROM client_tag WHERE client_id IN (SELECT value FROM json_each(?))", (wanted,)
    ):
        tags[client_id].add(name)
    consents: dict[str, set[str]] = {}
    if any(person.withheld for person in people):
        for client_id, purpose in conn.exec_driver_sql(_CONSENTS, (json_list(PURPOSES), wanted)):
            consents.setdefault(client_id, set()).add(purpose)
    plans = []
    for person, found in zip(people, ids, strict=True):
        if found is None:
            plans.append(_Plan(person, None, person.fields, person.tags))
        else:
            chosen = choices.get(person.rows[0], {})
            plans.append(_plan_known(person, held[found], tags[found], chosen, consents.get(found, frozenset())))
    return plans


def _plan_known(
    person: Person,
    held: Mapping[str, Any],
    tags: Collection[str],
    chosen: Mapping[str, Keep],
    granted: Collection[str],
) -> _Plan:
    """The plan for a person who shares a phone or a WeChat with a client."""
    same = not clash(held, person.fields)
    known = Known(person.rows, held["id"], held["name"], same, differences(held, person.fields))
    if not same and "phone" not in chosen:
        return _Plan(person, None, person.fields, person.tags, known)
    if granted and person.withheld:
        row = with_consents(Lawful(person.fields, person.tags, person.withheld), granted)
        person = Person(person.rows, row.fields, row.tags, row.withheld)
        known = Known(person.rows, held["id"], held["name"], same, differences(held, person.fields))
    missing = tuple(tag for tag in person.tags if tag not in tags)
    return _Plan(person, held["id"], resolve(held, person.fields, chosen), missing, known)


def _holders(conn: Connection, name: str, people: Sequence[Person]) -> dict[str, str]:
    """Who has the phones or WeChats of a file, as a person of it has them; of several the one who came first."""
    asked = json_list({value for person in people if (value := person.fields.get(name))})
    rows = conn.exec_driver_sql(_HOLDERS[name], (asked,))
    return {row[0]: row[1] for row in rows}


def _pairs(conn: Connection, statement: str) -> Iterable[tuple[str, str]]:
    return ((row[0], row[1]) for row in conn.exec_driver_sql(statement))


def _carry_out(
    uow: UnitOfWork, people: Sequence[Person], choices: Choices, actor: Actor, watch: Watch
) -> list[_Plan]:  # fmt: skip
    plans = _plans(uow.conn, people, choices)
    groups = dict(_pairs(uow.conn, 'SELECT name, "group" FROM tag'))
    total, done = sum(len(plan.person.rows) for plan in plans), 0
    for place, plan in enumerate(plans):
        if place % _LOOK_EVERY == 0:
            watch.check()
            watch.report(done, total)
        client_id = plan.id
        if client_id is None:
            record = {"primary_guide_id": actor.guide_id, "created_at": uow.now_ms, **plan.changes}
            client_id = uow.put("client", record)
        elif plan.changes:
            uow.patch("client", client_id, plan.changes)
        for tag in plan.tags:
            mark = {
                "client_id": client_id, "group": groups.get(tag, ""), "name": tag,
                "origin": "hq" if tag in groups else "guide", "guide_id": actor.guide_id, "at": uow.now_ms,
            }  # fmt: skip
            uow.put("client_tag", mark)
        done += len(plan.person.rows)
    watch.check()
    watch.report(total, total)
    return plans
