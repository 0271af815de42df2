"""What was answered does not come back, here or on another PC."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.clock import DAY_MS, china_date
from guide_app.base.errors import InvalidInputError
from guide_app.base.ids import uuid7, uuid7_ms
from guide_app.clients.dates import NewDate
from guide_app.flows.desk import Desk
from guide_app.followup.causes import cause_of, task_id_of
from guide_app.followup.model import Cause, Suggestion
from guide_app.followup.results import FINISHING, Result
from tests.guide_app.followup.conftest import Arrives
from tests.helpers.book import CHEN, LIN, NOW, WANG, ZHOU, HandClock, actor, ident, open_desk


def of(desk: Desk, client: str) -> Suggestion:
    return next(s for s in desk.followup.today(WANG, whole_store=True) if s.client_id == client)


def names(desk: Desk) -> list[str]:
    return [s.client_id for s in desk.followup.today(WANG, whole_store=True)]


def kept(desk: Desk) -> list[tuple[object, ...]]:
    sql = "SELECT id, kind, cause, status, result, client_id FROM task ORDER BY cause"
    return desk.db.query(lambda conn: [tuple(row) for row in conn.exec_driver_sql(sql)])


@given(st.integers(0, (1 << 48) - 1), st.integers(0, (1 << 74) - 1), st.lists(st.integers(0, 9999), max_size=2))
def test_a_cause_always_gives_the_same_id(ms: int, rand: int, rest: list[int]) -> None:
    record = uuid7(ms, rand)
    made = task_id_of(cause_of("care3", record, *rest))
    assert made == task_id_of(cause_of("care3", record, *rest))
    assert uuid7_ms(made) == ms
    assert made != task_id_of(cause_of("care7", record, *rest))


@pytest.mark.parametrize("result", sorted(FINISHING - {Result.REFUSED}))
def test_what_was_answered_does_not_come_back(desk: Desk, clock: HandClock, result: Result) -> None:
    desk.followup_deeds.handle(of(desk, ZHOU), result, actor(), "生日快乐")
    cause = f"birthday:{ZHOU}:2026"
    assert kept(desk) == [(task_id_of(cause), "birthday", cause, "done", result.value, ZHOU)]
    clock.ms += DAY_MS
    assert ZHOU not in names(desk)  # he would still be rung for on the day itself, had nobody answered


def test_two_pcs_that_answer_the_same_hold_one_task(tmp_path: Path) -> None:
    made = []
    for pc in ("one", "two"):
        (tmp_path / pc).mkdir()
        with open_desk(tmp_path / pc, HandClock()) as desk:
            desk.followup_deeds.handle(of(desk, ZHOU), Result.REACHED, actor())
            made.append([row[0] for row in kept(desk)])
    assert made[0] == made[1]
    assert len(made[0]) == 1


def test_a_correction_of_the_birthday_does_not_bring_it_twice_a_year(desk: Desk) -> None:
    desk.followup_deeds.handle(of(desk, ZHOU), Result.NO_ANSWER, actor())
    desk.client_deeds.edit(ZHOU, {"birth_calendar": "solar", "birth_month": 11, "birth_day": 24}, actor())
    assert ZHOU not in names(desk)


def test_a_suggestion_put_off_is_a_task_of_that_day(desk: Desk, clock: HandClock) -> None:
    found = of(desk, CHEN)
    desk.followup_deeds.handle(found, Result.POSTPONED, actor(), again_at=NOW + 2 * DAY_MS)
    assert CHEN not in names(desk)
    assert desk.followup.tasks(WANG, done_since=0) == []
    clock.ms += 2 * DAY_MS
    (task,) = desk.followup.tasks(WANG, done_since=0)
    assert (task.client_id, task.title, task.status) == (CHEN, str(found.reasons[0]), "open")
    desk.followup_deeds.done(task.id, actor(), Result.SOLD)
    assert CHEN not in names(desk)


def test_putting_off_wants_a_later_day(desk: Desk) -> None:
    for again_at in (None, NOW):
        with pytest.raises(InvalidInputError):
            desk.followup_deeds.handle(of(desk, CHEN), Result.POSTPONED, actor(), again_at=again_at)
    assert kept(desk) == []


def test_a_promise_is_answered_with_the_other_reasons(desk: Desk) -> None:
    promise = desk.followup_deeds.promise(ZHOU, "留 42 码", NOW, actor())
    found = of(desk, ZHOU)
    assert (found.cause, found.task_id, len(found.reasons)) == (Cause.PROMISE, promise, 2)
    desk.followup_deeds.handle(found, Result.SOLD, actor(), "一双")
    assert [(row[1], row[3], row[4]) for row in kept(desk)] == [
        ("promise", "done", "sold"), ("birthday", "done", "sold")]  # fmt: skip
    notes = desk.db.query(lambda conn: conn.exec_driver_sql("SELECT body FROM note").all())
    assert [row[0] for row in notes] == ["一双"]


def test_a_new_client_is_welcomed_within_a_day(desk: Desk, clock: HandClock) -> None:
    new = desk.client_deeds.add({"name": "新客", "primary_guide_id": WANG}, actor())
    clock.ms += 3 * 3_600_000
    found = of(desk, new)
    assert (found.cause, str(found.reasons[0])) == (Cause.WELCOME, "新客, 3 小时前加入")
    clock.ms = NOW + DAY_MS
    assert new not in names(desk)


@pytest.mark.parametrize(
    ("day", "fields", "reason"),
    [
        ("2026-12-02", {"birth_month": 12, "birth_day": None, "birth_calendar": "solar"}, "12 月生日, 不知道哪一天"),
        ("2026-12-06", {"birth_month": 12, "birth_day": None, "birth_calendar": "solar"}, None),
        # 2026-12-09 is 冬月初一
        ("2026-12-10", {"birth_month": 11, "birth_day": None, "birth_calendar": "lunar"},
         "农历 11 月生日, 不知道哪一天"),
        # 2028-05-24 is 五月初一, 2028-06-23 is 闰五月初一; no leap fifth month in 2027 (2027-06-05 is 五月初一)
        ("2028-06-24", {"birth_month": 5, "birth_leap": True, "birth_calendar": "lunar"},
         "农历闰 5 月生日, 不知道哪一天"),
        ("2028-05-25", {"birth_month": 5, "birth_leap": True, "birth_calendar": "lunar"}, None),
        ("2028-06-24", {"birth_month": 5, "birth_calendar": "lunar"}, None),
        ("2027-06-06", {"birth_month": 5, "birth_leap": True, "birth_calendar": "lunar"},
         "农历 5 月生日, 不知道哪一天"),
    ],
)  # fmt: skip
def test_a_birthday_of_which_only_the_month_is_known(
    desk: Desk, clock: HandClock, day: str, fields: dict[str, object], reason: str | None
) -> None:
    desk.client_deeds.edit(LIN, fields, actor())
    clock.ms = NOW + (dt.date.fromisoformat(day) - china_date(NOW)).days * DAY_MS
    found = [str(why) for s in desk.followup.today(WANG, whole_store=True) if s.client_id == LIN for why in s.reasons]
    assert [why for why in found if "生日" in why] == ([reason] if reason else [])


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"kind": "anniversary", "month": 11, "day": 28}, "7 天后纪念日 (11/28)"),
        ({"kind": "custom", "title": "开店纪念", "month": 11, "day": 21}, "今天「开店纪念」(11/21)"),
        ({"kind": "birthday", "calendar": "lunar", "month": 10, "day": 15}, "2 天后生日 (十月十五)"),
        ({"kind": "anniversary", "month": 11, "day": 29}, None),
        ({"kind": "anniversary", "month": 12, "day": 10, "days_before": 20}, "19 天后纪念日 (12/10)"),
        ({"kind": "anniversary", "month": 11, "day": 28, "ended_at": NOW}, None),
        ({"kind": "child_birthday", "month": 11, "day": 25, "year": 2020}, None),  # no guardian has consented
        ({"kind": "child_birthday", "month": 11, "day": 25}, None),
        (
            {"kind": "child_birthday", "month": 11, "day": 25, "year": 2020, "guardian_at": NOW},
            "4 天后孩子生日 (11/25)",
        ),
        ({"kind": "child_birthday", "month": 11, "day": 25, "year": 2012}, "4 天后孩子生日 (11/25)"),
    ],
)  # fmt: skip
def test_dates_that_she_told(desk: Desk, arrives: Arrives, fields: dict[str, object], reason: str | None) -> None:
    arrives("client_date", ident(70), client_id=LIN, **fields)
    found = [(s.cause, str(s.reasons[0])) for s in desk.followup.today(WANG, whole_store=True) if s.client_id == LIN]
    assert found == ([(Cause.DATE, reason)] if reason else [])


def test_a_date_told_long_ahead_is_told_though_others_are_told_late(desk: Desk, arrives: Arrives) -> None:
    arrives("client_date", ident(70), client_id=LIN, kind="anniversary", month=12, day=10, days_before=20)
    arrives("client_date", ident(71), client_id=CHEN, kind="anniversary", month=12, day=10, days_before=3)
    assert str(of(desk, LIN).reasons[0]) == "19 天后纪念日 (12/10)"


@pytest.mark.parametrize(
    ("kind", "scene"),
    [("child_birthday", "孩子生日"), ("anniversary", "纪念日"), ("birthday", "生日"), ("custom", "特别的日子")],
)
def test_each_kind_of_date_has_a_script_of_its_own(desk: Desk, arrives: Arrives, kind: str, scene: str) -> None:
    scenes = ("生日", "孩子生日", "纪念日", "特别的日子")
    for n, other in enumerate(scenes):
        arrives("script", ident(200 + n), scene=other, title="祝福", body="{称呼}您好", rank=n)
    arrives("client_date", ident(70), client_id=LIN, kind=kind, month=11, day=25, year=2000)
    assert of(desk, LIN).script_id == ident(200 + scenes.index(scene))


def test_a_childs_day_ends_when_the_guardian_takes_the_consent_back(
    desk: Desk, clock: HandClock, arrives: Arrives
) -> None:
    date = NewDate("child_birthday", month=11, day=25, year=2020, guardian=True)
    desk.card_deeds.dates.add(LIN, date, actor())
    assert str(of(desk, LIN).reasons[0]) == "4 天后孩子生日 (11/25)"
    clock.ms += 1000
    arrives("consent", ident(73), client_id=LIN, purpose="child", granted=False, at=clock.ms)
    assert LIN not in names(desk)
    (row,) = desk.card.card(LIN, WANG).dates
    assert row.withdrawn_at == clock.ms
    clock.ms += 1000
    desk.card_deeds.dates.add(LIN, date, actor())  # asked anew: a date of its own
    assert LIN in names(desk)


def test_a_wish_that_is_here_again(desk: Desk, arrives: Arrives) -> None:
    arrives("wish", ident(71), client_id=LIN, sku_id=ident(10), want="黑色 37", tell=True)
    assert str(of(desk, LIN).reasons[0]) == "想要的「黑色 37」有货了 (2 件)"
    arrives("stock", ident(10), available=0, as_of=NOW)
    assert LIN not in names(desk)


@pytest.mark.parametrize("flag", ["complaint", "blocked"])
def test_whoever_complains_or_is_blocked_is_left_alone(desk: Desk, flag: str) -> None:
    desk.followup_deeds.promise(CHEN, "留鞋", NOW, actor())
    desk.client_deeds.edit(CHEN, {"flag": flag, "flag_why": "鞋跟"}, actor())
    assert CHEN not in names(desk)


def test_a_tag_that_blocks_keeps_her_off_the_list(desk: Desk, arrives: Arrives) -> None:
    arrives("tag", ident(72), group="状态", name="不要联系", blocks=True)
    desk.client_deeds.tag(CHEN, "不要联系", actor())
    assert CHEN not in names(desk)
    assert ZHOU in names(desk)
