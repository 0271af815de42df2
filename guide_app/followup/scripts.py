"""话术库: head office's scripts and a guide's own, what is found among them, and how they did."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping

from guide_app.base.actor import Actor
from guide_app.base.errors import InvalidInputError, NotFoundError
from guide_app.store.database import Database
from guide_app.store.uow import UnitOfWork

_TITLE_LIMIT, _BODY_LIMIT, _SCENE_LIMIT = 300, 4000, 64
_LIBRARY = """
    SELECT s.*, EXISTS (SELECT 1 FROM favourite f
        WHERE f.guide_id = :guide AND f.what = CASE WHEN s.own THEN 'own_script' ELSE 'script' END AND f.target = s.id)
        AS favourite
    FROM (SELECT id, scene, title, body, 0 AS own, variant, rank FROM script WHERE active
        UNION ALL SELECT id, scene, title, body, 1, '', 0 FROM own_script
            WHERE guide_id = :guide AND ended_at IS NULL) s
    WHERE :scene IN ('', s.scene) AND (instr(lower(s.title), :text) OR instr(lower(s.body), :text)
        OR instr(lower(s.scene), :text))
    ORDER BY favourite DESC, s.own DESC, s.rank, s.title, s.id"""


@dataclass(frozen=True, slots=True)
class LibraryScript:
    """A script with its variables unfilled. `own`: the guide's own; `variant` is A or B of head office's."""

    id: str
    scene: str
    title: str
    body: str
    own: bool
    variant: str
    favourite: bool


@dataclass(frozen=True, slots=True)
class ScriptFigures:
    """What came of a script in this store: messages with it, clients among them who answered or bought."""

    script_id: str
    sent: int
    replied: int
    sold: int


class ScriptLibrary:
    """Finds scripts, keeps a guide's own and her favourites."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def find(self, guide_id: str, text: str = "", scene: str = "") -> list[LibraryScript]:
        """Scripts that contain `text` (title, words or scene) in a scene (all when empty).

        Her favourites come first, then her own, then head office's in its order.
        """
        given = {"guide": guide_id, "scene": scene, "text": text.strip().lower()}
        return self._db.query(lambda conn: [_script(row) for row in conn.exec_driver_sql(_LIBRARY, given).mappings()])

    def figures(self, since_ms: int) -> list[ScriptFigures]:
        """How scripts did since then (UTC ms), the most answered first.

        A reply counts for the script of the last message before it.
        """
        return self._db.query(lambda conn: _figures(conn, since_ms))

    def keep(self, scene: str, title: str, body: str, actor: Actor) -> str:
        """Keep a script of the guide's own; returns its id. Raises InvalidInputError if it has no title or words."""
        fields = _checked(scene, title, body)

        def deed(uow: UnitOfWork) -> str:
            return uow.put("own_script", {**fields, "guide_id": actor.guide_id, "at": uow.now_ms})

        return self._db.change(deed, by=actor.guide_id, origin=actor.origin)

    def change(self, script_id: str, scene: str, title: str, body: str, actor: Actor) -> None:
        """Change a script of the guide's own. Raises NotFoundError for anybody else's, InvalidInputError."""
        fields = _checked(scene, title, body)

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
                FROM note WHERE kind = 'message' AND at >= ? AND script_id IS NOT NULL)
            SELECT s.script_id, count(*), sum(EXISTS (SELECT 1 FROM note r WHERE r.client_id = s.client_id
                    AND r.kind = 'reply' AND r.at > s.at AND (s.next_at IS NULL OR r.at <= s.next_at))),
                sum(s.result = 'sold')
            FROM sent s GROUP BY s.script_id""",
        (since_ms,),
    )
    found = [ScriptFigures(*row) for row in rows]
    return sorted(found, key=lambda f: (-f.replied / f.sent, -f.sent, f.script_id))


def _script(row: RowMapping) -> LibraryScript:
    return LibraryScript(
        row["id"], row["scene"], row["title"], row["body"], bool(row["own"]), row["variant"], bool(row["favourite"])
    )


def _checked(scene: str, title: str, body: str) -> dict[str, str]:
    fields = {"scene": scene.strip(), "title": title.strip(), "body": body.strip()}
    if not fields["title"] or not fields["body"]:
        raise InvalidInputError("script.empty", "话术要有标题和内容。", "两样都写上再保存。")
    limits = {"scene": _SCENE_LIMIT, "title": _TITLE_LIMIT, "body": _BODY_LIMIT}
    if any(len(fields[name]) > limit for name, limit in limits.items()):
        raise InvalidInputError("script.long", f"话术太长 (内容最多 {_BODY_LIMIT} 个字)。", "写短一些。")
    return fields


def _require_own(uow: UnitOfWork, script_id: str, actor: Actor) -> None:
    sql = "SELECT 1 FROM own_script WHERE id = ? AND guide_id = ? AND ended_at IS NULL"
    if uow.conn.exec_driver_sql(sql, (script_id, actor.guide_id)).first() is None:
        raise NotFoundError("script.unknown", "没有这条自己的话术。", "刷新后再试。")
