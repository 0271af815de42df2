"""The book as a guide uses it: find, read, change, undo."""

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.clock import DAY_MS
from guide_app.base.errors import InvalidInputError, NotFoundError
from guide_app.clients.model import ClientFilter
from guide_app.flows.desk import Desk
from guide_app.protocol.messages import RecordFrame
from guide_app.protocol.scopes import store_scope
from guide_app.store.apply import Applier
from guide_app.store.search_tokens import client_tokens, term_tiers
from tests.helpers.book import CHEN, LIN, NOW, STORE, WANG, ZHOU, Frames, HandClock, actor, ident


@pytest.mark.parametrize(
    "typed", ["陈雅婷", "雅婷", "cyt", "chenyating", "yating", "YT", "5678", "1380000", "00056", "金卡"]
)
def test_a_client_is_found_by_what_a_guide_remembers(desk: Desk, typed: str) -> None:
    assert [row.name for row in desk.clients.search(typed)][:1] == ["陈雅婷"]


def test_several_words_must_all_match(desk: Desk) -> None:
    assert [row.id for row in desk.clients.search("chen 5678")] == [CHEN]
    assert desk.clients.search("chen 7710") == ()
    assert desk.clients.search("  ") == ()


@pytest.mark.parametrize("typed", ['"', "*", "陈 OR 周", "'; DROP TABLE client; --", "NEAR(", "-", "^陈", "𠮷"])
def test_no_text_breaks_the_search(desk: Desk, typed: str) -> None:
    desk.clients.search(typed)
    assert desk.clients.count(ClientFilter(), WANG) == 3


@given(st.text("陈雅婷单曾欧阳尉迟", min_size=1, max_size=4), st.integers(13_000_000_000, 19_999_999_999))
def test_every_part_of_name_and_number_is_among_the_tokens(name: str, phone: int) -> None:
    tokens = client_tokens({"name": name, "phone": str(phone), "member_no": "", "wechat": ""}).split()

    def found(word: str) -> bool:
        return any(
            token.startswith(tier[:-1]) if tier.endswith("*") else token == tier
            for tier in term_tiers(word)
            for token in tokens
        )

    assert all(found(name[i:j]) for i in range(len(name)) for j in range(i + 1, len(name) + 1))
    digits = str(phone)
    assert all(found(digits[i : i + 3]) for i in range(len(digits) - 2))


def test_a_surname_is_found_by_both_its_readings(desk: Desk) -> None:
    added = desk.client_deeds.add({"name": "单雪"}, actor())
    for typed in ("shanxue", "danxue", "sx", "dx"):
        assert desk.clients.search(typed)[0].id == added


def test_lists_page_without_losing_or_repeating_anyone(desk: Desk) -> None:
    for n in range(25):
        desk.client_deeds.add({"name": f"顾客{n}"}, actor())
    seen: list[str] = []
    after = None
    while True:
        listing = desk.clients.page(ClientFilter(), WANG, after, limit=4)
        seen += [row.id for row in listing.rows]
        after = listing.after
        if after is None:
            break
    assert len(seen) == len(set(seen)) == 28
    assert seen[0] == CHEN


def test_mine_shows_only_my_clients(desk: Desk) -> None:
    mine = desk.clients.page(ClientFilter("mine"), WANG).rows
    assert {row.id for row in mine} == {CHEN, ZHOU}


def test_a_lunar_birthday_tomorrow_is_in_this_weeks_birthdays(desk: Desk, clock: HandClock) -> None:
    assert [r.id for r in desk.clients.page(ClientFilter("store", "birthday"), WANG).rows] == [ZHOU]
    clock.ms += 2 * DAY_MS
    assert desk.clients.page(ClientFilter("store", "birthday"), WANG).rows == ()


def test_numbers_are_masked(desk: Desk) -> None:
    assert desk.clients.portrait(CHEN).phone_masked == "138****5678"
    assert "13800005678" not in repr(desk.clients.portrait(CHEN))


def test_the_portrait_counts_what_was_bought(desk: Desk) -> None:
    figures = desk.clients.portrait(CHEN).figures
    assert (figures.orders, figures.total_fen, figures.interval_days) == (4, 4 * 56900, 45)
    assert len(desk.clients.purchases(CHEN)) == 4


def test_a_known_phone_is_refused_and_names_whose_it_is(desk: Desk) -> None:
    with pytest.raises(InvalidInputError, match="陈雅婷"):
        desk.client_deeds.add({"name": "陈女士", "phone": "138 0000 5678"}, actor())
    with pytest.raises(InvalidInputError, match="陈雅婷"):
        desk.client_deeds.edit(ZHOU, {"phone": "13800005678"}, actor())
    assert desk.clients.count(ClientFilter(), WANG) == 3


def test_an_edit_can_be_undone_but_not_over_somebody_elses(desk: Desk) -> None:
    edit = desk.client_deeds.edit(CHEN, {"shoe_size": "37.5", "remark": "脚背高"}, actor())
    desk.client_deeds.edit(CHEN, {"shoe_size": "38"}, actor())
    desk.client_deeds.undo(edit, actor())
    fields = desk.clients.portrait(CHEN).fields
    assert (fields["shoe_size"], fields["remark"]) == ("38", "")


