"""Head office's tag rules on a PC: the tag appears with its reason, once, and never again where it was wrong."""

from collections.abc import Callable
from typing import Any

import pytest

from guide_app.base.clock import DAY_MS, china_date, day_start_ms
from guide_app.flows.auto_tags import EVERY_MS, mark_id
from guide_app.flows.desk import Desk
from guide_app.protocol.messages import RecordFrame
from guide_app.protocol.scopes import BRAND, store_scope
from tests.helpers.book import CHEN, LIN, NOW, STORE, WANG, ZHOU, HandClock, actor, ident

BUYERS = {"figure": "orders", "at_least": 3}
SCANNED = {"event": "scan", "within_days": 30}
RULE = ident(9_000)


@pytest.fixture
def office(desk: Desk) -> Callable[..., None]:
    numbers = iter(range(1_000, 2_000))

    def send(kind: str, record_id: str, /, *, store: str = "", **data: Any) -> None:
        frame = RecordFrame(store_scope(store) if store else BRAND, kind, record_id, next(numbers), data)
        desk.db.apply(lambda applier: applier.apply([frame]))

    return send


def marks(desk: Desk, client_id: str) -> dict[str, str]:
    return {tag.name: tag.why for tag in desk.tags.of_client(client_id, WANG) if tag.origin == "rule"}


def test_who_opens_a_poster_is_tagged_with_the_reason(desk: Desk, office: Callable[..., None]) -> None:
    office("tag_rule", RULE, name="扫码意向", group="意向", rule=SCANNED, why="30 天内打开过海报")
    assert desk.auto_tags.run(actor()).hung == 0
    office("share_event", ident(9_100), store=STORE, client_id=ZHOU, kind="scan", at=NOW - DAY_MS)
    assert desk.auto_tags.run(actor()).hung == 1
    assert marks(desk, ZHOU) == {"扫码意向": "30 天内打开过海报"}
    (tag,) = desk.tags.of_client(ZHOU, WANG)
    assert (tag.rule_id, tag.guide_name) == (RULE, "")
    assert desk.auto_tags.run(actor()).hung == 0


def test_a_scan_counts_in_the_hours_that_the_rule_names(desk: Desk, office: Callable[..., None]) -> None:
    evening = {"event": "scan", "within_days": 30, "hours": [18, 22]}
    office("tag_rule", RULE, name="夜猫", rule=evening, why="晚上打开过海报")
    midnight = day_start_ms(china_date(NOW)) - DAY_MS
    for n, (client, hour) in enumerate(((CHEN, 18), (ZHOU, 22), (LIN, 9))):
        office("share_event", ident(9_100 + n), store=STORE, client_id=client, kind="scan",
               at=midnight + hour * 3_600_000)  # fmt: skip
    assert desk.auto_tags.run(actor()).hung == 1
    assert marks(desk, CHEN) == {"夜猫": "晚上打开过海报"}


def test_a_word_in_a_note_or_reply_hangs_a_tag_but_never_a_private_one(desk: Desk, office: Callable[..., None]) -> None:
    office("tag_rule", RULE, name="想要靴子", rule={"said": "靴", "within_days": 60}, why="说起过靴子")
    desk.client_deeds.note(CHEN, "她想要靴子", actor(), private=True)
    desk.client_deeds.note(LIN, "打电话说了靴子", actor(), "call")
    assert desk.auto_tags.run(actor()).hung == 0
    desk.client_deeds.note(ZHOU, "有没有新的长靴?", actor(), "reply")
    desk.client_deeds.note(LIN, "问过短靴", actor())
    assert desk.auto_tags.run(actor()).hung == 2
    assert marks(desk, ZHOU) == marks(desk, LIN) == {"想要靴子": "说起过靴子"}


def test_two_pcs_hang_one_mark(desk: Desk, office: Callable[..., None]) -> None:
    office("tag_rule", RULE, name="老主顾", rule=BUYERS)
    desk.auto_tags.run(actor())
    statement = "SELECT id FROM client_tag WHERE rule_id <> ''"
    ids = desk.db.query(lambda conn: [row[0] for row in conn.exec_driver_sql(statement)])
    assert ids == [mark_id(RULE, CHEN, NOW)] == [mark_id(RULE, CHEN, NOW + 3_600_000)]
    assert mark_id(RULE, CHEN, NOW) not in (mark_id(RULE, ZHOU, NOW), mark_id(RULE, CHEN, NOW + DAY_MS))


