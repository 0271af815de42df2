from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from guide_app.protocol.coupon_bill import Ticket, obstacles, take_off
from guide_app.protocol.coupon_mix import best, choices, may_go_together
from tests.guide_app.protocol.coupons import AT, bill, template, ticket

OURS = bill((56900, 1), (11380, 2))
EIGHTY = ticket(1, kind="threshold_off", min_spend_fen=40000, discount_fen=8000, exclusive_group="满减")
TENTH = ticket(2, kind="percent_off", percent_off=10, exclusive_group="满减")
BIG = ticket(3, kind="threshold_off", min_spend_fen=100000, discount_fen=23000)


def test_the_best_of_rivals_is_taken_and_the_others_say_why_not() -> None:
    mix = best([TENTH, BIG, EIGHTY], OURS)
    assert (mix.ids, mix.total_fen, mix.lines(2)) == (frozenset({"c1"}), 8000, (6667, 1333))
    said = [
        (c.ticket.id, c.off_fen, [o.figure for o in c.obstacles], c.rivals) for c in choices([TENTH, BIG, EIGHTY], OURS)
    ]
    assert said == [("c1", 8000, [], ("c2",)), ("c2", 6828, [], ("c1",)), ("c3", 0, [31720], ())]


def test_two_that_stack_are_better_than_one() -> None:
    mix = best([EIGHTY, ticket(4, discount_fen=3000)], OURS)
    assert (len(mix.ids), mix.total_fen) == (2, 11000)


def test_two_of_one_batch_do_not_go_together() -> None:
    again = Ticket("c9", EIGHTY.terms)
    assert best([EIGHTY, again], OURS).total_fen == 8000


def test_a_coupon_that_stacks_with_nothing_stands_alone() -> None:
    lonely = ticket(5, discount_fen=9000, stacking=False)
    assert best([EIGHTY, lonely], OURS).ids == {"c5"}
    assert best([EIGHTY, lonely, ticket(6, discount_fen=2000)], OURS).ids == {"c1", "c6"}


def test_of_equals_the_one_that_ends_first_is_used_and_none_in_vain() -> None:
    late, soon = ticket(1, discount_fen=500, valid_until=AT + 9), ticket(2, discount_fen=500, valid_until=AT + 5)
    assert best([late, soon], bill((400, 1))).ids == {"c2"}


def test_without_a_usable_coupon_nothing_is_taken() -> None:
    assert best([BIG], OURS).offs == ()


TICKETS = st.lists(
    st.builds(
        lambda no, kind, off, percent, least, group, stacking: Ticket(
            f"c{no}",
            template(
                no % 7 + 1, kind=kind, discount_fen=off, percent_off=percent, min_spend_fen=least,
                exclusive_group=group, stacking=stacking,
            ),
        ),
        st.integers(1, 50), st.sampled_from(["threshold_off", "percent_off", "cash_off"]), st.integers(0, 30_000),
        st.integers(0, 60), st.integers(0, 80_000), st.sampled_from(["", "a", "b"]), st.booleans(),
    ),
    max_size=5,
    unique_by=lambda t: t.id,
)  # fmt: skip


@given(TICKETS)
@settings(max_examples=200)
def test_no_allowed_combination_is_better_than_the_best(tickets: list[Ticket]) -> None:
    mix = best(tickets, OURS)
    usable = [t for t in tickets if not obstacles(t, OURS)]
    assert may_go_together([t for t in tickets if t.id in mix.ids])
    for n in range(1, len(usable) + 1):
        for group in combinations(usable, n):
            if may_go_together(group):
                assert sum(off.total_fen for off in take_off(group, OURS)) <= mix.total_fen