def test_no_birthday_is_changed_to_a_day_that_there_is_not_but_an_imported_one_comes_back(desk: Desk) -> None:
    given = {"birth_calendar": "solar", "birth_year": None, "birth_month": 2, "birth_day": 30, "birth_leap": False}
    with pytest.raises(InvalidInputError, match="2 月没有 30"):
        desk.client_deeds.add({"name": "郑女士", **given}, actor())
    imported = ident(600)
    frames = Frames()
    frames._seq = 400
    desk.db.apply(lambda a: a.apply([frames("client", imported, store=STORE, name="郑女士", **given)]))
    desk.client_deeds.edit(imported, {**given, "remark": "脚背高"}, actor())  # what stays as it was is not asked
    with pytest.raises(InvalidInputError, match="4 月没有 31"):
        desk.client_deeds.edit(imported, {"birth_month": 4, "birth_day": 31}, actor())
    edit = desk.client_deeds.edit(imported, {"birth_day": 20}, actor())
    desk.client_deeds.undo(edit, actor())
    assert desk.clients.portrait(imported).fields["birth_day"] == 30


def test_an_undo_brings_back_no_half_birthday_and_no_number_that_is_anothers_by_now(desk: Desk) -> None:
    deeds = desk.client_deeds
    lunar = {"birth_calendar": "lunar", "birth_year": None, "birth_month": 6, "birth_day": 30, "birth_leap": True}
    edit = deeds.edit(CHEN, {**lunar, "remark": "脚背高"}, actor())
    deeds.edit(CHEN, {"birth_day": 29}, actor())  # somebody else, since
    deeds.undo(edit, actor())
    fields = desk.clients.portrait(CHEN).fields
    assert (fields["birth_calendar"], fields["birth_month"], fields["birth_day"]) == ("lunar", 6, 29)
    assert fields["remark"] == ""
    moved = deeds.edit(CHEN, {"phone": "13900012399"}, actor())
    deeds.add({"name": "郑女士", "phone": "13800005678"}, actor())
    with pytest.raises(InvalidInputError, match="已在本店客户「郑女士」名下"):
        deeds.undo(moved, actor())


def test_refusal_cannot_be_lifted_by_the_guide(desk: Desk) -> None:
    desk.client_deeds.edit(LIN, {"contact_state": "refused"}, actor())
    with pytest.raises(InvalidInputError, match="已拒绝联系"):
        desk.client_deeds.edit(LIN, {"contact_state": "marketing"}, actor())


def test_a_tag_hangs_once_and_comes_off(desk: Desk) -> None:
    assert desk.client_deeds.tag(ZHOU, "金卡", actor()) is not None
    assert desk.client_deeds.tag(ZHOU, "金卡", actor()) is None
    assert [(t.group, t.origin) for t in desk.clients.portrait(ZHOU).tags] == [("等级", "hq")]
    assert {r.id for r in desk.clients.page(ClientFilter("store", "all", ("金卡",)), WANG).rows} == {CHEN, ZHOU}
    desk.client_deeds.untag(ZHOU, "金卡", actor())
    assert [r.id for r in desk.clients.search("金卡")] == [CHEN]


def test_notes_are_found_by_any_run_of_their_text(desk: Desk) -> None:
    desk.client_deeds.note(ZHOU, "鞋跟略紧, 建议放鞋撑", actor())
    assert [r.id for r in desk.clients.search("略紧")] == [ZHOU]
    with pytest.raises(InvalidInputError):
        desk.client_deeds.note(ZHOU, "   ", actor())


def test_an_archived_client_leaves_the_lists(desk: Desk) -> None:
    edit = desk.client_deeds.archive(LIN, actor())
    assert desk.clients.count(ClientFilter(), WANG) == 2
    desk.client_deeds.undo(edit, actor())
    assert desk.clients.count(ClientFilter(), WANG) == 3


def test_an_unknown_client_is_named(desk: Desk) -> None:
    with pytest.raises(NotFoundError, match="nobody"):
        desk.clients.portrait("nobody")


def test_every_deed_waits_in_the_outbox_with_its_author(desk: Desk) -> None:
    desk.client_deeds.add({"name": "吴佳", "phone": "15812346602"}, actor(), ("新客",))
    rows = desk.db.query(lambda c: c.exec_driver_sql('SELECT mid, kind, op, "by" FROM outbox ORDER BY mid').all())
    assert [tuple(r) for r in rows] == [(1, "client", "put", WANG), (2, "client_tag", "put", WANG)]
    assert NOW


def test_goods_that_came_back_are_no_order_and_no_visit_and_take_their_money_along(desk: Desk) -> None:
    back = {"client_id": CHEN, "order_no": "R1", "kind": "return", "at": NOW, "total_fen": -20_000}
    frame = RecordFrame(store_scope(STORE), "purchase", ident(800), 9_000, back)
    before = desk.clients.portrait(CHEN).figures
    desk.db.apply(lambda applier: applier.apply([frame]))
    figures = desk.clients.portrait(CHEN).figures
    assert (figures.orders, figures.total_fen) == (before.orders, before.total_fen - 20_000)
    assert figures.last_at == before.last_at


def test_what_was_just_written_of_her_finds_her_and_what_was_taken_out_does_not(desk: Desk) -> None:
    for field in ("remark", "preference"):
        desk.client_deeds.edit(ZHOU, {field: "羊绒围巾"}, actor())
        assert [row.id for row in desk.clients.search("羊绒围巾")] == [ZHOU]
        desk.client_deeds.edit(ZHOU, {field: ""}, actor())
        assert desk.clients.search("羊绒围巾") == ()
    frames = [
        RecordFrame(
            store_scope(STORE), "client", LIN, 9_100 + n, {"name": "林小满", "created_at": NOW, field: "驼绒大衣"}
        )
        for n, field in enumerate(("remark", "preference"))
    ]
    for frame in frames:
        desk.db.apply(partial(_take_in, frame))
        assert [row.id for row in desk.clients.search("驼绒大衣")] == [LIN], "also what another PC wrote"


def _take_in(frame: RecordFrame, applier: Applier) -> None:
    applier.apply([frame])
