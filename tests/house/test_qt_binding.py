"""Guards the pin of the Qt binding.

PySide6 6.12.0 on Python 3.11 loses a reference to None at every void Qt call and ends the process with
"Fatal Python error: none_dealloc" after some 5,000 calls.
"""

from __future__ import annotations

import subprocess
import sys

SCRIPT = """
from PySide6.QtCore import QObject
thing = QObject()
for _ in range(20_000):
    thing.setObjectName("x")
print("alive")
"""


def test_a_void_method_can_be_called_twenty_thousand_times() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "alive"
