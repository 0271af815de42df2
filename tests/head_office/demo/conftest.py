"""One demo brand for all tests of this folder; it is frozen data."""

from __future__ import annotations

import datetime as dt

import pytest

from head_office.demo.brand import Brand, build

TODAY = dt.date(2026, 11, 21)


@pytest.fixture(scope="session")
def brand() -> Brand:
    """The brand on a Saturday before 双十二."""
    return build(TODAY)
