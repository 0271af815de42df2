"""Services and warranties, the follow-up state, complaint and block, private notes."""

import datetime as dt

import pytest

from guide_app.base.actor import Actor
from guide_app.base.clock import DAY_MS, china_date
from guide_app.base.errors import InvalidInputError
from guide_app.clients.aftercare import NewService
from guide_app.clients.standing import FOLLOW_STATES, Flag, next_state
from guide_app.flows.desk import Desk
from guide_app.flows.timeline import timeline
from tests.helpers.book import CHEN, LI, LOAFER, NOW, STORE, WANG, Frames, actor

MANAGER = Actor(LI, 2, "0300", "李娜", "store_manager", STORE, "南京西路店", "test")


def lines(desk: Desk, guide: str = WANG, kinds: frozenset[str] = frozenset()) -> list[str]:
    return [str(entry.title) for entry in timeline(desk.db, CHEN, guide_id=guide, kinds=kinds)]


def test_a_repair_is_taken_in_stands_on_the_timeline_and_is_closed(desk: Desk) -> None:
    deeds = desk.card_deeds.aftercare
    line = desk.clients.purchases(CHEN)[0].line_id
    ident = deeds.add(CHEN, NewService("repair", "换鞋跟", due_at=NOW + 3 * DAY_MS, purchase_line_id=line), actor())
    (row,) = desk.card.card(CHEN, WANG).services
    assert (row.title, row.due_at, row.state) == ("换鞋跟", NOW + 3 * DAY_MS, "open")
    assert lines(desk, kinds=frozenset({"service"})) == ["售后: 换鞋跟"]
    assert deeds.done(ident, actor()) is True
    assert deeds.done(ident, actor()) is False
    assert desk.card.card(CHEN, WANG).services[0].state == "done"


@pytest.mark.parametrize(
    "wrong",
    [NewService("repair", " "), NewService("warranty", "防水"), NewService("repair", "x", due_at=NOW - DAY_MS),
     NewService("repair", "x", purchase_line_id="nothing")],
)  # fmt: skip
def test_services_that_say_too_little_are_refused(desk: Desk, wrong: NewService) -> None:
    with pytest.raises(InvalidInputError):
        desk.card_deeds.aftercare.add(CHEN, wrong, actor())
    assert desk.card.card(CHEN, WANG).services == ()


def test_warranties_run_from_the_day_of_purchase(desk: Desk) -> None:
    frame = Frames()
    frame._seq = 300
    product = frame("product", LOAFER, no=7, spu="LF2601", name="软底乐福鞋", category="女鞋/乐福鞋", warranty_days=97)
    desk.db.apply(lambda applier: applier.apply([product]))
    found = desk.card.card(CHEN, WANG).warranties
    today = china_date(NOW)
    assert [one.until for one in found] == [today, today + dt.timedelta(45)]  # bought 97 and 52 days ago


def test_one_step_moves_the_state_and_keeps_its_history(desk: Desk) -> None:
    state = ""
    for _ in range(2):
        state = next_state(state)
        desk.card_deeds.standing.follow(CHEN, state, actor())
    assert desk.clients.portrait(CHEN).fields["follow_state"] == "跟进中"
    assert set(lines(desk, kinds=frozenset({"note"}))) == {"跟进状态: 待跟进 → 跟进中", "跟进状态: 未跟进 → 待跟进"}
    desk.card_deeds.standing.follow(CHEN, state, actor())
    assert len(lines(desk, kinds=frozenset({"note"}))) == 2
    with pytest.raises(InvalidInputError):
        desk.card_deeds.standing.follow(CHEN, "买了", actor())


def test_the_states_go_round_both_ways() -> None:
    seen = [""]
    for _ in FOLLOW_STATES[1:]:
        seen.append(next_state(seen[-1]))
    assert tuple(seen) == FOLLOW_STATES
    assert next_state(seen[-1]) == ""
    assert all(next_state(next_state(state), -1) == state for state in FOLLOW_STATES)


def test_a_flag_needs_a_reason_and_a_block_is_lifted_by_the_manager(desk: Desk) -> None:
    deeds = desk.card_deeds.standing
    with pytest.raises(InvalidInputError, match="原因"):
        deeds.flag(CHEN, "complaint", " ", actor())
    edit = deeds.flag(CHEN, "complaint", "鞋底开胶", actor())
    assert desk.clients.portrait(CHEN).fields["flag_why"] == "鞋底开胶"
    desk.client_deeds.undo(edit, actor())
    assert desk.clients.portrait(CHEN).fields["flag"] == ""
    deeds.flag(CHEN, "blocked", "恶意退货", actor())
    with pytest.raises(InvalidInputError, match="店长"):
        deeds.flag(CHEN, "", "", actor())
    deeds.flag(CHEN, "", "", MANAGER)
    assert (desk.clients.portrait(CHEN).fields["flag"], desk.clients.portrait(CHEN).fields["flag_why"]) == ("", "")


