"""The files that both ends read: what the wire looks like, byte for byte."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

_FOLDER = Path(__file__).resolve().parents[1] / "protocol" / "golden"


def golden_file(name: str) -> dict[str, Any]:
    """All of `tests/protocol/golden/<name>.json`."""
    found: dict[str, Any] = msgspec.json.decode((_FOLDER / f"{name}.json").read_bytes())
    return found


def golden(name: str) -> list[dict[str, Any]]:
    """The cases of `tests/protocol/golden/<name>.json`."""
    cases: list[dict[str, Any]] = golden_file(name)["cases"]
    return cases
