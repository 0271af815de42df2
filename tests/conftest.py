"""What holds for every test: offscreen Qt, no outside network, no stray errors, nothing left behind.

Markers and fixtures for the exceptions: `@pytest.mark.error_logs("pattern")` for a case that must log an error.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.helpers import leaks, network
from tests.helpers.garbage import collected_here
from tests.helpers.logs import watched_errors
from tests.helpers.order import turn
from tests.helpers.patient_bot import PatientBot

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # read when the first application object is made
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"  # never the keyring of whoever runs this
for _name in ("GUIDE_OFFICE", "GUIDE_KEY_FILE"):
    os.environ.pop(_name, None)

network.shut_outside()

# The gate runs the same cases each time; the soak looks for new ones.
settings.register_profile("gate", deadline=None, derandomize=True, database=None)
settings.register_profile("soak", deadline=None, max_examples=2000, print_blob=True)
settings.load_profile(os.environ.get("GUIDE_HYPOTHESIS", "gate"))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest."""
    items.sort(key=lambda item: turn(item.nodeid.partition("::")[0]))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Keep the garbage of a test with windows on the thread that owns them, until its fixtures have let go too."""
    if "qapp" not in getattr(item, "fixturenames", ()):
        return (yield)
    with collected_here():
        return (yield)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> PatientBot:
    """pytest-qt's fixture of this name, on a machine as slow as it likes."""
    del qapp
    return PatientBot(request)


@pytest.fixture(scope="session", autouse=True)
def _let_go_of_the_clipboard() -> Iterator[None]:
    """Take away what was copied last: Qt's offscreen platform frees a picture that lies there too late, and crashes."""
    yield
    from PySide6.QtGui import QGuiApplication  # noqa: PLC0415 - loaded by then, if any test had a window

    if isinstance(QGuiApplication.instance(), QGuiApplication):
        QGuiApplication.clipboard().clear()


@pytest.fixture(autouse=True)
def _own_data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Point the programs' data folder at the test's own, also for processes that the test starts."""
    monkeypatch.setenv("GUIDE_DATA_DIR", str(tmp_path / "guide-data"))


@pytest.fixture(autouse=True)
def _nothing_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a thread, child process, timer or window, or that logs an error unasked."""
    expected = [pattern for marker in request.node.iter_markers("error_logs") for pattern in marker.args]
    before = leaks.Footprint.take()
    with watched_errors() as records:
        yield
        left = leaks.settle(before)
    if left:
        leaks.put_away(before)
        pytest.fail("left behind: " + "; ".join(left), pytrace=False)
    stray = records.stray(expected)
    if stray:
        pytest.fail("logged unasked: " + "; ".join(stray), pytrace=False)