def test_written_as_fields_state_and_flag_follow_the_same_rules(desk: Desk) -> None:
    """As `guide clients set` writes them."""
    write = desk.client_deeds.edit
    write(CHEN, {"follow_state": "跟进中", "remark": "脚背高"}, actor())
    write(CHEN, {"remark": "脚背高, 怕热"}, actor())
    assert lines(desk, kinds=frozenset({"note"})) == ["跟进状态: 未跟进 → 跟进中"]
    with pytest.raises(InvalidInputError, match="没有跟进状态"):
        write(CHEN, {"follow_state": "won"}, actor())
    with pytest.raises(InvalidInputError, match="没有写原因"):
        write(CHEN, {"flag": "blocked"}, actor())
    with pytest.raises(InvalidInputError, match="没有写原因"):
        desk.client_deeds.add({"name": "郑女士", "flag": "blocked"}, actor())
    write(CHEN, {"flag": "blocked", "flag_why": "骂人"}, actor())
    write(CHEN, {"remark": "脚背高"}, actor())
    for lifted in ({"flag": ""}, {"flag": "complaint"}):
        with pytest.raises(InvalidInputError, match="由店长解除"):
            write(CHEN, lifted, actor())
    write(CHEN, {"flag": "", "flag_why": ""}, MANAGER)
    assert desk.clients.portrait(CHEN).fields["flag"] == ""


def test_a_private_note_is_its_authors_own(desk: Desk) -> None:
    desk.client_deeds.note(CHEN, "准备离婚, 别提先生", actor(), private=True)
    desk.client_deeds.note(CHEN, "喜欢软底", actor())
    assert lines(desk, kinds=frozenset({"note"})) in (
        ["准备离婚, 别提先生", "喜欢软底"],
        ["喜欢软底", "准备离婚, 别提先生"],
    )
    assert lines(desk, LI, frozenset({"note"})) == ["喜欢软底"]


def test_no_search_brings_a_private_note_to_light(desk: Desk) -> None:
    desk.client_deeds.note(CHEN, "准备搬去成都", actor(), private=True)
    desk.client_deeds.note(CHEN, "喜欢软底", actor())
    assert desk.clients.search("成都") == ()
    assert [row.id for row in desk.clients.search("软底")] == [CHEN]


def test_the_timeline_is_narrowed_by_kind(desk: Desk) -> None:
    assert {entry.kind for entry in timeline(desk.db, CHEN, kinds=frozenset({"coupon"}))} == {"coupon"}
    assert {entry.kind for entry in timeline(desk.db, CHEN)} == {"coupon", "purchase"}


@pytest.mark.parametrize(("flag", "way_out"), [("complaint", "先处理投诉"), ("blocked", "请店长")])
def test_a_flagged_client_gets_no_task_no_sequence_and_no_coupon_but_a_promise(
    desk: Desk, flag: Flag, way_out: str
) -> None:
    desk.card_deeds.standing.flag(CHEN, flag, "鞋底开胶", MANAGER)
    deeds = (
        lambda: desk.followup_deeds.task("约她试新款", NOW, actor(), CHEN),
        lambda: desk.followup_deeds.tasks("约她试新款", NOW, [LOAFER, CHEN], actor(), lambda _done, _all: None),
        lambda: desk.coupon_deeds.issue("满减", CHEN, actor()),
    )
    for deed in deeds:
        with pytest.raises(InvalidInputError) as refused:
            deed()
        assert refused.value.code == "client.flagged"
        assert "陈雅婷" in refused.value.sentence
        assert "鞋底开胶" in refused.value.sentence
        assert way_out in refused.value.way_out
    assert not desk.followup.of_client(CHEN)
    desk.followup_deeds.promise(CHEN, "周五前回复处理结果", NOW + DAY_MS, actor())
    assert CHEN not in {one.client_id for one in desk.followup.today(WANG) if one.cause.name != "PROMISE"}
    desk.card_deeds.standing.flag(CHEN, "", "", MANAGER)
    assert desk.followup_deeds.task("约她试新款", NOW, actor(), CHEN)
