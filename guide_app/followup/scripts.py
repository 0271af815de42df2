"""话术库: head office's scripts and a guide's own, what is found among them, and how they did."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from sqlalchemy import Connection, RowMapping

from guide_app.base.actor import Actor
from guide_app.base.clock import DAY_MS
from guide_app.base.errors import InvalidInputError, NotFoundError
from guide_app.followup.trials import Trial, Variant, compare
from guide_app.store.database import Database
from guide_app.store.pinyin import initials, syllable
from guide_app.store.uow import UnitOfWork

_TITLE_LIMIT, _BODY_LIMIT, _SCENE_LIMIT = 300, 4000, 64
#: A purchase this long after a message still counts as its effect.
SALE_WITHIN_MS = 7 * DAY_MS
_LIBRARY = """
    SELECT s.*, coalesce(g.name, '') AS author, EXISTS (SELECT 1 FROM favourite f
        WHERE f.guide_id = :guide AND f.what = CASE WHEN s.own THEN 'own_script' ELSE 'script' END AND f.target = s.id)
        AS favourite
    FROM (SELECT id, scene, title, body, 0 AS own, variant, variant_of, media, rank, NULL AS guide_id, 0 AS shared
            FROM script WHERE active
        UNION ALL SELECT id, scene, title, body, 1, '', NULL, '[]', 0, guide_id, shared FROM own_script
            WHERE (guide_id = :guide OR shared) AND ended_at IS NULL) s LEFT JOIN guide g ON g.id = s.guide_id
    WHERE :scene IN ('', s.scene)
    ORDER BY favourite DESC, coalesce(s.guide_id = :guide, 0) DESC, s.own DESC, s.rank, s.title, s.id"""


@dataclass(frozen=True, slots=True)
class LibraryScript:
    """A script with its variables unfilled.

    `own`: a guide wrote it, `author`, not head office; `mine`: this guide did; `shared`: her colleagues see it, too.
    `variant` is A or B of head office's, of the text whose first is `variant_of` (None: this is the first). `media` are
    SHA-256 of pictures that go with it.
    """

    id: str
    scene: str
    title: str
    body: str
    own: bool
    variant: str
    favourite: bool
    variant_of: str | None = None
    media: tuple[str, ...] = ()
    mine: bool = False
    shared: bool = False
    author: str = ""

    @property
    def text_id(self) -> str:
        """What all variants of one text have in common."""
        return self.variant_of or self.id


@dataclass(frozen=True, slots=True)
class ScriptFigures:
    """What came of a script in this store: messages with it, and how many had an effect.

    `replied`: answered before the next message; `sold`: ended in a sale, or she bought within seven days and before
    the next message; `hits`: either.
    """

    script_id: str
    sent: int
    replied: int
    sold: int
    hits: int


class ScriptLibrary:
    """Finds scripts, keeps a guide's own and her favourites."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def find(self, guide_id: str, text: str = "", scene: str = "") -> list[LibraryScript]:
        """Scripts in which every word of `text` stands, in title, words or scene, in a scene (all when empty).

        Words in Latin letters are looked for as pinyin, too: in full anywhere, as initials in title and scene. Her
        favourites come first, then her own, then what colleagues share, then head office's in its order.
        """
        given, words = {"guide": guide_id, "scene": scene}, text.lower().split()
        rows = self._db.query(lambda conn: conn.exec_driver_sql(_LIBRARY, given).mappings().all())
        return [script for row in rows if _holds(script := _script(row, guide_id), words)]

    def scenes(self, guide_id: str) -> tuple[str, ...]:
        """The scenes that have scripts for this guide, in head office's order, then those of guides."""
        sql = """SELECT scene FROM (SELECT scene, min(rank) AS place FROM script WHERE active GROUP BY scene
            UNION ALL SELECT scene, 1 << 40 FROM own_script WHERE (guide_id = ? OR shared) AND ended_at IS NULL)
            WHERE scene <> '' GROUP BY scene ORDER BY min(place), scene"""
        return tuple(row[0] for row in self._db.query(lambda conn: conn.exec_driver_sql(sql, (guide_id,)).all()))

    def trial(self, text_id: str, since_ms: int) -> Trial | None:
        """How the variants of one text did in this store since then (UTC ms); None for a text without variants."""

        def read(conn: Connection) -> Trial | None:
            sql = "SELECT id, variant FROM script WHERE (id = ?1 OR variant_of = ?1) AND active ORDER BY variant, id"
            names: dict[str, str] = {row[0]: row[1] for row in conn.exec_driver_sql(sql, (text_id,))}
            done = {figures.script_id: figures for figures in _figures(conn, since_ms)}
            if len(names) <= 1:
                return None
            plain = ScriptFigures("", 0, 0, 0, 0)
            found = {script_id: done.get(script_id, plain) for script_id in names}
            return compare([Variant(one, names[one], f.sent, f.hits) for one, f in found.items()])

        return self._db.query(read)

    def figures(self, since_ms: int) -> list[ScriptFigures]:
        """How scripts did since then (UTC ms), the most answered first.

        A reply counts for the script of the last message before it.
        """
        return self._db.query(lambda conn: _figures(conn, since_ms))

    def keep(self, scene: str, title: str, body: str, actor: Actor, *, shared: bool = False) -> str:
        """Keep a script of the guide's own; returns its id. A `shared` one is for the whole store to use.

        Raises InvalidInputError if it has no title or words.
        """
        fields = _checked(scene, title, body)

        def deed(uow: UnitOfWork) -> str:
            return uow.put("own_script", {**fields, "shared": shared, "guide_id": actor.guide_id, "at": uow.now_ms})

        return self._db.change(deed, by=actor.guide_id, origin=actor.origin)

    def change(
        self, script_id: str, scene: str, title: str, body: str, actor: Actor, *, shared: bool | None = None
    ) -> None:
        """Change a script of the guide's own; `shared` None leaves open to whom it is as it was.

        Raises NotFoundError for anybody else's, InvalidInputError.
        """
        fields: dict[str, str | bool] = dict(_checked(scene, title, body))
        if shared is not None:
            fields["shared"] = shared

        def deed(uow: UnitOfWork) -> None:
            _require_own(uow, script_id, actor)
            uow.patch("own_script", script_id, fields)

        self._db.change(deed, by=actor.guide_id, origin=actor.origin)

    def drop(self, script_id: str, actor: Actor) -> None:
        """Take a script of the guide's own out of her library. Raises NotFoundError."""

        def deed(uow: UnitOfWork) -> None:
            _require_own(uow, script_id, actor)
            uow.patch("own_script", script_id, {"ended_at": uow.now_ms})

        self._db.change(deed, by=actor.guide_id, origin=actor.origin)

    def bring_back(self, script_id: str, actor: Actor) -> None:
        """Undo `drop`. Raises NotFoundError for a script that is not the guide's own."""

        def deed(uow: UnitOfWork) -> None:
            _require_own(uow, script_id, actor, dropped=True)
            uow.patch("own_script", script_id, {"ended_at": None})

        self._db.change(deed, by=actor.guide_id, origin=actor.origin)

    def favour(self, script: LibraryScript, actor: Actor, *, on: bool) -> None:
        """Put a script among the guide's favourites, or take it out; what is so already stays so."""
        what = "own_script" if script.own else "script"

        def deed(uow: UnitOfWork) -> None:
            sql = "SELECT id FROM favourite WHERE guide_id = ? AND what = ? AND target = ?"
            held = [row[0] for row in uow.conn.exec_driver_sql(sql, (actor.guide_id, what, script.id))]
            if on and not held:
                record = {"guide_id": actor.guide_id, "what": what, "target": script.id, "at": uow.now_ms}
                uow.put("favourite", record)
            for favourite in held if not on else ():
                uow.remove("favourite", favourite)

        self._db.change(deed, by=actor.guide_id, origin=actor.origin)


