from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.clock import DAY_MS
from head_office.attribution.rules import LINK_DAYS, RuleName, Share, Touch, reverse, rule

AT = 1_780_000_000_000
COUPON = Touch("coupon", "guide-c", "coupon-1", AT, "coupon")
LINK = Touch("link", "guide-l", "event-1", AT - DAY_MS, "scan")
BOUND = Touch("bound", "guide-b", "client-1", 0, "bound")
SERVED = Touch("served", "guide-s", "client-1", 0, "served")


def test_the_stronger_rule_wins_whatever_the_order_of_the_facts() -> None:
    expected: list[tuple[RuleName, str]] = [
        ("coupon", "guide-c"),
        ("link", "guide-l"),
        ("bound", "guide-b"),
        ("served", "guide-s"),
    ]
    touches = [SERVED, BOUND, LINK, COUPON]
    for name, guide in expected:
        ruling = rule(10_000, AT, touches)
        assert (ruling.rule, ruling.guide_id, ruling.amount_fen) == (name, guide, 10_000)
        touches.pop()


def test_without_any_fact_the_sale_is_nobodys() -> None:
    ruling = rule(10_000, AT, [])
    assert (ruling.rule, ruling.guide_id) == ("none", None)
    assert ruling.evidence["winner"] is None


def test_of_links_the_latest_within_fourteen_days_counts() -> None:
    early = Touch("link", "guide-1", "e1", AT - LINK_DAYS * DAY_MS, "scan")
    late = Touch("link", "guide-2", "e2", AT - DAY_MS, "claim")
    assert rule(1, AT, [early, late]).guide_id == "guide-2"
    assert rule(1, AT, [early]).guide_id == "guide-1"


def test_a_link_a_millisecond_too_old_is_shown_but_does_not_count() -> None:
    old = Touch("link", "guide-1", "e1", AT - LINK_DAYS * DAY_MS - 1, "scan")
    ruling = rule(1, AT, [old, BOUND])
    assert ruling.rule == "bound"
    assert [touch["counted"] for touch in ruling.evidence["touches"]] == [False, True]


def test_a_link_opened_after_the_sale_does_not_count() -> None:
    assert rule(1, AT, [Touch("link", "guide-1", "e1", AT + 1, "scan")]).rule == "none"


def test_the_evidence_holds_winner_rivals_and_the_rule_in_words() -> None:
    evidence = rule(1, AT, [LINK, BOUND]).evidence
    assert evidence["winner"]["ref"] == "event-1"
    assert len(evidence["touches"]) == 2
    assert "14" in evidence["text"]
    assert evidence["purchase_at"] == AT


def test_a_return_goes_back_to_the_same_guide() -> None:
    (back,) = reverse(4_000, AT, "NO1", [Share("guide-b", 10_000, "bound")])
    assert (back.guide_id, back.amount_fen, back.rule) == ("guide-b", -4_000, "bound")
    assert back.evidence["origin_order_no"] == "NO1"


def test_a_return_without_a_known_sale_is_nobodys_but_counts() -> None:
    for shares in ([], [Share("guide-b", 0, "bound")]):
        (back,) = reverse(4_000, AT, "NO1", shares)
        assert (back.guide_id, back.amount_fen, back.rule) == (None, -4_000, "none")


@given(
    amounts=st.lists(st.integers(1, 10_000_000), min_size=1, max_size=5),
    part=st.fractions(0, 1),
)
def test_returns_are_exact_to_the_fen_and_in_proportion(amounts: list[int], part: object) -> None:
    shares = [Share(f"g{i}", amount, "link") for i, amount in enumerate(amounts)]
    refund = max(1, int(sum(amounts) * part))  # type: ignore[operator]  # a fraction
    rulings = reverse(refund, AT, "NO1", shares)
    assert sum(ruling.amount_fen for ruling in rulings) == -refund
    taken = {ruling.guide_id: -ruling.amount_fen for ruling in rulings}
    for share in shares:
        exact = refund * share.amount_fen / sum(amounts)
        assert abs(taken.get(share.guide_id, 0) - exact) < 1
