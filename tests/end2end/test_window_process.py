"""`guide` as a process of its own: it opens, works, closes, and leaves with exit code 0."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.helpers.book import KEY, PIN, HandClock, open_desk
from tests.helpers.repository import ROOT

# Visits every page as soon as the window is at work, again after each jump of the PC's clock (a day ahead, back behind
# where it was, an hour ahead) and "sync now" with an office that refuses connections; then closes it as a user would.
VISITOR = """
import sys
import time
from PySide6.QtCore import QTimer
from guide_app.cli.main import main
from guide_app.cli.shell.desk_window import DeskWindow
from ui.kit.page import Target

begin, real, HOUR = DeskWindow.__init__, time.time_ns, 3_600 * 1_000_000_000
jumps, off = [24 * HOUR, -48 * HOUR, 25 * HOUR], [0]
time.time_ns = lambda: real() + off[0]

def visit(shell, *args, **kwargs):
    begin(shell, *args, **kwargs)
    left = list(shell.window.pages.specs)
    timer = QTimer(shell.window)

    def step():
        if not shell.active or shell.work.pending():
            return
        if left:
            shell.window.go(Target(left.pop(0)))
        elif jumps:
            off[0] += jumps.pop()
            left.extend(shell.window.pages.specs)
            shell.window.sync_asked.emit()
        else:
            print(shell.monitor.status.state, flush=True)
            timer.stop()
            shell.window.close()

    timer.timeout.connect(step)
    timer.start(20)

DeskWindow.__init__ = visit
sys.exit(main([]))
"""


def test_the_program_opens_every_page_and_leaves_in_order(tmp_path: Path) -> None:
    key = tmp_path / "pc.key"
    key.write_text(KEY.hex() + "\n", encoding="ascii")
    with open_desk(tmp_path, HandClock()) as desk:
        desk.roster.login("0231", PIN)
    environ = {
        **os.environ, "GUIDE_DATA_DIR": str(tmp_path), "GUIDE_KEY_FILE": str(key),
        "GUIDE_OFFICE": "http://127.0.0.1:9", "QT_QPA_PLATFORM": "offscreen",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", VISITOR],
        cwd=ROOT, env=environ, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    assert done.stdout.split() == ["offline"], "what the sync page says, whatever the clock does"
    assert not (tmp_path / "log" / "guide.log").exists(), "nothing to tell the helpdesk"
