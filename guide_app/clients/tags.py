"""Tags as they hang on clients: hung, shown with where they come from, taken off, and contested."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from guide_app.base.actor import Actor
from guide_app.base.clock import Clock
from guide_app.base.errors import InvalidInputError, NotFoundError
from guide_app.base.tag_words import TagGuard
from guide_app.clients.lawful import check_words
from guide_app.clients.tag_choice import Offer
from guide_app.clients.tag_offer import read_offer
from guide_app.store.database import Database
from guide_app.store.shown_tags import SHOWN_TAGS
from guide_app.store.uow import UnitOfWork

MOST_NAME, MOST_GROUP = 30, 15
#: As many as WeCom allows on one client (and in one dictionary).
MOST_ON_CLIENT = 3_000

_ENTRY = """
    SELECT k.id, k."group", k.name, k.multi, k.visible FROM (
        SELECT id, merged_into, 0 AS former FROM tag WHERE name = :name AND (:group = '' OR "group" = :group)
        UNION ALL
        SELECT tag.id, tag.merged_into, 1 FROM tag, json_each(tag.was) w
            WHERE w.value = :name AND (:group = '' OR "group" = :group)) d
        JOIN tag k ON k.id = coalesce(d.merged_into, d.id) ORDER BY d.former, k.rank, k.id LIMIT 1"""
_HANGING = f"""
    SELECT s.id, s."group", s.name, s.origin, s.guide_id, coalesce(g.name, '') AS guide_name, s.at, s.rule_id, s.why,
        s.until, s.private, s.blocks
    FROM {SHOWN_TAGS} s LEFT JOIN guide g ON g.id = s.guide_id
    WHERE s.client_id = :client ORDER BY s.at, s.id"""
_BARS = "SELECT id FROM tag_bar WHERE client_id = ? AND name = ?"
_DICTIONARY = f"""
    SELECT t.id, t."group", t.name, t.multi, t.blocks,
        (SELECT count(DISTINCT s.client_id) FROM {SHOWN_TAGS} s WHERE s.tag_id = t.id) AS clients
    FROM tag t WHERE t.visible AND t.merged_into IS NULL ORDER BY t."group", t.rank, t.name"""


@dataclass(frozen=True, slots=True)
class HangingTag:
    """A tag on a client and where it comes from.

    `guide_name` hung it, at `at`; of origin `rule`, `why` is what the rule saw. `until` (UTC ms) is when it takes
    itself off. `private`: only its guide sees it. `blocks`: keeps her off lists and tasks.
    """

    id: str
    group: str
    name: str
    origin: str
    guide_id: str | None
    guide_name: str
    at: int
    rule_id: str | None
    why: str
    until: int | None
    private: bool
    blocks: bool


@dataclass(frozen=True, slots=True)
class DictionaryTag:
    """A tag that head office offers; without `multi` it replaces others of its group. `clients` carry it."""

    id: str
    group: str
    name: str
    multi: bool
    blocks: bool
    clients: int


@dataclass(frozen=True, slots=True)
class Hanging:
    """What is to hang: only the name is needed. `private` and `until` as in `HangingTag`.

    A rule gives its id, what it saw, and an id for the mark that two PCs on which it runs would both give.
    """

    name: str
    group: str = ""
    private: bool = False
    until: int | None = None
    rule_id: str | None = None
    why: str = ""
    mark_id: str | None = None


class TagQueries:
    """Tags as one guide sees them: no expired ones, no private ones of others, the dictionary's present names."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    def of_client(self, client_id: str, viewer: str) -> tuple[HangingTag, ...]:
        """The tags on a client, oldest first; of several with one name, the oldest."""
        now = self._clock.now_ms()
        found = self._db.query(lambda conn: hanging(conn, client_id, viewer, now))
        return tuple({tag.name: tag for tag in reversed(found)}.values())[::-1]

    def dictionary(self, viewer: str) -> tuple[DictionaryTag, ...]:
        """The tags to choose from, by group and rank."""
        params = {"now": self._clock.now_ms(), "viewer": viewer}
        rows = self._db.query(lambda conn: conn.exec_driver_sql(_DICTIONARY, params).all())
        return tuple(DictionaryTag(r[0], r[1], r[2], bool(r[3]), bool(r[4]), r[5]) for r in rows)

    def offer(self, viewer: str) -> Offer:
        """What she may hang, her usual tags first; also the words that she made herself."""
        now = self._clock.now_ms()
        return self._db.query(lambda conn: read_offer(conn, viewer, now))

    def barred(self, client_id: str) -> tuple[tuple[str, str, str], ...]:
        """(id, name, why) of the tags that no rule hangs on her again."""
        statement = "SELECT id, name, why FROM tag_bar WHERE client_id = ? ORDER BY at, id"
        rows = self._db.query(lambda conn: conn.exec_driver_sql(statement, (client_id,)).all())
        return tuple((row[0], row[1], row[2]) for row in rows)


