"""Which pictures come first and which make room."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.clock import DAY_MS
from guide_app.sync.blobs import Held
from guide_app.sync.shelf import Plan, Wanted, in_order, plan

NOW = 1_795_000_000_000
NAMES = st.sampled_from("abcdefghijkl")


def test_what_is_on_sale_comes_first_the_newest_before_the_old() -> None:
    wanted = [Wanted("old", True, 1), Wanted("gone", False, 9), Wanted("new", True, 3)]
    assert in_order(wanted, [], {}, NOW) == ["new", "old", "gone"]


def test_what_she_looks_for_now_comes_before_everything() -> None:
    wanted = [Wanted("new", True, 3), Wanted("gone", False, 1), Wanted("old", True, 2)]
    assert in_order(wanted, ["gone", "of no product"], {}, NOW) == ["gone", "new", "old"]


def test_what_was_shown_today_stays_before_what_was_not() -> None:
    wanted = [Wanted("new", True, 9), Wanted("today", True, 1), Wanted("before", True, 2), Wanted("sold out", False, 3)]
    shown = {"today": NOW - 1, "before": NOW - 2 * DAY_MS, "sold out": NOW - 5, "new": 0}
    held = {name: Held(1, at) for name, at in shown.items()}
    assert in_order(wanted, [], held, NOW) == ["today", "sold out", "before", "new"]


def test_a_picture_of_two_products_counts_for_the_better() -> None:
    assert in_order([Wanted("a", False, 9), Wanted("b", True, 2), Wanted("a", True, 5)], [], {}, NOW) == ["a", "b"]


def test_room_is_made_from_the_least_useful_end() -> None:
    held = {"a": Held(40, 0), "b": Held(40, 0), "c": Held(40, 0), "nobody's": Held(40, 0)}
    found = plan(["a", "new", "b", "c"], held, 80)
    assert [wish.sha256 for wish in found.fetch] == ["new"]
    assert found.drop == ("c", "nobody's")


def test_pictures_of_no_product_stay_while_there_is_room() -> None:
    held = {"a": Held(40, 0), "seen": Held(30, 5), "unseen": Held(30, 0)}
    assert plan(["a"], held, 80).drop == ("unseen",)
    assert plan(["a"], held, 100).drop == ()


@given(
    order=st.lists(NAMES, unique=True),
    held=st.dictionaries(NAMES, st.builds(Held, st.integers(1, 50), st.integers(0, 9))),
    budget=st.integers(0, 200),
    sizes=st.dictionaries(NAMES, st.integers(1, 50)),
)
def test_nothing_is_fetched_that_is_taken_out_again(
    order: list[str], held: dict[str, Held], budget: int, sizes: dict[str, int]
) -> None:
    disk = dict(held)
    for _ in range(len(order) + 2):
        found = plan(order, disk, budget)
        for name in found.drop:
            del disk[name]
        came = False
        extra = 0
        for wish in found.fetch:
            if wish.above + extra >= budget:
                break
            disk[wish.sha256] = Held(sizes.get(wish.sha256, 7), 0)
            extra += disk[wish.sha256].size
            came = True
        if not came and not found.drop:
            break
    settled = plan(order, disk, budget)
    assert settled.drop == ()
    assert fetchable(settled) == []
    assert sum(one.size for one in disk.values()) < budget + 50


def fetchable(found: Plan) -> list[str]:
    return [wish.sha256 for wish in found.fetch if wish.above < found.budget]
