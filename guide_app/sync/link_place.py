"""Asks for the key and the domain of links when the house rule `links` says that there is something new.

Links that went out keep opening; the next poster is signed with the new key and carries the new domain.
"""

from __future__ import annotations

import logging

from sqlalchemy import Connection

from guide_app.base.errors import GuideError
from guide_app.protocol.messages import LinkPlace
from guide_app.store.apply import Applier
from guide_app.store.database import Database
from guide_app.store.device import save_device
from guide_app.store.house_rules import house_rule
from guide_app.sync.office import Office

_RULE, _PART = "links", "version"
_KNOWN = "sync.links"
_log = logging.getLogger(__name__)


def refresh_link_place(db: Database, office: Office) -> None:
    """Ask if the rule has another version than the one asked for last; what goes wrong is asked again next time."""
    said, known = db.query(_versions)
    if said in ("", known):
        return
    try:
        place = office.link_place()
    except GuideError as e:
        _log.warning("new key and domain of links are not known yet: %s", e.code)
        return
    db.apply(lambda applier: _keep(applier, place, said))


def _versions(conn: Connection) -> tuple[str, str]:
    """The version that head office speaks of, and the one that was taken over; empty where there is none."""
    said = house_rule(conn, _RULE).get(_PART)
    known = conn.exec_driver_sql("SELECT value FROM setting WHERE key = ?", (_KNOWN,)).scalar()
    return "" if said is None else str(said), str(known or "")


def _keep(applier: Applier, place: LinkPlace, version: str) -> None:
    save_device(applier.conn, key_no=place.key_no, link_key=bytes.fromhex(place.link_key), link_origin=place.origin)
    applier.conn.exec_driver_sql(
        "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (_KNOWN, version),
    )
