"""What answers in the event loop, before a worker thread is taken."""

from __future__ import annotations

from dataclasses import dataclass

from head_office.api.admission import Admission, Gate
from head_office.api.hints import HeadWatch
from head_office.api.looks import Looks
from head_office.api.services import Services


@dataclass(frozen=True, slots=True)
class Front:
    """The looks, the waiting PCs and the gate of one process."""

    looks: Looks
    heads: HeadWatch
    admission: Admission


def make_front(services: Services, gate: Gate) -> Front:
    """The front of one process."""
    admission = Admission(gate, services.metrics)
    heads = HeadWatch(services.engine, services.metrics, admission.spread_s)
    return Front(Looks(services.engine, services.clock), heads, admission)
