"""What is derived from the book so that it can be found and sorted: search index and figures per client.

Everything here can be rebuilt from the records (`rebuild`), is written in the transaction that changes them, lies in
the same encrypted file, and goes with the client when she is erased. Two FTS5 tables: names, pinyin and phones as
tokens with a tier letter, and notes with one token per character. Both are contentless: a deletion leaves its words in
the file, hidden, until the index is written anew (`scrub`; FTS5's `secure-delete` does nothing for such tables).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Connection

from guide_app.store import product_search
from guide_app.store.codec import encode_json, json_list
from guide_app.store.holder_marks import marked
from guide_app.store.hooks import Words
from guide_app.store.search_tokens import (
    NAMED,
    fold,
    is_asked_in_parts,
    named_tokens,
    note_tokens,
    runs_on,
    term_tiers,
)
from guide_app.store.shown_tags import SHOWN_TAGS

_VERSION = 9
_CANDIDATES = 1_000
_CHUNK = 5_000
#: How many parts of the index become one together: FTS5's own 4 costs a first load a sixth more and finds no faster.
_MERGED = 8
_TOLD = ("remark", "preference")

_SCHEMA = (
    """CREATE TABLE IF NOT EXISTS client_figure (
        rid INTEGER PRIMARY KEY, client_id TEXT NOT NULL UNIQUE, last_at INTEGER NOT NULL DEFAULT 0,
        first_at INTEGER NOT NULL DEFAULT 0, orders INTEGER NOT NULL DEFAULT 0,
        total_fen INTEGER NOT NULL DEFAULT 0, guide_no INTEGER, created_at INTEGER NOT NULL, archived INTEGER NOT NULL,
        merged INTEGER NOT NULL, starred INTEGER NOT NULL, mark INTEGER NOT NULL)""",
    # All that whole lists are counted and paged by, and numbers only: what a list costs is how much is deciphered.
    """CREATE INDEX IF NOT EXISTS client_figure_recent ON client_figure (
        last_at DESC, rid, guide_no, archived, merged, starred, orders, total_fen, created_at)""",
    "CREATE INDEX IF NOT EXISTS client_figure_mark ON client_figure (mark)",
    "CREATE TABLE IF NOT EXISTS figure_guide (no INTEGER PRIMARY KEY, guide_id TEXT NOT NULL UNIQUE)",
    """CREATE VIRTUAL TABLE IF NOT EXISTS search_name USING fts5(
        t, content='', contentless_delete=1, detail=none, prefix='2 3 4 5', tokenize='ascii')""",
    """CREATE VIRTUAL TABLE IF NOT EXISTS search_text USING fts5(
        t, content='', contentless_delete=1, detail=full, tokenize='ascii')""",
)

#: What lists ask of the record itself, so that a whole book is counted and paged without reading any; the mark, which
#: never changes, comes along.
_LISTED = frozenset({"primary_guide_id", "created_at", "archived_at", "merged_into", "starred"})
_GUIDES = """
    INSERT INTO figure_guide (guide_id)
    SELECT DISTINCT c.primary_guide_id FROM json_each(?) e CROSS JOIN client c ON c.id = e.value
    WHERE c.primary_guide_id IS NOT NULL AND c.primary_guide_id NOT IN (SELECT guide_id FROM figure_guide)"""
_LIST = """
    INSERT INTO client_figure (client_id, guide_no, created_at, archived, merged, starred, mark)
    SELECT c.id, g.no, c.created_at, c.archived_at IS NOT NULL, c.merged_into IS NOT NULL, c.starred, e.value
    FROM json_each(?) e CROSS JOIN client c ON c.id = e.key
        LEFT JOIN figure_guide g ON g.guide_id = c.primary_guide_id WHERE true
    ON CONFLICT (client_id) DO UPDATE SET guide_no = excluded.guide_no, created_at = excluded.created_at,
        archived = excluded.archived, merged = excluded.merged, starred = excluded.starred
    WHERE (guide_no, created_at, archived, merged, starred) IS NOT (excluded.guide_no, excluded.created_at,
        excluded.archived, excluded.merged, excluded.starred)"""

_ADD = """
    INSERT INTO {table} (rowid, t)
    SELECT f.rid, e.value FROM json_each(?) e CROSS JOIN client_figure f ON f.client_id = e.key"""

# Clients without figures that have bought nothing are passed over: writing a row anew moves it in its indexes.
_REFIGURE = """
    UPDATE client_figure SET (last_at, first_at, orders, total_fen) = (
        SELECT coalesce(max(CASE WHEN kind = 'sale' THEN at END), 0), coalesce(min(at), 0),
               count(CASE WHEN kind = 'sale' THEN 1 END), coalesce(sum(total_fen), 0)
        FROM purchase WHERE purchase.client_id = client_figure.client_id)
    WHERE client_id IN (SELECT value FROM json_each(?)) AND ((last_at, first_at, orders, total_fen) <> (0, 0, 0, 0)
        OR EXISTS (SELECT 1 FROM purchase WHERE purchase.client_id = client_figure.client_id))"""

_TEXT = f"""
    c.remark || ' ' || c.preference || ' ' ||
        coalesce((SELECT group_concat(n.body, ' ') FROM note n
            WHERE n.client_id = c.id AND NOT n.private), '') || ' ' ||
        coalesce((SELECT group_concat(t.name, ' ') FROM {SHOWN_TAGS} t WHERE t.client_id = c.id), '')"""

_HERS = """
    FROM client c JOIN client_figure f ON f.client_id = c.id
    WHERE c.id IN (SELECT value FROM json_each(:ids))"""

_NAMES = f"SELECT f.rid, {', '.join(f'c.{name}' for name in NAMED)} {_HERS}"
_TEXTS = f"SELECT f.rid, {_TEXT} {_HERS}"
_WORDS = f"SELECT f.rid, {_TEXT}, {', '.join(f'c.{name}' for name in NAMED)} {_HERS}"

#: The numbers of clients, in the order of their ids in a JSON list, each read when it is asked for.
_NUMBERS = """
    SELECT c.id, c.phone, c.member_no FROM json_each(?) e CROSS JOIN client c ON c.id = e.value"""
#: Of the clients that were found, those with a tag whose time is over: the index says its name until it is taken off.
_OVER = """
    SELECT DISTINCT client_id FROM client_tag
    WHERE until <= :now AND client_id IN (SELECT value FROM json_each(:ids))"""
_TEXT_OF = f"SELECT c.id, {_TEXT} FROM client c WHERE c.id IN (SELECT value FROM json_each(:ids))"

#: For each other kind that bears on a client: the query from the changed records' ids (a JSON list) to client ids.
_CLIENTS_OF = {
    "note": "SELECT DISTINCT client_id FROM note WHERE id IN (SELECT value FROM json_each(?))",
    "client_tag": "SELECT DISTINCT client_id FROM client_tag WHERE id IN (SELECT value FROM json_each(?))",
    "purchase": "SELECT DISTINCT client_id FROM purchase WHERE id IN (SELECT value FROM json_each(?))",
    "tag": """WITH tags AS (SELECT tag.* FROM tag JOIN json_each(?) e ON e.value IN (tag.id, tag.merged_into))
        SELECT client_id FROM client_tag WHERE tag_id IN (SELECT id FROM tags)
        UNION SELECT client_id FROM client_tag WHERE tag_id IS NULL AND name IN (
            SELECT name FROM tags UNION SELECT w.value FROM tags, json_each(tags.was) w)""",
}
#: What of a tag bears on the words of those who carry it.
_TAG_WORDS = frozenset({"name", "was", "merged_into"})
_WORDED = frozenset({"client", "note", "client_tag"})
_FTS = ("search_name", "search_text")


@dataclass(frozen=True, slots=True)
class Hit:
    """A found client; `tier` 0 is the best kind of match, and says why through `by`."""

    client_id: str
    tier: int
    by: str


class SearchIndex:
    """Keeps and asks the derived tables. Holds no state of its own."""

    def ensure(self, conn: Connection) -> None:
        """Create the tables if they are missing; rebuild them if they were made by another version."""
        product_search.ensure(conn)
        made = conn.exec_driver_sql("SELECT value FROM setting WHERE key = 'search.version'").scalar_one_or_none()
        if made == str(_VERSION):
            return
        self.rebuild(conn)

    def rebuild(self, conn: Connection) -> None:
        """Throw everything derived from clients away and make it anew from the records."""
        for table in ("client_figure", "figure_guide", "client_mark", *_FTS):  # marks had a table of their own once
            conn.exec_driver_sql(f"DROP TABLE IF EXISTS {table}")
        for statement in _SCHEMA:
            conn.exec_driver_sql(statement)
        for table in _FTS:
            conn.exec_driver_sql(f"INSERT INTO {table} ({table}, rank) VALUES ('automerge', {_MERGED})")
        ids = [row[0] for row in conn.exec_driver_sql("SELECT id FROM client ORDER BY created_at, id")]
        for start in range(0, len(ids), _CHUNK):
            self.refresh(conn, ids[start : start + _CHUNK])
        conn.exec_driver_sql(
            "INSERT INTO setting (key, value) VALUES ('search.version', ?)"
            " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (str(_VERSION),),
        )

    def changed(self, conn: Connection, kind: str, ids: Sequence[str], fields: frozenset[str] | None = None) -> None:
        """Follow a change of these records, in the same transaction, after the rows were written.

        `fields` says which fields changed, None that any may have. For records that were removed or moved to another
        client, call `owners` before and `refresh` after.
        """
        if kind == "tag" and fields is not None and fields.isdisjoint(_TAG_WORDS):
            return
        product_search.changed(conn, kind, ids, fields)
        wanted = self.owners(conn, kind, ids)
        if not wanted:
            return
        if kind == "client":
            self._client_changed(conn, wanted, fields)
        elif kind == "purchase":
            _refigure(conn, json_list(wanted))
        else:
            _retext(conn, json_list(wanted))

    def words(self, kind: str, record: Mapping[str, Any]) -> Words | None:
        """What is searchable of a new client before anything is hung on her; None for other kinds. Pure."""
        if kind != "client":
            return None
        told = " ".join([record.get(field, "") for field in _TOLD])
        return named_tokens(*[record.get(field, "") for field in NAMED]), note_tokens(told)

    def added(self, conn: Connection, words: Mapping[str, Words]) -> None:
        """Take in new clients, whom no other record mentioned before they were written, with the words of each."""
        _enlist(conn, words)
        for table, tokens in zip(_FTS, zip(*words.values(), strict=True), strict=True):
            said = {client_id: text for client_id, text in zip(words, tokens, strict=True) if text}
            conn.exec_driver_sql(_ADD.format(table=table), (encode_json(said).decode(),))

    def _client_changed(self, conn: Connection, ids: Sequence[str], fields: frozenset[str] | None) -> None:
        if fields is None:
            self.refresh(conn, ids)
            return
        if not fields.isdisjoint(NAMED):
            _rename(conn, json_list(ids))
        if not fields.isdisjoint(_TOLD):
            _retext(conn, json_list(ids))
        if not fields.isdisjoint(_LISTED):
            _enlist(conn, ids)

    def owners(self, conn: Connection, kind: str, ids: Sequence[str]) -> list[str]:
        """The clients that these records bear on, as the rows stand now."""
        if kind == "client":
            return list(ids)
        if kind not in _CLIENTS_OF:
            return []
        rows = conn.exec_driver_sql(_CLIENTS_OF[kind], (json_list(ids),)).all()
        return [row[0] for row in rows if row[0] is not None]

    def refresh(self, conn: Connection, client_ids: Sequence[str]) -> None:
        """Bring all that is derived of these clients up to date; clients that are gone leave nothing behind."""
        if not client_ids:
            return
        wanted = json_list(client_ids)
        _forget_gone(conn, wanted)
        last = conn.exec_driver_sql("SELECT coalesce(max(rid), 0) FROM client_figure").scalar_one()
        _enlist(conn, client_ids)
        _reword(conn, wanted, last)
        _refigure(conn, wanted)

    def scrub(self, conn: Connection, kinds: Collection[str]) -> None:
        """Records of these kinds were purged: write the index anew without the words that deletions left hidden in it.

        Costs 0.5 s of CPU for 100,000 clients.
        """
        if _WORDED.isdisjoint(kinds):
            return
        for table in _FTS:
            conn.exec_driver_sql(f"INSERT INTO {table} ({table}) VALUES ('optimize')")

    def search(self, conn: Connection, text: str, limit: int, now_ms: int = 0) -> list[Hit]:
        """Clients that match every word of `text`, best tier first, then the most recent buyers.

        Words are matched against names, pinyin, initials, phone digits and member numbers, then tags and notes; tags
        whose time is over at `now_ms` (UTC ms) find nobody.
        """
        words = [(word, tiers) for word in map(fold, text.split()) if (tiers := term_tiers(word))]
        if not words:
            return []
        hits: dict[str, Hit] = {}
        (word, first), *others = words
        runs = [other for other, _ in others if is_asked_in_parts(other)]
        narrowing = [" OR ".join(f"({_quoted(tier)})" for tier in tiers) for _, tiers in others]
        for tier, query in enumerate(first):
            if len(hits) >= limit:
                break
            match = " AND ".join(f"({part})" for part in (_quoted(query), *narrowing))
            parted = [word] if query[0] == "e" and is_asked_in_parts(word) else []
            for client_id in self._named(conn, match, limit, [*parted, *runs]):
                hits.setdefault(client_id, Hit(client_id, tier, query[0]))
        if len(hits) < limit and (phrase := note_tokens(text)):
            told = self._candidates(conn, "search_text", f'"{phrase}"', limit - len(hits))
            for client_id in _still_told(conn, told, phrase, now_ms):
                hits.setdefault(client_id, Hit(client_id, len(first), "T"))
        return list(hits.values())[:limit]

    def _named(self, conn: Connection, match: str, limit: int, runs: Sequence[str]) -> list[str]:
        """Clients by names and numbers; each of `runs` must stand in one of hers, which the index cannot tell."""
        if not runs:
            return self._candidates(conn, "search_name", match, limit)
        found = self._candidates(conn, "search_name", match, _CANDIDATES)
        with conn.exec_driver_sql(_NUMBERS, (json_list(found),)) as rows:
            theirs = (row[0] for row in rows if all(runs_on(run, row[1], row[2]) for run in runs))
            return list(islice(theirs, limit))

    def _candidates(self, conn: Connection, table: str, match: str, limit: int) -> list[str]:
        rows = conn.exec_driver_sql(
            f"SELECT f.client_id FROM (SELECT rowid AS rid FROM {table} WHERE {table} MATCH ?"
            f" ORDER BY rowid DESC LIMIT {_CANDIDATES}) AS found CROSS JOIN client_figure f ON f.rid = found.rid"
            " ORDER BY f.last_at DESC, f.rid DESC LIMIT ?",
            (match, limit),
        )
        return [row[0] for row in rows]


def _still_told(conn: Connection, client_ids: list[str], phrase: str, now_ms: int) -> list[str]:
    """Of those whom the index names for a phrase, without whom it finds only by a tag whose time is over."""
    over = json_list([row[0] for row in conn.exec_driver_sql(_OVER, {"ids": json_list(client_ids), "now": now_ms})])
    texts = conn.exec_driver_sql(_TEXT_OF, {"ids": over, "now": now_ms, "viewer": None})
    silent = {client_id for client_id, text in texts if f" {phrase} " not in f" {note_tokens(text)} "}
    return [client_id for client_id in client_ids if client_id not in silent]


def _quoted(query: str) -> str:
    parts = (f'"{part[:-1]}"*' if part.endswith("*") else f'"{part}"' for part in query.split())
    return " AND ".join(parts)


def _forget_gone(conn: Connection, wanted: str) -> None:
    gone = conn.exec_driver_sql(
        "SELECT rid FROM client_figure WHERE client_id IN (SELECT value FROM json_each(?))"
        " AND client_id NOT IN (SELECT id FROM client)",
        (wanted,),
    ).all()
    for table in _FTS:
        _many(conn, f"DELETE FROM {table} WHERE rowid = ?", [(row[0],) for row in gone])
    _many(conn, "DELETE FROM client_figure WHERE rid = ?", [(row[0],) for row in gone])


def _shown(wanted: str) -> dict[str, object]:
    """What the texts ask for: whatever is not private. A tag whose time is over is told apart at the search."""
    return {"ids": wanted, "now": 0, "viewer": None}


def _reword(conn: Connection, wanted: str, last: int) -> None:
    """Write all words of these clients; where no number is up to `last`, there were none, and none are looked for."""
    rows = conn.exec_driver_sql(_WORDS, _shown(wanted)).all()
    names = {rid: named_tokens(*named) for rid, _, *named in rows}
    texts = {rid: note_tokens(text) for rid, text, *_ in rows}
    if all(rid > last for rid in names):
        _insert(conn, "search_name", names)
        _insert(conn, "search_text", {rid: said for rid, said in texts.items() if said})
    else:
        _replace(conn, "search_name", names)
        _replace_texts(conn, texts)


def _rename(conn: Connection, wanted: str) -> None:
    rows = conn.exec_driver_sql(_NAMES, _shown(wanted))
    _replace(conn, "search_name", {rid: named_tokens(*named) for rid, *named in rows})


def _retext(conn: Connection, wanted: str) -> None:
    rows = conn.exec_driver_sql(_TEXTS, _shown(wanted))
    _replace_texts(conn, {rid: note_tokens(text) for rid, text in rows})


def _replace_texts(conn: Connection, tokens: Mapping[int, str]) -> None:
    _replace(conn, "search_text", {rid: said for rid, said in tokens.items() if said})
    _many(conn, "DELETE FROM search_text WHERE rowid = ?", [(rid,) for rid, said in tokens.items() if not said])


def _enlist(conn: Connection, client_ids: Iterable[str]) -> None:
    conn.exec_driver_sql(_GUIDES, (json_list(client_ids),))
    conn.exec_driver_sql(_LIST, (marked(client_ids),))


def _refigure(conn: Connection, wanted: str) -> None:
    conn.exec_driver_sql(_REFIGURE, (wanted,))


def _insert(conn: Connection, table: str, tokens: Mapping[int, str], verb: str = "INSERT") -> None:
    """Write the tokens of each row by one statement, which leaves the interpreter to other threads meanwhile."""
    conn.exec_driver_sql(
        f"{verb} INTO {table} (rowid, t) SELECT CAST(key AS INTEGER), value FROM json_each(?)",
        (encode_json(tokens).decode(),),
    )


def _replace(conn: Connection, table: str, tokens: Mapping[int, str]) -> None:
    """Write the tokens over what is there; looking for that costs a tenth of the writing."""
    _insert(conn, table, tokens, "INSERT OR REPLACE")


def _many(conn: Connection, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
    if rows:
        conn.exec_driver_sql(statement, list(rows))
