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


def _held(driver: str, environ: Mapping[str, str], *moments: str) -> list[float]:
    window = Started(driver, environ, "--stay")
    held = []
    try:
        for moment in moments:
            window.until(moment)
            held.append(held_mib(window.pid))
    finally:
        window.stop()
    return held


def main(arguments: Sequence[str] | None = None) -> None:
    """Open both, wait until they are at rest, look."""
    given = options("memory", arguments, clients=100_000)
    bench = Bench("memory", given.given, given.out)
    with tempfile.TemporaryDirectory() as folder, screen() as environ:
        here = prepared(Path(folder), given.clients, environ)
        bare, (opened, rested) = _held("bare.py", here, "ready"), _held("window.py", here, "ready", "rest")
        peer = Peer("bare PySide6 window", *bare)
        bench.add(f"window just opened, {given.clients:,} clients, PSS", opened, "MiB", Target(), peer)
        bench.add(f"window at rest, {given.clients:,} clients, PSS", rested, "MiB", _IDLE, peer)
    bench.finish()


if __name__ == "__main__":
    main()
