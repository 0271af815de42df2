"""Today's list is honest: a reason for everyone, nobody who asked to be left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.clock import DAY_MS
from guide_app.base.phrase import Phrase
from guide_app.flows.desk import Desk
from guide_app.followup.contact import DAILY_BUDGET
from guide_app.followup.model import REST_DAYS, Candidate, Cause, Signal, choose
from tests.helpers.book import CHEN, LIN, NOW, WANG, ZHOU, actor

CLIENTS = st.builds(
    Candidate,
    st.sampled_from("abcdef"),
    st.just("客户"),
    st.just(()),
    st.integers(0, 10**6),
    st.sampled_from(["none", "one_to_one", "marketing", "refused"]),
    st.booleans(),
    st.integers(NOW - 20 * DAY_MS, NOW),
    st.booleans(),
    st.integers(0, 10**6),
)
SIGNALS = st.builds(
    Signal,
    st.sampled_from("abcdefg"),
    st.sampled_from(Cause),
    st.sampled_from([Phrase("甲"), Phrase("乙")]),
    st.floats(-5, 5),
)


@given(st.lists(SIGNALS, max_size=30), st.lists(CLIENTS, max_size=6), st.integers(0, 5))
def test_the_list_keeps_its_promises(signals: list[Signal], people: list[Candidate], budget: int) -> None:
    known = {c.client_id: c for c in people}
    chosen = choose(signals, known, NOW, budget)
    assert sum(s.cause != Cause.PROMISE for s in chosen) <= max(
        0, budget - sum(s.cause == Cause.PROMISE for s in chosen)
    )
    assert len({s.client_id for s in chosen}) == len(chosen)
    ranks = [(s.cause != Cause.PROMISE, s.cause != Cause.PROMISE and -s.order_fen * s.chance) for s in chosen]
    assert ranks == sorted(ranks)
    for s in chosen:
        client = known[s.client_id]
        assert s.reasons
        assert client.contact_state != "refused"
        if client.resting or NOW - client.last_contact_ms < REST_DAYS * DAY_MS:
            assert s.cause == Cause.PROMISE
        if client.no_profiling:
            assert s.cause not in (Cause.SCANNED, Cause.CARE, Cause.OVERDUE, Cause.FIRST_DAY)


def test_who_is_on_the_list_and_why(desk: Desk) -> None:
    found = desk.followup.today(WANG)
    assert [(s.client_id, str(s.reasons[0])) for s in found] == [
        (ZHOU, "明天农历生日 (十月十四)"),
        (CHEN, "惯常 45 天买一次, 已 52 天未到店"),
    ]


def test_a_contacted_client_rests_unless_a_promise_is_due(desk: Desk) -> None:
    desk.client_deeds.note(CHEN, "电话回访", actor(), kind="call")
    assert [s.client_id for s in desk.followup.today(WANG)] == [ZHOU]
    desk.followup_deeds.promise(CHEN, "留 38 码", NOW - DAY_MS, actor())
    first = desk.followup.today(WANG)[0]
    assert (first.client_id, str(first.reasons[0])) == (CHEN, "答应过「留 38 码」, 已过期 1 天")


def test_a_kept_promise_leaves_the_list(desk: Desk) -> None:
    task = desk.followup_deeds.promise(LIN, "留鞋", NOW, actor())
    desk.followup_deeds.done(task, actor())
    assert [t.status for t in desk.followup.tasks(WANG, done_since=0)] == ["done"]
    assert all(s.client_id != LIN for s in desk.followup.today(WANG, whole_store=True))


@pytest.mark.parametrize("change", [{"contact_state": "refused"}, {"no_profiling": True}])
def test_who_refuses_contact_or_profiling_is_not_suggested_for_her_habits(
    desk: Desk, change: dict[str, object]
) -> None:
    desk.client_deeds.edit(CHEN, change, actor())
    assert all(s.client_id != CHEN for s in desk.followup.today(WANG))
    assert DAILY_BUDGET > 0


def one(client: str, order_fen: int) -> Candidate:
    return Candidate(client, client, (), 0, "none", no_profiling=False, last_contact_ms=0, order_fen=order_fen)


def test_the_best_gain_stands_first_and_the_list_stops() -> None:
    people = {c.client_id: c for c in (one("a", 30_000), one("b", 50_000), one("c", 900_000), one("d", 0))}
    signals = [
        Signal("a", Cause.RESTOCKED, Phrase("到货")), Signal("b", Cause.BIRTHDAY, Phrase("生日")),
        Signal("c", Cause.OVERDUE, Phrase("该来了")), Signal("d", Cause.PROMISE, Phrase("答应")),
    ]  # fmt: skip
    chosen = choose(signals, people, NOW, 3)
    assert [s.client_id for s in chosen] == ["d", "c", "a"]  # a promise, 900 x 10 %, 300 x 35 %; 500 x 12 % is out
    assert [(s.order_fen, s.chance, s.gain_fen) for s in chosen[1:]] == [(900_000, 0.1, 90_000), (30_000, 0.35, 10_500)]


def test_a_book_brought_in_at_once_does_not_fill_the_list() -> None:
    people = {name: one(name, 100_000) for name in "abcdefgh"}
    signals = [Signal(name, Cause.WELCOME, Phrase("新客")) for name in "abcdefg"]
    signals += [Signal("g", Cause.RESTOCKED, Phrase("到货")), Signal("h", Cause.CARE, Phrase("回访"))]
    chosen = choose(signals, people, NOW, 18, welcomes=2)
    assert [s.client_id for s in chosen if s.cause == Cause.WELCOME] == ["g", "a"]
    assert "h" in [s.client_id for s in chosen]
    assert not [s for s in choose(signals, people, NOW, 18, welcomes=0) if s.cause == Cause.WELCOME]
