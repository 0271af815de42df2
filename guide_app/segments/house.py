"""Head office's limits of cells, stages and rhythm, read from its house rule `segment_limits`."""

from __future__ import annotations

from dataclasses import fields

from sqlalchemy import Connection

from guide_app.segments.grids import LIMITS, Limits
from guide_app.store.house_rules import Figure, figure

_DAYS, _ORDERS, _FEN = 3_650, 1_000, 1_000_000_000
_MOST = {"days": _DAYS, "orders": _ORDERS, "fen": _FEN}
_FIGURES = {
    one.name: Figure("segment_limits", one.name, getattr(LIMITS, one.name), 1, _MOST[one.name.rpartition("_")[2]])
    for one in fields(Limits)
}


def house_limits(conn: Connection) -> Limits:
    """`segment_limits {"recent_days": 90, …}`; limits out of order (recent after asleep …) hold as the defaults."""
    said = Limits(**{name: figure(conn, one) for name, one in _FIGURES.items()})
    ordered = (
        said.recent_days < said.asleep_days < said.lost_days
        and said.some_orders < said.many_orders
        and said.some_fen < said.much_fen
    )
    return said if ordered else LIMITS
