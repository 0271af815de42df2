"""Counters in the text format of Prometheus (exposition format 0.0.4). Each worker process counts for itself."""

from __future__ import annotations

import os
import threading
from collections import defaultdict
from collections.abc import Callable

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_HELP = {
    "guide_requests_total": "Requests answered, by route and status.",
    "guide_request_seconds_total": "Time spent answering, by route.",
    "guide_push_mutations_total": "Mutations taken in, by what became of them.",
    "guide_pull_frames_total": "Record frames handed out.",
    "guide_erp_records_total": "Records taken from tills and other systems, by route.",
    "guide_admission_total": "Heavy requests at the gate, by what became of them.",
    "guide_admission_wait_seconds_total": "Time that heavy requests waited for their turn.",
    "guide_admission_in_flight": "Heavy requests let in and not answered yet.",
    "guide_admission_queued": "Heavy requests that wait for their turn.",
    "guide_admission_rate": "Heavy requests a second that get done when the office is busy.",
    "guide_hints_total": "Waits for news that ended, by what was said.",
    "guide_hint_waiting": "PCs that wait for news.",
    "guide_devices": "Devices enrolled and not revoked, by whether they were heard of within a day.",
    "guide_scope_seq_max": "The highest place in any scope's feed.",
}
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n"})

Labels = tuple[tuple[str, str], ...]


class Metrics:
    """Counters that only grow, and values read when asked for; safe between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._measures: dict[str, Callable[[], float]] = {}
        self._counts: defaultdict[tuple[str, Labels], float] = defaultdict(float)

    def add(self, name: str, value: float = 1, /, **labels: str) -> None:
        """Add to the counter `name` with these labels."""
        with self._lock:
            self._counts[name, tuple(sorted(labels.items()))] += value

    def measure(self, name: str, read: Callable[[], float]) -> None:
        """Have `read` say the value of the gauge `name` of this process whenever the metrics are asked for."""
        self._measures[name] = read

    def text(self, gauges: dict[tuple[str, Labels], float]) -> str:
        """All counters, and `gauges` measured just now."""
        worker: Labels = (("worker", str(os.getpid())),)
        with self._lock:
            counts = dict(self._counts)
        values = [(name, (*labels, *worker), value) for (name, labels), value in counts.items()]
        values += [(name, worker, read()) for name, read in self._measures.items()]
        values += [(name, labels, value) for (name, labels), value in gauges.items()]
        lines: list[str] = []
        for name, what in _HELP.items():
            mine = sorted((labels, value) for other, labels, value in values if other == name)
            if mine:
                kind = "counter" if name.endswith("_total") else "gauge"
                lines += [f"# HELP {name} {what}", f"# TYPE {name} {kind}"]
                lines += [f"{name}{_braces(labels)} {value:g}" for labels, value in mine]
        return "\n".join(lines) + "\n"


def _braces(labels: Labels) -> str:
    inner = ",".join(f'{name}="{value.translate(_ESCAPES)}"' for name, value in labels)
    return f"{{{inner}}}" if inner else ""
