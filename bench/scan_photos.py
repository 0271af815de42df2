"""Photographs of codes (zxing's black-box set) and what our decoder reads of them, beside the recorded peers."""

from __future__ import annotations

import json
import os
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QGuiApplication, QImage

from bench.measure import options, usual
from bench.report import Bench, Target
from guide_app.sharing.check import Pixels
from guide_app.sharing.decode import read_codes

_PERCENT = 100
_PEERS = ("zbar_ok", "opencv_ok")
_WITHIN = Target(most=150)


def _folder() -> Path | None:
    """Where the photographs are, in the data that `GUIDE_REAL_DATA` names."""
    folder = Path(os.environ.get("GUIDE_REAL_DATA", "")) / "scan"
    return folder if (folder / "manifest.json").exists() else None


def _read(picture: QImage) -> tuple[str, ...]:
    plain = picture.convertToFormat(QImage.Format.Format_RGB32)
    return read_codes(Pixels(plain.width(), plain.height(), plain.bytesPerLine(), plain.constBits()))


def main(arguments: Sequence[str] | None = None) -> None:
    """Read every photograph, count what was read right by set, and time one."""
    given = options("scan_photos", arguments, repeats=10)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QGuiApplication.instance() or QGuiApplication(["bench"])
    folder = _folder()
    if folder is None:
        sys.stdout.write("skipped: GUIDE_REAL_DATA names no folder that holds scan/manifest.json\n")
        return
    bench = Bench("scan_photos", given.given, given.out)
    right: dict[str, list[bool]] = defaultdict(list)
    peers: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    picture = QImage()
    for row in json.loads((folder / "manifest.json").read_text("utf-8")):
        file = folder / row["set"] / row["image"]
        if not file.exists():
            continue
        picture = QImage(str(file))
        right[row["set"]].append(row["expected"] in _read(picture))
        for peer in _PEERS:
            peers[row["set"]][peer] += int(row.get(peer) or 0)
    for name, results in sorted(right.items()):
        best = max(peers[name].values())
        bench.add(f"{name}: {len(results)} photographs read right", _PERCENT * sum(results) / len(results), "%",
                  Target(least=_PERCENT * best / len(results)))  # fmt: skip
    bench.add("reading the last photograph", usual(lambda: _read(picture), given.repeats).wall, "ms", _WITHIN)
    bench.finish()
    app.processEvents()


if __name__ == "__main__":
    main()
