"""Keeps the queue's stamps in the order of its numbers where the clock that gave them had run ahead and was put right.

A PC whose clock ran a year ahead goes on from the office's time once everything is settled. If the office then goes
back to a backup, changes from both sides of that step wait together: by their stamps the older one would win.
"""

from __future__ import annotations

from sqlalchemy import Connection

from guide_app.protocol.hlc import predecessor


def keep_order(conn: Connection, after: int) -> None:
    """Lower the stamps of changes numbered above `after` that are not less than a later one's, to just below it.

    For what the office has not got only: it would take a change with another stamp for that of another PC.
    """
    rows = conn.exec_driver_sql("SELECT mid, stamp FROM outbox WHERE mid > ? ORDER BY mid DESC", (after,)).all()
    lowered: list[tuple[str, int]] = []
    ceiling = ""
    for mid, stamp in rows:
        if ceiling and stamp >= ceiling:
            ceiling = predecessor(ceiling)
            lowered.append((ceiling, mid))
        else:
            ceiling = stamp
    if lowered:
        conn.exec_driver_sql("UPDATE outbox SET stamp = ? WHERE mid = ?", lowered)
