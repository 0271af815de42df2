"""Photographs of codes (zxing's black-box set): what we read of them, what zxing-cpp does at first glance, and peers.

The peers' figures were recorded beside the photographs. A text that is not in the photograph counts as wrong; there
should be none.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from curses.ascii import controlnames
from pathlib import Path
from time import thread_time

from PySide6.QtGui import QGuiApplication, QImage

from bench.measure import options
from bench.report import Bench, Peer, Target
from guide_app.sharing.decode import read_codes
from ui.kit.glances import glances

_PERCENT = 100
_PEERS = ("zbar_ok", "opencv_ok")
_WITHIN = Target(most=150)
_NONE = Target(most=0)
_ALSO_THERE = frozenset({
    "9784872348880", "1920081045006",  # the two lines on the back of one Japanese book
    "[内側QRコード]\r\n\r\n*ダブルQR*\r\nhttp://d-qr.net/ex/",  # a code inside a code
})  # fmt: skip
_CONTROLS = 32


def _folder() -> Path | None:
    """Where the photographs are, in the data that `GUIDE_REAL_DATA` names."""
    folder = Path(os.environ.get("GUIDE_REAL_DATA", "")) / "scan"
    return folder if (folder / "manifest.json").exists() else None


def _at_first_glance(picture: QImage) -> tuple[str, ...]:
    """What is read of the picture as it is, taken at its word."""
    only = next(glances(picture))
    return read_codes((only, only))


def _shown(text: str) -> str:
    """A text as decoders show it to people: control characters by their names."""
    return "".join(f"<{controlnames[ord(c)]}>" if ord(c) < _CONTROLS and c not in "\r\n" else c for c in text)


def main(arguments: Sequence[str] | None = None) -> None:
    """Read every photograph, count what was read right by set, and time one."""
    given = options("scan_photos", arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QGuiApplication.instance() or QGuiApplication(["bench"])
    folder = _folder()
    if folder is None:
        sys.stdout.write("skipped: GUIDE_REAL_DATA names no folder that holds scan/manifest.json\n")
        return
    bench = Bench("scan_photos", given.given, given.out)
    right: dict[str, list[bool]] = defaultdict(list)
    at_once: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    peers: dict[str, Counter[str]] = defaultdict(Counter)
    spent: dict[str, list[float]] = defaultdict(list)
    for row in json.loads((folder / "manifest.json").read_text("utf-8")):
        file, name, expected = folder / row["set"] / row["image"], row["set"], _shown(row["expected"])
        if not file.exists():
            continue
        picture = QImage(str(file))
        begun = thread_time()
        texts = read_codes(glances(picture))
        spent[name].append((thread_time() - begun) * 1000)
        right[name].append(expected in texts)
        wrong[name] += len(set(texts) - _ALSO_THERE - {expected})
        at_once[name] += expected in _at_first_glance(picture)
        peers[name].update({peer: int(row.get(peer) or 0) for peer in _PEERS})
    for name, results in sorted(right.items()):
        share, best = _PERCENT / len(results), max(peers[name].values())
        work = f"{name}: {len(results)} photographs"
        before = Peer("zxing-cpp at first glance", share * at_once[name])
        bench.add(f"{work} read right", share * sum(results), "%", Target(least=share * best), before)
        bench.add(f"{work}, texts that are not in them", wrong[name], "", _NONE)
        bench.add(f"{work}, most processor time", max(spent[name]), "ms", _WITHIN)
    bench.finish()
    app.processEvents()


if __name__ == "__main__":
    main()
