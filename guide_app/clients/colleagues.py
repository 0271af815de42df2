"""Who else serves a client, without anybody's private notes: colleagues of the store by name, others as a number."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

_HERE = """
    SELECT g.name FROM guide g WHERE g.id <> :viewer AND g.id IN (
        SELECT primary_guide_id FROM client WHERE id = :client
        UNION SELECT guide_id FROM note WHERE client_id = :client AND NOT private AND kind <> 'state'
        UNION SELECT guide_id FROM purchase WHERE client_id = :client)
    ORDER BY g.name, g.id"""
_ELSEWHERE = "SELECT coalesce(sum(colleagues), 0) FROM company_view WHERE client_id = ?"


@dataclass(frozen=True, slots=True)
class Colleagues:
    """`here`: names of colleagues of this store who own, sold to or dealt with her; `elsewhere`: how many of others.

    Of other stores only their number is known here (`company_view`), without names, notes or stores.
    """

    here: tuple[str, ...] = ()
    elsewhere: int = 0

    @property
    def count(self) -> int:
        """How many colleagues there are."""
        return len(self.here) + self.elsewhere


def colleagues_of(conn: Connection, client_id: str, viewer: str) -> Colleagues:
    """The colleagues of `viewer` (guide id) who serve a client too."""
    here = conn.exec_driver_sql(_HERE, {"client": client_id, "viewer": viewer}).scalars()
    return Colleagues(tuple(here), int(conn.exec_driver_sql(_ELSEWHERE, (client_id,)).scalar_one()))
