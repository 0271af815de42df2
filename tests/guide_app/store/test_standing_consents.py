"""Statements over many clients say of a consent what her own ledger says of it."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from hypothesis import given
from hypothesis import strategies as st

from guide_app.privacy.model import agreement
from guide_app.protocol.records import Consent
from guide_app.store.standing_consents import STANDS
from tests.helpers.book import LIN, NOW, WANG, ident

FACTS = st.lists(
    st.builds(
        Consent,
        id=st.integers(0, 9).map(ident),
        client_id=st.just(LIN),
        granted=st.booleans(),
        guide_id=st.sampled_from([None, WANG]),
        at=st.integers(NOW - 5, NOW),
    ),
    max_size=7,
)


@given(FACTS)
def test_a_statement_says_what_the_ledger_says(facts: list[Consent]) -> None:
    rows = [(fact.granted, fact.guide_id, fact.at) for fact in facts]
    with closing(sqlite3.connect(":memory:")) as book:
        book.execute("CREATE TABLE consent (granted INTEGER, guide_id TEXT, at INTEGER)")
        book.executemany("INSERT INTO consent VALUES (?, ?, ?)", rows)
        (said,) = book.execute(f"SELECT {STANDS} FROM consent").fetchone()
    standing = {None: "unasked", 0: "withdrawn", 1: "granted"}[said]
    assert standing == agreement(facts, "marketing", "any", NOW).standing
