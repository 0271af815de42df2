"""Records as head office sends them, and what stands in a table."""

from collections.abc import Callable
from itertools import count

import pytest

from guide_app.flows.desk import Desk
from tests.helpers.book import STORE, Frames

Arrives = Callable[..., str]
_BRAND = frozenset({"house_rule", "sop", "festival", "script", "tag"})


@pytest.fixture
def arrives(desk: Desk) -> Arrives:
    """Call with kind, id and fields: the record comes by sync; returns the id."""
    numbers = count(1000)

    def arrive(kind: str, record_id: str, /, **fields: object) -> str:
        frame = Frames()
        frame._seq = next(numbers)
        row = frame(kind, record_id, store="" if kind in _BRAND else STORE, **fields)
        desk.db.apply(lambda applier: applier.apply([row]))
        return record_id

    return arrive
