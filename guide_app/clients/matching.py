"""Why each client of a search was found, read for those who were found by their words and not by their names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection

from guide_app.clients.found import Field, Match, named_match, told_match
from guide_app.clients.model import ClientRow
from guide_app.store.codec import json_list
from guide_app.store.search import Hit
from guide_app.store.shown_tags import SHOWN_TAGS

_TOLD = "T"
OWN_TAGS = f"""
    SELECT DISTINCT s.client_id FROM {SHOWN_TAGS} s
    WHERE s.private AND s.guide_id = :viewer AND instr(lower(s.name), :typed) ORDER BY s.client_id"""
#: All that the index of words holds of some clients, with the viewer's private tags; nothing else private is among it.
_TEXTS = f"""
    SELECT t.client_id, 'tag', t.name FROM {SHOWN_TAGS} t WHERE t.client_id IN (SELECT value FROM json_each(:ids))
    UNION ALL SELECT id, 'preference', preference FROM client WHERE id IN (SELECT value FROM json_each(:ids))
    UNION ALL SELECT id, 'remark', remark FROM client WHERE id IN (SELECT value FROM json_each(:ids))
    UNION ALL SELECT n.client_id, 'note', n.body FROM note n
        WHERE n.client_id IN (SELECT value FROM json_each(:ids)) AND NOT n.private AND instr(lower(n.body), :typed)"""


def with_own_tags(conn: Connection, hits: Sequence[Hit], text: str, viewer: str | None, now_ms: int) -> list[Hit]:
    """The index's `hits`, and whom a private tag of the guide `viewer` names: after names, before words.

    Private words stand in no index that others ask too; hers are few and are read by an index of their own.
    """
    typed = text.strip().lower()
    if viewer is None or not typed:
        return list(hits)
    rows = conn.exec_driver_sql(OWN_TAGS, {"viewer": viewer, "typed": typed, "now": now_ms})
    named = [hit for hit in hits if hit.by != _TOLD]
    known = {hit.client_id for hit in named}
    tagged = [Hit(row[0], len(named), _TOLD) for row in rows if row[0] not in known]
    known.update(hit.client_id for hit in tagged)
    return [*named, *tagged, *(hit for hit in hits if hit.client_id not in known)]


def with_matches(
    conn: Connection, rows: Sequence[ClientRow], hits: Sequence[Hit], text: str, now_ms: int, viewer: str | None = None
) -> tuple[ClientRow, ...]:
    """The `rows`, each with why its hit was found by `text`."""
    by = {hit.client_id: hit.by for hit in hits}
    typed = text.strip()
    first = typed.split()[0] if typed else ""
    told = [row.id for row in rows if by[row.id] == _TOLD]
    texts: dict[str, list[tuple[Field, str]]] = defaultdict(list)
    if told:
        asked = {"ids": json_list(told), "typed": typed.lower(), "now": now_ms, "viewer": viewer}
        for client_id, field, words in conn.exec_driver_sql(_TEXTS, asked):
            texts[client_id].append((field, words))

    def why(row: ClientRow) -> Match | None:
        if by[row.id] == _TOLD:
            return told_match(typed, texts[row.id])
        return named_match(by[row.id], first, row.name)

    return tuple(replace(row, match=why(row)) for row in rows)
