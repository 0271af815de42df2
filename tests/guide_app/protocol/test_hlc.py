import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_app.protocol.hlc import HybridClock, clamp, make_stamp, predecessor, stamp_ms, successor

DAY = 86_400_000


@given(st.lists(st.integers(10 * DAY, 12 * DAY), min_size=1, max_size=60), st.integers(0, 59))
def test_stamps_only_grow_over_clock_steps_and_a_restart(moments: list[int], cut: int) -> None:
    ticks = iter(moments)
    clock = HybridClock(lambda: next(ticks), "0000000a")
    stamps = [clock.tick() for _ in moments[:cut]]
    reborn = HybridClock(lambda: next(ticks), "0000000a", stamps[-1] if stamps else "")
    stamps += [reborn.tick() for _ in moments[cut:]]
    assert stamps == sorted(set(stamps))


def test_after_a_foreign_stamp_ours_are_greater() -> None:
    clock = HybridClock(lambda: 1_000, "0000000a")
    foreign = make_stamp(9_000, 7, "0000000b")
    clock.seen(foreign)
    assert clock.tick() > foreign
    clock.seen(make_stamp(2, 0, "0000000b"))
    assert stamp_ms(clock.tick()) == 9_000


def test_a_full_counter_moves_on_to_the_next_millisecond() -> None:
    clock = HybridClock(lambda: 5, "0000000a", make_stamp(5, 0xFFFF, "0000000a"))
    assert clock.tick() == make_stamp(6, 0, "0000000a")


def test_a_stamp_from_the_future_is_clamped_and_an_honest_one_is_not() -> None:
    assert clamp(make_stamp(500, 3, "0000000a"), 400) == make_stamp(400, 3, "0000000a")
    assert clamp(make_stamp(300, 3, "0000000a"), 400) == make_stamp(300, 3, "0000000a")


@given(st.integers(0, (1 << 47) - 1), st.integers(0, 0xFFFF))
def test_before_and_after_a_stamp_are_its_neighbours(ms: int, counter: int) -> None:
    stamp = make_stamp(ms, counter, "0000000a")
    assert predecessor(successor(stamp)) == stamp < successor(stamp)


def test_nothing_is_before_the_first_stamp() -> None:
    with pytest.raises(ValueError, match="000000000000"):
        predecessor(make_stamp(0, 0, "0000000a"))
