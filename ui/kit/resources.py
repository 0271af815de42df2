"""Where the data folder `resources/` lies, in a checkout and in a frozen bundle alike."""

from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2] / "resources"


def resource(*parts: str) -> Path:
    """Path of a shipped data file, e.g. `resource("icons", "today.svg")`.

    PyInstaller's one-folder bundle keeps `resources/` beside `ui/`, so one rule serves both.
    """
    return _ROOT.joinpath(*parts)
