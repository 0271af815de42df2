"""What a contact is likely to bring: an estimate at first, then what the store itself has seen."""

from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.clock import DAY_MS
from guide_app.flows.desk import Desk
from guide_app.followup.gain import CAUSES, PRIOR_ANSWERS, chances
from guide_app.followup.model import ESTIMATED, Cause
from guide_app.followup.results import Result
from tests.guide_app.followup.conftest import Arrives
from tests.helpers.book import CHEN, NOW, WANG, actor, ident

ANSWERS = st.dictionaries(
    st.sampled_from([*CAUSES, "care3", "care30", "else"]),
    st.integers(0, 500).flatmap(lambda ended: st.tuples(st.just(ended), st.integers(0, ended))),
)


@given(ANSWERS)
def test_a_chance_lies_between_the_estimate_and_what_was_seen(answers: dict[str, tuple[int, int]]) -> None:
    found = chances(answers)
    for cause, chance in found.items():
        seen = [answers[word] for word in answers if CAUSES.get(word.rstrip("0123456789")) is cause]
        ended, sold = sum(e for e, _ in seen), sum(s for _, s in seen)
        rate = sold / ended if ended else ESTIMATED[cause]
        assert min(rate, ESTIMATED[cause]) - 1e-9 <= chance <= max(rate, ESTIMATED[cause]) + 1e-9


def test_every_cause_but_promises_is_learned_from() -> None:
    assert set(CAUSES.values()) == set(Cause) - {Cause.PROMISE}
    assert PRIOR_ANSWERS > 0


def test_what_the_store_has_seen_counts(desk: Desk, arrives: Arrives) -> None:
    (before,) = [s for s in desk.followup.today(WANG) if s.client_id == CHEN]
    assert (before.order_fen, before.chance) == (56_900, ESTIMATED[Cause.OVERDUE])
    for n in range(20):
        result = Result.SOLD if n < 10 else Result.NO_ANSWER
        arrives("task", ident(700 + n), title="唤回", cause=f"lapse:{ident(700 + n)}:1", status="done", result=result,
                done_at=NOW - DAY_MS)  # fmt: skip
    (after,) = [s for s in desk.followup.today(WANG) if s.client_id == CHEN]
    assert after.chance == (10 + 20 * ESTIMATED[Cause.OVERDUE]) / 40


def test_welcomes_given_today_count_in_the_cap(desk: Desk, arrives: Arrives) -> None:
    arrives("house_rule", ident(80), name="welcome_cap", value={"per_day": 2})
    new = [desk.client_deeds.add({"name": f"新客{n}", "primary_guide_id": WANG}, actor()) for n in range(4)]
    first = [s for s in desk.followup.today(WANG) if s.cause == Cause.WELCOME]
    assert [s.client_id for s in first if s.client_id in new] == [s.client_id for s in first]
    assert len(first) == 2
    desk.followup_deeds.handle(first[0], Result.REACHED, actor())
    assert len([s for s in desk.followup.today(WANG) if s.cause == Cause.WELCOME]) == 1