def _figures(conn: Connection, since_ms: int) -> list[ScriptFigures]:
    rows = conn.exec_driver_sql(
        """WITH sent AS (SELECT script_id, client_id, at, result,
                lead(at) OVER (PARTITION BY client_id ORDER BY at, id) AS next_at
                FROM note WHERE kind = 'message' AND at >= :since),
            told AS (SELECT s.script_id,
                EXISTS (SELECT 1 FROM note r WHERE r.client_id = s.client_id AND r.kind = 'reply' AND r.at > s.at
                    AND (s.next_at IS NULL OR r.at <= s.next_at)) AS replied,
                s.result = 'sold' OR EXISTS (SELECT 1 FROM purchase p WHERE p.client_id = s.client_id
                    AND p.kind = 'sale' AND p.at > s.at AND p.at <= s.at + :within
                    AND (s.next_at IS NULL OR p.at <= s.next_at)) AS sold
                FROM sent s WHERE s.script_id IS NOT NULL)
            SELECT script_id, count(*), sum(replied), sum(sold), sum(replied OR sold) FROM told GROUP BY script_id""",
        {"since": since_ms, "within": SALE_WITHIN_MS},
    )
    found = [ScriptFigures(*row) for row in rows]
    return sorted(found, key=lambda f: (-f.replied / f.sent, -f.sent, f.script_id))


