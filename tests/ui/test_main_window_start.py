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

#: `guide` without a verb, up to where it would open the window: what is loaded there leaves no source text behind.
KEPT = """
import linecache, sys, types
from guide_app.cli.main import main

def run_window(place):
    assert "PySide6.QtCore" in sys.modules
    import guide_app.cli.shell.backstage, ui.main_window
    print([name for name in linecache.cache if name == ui.main_window.__file__], "pypinyin" in sys.modules)
    return 0

sys.modules["guide_app.cli.window"] = types.SimpleNamespace(run_window=run_window)
sys.exit(main([]))
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


def test_no_source_text_and_no_table_of_readings_is_kept_before_it_is_needed() -> None:
    done = subprocess.run(
        [sys.executable, "-c", KEPT], cwd=ROOT, check=True, capture_output=True, text=True, timeout=60
    )
    assert done.stdout.strip() == "[] False"
