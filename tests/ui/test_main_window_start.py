"""What the first paint may cost: no heavy library, no Qt module beyond the four."""

import json
import subprocess
import sys

from tests.helpers.repository import ROOT

HEAVY = {"sqlalchemy", "sqlcipher3", "requests", "qrcode", "numpy", "PIL", "pypinyin", "zxingcpp", "argon2", "keyring"}
LOOK = """
import json, sys
import ui.app, ui.main_window, ui.kit.theme, ui.kit.undo, ui.kit.i18n
print(json.dumps(sorted(sys.modules)))
"""


def test_the_shell_loads_nothing_heavy() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOOK], cwd=ROOT, check=True, capture_output=True, text=True, timeout=60
    )
    modules = json.loads(done.stdout)
    assert {name.partition(".")[0] for name in modules} & HEAVY == set()
    assert {name for name in modules if name.startswith("PySide6.Qt")} == {
        "PySide6.QtCore",
        "PySide6.QtGui",
        "PySide6.QtSvg",
        "PySide6.QtWidgets",
    }
    late = {"ui.kit.rows", "ui.kit.paged", "ui.kit.hit_list", "ui.kit.lock", "ui.kit.instance", "ui.kit.strings"}
    assert late & set(modules) == set()