class TagService:
    """Deeds on tags."""

    def __init__(self, db: Database, guard: TagGuard) -> None:
        self._db = db
        self._guard = guard

    def hang(self, client_id: str, what: Hanging, actor: Actor) -> str | None:
        """Hang a tag; returns its id, None if it hangs there already. Raises as `hang` below."""
        return self._db.change(
            lambda uow: hang(uow, client_id, what, actor, self._guard), by=actor.guide_id, origin=actor.origin
        )

    def take_off(self, client_id: str, name: str, actor: Actor) -> int:
        """Take a tag off; returns how many marks of that name went."""
        return self._db.change(
            lambda uow: take_off(uow, client_id, name, actor), by=actor.guide_id, origin=actor.origin
        )

    def put_back(self, client_id: str, gone: HangingTag, actor: Actor) -> None:
        """Hang again what was taken off, as it hung, and let rules hang it again if they no longer might.

        Nothing happens where it hangs already, or its time is over meanwhile. Raises as `hang` below.
        """

        def deed(uow: UnitOfWork) -> None:
            for (bar_id,) in uow.conn.exec_driver_sql(_BARS, (client_id, gone.name)).all():
                uow.remove("tag_bar", bar_id)
            if gone.until is None or gone.until > uow.now_ms:
                what = Hanging(gone.name, gone.group, gone.private, gone.until, gone.rule_id, gone.why)
                hang(uow, client_id, what, actor, self._guard)

        self._db.change(deed, by=actor.guide_id, origin=actor.origin)

    def wrong(self, client_id: str, name: str, why: str, actor: Actor) -> str:
        """She or her guide says that a tag is wrong: it goes, and no rule hangs it on her again. Returns the bar's id.

        Raises NotFoundError if it does not hang there.
        """

        def deed(uow: UnitOfWork) -> str:
            marks = [
                tag for tag in hanging(uow.conn, client_id, actor.guide_id, uow.now_ms) if tag.name == name.strip()
            ]
            if not marks:
                raise NotFoundError("tag.unknown", "这位客户没有标签「{name}」。", "请核对标签名。", name=name.strip())
            for tag in marks:
                uow.remove("client_tag", tag.id)
            return _bar(uow, client_id, marks[0], why.strip(), actor)

        return self._db.change(deed, by=actor.guide_id, origin=actor.origin)

    def allow_again(self, bar_id: str, actor: Actor) -> None:
        """Take back that a tag is wrong. Raises NotFoundError."""
        self._db.change(lambda uow: uow.remove("tag_bar", bar_id), by=actor.guide_id, origin=actor.origin)


def hanging(conn: Connection, client_id: str, viewer: str | None, now_ms: int) -> list[HangingTag]:
    """All marks on a client that the viewer sees, oldest first."""
    rows = conn.exec_driver_sql(_HANGING, {"client": client_id, "viewer": viewer, "now": now_ms}).mappings()
    return [HangingTag(**{**row, "private": bool(row["private"]), "blocks": bool(row["blocks"])}) for row in rows]


