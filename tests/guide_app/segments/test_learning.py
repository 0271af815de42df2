"""What this PC learns of its book: kept, asked as a condition, and silent about who refused profiling."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from guide_app.flows.desk import Desk
from guide_app.segments import grids
from guide_app.segments import model as m
from guide_app.segments.learning import EVERY_MS
from guide_app.segments.rhythm import History, left_percent
from tests.helpers.book import NOW, WANG, Frames, HandClock, actor, ident, open_desk
from tests.helpers.buyers import buyers

SIZE = 300
HISTORY: dict[str, tuple[History, bool]] = {}


@pytest.fixture(scope="module")
def learnt(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, HandClock]]:
    clock = HandClock()
    with open_desk(tmp_path_factory.mktemp("learnt"), clock, load=True) as desk:
        frames, found = buyers(SIZE)
        HISTORY.update(found)
        desk.db.apply(lambda a: a.apply(frames))
        assert desk.rhythm.learn_when_due(actor()) is not None
        yield desk, clock


def test_the_condition_lists_whom_the_model_names(learnt: tuple[Desk, HandClock]) -> None:
    desk, _ = learnt
    model = desk.rhythm.model()
    assert model is not None
    said = {client: left_percent(model, one, NOW) for client, (one, refuses) in HISTORY.items() if not refuses}
    for low, high in ((0, None), (50, None), (80, 95), (None, 30), (99, 100), (100, None)):
        wanted = {
            client
            for client, left in said.items()
            if left is not None and (low is None or left >= low) and (high is None or left <= high)
        }
        found = set(desk.segments.ids(m.Figure("left_percent", low, high), WANG)) & HISTORY.keys()
        assert found == wanted


def test_nothing_is_said_of_who_refused_profiling(learnt: tuple[Desk, HandClock]) -> None:
    desk, _ = learnt
    refusing = {client for client, (one, refuses) in HISTORY.items() if refuses and one.orders > 1}
    assert refusing
    assert all(desk.rhythm.outlook(client) is None for client in refusing)
    lines = [line for line in desk.segments.lines(m.EVERYBODY, WANG) if line.id in refusing]
    assert {(line.rhythm, line.left, line.gain_fen) for line in lines} == {(None, None, None)}


def test_the_portraits_word_is_the_lists_word(learnt: tuple[Desk, HandClock]) -> None:
    desk, _ = learnt
    lines = [line for line in desk.segments.lines(grids.overdue(), WANG) if line.left is not None]
    assert lines
    assert [line.gain_fen or 0 for line in lines] == sorted((line.gain_fen or 0 for line in lines), reverse=True)
    for line in lines[:20]:
        told = desk.rhythm.outlook(line.id)
        assert told is not None
        assert told.left == line.left


def test_it_learns_once_a_day(learnt: tuple[Desk, HandClock]) -> None:
    desk, clock = learnt
    clock.ms += EVERY_MS - 1
    assert desk.rhythm.learn_when_due(actor()) is None
    clock.ms += 1
    assert desk.rhythm.learn_when_due(actor()) is not None
    clock.ms = NOW


def test_a_small_book_says_nothing_and_nobody_fits(tmp_path: Path) -> None:
    with open_desk(tmp_path, HandClock()) as desk:
        assert desk.rhythm.learn(actor()) is None
        assert desk.rhythm.model() is None
        assert desk.segments.count(m.Figure("left_percent", at_least=0), WANG) == 0


def test_limits_come_from_head_office(tmp_path: Path) -> None:
    with open_desk(tmp_path, HandClock()) as desk:
        assert desk.segments.limits() == grids.LIMITS
        rule = Frames()("house_rule", ident(900), name="segment_limits", value={"recent_days": 40, "asleep_days": 50})
        desk.db.apply(lambda a: a.apply([rule]))
        limits = desk.segments.limits()
        assert (limits.recent_days, limits.asleep_days, limits.lost_days) == (40, 50, 365)
        assert desk.segments.stages(WANG, limits)["asleep"] == 1  # 陈雅婷, 52 days ago
        wrong = Frames()("house_rule", ident(901), name="segment_limits", value={"recent_days": 300})
        desk.db.apply(lambda a: a.apply([wrong]))
        assert desk.segments.limits() == grids.LIMITS
