"""Finds the folder of real third-party data that lies beside a checkout on some machines.

Nothing of it belongs to the repository; docs/real-data.md says what it holds. A test that needs it is skipped,
with a sentence, where it is not there.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def real_data_folder() -> Path | None:
    """Return `$GUIDE_REAL_DATA`, else `../shared/data` from the project's root, else None."""
    named = os.environ.get("GUIDE_REAL_DATA")
    folder = Path(named) if named else ROOT.parent / "shared" / "data"
    return folder if folder.is_dir() else None


def need_real_data(relative: str = "") -> Path:
    """Return a path inside the real data, or skip the calling test with the reason."""
    folder = real_data_folder()
    if folder is None or not (folder / relative).exists():
        pytest.skip(f"real data {relative or 'folder'} is not on this machine (GUIDE_REAL_DATA names it)")
    return folder / relative
