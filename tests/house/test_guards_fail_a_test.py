"""Seeds one offence per guard into a throw-away test file and sees the guard fail it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

OFFENCES = """
import logging, socket, subprocess, sys, threading, warnings
import pytest
from PySide6.QtCore import QThread, QTimer, qWarning
from PySide6.QtWidgets import QWidget
from tests.helpers import leaks

leaks.GRACE_SECONDS = 0.2
kept = []

def test_thread():
    stop = threading.Event()
    threading.Thread(target=stop.wait, args=(8,), daemon=True).start()

def test_process():
    kept.append(subprocess.Popen([sys.executable, "-c", "import time; time.sleep(8)"]))

def test_timer(qapp):
    kept.append(QTimer())
    kept[-1].start(60_000)

def test_window(qapp):
    kept.append(QWidget())
    kept[-1].show()

def test_error_log():
    logging.getLogger("guide_app").error("lost")

def test_qt_warning(qapp):
    qWarning("layout already set")

def test_warning():
    warnings.warn("old way", DeprecationWarning)

def test_thread_exception():
    worker = threading.Thread(target=lambda: 1 / 0)
    worker.start()
    worker.join()

def test_network():
    socket.create_connection(("192.0.2.1", 80), timeout=1)
"""
GOOD = "\ndef test_good(tmp_path):\n    assert tmp_path.is_dir()\n"


def test_every_seeded_offence_is_found_and_a_good_test_passes(tmp_path: Path) -> None:
    (tmp_path / "test_seeded.py").write_text(OFFENCES + GOOD)
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-c", str(ROOT / "pyproject.toml"), "--rootdir", str(tmp_path)),
            *("-p", "tests.conftest", "-p", "no:xdist", "-rA", "--tb=no", str(tmp_path)),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    summary = [line.split(" - ")[0] for line in done.stdout.splitlines() if "test_seeded.py::" in line]
    bad = {line.rpartition("::")[2] for line in summary if line.startswith(("FAILED", "ERROR"))}
    names = {line.split("(")[0].removeprefix("def ") for line in OFFENCES.splitlines() if line.startswith("def ")}
    assert bad == names
