"""Memory of the idle window over a large book: proportional set size, beside the barest PySide6 window (Linux)."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.display import Started, screen
from bench.measure import held_mib, options
from bench.report import Bench, Peer, Target
from bench.start import prepared

_IDLE = Target(most=110)


def _held(driver: str, environ: Mapping[str, str]) -> float:
    window = Started(driver, environ, "--stay")
    try:
        window.until("ready")
        return held_mib(window.pid)
    finally:
        window.stop()


def main(arguments: Sequence[str] | None = None) -> None:
    """Open both, wait until they are at rest, look."""
    given = options("memory", arguments, clients=100_000)
    bench = Bench("memory", given.given, given.out)
    with tempfile.TemporaryDirectory() as folder, screen() as environ:
        here = prepared(Path(folder), given.clients, environ)
        peer = Peer("bare PySide6 window", _held("bare.py", here))
        bench.add(f"window at rest, {given.clients:,} clients, PSS", _held("window.py", here), "MiB", _IDLE, peer)
    bench.finish()


if __name__ == "__main__":
    main()