def hang(uow: UnitOfWork, client_id: str, what: Hanging, actor: Actor, guard: TagGuard) -> str | None:
    """Hang a tag within a deed; returns its id, None if it hangs there already.

    A name that head office's dictionary knows, or knew, becomes that tag; where the dictionary says one of a group,
    the others of the group go. Raises NotFoundError for the client; InvalidInputError for a name or group that is too
    long, a tag that head office does not offer, an end that has passed, and for words that need a consent that she has
    not given or that no tag may say.
    """
    store_id = _lives(uow.conn, client_id)
    name, group = _checked(what, uow.now_ms)
    entry = _entry(uow.conn, name, group)
    if entry is not None:
        if not entry["visible"] and what.rule_id is None:
            raise InvalidInputError("tag.hidden", "总部没有开放标签「{name}」。", "请从标签列表里选。", name=name)
        name, group = entry["name"], entry["group"]
    check_words(uow.conn, client_id, name, guard)
    check_words(uow.conn, client_id, group, guard)
    held = hanging(uow.conn, client_id, actor.guide_id, uow.now_ms)
    if any(tag.name == name for tag in held):
        return None
    if len(held) >= MOST_ON_CLIENT:
        raise InvalidInputError(
            "tag.too_many", "一位客户最多 {most} 个标签。", "先去掉不用的标签。", most=MOST_ON_CLIENT
        )
    if entry is not None and not entry["multi"]:
        for tag in held:
            if tag.group == group and not tag.private:
                uow.remove("client_tag", tag.id)
    record = {
        "client_id": client_id, "group": group, "name": name, "at": uow.now_ms,
        "guide_id": None if what.rule_id else actor.guide_id,
        "origin": "rule" if what.rule_id else "hq" if entry else "guide", "tag_id": entry["id"] if entry else None,
        "rule_id": what.rule_id, "why": what.why, "until": what.until, "private": what.private,
    }  # fmt: skip
    return uow.put("client_tag", record, id=what.mark_id, store_id=store_id)


def take_off(uow: UnitOfWork, client_id: str, name: str, actor: Actor) -> int:
    """Take a tag off within a deed: all marks of that name that the actor sees. Returns how many went.

    What a rule had hung, no rule hangs again.
    """
    marks = _take_off(uow, client_id, name, actor)
    by_rule = next((tag for tag in marks if tag.origin == "rule"), None)
    if by_rule is not None:
        _bar(uow, client_id, by_rule, "", actor)
    return len(marks)


def _take_off(uow: UnitOfWork, client_id: str, name: str, actor: Actor) -> list[HangingTag]:
    held = hanging(uow.conn, client_id, actor.guide_id, uow.now_ms)
    marks = [tag for tag in held if tag.name == name.strip()]
    for tag in marks:
        uow.remove("client_tag", tag.id)
    return marks


def _bar(uow: UnitOfWork, client_id: str, tag: HangingTag, why: str, actor: Actor) -> str:
    bar = {
        "client_id": client_id, "group": tag.group, "name": tag.name, "guide_id": actor.guide_id, "why": why,
        "at": uow.now_ms,
    }  # fmt: skip
    return uow.put("tag_bar", bar, store_id=_lives(uow.conn, client_id))


def _checked(what: Hanging, now_ms: int) -> tuple[str, str]:
    name, group = what.name.strip(), what.group.strip()
    if not name or len(name) > MOST_NAME:
        raise InvalidInputError(
            "tag.name", "标签「{name}」要有 1 到 {most} 个字。", "换一个短一些的标签。", name=name, most=MOST_NAME
        )
    if len(group) > MOST_GROUP:
        raise InvalidInputError(
            "tag.group", "标签组「{group}」最多 {most} 个字。", "换一个短一些的组名。", group=group, most=MOST_GROUP
        )
    if what.until is not None and what.until <= now_ms:
        raise InvalidInputError("tag.until", "标签的到期日已经过去。", "请选今天以后的日子。")
    return name, group


def _entry(conn: Connection, name: str, group: str) -> Mapping[str, Any] | None:
    row = conn.exec_driver_sql(_ENTRY, {"name": name, "group": group}).mappings().one_or_none()
    return None if row is None else dict(row)


def _lives(conn: Connection, client_id: str) -> str:
    store = conn.exec_driver_sql("SELECT store_id FROM client WHERE id = ?", (client_id,)).scalar_one_or_none()
    if store is None:
        raise NotFoundError(
            "client.unknown", "没有编号为 {id} 的客户。", "先用 clients search 找到客户。", id=client_id
        )
    return str(store)
