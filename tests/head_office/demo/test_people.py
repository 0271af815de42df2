from __future__ import annotations

from collections import Counter

from borax.calendars.lunardate import LunarDate
from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.dates import YearlyDate, next_occurrence
from guide_app.base.phone import normalise_phone
from head_office.demo.births import birth
from head_office.demo.brand import Brand
from head_office.demo.names import POLYPHONES
from head_office.demo.people import PREFIXES
from head_office.demo.rng import stream
from tests.head_office.demo.conftest import TODAY


def test_phone_numbers_look_right_are_unique_and_ring_nowhere(brand: Brand) -> None:
    phones = [c.phone for c in brand.clients]
    assert len(set(phones)) == len(phones)
    assert all(normalise_phone(p) == p and p.startswith(PREFIXES) for p in phones)
    assert all(s.phone.startswith("021-9") for s in brand.stores)


def test_hard_names_are_among_the_clients(brand: Brand) -> None:
    names = [c.name for c in brand.clients]
    for surname in POLYPHONES:
        assert any(name.startswith(surname) for name in names)
    assert {"王𠮷", "刘䶮", "陈雅婷", "周建国", "林小满", "赵敏", "吴佳"} <= set(names)
    assert any(name.startswith(("欧阳", "上官", "诸葛", "司马")) for name in names)


def test_common_surnames_are_common(brand: Brand) -> None:
    first = Counter(c.name[0] for c in brand.clients)
    assert {"王", "李", "张"} <= {name for name, _ in first.most_common(4)}


def test_birthdays_are_told_in_every_way(brand: Brand) -> None:
    told = Counter(
        (c.birth_calendar, c.birth_year is not None, c.birth_month is not None, c.birth_day is not None, c.birth_leap)
        for c in brand.clients
    )
    for way in (
        ("solar", True, True, True, False),
        ("solar", False, True, True, False),
        ("solar", False, True, False, False),
        ("solar", False, False, False, False),
        ("lunar", True, True, True, False),
        ("lunar", True, True, True, True),
    ):
        assert told[way] > 0, way
    assert any(c.birth_calendar == "lunar" and c.birth_day == 30 for c in brand.clients)


@given(st.integers(0, 10**6), st.integers(1950, 2008))
def test_every_whole_birthday_is_a_day_that_was(seed: int, year: int) -> None:
    born = birth(stream(seed), year)
    if born.year is None:
        return
    assert born.month is not None
    assert born.day is not None
    if born.calendar == "lunar":
        LunarDate(born.year, born.month, born.day, int(born.leap)).to_solar_date()
    else:
        assert YearlyDate(born.month, born.day).month == born.month


def test_zhou_jianguo_s_lunar_birthday_is_tomorrow(brand: Brand) -> None:
    him = next(c for c in brand.clients if c.name == "周建国")
    assert him.birth_calendar == "lunar"
    assert him.birth_month is not None
    assert him.birth_day is not None
    kept = next_occurrence(YearlyDate(him.birth_month, him.birth_day, "lunar"), TODAY)
    assert (kept - TODAY).days == 1
    assert any(t.client_id == him.id and t.kind == "birthday" and t.status == "open" for t in brand.tasks)


def test_all_states_of_consent_occur(brand: Brand) -> None:
    states = Counter(c.contact_state for c in brand.clients)
    assert set(states) == {"none", "one_to_one", "marketing", "refused"}
    assert min(states.values()) > 50
    asked = [c for c in brand.clients if c.contact_state != "none"]
    assert all(c.consent_at and c.consent_version for c in asked)


def test_each_guide_has_a_book(brand: Brand) -> None:
    books = Counter(c.primary_guide_id for c in brand.clients)
    guides = {g.id for g in brand.guides if g.role == "guide"}
    assert set(books) == guides
    assert min(books.values()) > 60
