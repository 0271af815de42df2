"""The fixture shop and a visitor."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from tests.head_office.landing.shop import Browser, Shop


@pytest.fixture
def shop(office_engine: Engine) -> Shop:
    """The usual shop on a database of its own."""
    return Shop(office_engine)


@pytest.fixture
def visitor(shop: Shop) -> Browser:
    """A customer's phone that was never here."""
    return Browser(shop.app)