@pytest.mark.parametrize("how", ["wrong", "taken off"])
def test_what_was_wrong_never_comes_back(desk: Desk, office: Callable[..., None], clock: HandClock, how: str) -> None:
    office("tag_rule", RULE, name="老主顾", rule=BUYERS)
    desk.auto_tags.run(actor())
    if how == "wrong":
        desk.tag_deeds.wrong(CHEN, "老主顾", "代别人买的", actor())
    else:
        desk.client_deeds.untag(CHEN, "老主顾", actor())
    clock.ms += DAY_MS
    assert desk.auto_tags.run(actor()).hung == 0
    assert marks(desk, CHEN) == {}


def test_a_rules_tag_takes_itself_off_and_comes_again_while_she_fits(
    desk: Desk, office: Callable[..., None], clock: HandClock
) -> None:
    office("tag_rule", RULE, name="老主顾", rule=BUYERS, days=30)
    desk.auto_tags.run(actor())
    assert [row.id for row in desk.clients.search("老主顾")] == [CHEN]
    clock.ms += 30 * DAY_MS
    assert marks(desk, CHEN) == {}
    office("tag_rule", RULE, name="老主顾", rule=BUYERS, days=30, active=False)
    report = desk.auto_tags.run(actor())
    assert (report.expired, report.hung) == (1, 0)
    assert desk.clients.search("老主顾") == ()
    office("tag_rule", RULE, name="老主顾", rule=BUYERS, days=30)
    assert desk.auto_tags.run(actor()).hung == 1


def test_who_asked_not_to_be_profiled_is_left_alone(desk: Desk, office: Callable[..., None]) -> None:
    office("tag_rule", RULE, name="老主顾", rule=BUYERS)
    desk.client_deeds.edit(CHEN, {"no_profiling": True}, actor())
    assert desk.auto_tags.run(actor()).hung == 0


def test_of_a_single_choice_the_first_rule_wins_and_a_guides_choice_stays(
    desk: Desk, office: Callable[..., None]
) -> None:
    for n, name in enumerate(("热", "温", "冷")):
        office("tag", ident(7_000 + n), group="热度", name=name, multi=False, rank=n)
    everybody = {"figure": "orders", "at_least": 0}
    office("tag_rule", ident(9_001), tag_id=ident(7_000), name="旧名", rule=BUYERS, rank=1)
    office("tag_rule", ident(9_002), tag_id=ident(7_001), name="温", rule=everybody, rank=2)
    desk.client_deeds.tag(LIN, "冷", actor())
    for expected in (2, 0, 0):
        assert desk.auto_tags.run(actor()).hung == expected
    assert (list(marks(desk, CHEN)), list(marks(desk, ZHOU)), list(marks(desk, LIN))) == (["热"], ["温"], [])


def test_a_rule_that_cannot_work_is_told_and_the_others_go_on(desk: Desk, office: Callable[..., None]) -> None:
    office("tag_rule", ident(9_001), name="坏规则", rule={"all": [{"figure": "height"}]}, rank=1)
    office("tag_rule", ident(9_002), name="信佛", rule=BUYERS, rank=2)
    office("tag_rule", ident(9_003), name="老主顾", rule=BUYERS, rank=3)
    report = desk.auto_tags.run(actor())
    assert report.hung == 1
    assert [fault.split(":")[0] for fault in report.faults] == ["坏规则", "信佛"]
    assert "all[0].figure" in report.faults[0]


def test_rules_run_again_after_an_hour(desk: Desk, office: Callable[..., None], clock: HandClock) -> None:
    first = desk.auto_tags.run_when_due(actor())
    assert first is not None
    office("tag_rule", RULE, name="老主顾", rule=BUYERS)
    clock.ms += EVERY_MS - 1
    assert desk.auto_tags.run_when_due(actor()) is None
    clock.ms += 1
    again = desk.auto_tags.run_when_due(actor())
    assert again is not None
    assert again.hung == 1
