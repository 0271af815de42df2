"""Import of clients into the books of their stores."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from guide_app.base.birth import require_birthday
from guide_app.base.clock import china_date
from guide_app.base.errors import InvalidInputError
from guide_app.base.tabular.fields import Field, Parsed, Reading
from guide_app.base.tabular.people import (
    CLIENT_FIELDS,
    MEMBER_TITLES,
    client_record,
    missing_fields,
    neutral_name,
    parse_number,
    parse_short,
)
from guide_app.base.tabular.rejects import RowReject
from guide_app.base.tabular.unconsented import PURPOSES, Lawful, Withheld, lawful_row, with_consents
from guide_app.base.tabular.values import parse_moment, plain
from guide_app.base.tag_words import TagGuard
from guide_app.protocol.scopes import store_scope
from head_office.clients.family import survivors_of
from head_office.clients.identity import IdentityKeeper
from head_office.feed.rows import Key
from head_office.feed.write import FeedWriter
from head_office.imports.keyed import STORE_TITLES, ids_by, stores_by_word, unknown_store
from head_office.imports.ledger import Ledger
from head_office.imports.model import Options, Problem, Services, Unit, Verdict
from head_office.store.audit import new_id
from head_office.store.tables import KIND_TABLES

_CONTACT = {
    **dict.fromkeys(("同意营销", "营销", "marketing"), "marketing"),
    **dict.fromkeys(("一对一", "同意联系", "one_to_one"), "one_to_one"),
    **dict.fromkeys(("拒绝", "拒绝联系", "勿扰", "refused"), "refused"),
    **dict.fromkeys(("未询问", "未同意", "none"), "none"),
}
#: Fields that no device writes: the office's word counts, whatever is held.
_OFFICE_FIELDS = ("member_no", "level")
_CONSENTS = (
    "SELECT DISTINCT ON (client_id, purpose) client_id::text, purpose, granted FROM consent"
    " WHERE store_id = ANY(%(stores)s::uuid[]) AND client_id = ANY(%(clients)s::uuid[]) AND channel = 'any'"
    " AND purpose = ANY(%(purposes)s::text[]) ORDER BY client_id, purpose, at DESC, id DESC"
)
#: Rows that a reason names one by one.
_SHOWN = 20
_CONSENT = ("contact_state", "consent_version", "consent_at")


def _parse_contact(text: str) -> str:
    word = plain(text).lower()
    if word not in _CONTACT:
        raise InvalidInputError("consent.invalid", f"「{text}」不是联系状态。", "请输入 同意营销、同意联系 或 拒绝。")
    return _CONTACT[word]


@dataclass(frozen=True, slots=True)
class ClientRow:
    """A client as the rows of one file have her. `fields` are those of the record; `withheld` needs her consent."""

    store: str
    fields: Mapping[str, Any]
    tags: tuple[str, ...] = ()
    guide_number: str = ""
    withheld: tuple[Withheld, ...] = ()


@dataclass
class _Book:
    """What the office holds of the clients of a batch: ids by store and by member number or phone."""

    by_member: dict[tuple[str, str], str] = field(default_factory=dict)
    by_phone: dict[tuple[str, str], str] = field(default_factory=dict)
    tags: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def holder(self, store_id: str, fields: Mapping[str, Any]) -> str | None:
        """Who of a store has the member number, or else the phone, of a row."""
        member, phone = (store_id, fields.get("member_no", "")), (store_id, fields.get("phone", ""))
        return self.by_member.get(member) or self.by_phone.get(phone)


class ClientImporter:
    """客户: known within a store by member number, else by phone.

    What guides may edit is only filled in where it is empty, so that an old file never undoes their work; member number
    and level are the office's own and are taken as the file has them. Consent needs its date and version (个保法 14);
    a refusal is taken without, and is never lifted. What the law keeps out of tags and sentences is kept out here as at
    the desk: refused, or left out and told unless her own consent to it stands (个保法 28-31).
    """

    fields = (
        *CLIENT_FIELDS,
        Field("member_no", MEMBER_TITLES, parse_number),
        Field("level", ("等级", "会员等级", "级别"), parse_short),
        Field("store", (*STORE_TITLES, "Country"), parse_short),
        Field("guide_number", ("导购", "导购工号", "工号", "专属导购"), parse_number),
        Field("contact_state", ("联系状态", "同意", "consent"), _parse_contact),
        Field("consent_version", ("同意版本", "告知书版本"), parse_short),
        Field("consent_at", ("同意时间", "同意日期"), parse_moment),
        Field("created_at", ("建档时间", "注册时间", "入会时间", "created"), parse_moment),
    )
    measure = ""
    tables = ("client", "client_tag")

    def __init__(self, services: Services, options: Options) -> None:
        self._clock = services.clock
        self._keeper = IdentityKeeper(services.secret)
        self._store = options.store
        self._guard = TagGuard.shipped()
        self._left_out: dict[tuple[int, str, str], str] = {}

    def gather(self, reading: Reading, ledger: Ledger) -> list[Unit[ClientRow]]:
        """One unit a client; later rows about the same person fill what the first left empty."""
        if not {"phone", "member_no"} & reading.columns.keys():
            have = "、".join(reading.header)
            raise InvalidInputError("table.columns", "缺少列「手机号」或「会员号」。", f"现有的列: {have}。")
        people = _People()
        for row in reading.rows:
            ledger.see(None)
            number = row.row.number
            if not isinstance(row, Parsed):
                ledger.refuse({number: row.rejects})
                continue
            try:
                people.add(number, self._build(number, row.values))
            except InvalidInputError as e:
                ledger.refuse({number: [RowReject.of(number, "", "", e)]})
        return people.units()

    def take(self, connection: Connection, units: Sequence[Unit[ClientRow]]) -> list[Verdict | Problem]:
        """Write clients and their tags."""
        writer = FeedWriter(connection, self._clock.now_ms())
        stores = stores_by_word(connection, {unit.record.store for unit in units})
        guides = ids_by(connection, "guide", "number", {unit.record.guide_number for unit in units} - {""})
        groups = _tag_groups(connection, units)
        ids = {store_id for _, store_id in stores.values()}
        book = _book(connection, ids, units)
        consents = _consents(connection, ids, book) if any(unit.record.withheld for unit in units) else {}
        writer.load(
            (store_scope(store_id), "client", client_id)
            for (store_id, _), client_id in (*book.by_member.items(), *book.by_phone.items())
        )
        verdicts: list[Verdict | Problem] = []
        touched: list[Key] = []
        for unit in units:
            row = unit.record
            problem = _problem(row, stores, guides)
            if problem is not None:
                verdicts.append(problem)
                continue
            store_id = stores[row.store][1]
            if row.withheld:
                row = self._as_she_allows(row, consents.get(book.holder(store_id, row.fields), frozenset()))
            key, verdict = _write(writer, store_id, row, guides.get(row.guide_number), book)
            touched.append(key)
            if _write_tags(writer, key, row.tags, groups, book) and verdict == "unchanged":
                verdict = "changed"
            verdicts.append(verdict)
        self._keeper.clients_arrived(writer, touched)
        writer.flush()
        return verdicts

    def finish(self) -> Sequence[str]:
        """What was left out for want of a consent, by reason, with the rows."""
        rows: dict[str, list[int]] = defaultdict(list)
        for (number, column, _), sentence in sorted(self._left_out.items()):
            rows[f"{column}: {sentence}"].append(number)
        return tuple(f"{said} (第 {_numbers(found)} 行)" for said, found in rows.items())

    def _as_she_allows(self, row: ClientRow, granted: Collection[str]) -> ClientRow:
        """With what her consents let in; the rest is noted for the report, once however often this is tried."""
        allowed = with_consents(Lawful(row.fields, row.tags, row.withheld), granted)
        for one in allowed.withheld:
            self._left_out[one.why.row_no, one.why.field, one.text] = one.why.sentence
        return replace(row, fields=allowed.fields, tags=allowed.tags, withheld=allowed.withheld)

    def _build(self, number: int, values: Mapping[str, Any]) -> ClientRow:
        fields = client_record({k: v for k, v in values.items() if k not in ("store", "guide_number")})
        member_no, phone = fields.get("member_no", ""), fields.get("phone", "")
        if not member_no and not phone:
            raise InvalidInputError(
                "client.no_key", "没有手机号, 也没有会员号。", "至少要有一个, 否则重复导入会重复建档。"
            )
        fields.setdefault("name", neutral_name(member_no, phone))
        state = fields.get("contact_state")
        if state in ("marketing", "one_to_one") and not (fields.get("consent_at") and fields.get("consent_version")):
            raise InvalidInputError(
                "consent.unproven", "写明了同意, 却没有同意时间和告知书版本 (个保法第 14 条)。", "补上, 或留空。"
            )
        if "birth_month" in fields:
            require_birthday(fields)
        lawful = lawful_row(number, fields, values.get("tags") or (), self._guard, china_date(self._clock.now_ms()))
        return ClientRow(
            self._store or values.get("store") or "",
            lawful.fields,
            lawful.tags,
            values.get("guide_number") or "",
            lawful.withheld,
        )


class _People:
    """Rows of one file joined by person: by member number, else by phone, within a store."""

    def __init__(self) -> None:
        self._units: list[Unit[ClientRow]] = []
        self._places: dict[tuple[str, str, str], int] = {}

    def add(self, number: int, row: ClientRow) -> None:
        """Take a row in. Raises InvalidInputError if it mixes two persons."""
        names = [(row.store, name, row.fields[name]) for name in ("member_no", "phone") if row.fields.get(name)]
        places = {self._places[name] for name in names if name in self._places}
        if len(places) > 1:
            raise InvalidInputError("client.mixed", "会员号和手机号在本文件里属于两位客户。", "请核对。")
        if places:
            place = places.pop()
            known = self._units[place]
            merged = _merged(known.record, row)
            self._units[place] = Unit((*known.rows, number), merged, 1 + len(merged.tags))
        else:
            place = len(self._units)
            self._units.append(Unit((number,), row, 1 + len(row.tags)))
        self._places.update(dict.fromkeys(names, place))

    def units(self) -> list[Unit[ClientRow]]:
        """One a person."""
        return self._units


def _merged(first: ClientRow, later: ClientRow) -> ClientRow:
    mine, other = first.fields.get("member_no"), later.fields.get("member_no")
    if mine and other and mine != other:
        raise InvalidInputError("client.mixed", f"同一个手机号有两个会员号: {mine} 和 {other}。", "请核对。")
    fields = {**first.fields, **missing_fields(first.fields, later.fields)}
    tags = tuple(dict.fromkeys((*first.tags, *later.tags)))
    return replace(
        first,
        fields=fields,
        tags=tags,
        guide_number=first.guide_number or later.guide_number,
        withheld=(*first.withheld, *later.withheld),
    )


def _problem(
    row: ClientRow, stores: Mapping[str, object], guides: Mapping[str, str]
) -> Problem | None:  # fmt: skip
    if row.store not in stores:
        return unknown_store(row.store)
    if row.guide_number and row.guide_number not in guides:
        sentence = f"没有工号「{row.guide_number}」, 先导入导购。"
        return Problem("导购", row.guide_number, "guide.unknown", sentence)
    return None


def _write(writer: FeedWriter, store_id: str, row: ClientRow, guide_id: str | None, book: _Book) -> tuple[Key, Verdict]:
    """Stage one client; returns her key and what became of her."""
    scope = store_scope(store_id)
    fields = {**row.fields, **({"primary_guide_id": guide_id} if guide_id else {})}
    client_id = book.holder(store_id, fields)
    held = writer.get((scope, "client", client_id)) if client_id else None
    if client_id is None or held is None:
        created = fields.get("created_at") or writer.now_ms
        key: Key = (scope, "client", new_id(created))
        writer.load([key])
        writer.put(key, {**fields, "created_at": created})
        return key, "added"
    changes = changes_of(held.data, fields)
    key = (scope, "client", client_id)
    if not changes:
        return key, "unchanged"
    writer.change(key, **changes)
    return key, "changed"


def changes_of(held: Mapping[str, Any], offered: Mapping[str, Any]) -> dict[str, Any]:
    """What a file may change in a client that the office holds already."""
    plain_fields = {k: v for k, v in offered.items() if k not in (*_OFFICE_FIELDS, *_CONSENT, "created_at")}
    changes = missing_fields(held, plain_fields)
    changes |= {name: offered[name] for name in _OFFICE_FIELDS if offered.get(name) and offered[name] != held[name]}
    if offered.get("contact_state") == "refused" and held["contact_state"] != "refused":
        changes["contact_state"] = "refused"
    elif held["contact_state"] == "none" and offered.get("contact_state") not in (None, "none"):
        changes |= {name: offered[name] for name in _CONSENT}
    return changes


def _write_tags(
    writer: FeedWriter, key: Key, tags: Sequence[str], groups: Mapping[str, str], book: _Book
) -> bool:  # fmt: skip
    """Hang the tags that are missing on a client; returns whether any was."""
    missing = [tag for tag in tags if tag not in book.tags[key[2]]]
    for tag in missing:
        record = {
            "client_id": key[2], "group": groups.get(tag, ""), "name": tag, "origin": "hq", "at": writer.now_ms,
        }  # fmt: skip
        writer.put((key[0], "client_tag", new_id(writer.now_ms)), record)
    return bool(missing)


def _consents(connection: Connection, store_ids: Collection[str], book: _Book) -> dict[str | None, set[str]]:
    """Of the clients that the office holds, to what sensitive facts each has consented: the last word counts."""
    known = sorted({*book.by_member.values(), *book.by_phone.values()})
    asked = {"stores": sorted(store_ids), "clients": known, "purposes": list(PURPOSES)}
    found: dict[str | None, set[str]] = defaultdict(set)
    for client_id, purpose, granted in connection.exec_driver_sql(_CONSENTS, asked):
        if granted:
            found[client_id].add(purpose)
    return found


def _numbers(rows: Sequence[int]) -> str:
    shown = "、".join(map(str, rows[:_SHOWN]))
    return shown if len(rows) <= _SHOWN else f"{shown} 等 {len(rows):,}"


def _tag_groups(connection: Connection, units: Sequence[Unit[ClientRow]]) -> dict[str, str]:
    """The group of each tag that the office's dictionary has."""
    tag = KIND_TABLES["tag"]
    names = {name for unit in units for name in unit.record.tags}
    rows = connection.execute(sa.select(tag.c.name, tag.c.group).where(tag.c.name.in_(names)))
    return {name: group for name, group in rows}  # noqa: C416 - rows, not pairs


def _book(connection: Connection, store_ids: set[str], units: Sequence[Unit[ClientRow]]) -> _Book:
    client, tag = KIND_TABLES["client"], KIND_TABLES["client_tag"]
    book = _Book()
    for name, found in (("member_no", book.by_member), ("phone", book.by_phone)):
        values = {unit.record.fields[name] for unit in units if unit.record.fields.get(name)}
        query = sa.select(client.c.store_id, client.c[name], client.c.id)
        where = client.c.store_id.in_(store_ids), client.c[name].in_(values)
        # Should two clients share a number, the older record counts.
        rows = connection.execute(query.where(*where).order_by(client.c.seq.desc()))
        found.update({(store_id, value): client_id for store_id, value, client_id in rows})
        for store_id in store_ids:
            became = survivors_of(connection, store_scope(store_id), found.values())
            found.update({key: became[client] for key, client in found.items() if client in became})
    known = {*book.by_member.values(), *book.by_phone.values()}
    if any(unit.record.tags for unit in units):
        where_tags = tag.c.store_id.in_(store_ids), tag.c.client_id.in_(known)
        for client_id, name in connection.execute(sa.select(tag.c.client_id, tag.c.name).where(*where_tags)):
            book.tags[client_id].add(name)
    return book
