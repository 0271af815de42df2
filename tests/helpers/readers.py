"""Readers of codes by other makers for tests; a case whose reader is missing is skipped and says why."""

from __future__ import annotations

import pytest

from bench.readers import OPENCV, ZBAR, Reader, readers

OTHER_MAKERS = (OPENCV, ZBAR)


def need_reader(name: str) -> Reader:
    """The reader with this name, or skip the calling test with the reason."""
    found = readers()
    if name not in found:
        pytest.skip(f"{name} is not on this machine (its library comes with `tools/setup.sh test`)")
    return found[name]
