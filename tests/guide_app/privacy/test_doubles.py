"""Who is proposed as one and the same person, and who is not."""

from __future__ import annotations

import itertools
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guide_app.flows.desk import Desk
from guide_app.privacy.doubles import Person, doubles
from guide_app.protocol.messages import RecordFrame
from guide_app.protocol.scopes import store_scope
from tests.helpers.book import CHEN, NOW, OTHER_STORE, STORE, actor, ident

BORN = ("solar", 3, 8, False)
ONE = Person(ident(801), STORE, "陈雅婷", "13800005678", "chenyt", "female", BORN, 1991, 1)
BLANK = Person(ident(802), STORE, "另一位", "", "", "", None, None, 2)

PEOPLE = st.lists(
    st.builds(
        Person,
        st.integers(810, 830).map(ident),
        st.sampled_from([STORE, OTHER_STORE]),
        st.sampled_from(["陈", "周"]),
        st.sampled_from(["", "138", "139"]),
        st.sampled_from(["", "wx1", "WX1"]),
        st.sampled_from(["", "female", "male"]),
        st.sampled_from([None, BORN, ("lunar", 3, 8, False)]),
        st.sampled_from([None, 1991, 1992]),
        st.integers(0, 3),
    ),
    max_size=12,
    unique_by=lambda person: person.id,
)


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (replace(BLANK, phone="13800005678"), ("phone",)),
        (replace(BLANK, wechat=" ChenYT "), ("wechat",)),
        (replace(BLANK, name="陈 雅婷", birth=BORN), ("birthday",)),
        (replace(ONE, id=BLANK.id, created_at=2), ("phone", "wechat", "birthday")),
        (replace(BLANK, name="陈雅婷"), None),
        (replace(BLANK, birth=BORN), None),
        (replace(BLANK, name="陈雅婷", birth=BORN, birth_year=1992), None),
        (replace(BLANK, name="陈雅婷", birth=BORN, sex="male"), None),
        (replace(BLANK, name="陈雅婷", birth=BORN, phone="13900000000"), None),
        (replace(BLANK, name="陈雅婷", birth=("lunar", 3, 8, False)), None),
        (replace(ONE, id=BLANK.id, store_id=OTHER_STORE), None),
    ],
)
def test_what_makes_two_records_one_person(other: Person, why: tuple[str, ...] | None) -> None:
    found = doubles([other, ONE])
    assert [pair.why for pair in found] == ([] if why is None else [why])
    assert all((pair.gone, pair.stays) == (other, ONE) for pair in found)


def test_three_records_of_one_phone_leave_one() -> None:
    three = [replace(BLANK, id=ident(840 + n), phone="138", created_at=9 - n) for n in range(3)]
    assert {(pair.gone.id, pair.stays.id) for pair in doubles(three)} == {
        (ident(840), ident(842)), (ident(841), ident(842)),
    }  # fmt: skip


@given(PEOPLE, st.randoms(use_true_random=False))
def test_every_pc_proposes_the_same(people: list[Person], random: Random) -> None:
    shuffled = list(people)
    random.shuffle(shuffled)
    assert doubles(people) == doubles(shuffled)


@given(PEOPLE)
def test_nobody_with_the_phone_of_another_is_missed(people: list[Person]) -> None:
    named = {person.id for pair in doubles(people) for person in (pair.gone, pair.stays)}
    for one in people:
        twins = [p for p in people if p.id != one.id and p.store_id == one.store_id and p.phone == one.phone]
        if one.phone and twins:
            assert one.id in named


def test_what_another_pc_brought_is_proposed_and_merged(desk: Desk) -> None:
    assert desk.privacy.doubles() == []

    def bring(applier: Any) -> None:
        twin = {"name": "陈女士", "phone": "13800005678", "created_at": NOW}
        applier.apply([RecordFrame(store_scope(STORE), "client", ident(850), 980, twin)])

    desk.db.apply(bring)
    (pair,) = desk.privacy.doubles()
    assert (pair.gone.id, pair.stays.id, pair.why) == (ident(850), CHEN, ("phone",))
    desk.client_deeds.merge(pair.gone.id, pair.stays.id, actor())
    assert desk.privacy.doubles() == []


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PEOPLE)
def test_the_book_proposes_what_the_rule_does_over_everybody(desk: Desk, people: list[Person]) -> None:
    """The question to the book looks at few records; nobody is missed by that."""

    def bring(applier: Any) -> None:
        gone = [row[0] for row in applier.conn.exec_driver_sql("SELECT id FROM client").all()]
        applier.apply([RecordFrame(store_scope(STORE), "client", one, next(SEQS), {"name": "-"}) for one in gone])
        applier.apply([_frame(person) for person in people])

    desk.db.apply(bring)
    known = [replace(person, store_id=STORE) for person in people]
    assert [(p.gone.id, p.stays.id, p.why) for p in desk.privacy.doubles()] == [
        (p.gone.id, p.stays.id, p.why) for p in doubles(known)
    ]


SEQS = itertools.count(2_000)


def _frame(person: Person) -> RecordFrame:
    birth = dict(zip(("birth_calendar", "birth_month", "birth_day", "birth_leap"), person.birth or (), strict=False))
    said = {
        "name": person.name, "phone": person.phone, "wechat": person.wechat, "sex": person.sex,
        "birth_year": person.birth_year, "created_at": person.created_at, **birth,
    }  # fmt: skip
    return RecordFrame(store_scope(STORE), "client", person.id, next(SEQS), said)