def _script(row: RowMapping, guide_id: str) -> LibraryScript:
    return LibraryScript(
        row["id"], row["scene"], row["title"], row["body"], bool(row["own"]), row["variant"], bool(row["favourite"]),
        variant_of=row["variant_of"], media=tuple(json.loads(row["media"])), mine=row["guide_id"] == guide_id,
        shared=bool(row["shared"]), author=row["author"],
    )  # fmt: skip


def _holds(script: LibraryScript, words: Sequence[str]) -> bool:
    """Whether every word stands in the script, as it is written or as it is read."""
    if not words:
        return True
    said = f"{script.title} {script.scene} {script.body}".lower()
    head = (script.title + script.scene).lower()
    return all(word in said or (word.isascii() and word.isalpha() and _reads(word, said, head)) for word in words)


def _reads(word: str, said: str, head: str) -> bool:
    """Whether a word in Latin letters begins at a syllable of `said`, or is made of initials in `head`."""
    syllables = [syllable(char) for char in said]
    joined = "".join(syllables)
    starts = set(accumulate(map(len, syllables), initial=0))
    at = joined.find(word)
    while at >= 0:
        if at in starts:
            return True
        at = joined.find(word, at + 1)
    return word in initials([syllable(char) for char in head])


def _checked(scene: str, title: str, body: str) -> dict[str, str]:
    fields = {"scene": scene.strip(), "title": title.strip(), "body": body.strip()}
    if not fields["title"] or not fields["body"]:
        raise InvalidInputError("script.empty", "话术要有标题和内容。", "两样都写上再保存。")
    limits = {"scene": _SCENE_LIMIT, "title": _TITLE_LIMIT, "body": _BODY_LIMIT}
    if any(len(fields[name]) > limit for name, limit in limits.items()):
        raise InvalidInputError("script.long", "话术太长 (内容最多 {most} 个字)。", "写短一些。", most=_BODY_LIMIT)
    return fields


def _require_own(uow: UnitOfWork, script_id: str, actor: Actor, *, dropped: bool = False) -> None:
    sql = "SELECT 1 FROM own_script WHERE id = ? AND guide_id = ? AND (ended_at IS NOT NULL) = ?"
    if uow.conn.exec_driver_sql(sql, (script_id, actor.guide_id, dropped)).first() is None:
        raise NotFoundError("script.unknown", "没有这条自己的话术。", "刷新后再试。")
