"""For those who run the office: alive, ready, counted."""

from __future__ import annotations

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from guide_app.base.clock import DAY_MS
from head_office.api.call import Answer, Call, busy, json_answer
from head_office.api.metrics import MEDIA_TYPE, Labels
from head_office.api.operation import Operation
from head_office.api.services import Services
from head_office.store.migrate import is_current

_DEVICES = "SELECT last_contact_ms >= %(since)s, count(*) FROM device WHERE revoked_ms IS NULL GROUP BY 1"
_SEQ = "SELECT coalesce(max(seq), 0) FROM feed_head"


def healthz(_services: Services, _call: Call) -> Answer:
    """The process answers."""
    return json_answer({"status": "ok"})


def readyz(services: Services, _call: Call) -> Answer:
    """The database answers and has the schema this program needs."""
    try:
        current = is_current(services.engine)
    except SQLAlchemyError as e:
        raise busy() from e
    if not current:
        raise busy()
    return json_answer({"status": "ready"})


def metrics(services: Services, _call: Call) -> Answer:
    """Counters and gauges for Prometheus."""
    with services.engine.connect() as connection:
        gauges = _gauges(connection, services.clock.now_ms())
    return Answer(200, services.metrics.text(gauges).encode(), MEDIA_TYPE)


def _gauges(connection: Connection, now_ms: int) -> dict[tuple[str, Labels], float]:
    gauges: dict[tuple[str, Labels], float] = {
        ("guide_devices", (("seen", seen),)): 0.0 for seen in ("today", "earlier")
    }
    for recent, count in connection.exec_driver_sql(_DEVICES, {"since": now_ms - DAY_MS}):
        gauges["guide_devices", (("seen", "today" if recent else "earlier"),)] = count
    gauges["guide_scope_seq_max", ()] = connection.exec_driver_sql(_SEQ).scalar_one()
    return gauges


_STATUS = dict[str, str]

OPERATIONS = (
    Operation("GET", "/healthz", healthz, "存活", "ops", response=_STATUS, blocking=False),
    Operation("GET", "/readyz", readyz, "就绪: 数据库可达且表结构最新", "ops", response=_STATUS),
    Operation("GET", "/metrics", metrics, "Prometheus 指标", "ops", response="text/plain"),
)
