import uuid

from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.ids import IdMaker, RandomBits, uuid7, uuid7_ms


@given(st.integers(0, (1 << 48) - 1), st.integers(0, (1 << 74) - 1))
def test_ids_are_version_7_and_carry_their_moment(ms: int, rand: int) -> None:
    made = uuid.UUID(uuid7(ms, rand))
    assert made.version == 7
    assert made.variant == uuid.RFC_4122
    assert uuid7_ms(str(made)) == ms


@given(st.lists(st.integers(1, 10**12), min_size=1, max_size=50))
def test_ids_only_grow_even_when_the_clock_steps_back(moments: list[int]) -> None:
    ticks = iter(moments)
    make = IdMaker(lambda: next(ticks))
    ids = [make() for _ in moments]
    assert ids == sorted(set(ids))


def test_the_last_random_value_of_a_millisecond_moves_on_to_the_next() -> None:
    make = IdMaker(lambda: 5, lambda bits: (1 << bits) - 1)
    first, second = make(), make()
    assert first < second
    assert uuid7_ms(second) == 6


def test_random_bits_are_as_many_as_are_asked_for_and_not_the_same_twice() -> None:
    bits = RandomBits()
    asked = [74, 32] * 2_000  # several pages
    given_ = [bits(size) for size in asked]
    assert all(0 <= value < 1 << size for value, size in zip(given_, asked, strict=True))
    assert len({value for value, size in zip(given_, asked, strict=True) if size == 74}) == 2_000
    assert max(given_[::2]) >> 73 == 1, "the highest bit is random too"
    assert max(given_[1::2]) >> 31 == 1
