"""Counters in the text format of Prometheus (exposition format 0.0.4). Each worker process counts for itself."""

from __future__ import annotations

import os
import threading
from collections import defaultdict

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_HELP = {
    "guide_requests_total": "Requests answered, by route and status.",
    "guide_request_seconds_total": "Time spent answering, by route.",
    "guide_push_mutations_total": "Mutations taken in, by what became of them.",
    "guide_pull_frames_total": "Record frames handed out.",
    "guide_erp_records_total": "Records taken from tills and other systems, by route.",
    "guide_devices": "Devices enrolled and not revoked, by whether they were heard of within a day.",
    "guide_scope_seq_max": "The highest place in any scope's feed.",
}
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n"})

Labels = tuple[tuple[str, str], ...]


class Metrics:
    """Counters that only grow, safe between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: defaultdict[tuple[str, Labels], float] = defaultdict(float)

    def add(self, name: str, value: float = 1, /, **labels: str) -> None:
        """Add to the counter `name` with these labels."""
        with self._lock:
            self._counts[name, tuple(sorted(labels.items()))] += value

    def text(self, gauges: dict[tuple[str, Labels], float]) -> str:
        """All counters, and `gauges` measured just now."""
        worker: Labels = (("worker", str(os.getpid())),)
        with self._lock:
            counts = dict(self._counts)
        values = [(name, (*labels, *worker), value) for (name, labels), value in counts.items()]
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
