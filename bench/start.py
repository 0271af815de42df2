"""From starting the process to the first painted window, over a full book, in turns with the barest PySide6 window."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median

from bench.book import KEY, open_book
from bench.display import Started, screen
from bench.measure import options
from bench.report import Bench, Peer, Target

_AWAY = "http://127.0.0.1:9"
_PAINTED = Target(ratio_most=1.7)
_READY = Target(ratio_most=4)
_GAP = Target(most=50)


def prepared(folder: Path, clients: int, environ: Mapping[str, str]) -> dict[str, str]:
    """A book of so many clients in `folder`, its head office away, and the environment to start on it."""
    data = folder / "data"
    data.mkdir(parents=True)
    db, _ = open_book(data, clients)
    db.close()
    (folder / "key").write_text(KEY.hex(), "ascii")
    return {
        **environ,
        "GUIDE_DATA_DIR": str(data),
        "GUIDE_KEY_FILE": str(folder / "key"),
        "GUIDE_OFFICE": _AWAY,
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Start both by turns."""
    given = options("start", arguments, clients=10_000, repeats=5)
    bench = Bench("start", given.given, given.out)
    bare: list[float] = []
    painted: list[float] = []
    ready: list[float] = []
    gaps: list[float] = []
    with tempfile.TemporaryDirectory() as folder, screen() as environ:
        here = prepared(Path(folder), given.clients, environ)
        for _ in range(given.repeats):
            window = Started("bare.py", here)
            bare.append(window.until("painted"))
            window.stop()
            window = Started("window.py", here)
            painted.append(window.until("painted"))
            ready.append(window.until("ready"))
            window.until("gap")
            gaps.append(float(window.line.split()[1]))
            window.stop()
    peer = Peer("bare PySide6 window", median(bare))
    book = f"{given.clients:,} clients"
    bench.add(f"start to first painted window, {book}", median(painted), "ms", _PAINTED, peer)
    bench.add(f"start to pages at work, all read, {book}", median(ready), "ms", _READY, peer)
    bench.add("longest stand of the event loop meanwhile, median", median(gaps), "ms", _GAP)
    bench.skip("MusicBrainz Picard, Anki", "not among the peers that pip installs without a desktop session")
    bench.finish()


if __name__ == "__main__":
    main()
