"""Segments that guides keep: whoever fits, or a list; one's own until shared; and who may be addressed."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from guide_app.base.actor import Actor
from guide_app.base.clock import DAY_MS
from guide_app.base.errors import InvalidInputError, NotFoundError
from guide_app.flows.desk import Desk
from guide_app.protocol.messages import RecordFrame
from guide_app.protocol.scopes import BRAND, store_scope
from guide_app.segments import model as m
from guide_app.segments.grids import stage_of, stages
from guide_app.segments.parse import parse
from tests.helpers.book import CHEN, LI, LIN, NOW, STORE, WANG, ZHOU, HandClock, actor, ident

BOUGHT = m.Figure("orders", at_least=1)
MANAGER = Actor(LI, 2, "0300", "李娜", "store_manager", STORE, "南京西路店", "test")


@pytest.fixture
def office(desk: Desk) -> Callable[..., None]:
    numbers = iter(range(1_000, 2_000))

    def send(kind: str, record_id: str, /, *, store: str = "", **data: Any) -> None:
        frame = RecordFrame(store_scope(store) if store else BRAND, kind, record_id, next(numbers), data)
        desk.db.apply(lambda applier: applier.apply([frame]))

    return send


def test_the_example_of_the_manual_is_counted(desk: Desk, clock: HandClock) -> None:
    rule = parse(
        {"all": [
            {"bought": {"category": "女鞋", "size": "37"}},
            {"figure": "days_since_purchase", "at_least": 180},
            {"consent": "marketing"},
        ]}
    )  # fmt: skip
    assert desk.segments.count(rule, WANG) == 0
    clock.ms += 128 * DAY_MS
    assert [member.name for member in desk.segments.members(rule, WANG)] == ["陈雅婷"]


def test_a_dynamic_segment_follows_what_sync_brings(desk: Desk, office: Callable[..., None]) -> None:
    kept = desk.segments.one(desk.segment_deeds.keep("买过的", BOUGHT, actor()), WANG)
    assert (kept.name, kept.rule, kept.mode, kept.mine) == ("买过的", BOUGHT, "dynamic", True)
    assert desk.segments.ids(kept.rule, WANG) == (CHEN,)
    office("purchase", ident(9_500), store=STORE, client_id=ZHOU, order_no="NJ-9", at=NOW, total_fen=100)
    assert desk.segments.ids(kept.rule, WANG) == (CHEN, ZHOU)


def test_a_static_segment_stays_as_it_was_put_together(desk: Desk) -> None:
    segment_id = desk.segment_deeds.keep_list("沙龙名单", [ZHOU, LIN, ZHOU], actor())
    listed = desk.segments.one(segment_id, WANG).rule
    assert desk.segments.ids(listed, WANG) == (ZHOU, LIN)
    assert desk.segment_deeds.add(segment_id, [CHEN, LIN], actor()) == 1
    assert desk.segment_deeds.remove(segment_id, [ZHOU, LIN], actor()) == 2
    assert desk.segments.ids(listed, WANG) == (CHEN,)
    with pytest.raises(NotFoundError, match=ident(77)):
        desk.segment_deeds.add(segment_id, [ident(77)], actor())
    with pytest.raises(InvalidInputError, match="固定名单"):
        desk.segment_deeds.redefine(segment_id, BOUGHT, actor())


def test_a_segment_is_renamed_redefined_and_ended(desk: Desk) -> None:
    segment_id = desk.segment_deeds.keep("买过的", BOUGHT, actor())
    assert desk.segment_deeds.rename(segment_id, " 老客 ", actor()) == "买过的"
    desk.segment_deeds.redefine(segment_id, m.Not(BOUGHT), actor())
    assert [(kept.name, kept.rule) for kept in desk.segments.kept(WANG)] == [("老客", m.Not(BOUGHT))]
    with pytest.raises(InvalidInputError, match="已有"):
        desk.segment_deeds.keep("老客", BOUGHT, actor())
    with pytest.raises(InvalidInputError, match="动态"):
        desk.segment_deeds.add(segment_id, [CHEN], actor())
    desk.segment_deeds.end(segment_id, actor())
    assert desk.segments.kept(WANG) == ()
    assert desk.segment_deeds.keep("老客", BOUGHT, actor())


def test_a_segment_is_its_guides_own_until_shared(desk: Desk) -> None:
    segment_id = desk.segment_deeds.keep("买过的", BOUGHT, actor())
    assert desk.segments.kept(LI) == ()
    with pytest.raises(NotFoundError):
        desk.segment_deeds.end(segment_id, MANAGER)
    desk.segment_deeds.share(segment_id, actor(), shared=True)
    assert [(kept.name, kept.mine) for kept in desk.segments.kept(LI)] == [("买过的", False)]
    with pytest.raises(InvalidInputError, match="同事"):
        desk.segment_deeds.rename(segment_id, "我的", MANAGER)
    desk.segment_deeds.end(segment_id, MANAGER)
    assert desk.segments.kept(WANG) == ()


@pytest.mark.parametrize("name", ["", "   ", "长" * 31])
def test_a_segment_needs_a_name(desk: Desk, name: str) -> None:
    with pytest.raises(InvalidInputError, match="分群名"):
        desk.segment_deeds.keep(name, BOUGHT, actor())


def test_a_rule_that_could_not_be_read_again_is_not_kept(desk: Desk) -> None:
    with pytest.raises(InvalidInputError, match="figure"):
        desk.segment_deeds.keep("坏", m.Figure("height", 1), actor())


@pytest.mark.parametrize(
    ("reason", "kind", "data"),
    [
        ("refused", "client", {"contact_state": "refused"}),
        ("refused", "company_view", {"refused": True}),
        ("flagged", "client", {"flag": "complaint"}),
        ("blocked", "client_tag", {"name": "不要联系", "tag_id": ident(7_000)}),
        ("no_consent", "consent", {"purpose": "marketing", "granted": False, "at": NOW}),
        ("no_profiling", "client", {"no_profiling": True}),
        ("contacted", "note", {"kind": "message", "body": "问候", "at": NOW - DAY_MS}),
        ("contacted", "share", {"code": "x", "guide_id": LI, "at": NOW - 6 * DAY_MS}),
        ("contacted", "company_view", {"contacts": [NOW - DAY_MS]}),
    ],
)
def test_who_is_left_out_is_counted_by_reason(
    desk: Desk, office: Callable[..., None], reason: m.Reason, kind: str, data: Mapping[str, Any]
) -> None:
    assert desk.segments.reach(BOUGHT, WANG) == m.Reach(1, 1, {})
    assert desk.segments.reached(BOUGHT, WANG) == (CHEN,)
    office("tag", ident(7_000), name="不要联系", blocks=True)
    if kind == "client":
        fields = {"name": "陈雅婷", "contact_state": "marketing", **data}
        office("client", CHEN, store=STORE, **fields)
    else:
        office(kind, CHEN if kind == "company_view" else ident(9_600), store=STORE, client_id=CHEN, **data)
    assert desk.segments.reach(BOUGHT, WANG) == m.Reach(1, 0, {reason: 1})
    assert desk.segments.reached(BOUGHT, WANG) == ()


def test_what_her_record_does_not_allow_no_older_fact_does(desk: Desk, office: Callable[..., None]) -> None:
    agreed = m.Consented("marketing")
    office("client", LIN, store=STORE, name="林小雨", contact_state="marketing")
    assert LIN in desk.segments.ids(agreed, WANG), "her record is older than the ledger"
    office("consent", ident(900), store=STORE, client_id=LIN, purpose="marketing", guide_id=WANG, at=NOW - 9)
    assert LIN in desk.segments.ids(agreed, WANG)
    office("client", LIN, store=STORE, name="林小雨", contact_state="none")
    assert LIN not in desk.segments.ids(agreed, WANG), "head office lowered it when she withdrew"


def test_a_colleagues_grant_on_another_pc_does_not_open_her_withdrawal(desk: Desk, office: Callable[..., None]) -> None:
    office("client", LIN, store=STORE, name="林小雨", contact_state="marketing")
    for n, granted in enumerate([False, True]):
        said = {"purpose": "marketing", "granted": granted, "guide_id": WANG, "at": NOW - 9 + n}
        office("consent", ident(900 + n), store=STORE, client_id=LIN, **said)
    assert LIN not in desk.segments.ids(m.Consented("marketing"), WANG)
    assert LIN not in desk.segments.reached(m.EVERYBODY, WANG)


def test_a_rule_without_behaviour_reaches_who_is_not_to_be_profiled(desk: Desk) -> None:
    desk.client_deeds.edit(CHEN, {"no_profiling": True}, actor())
    named = m.Field("shoe_size", ("37",))
    assert desk.segments.reach(named, WANG) == m.Reach(1, 1, {})


def test_any_tag_of_a_group_and_all_groups(desk: Desk) -> None:
    for client_id, name, group in (
        (CHEN, "通勤", "风格"),
        (ZHOU, "银卡", "会员"),
        (ZHOU, "运动", "风格"),
        (LIN, "通勤", "风格"),
    ):
        desk.client_deeds.tag(client_id, name, actor(), group)
    chosen = (("等级", "金卡"), ("风格", "通勤"), ("风格", "运动"))
    assert desk.segments.ids(m.tag_filter(chosen), WANG) == (CHEN,)
    assert desk.segments.ids(m.tag_filter(chosen[1:]), WANG) == (CHEN, ZHOU, LIN)
    assert desk.segments.ids(m.tag_filter(()), WANG) == (CHEN, ZHOU, LIN)


@pytest.mark.parametrize(
    ("orders", "days", "stage"),
    [(0, None, "known"), (1, 0, "first"), (1, 180, "first"), (2, 180, "active"), (9, 181, "asleep"), (1, 365, "asleep"),
     (5, 366, "lost")],
)  # fmt: skip
def test_a_clients_stage_is_the_one_on_whose_list_she_is(desk: Desk, orders: int, days: int | None, stage: str) -> None:
    assert stage_of(orders, days) == stage
    if orders and days is not None:
        at = NOW - days * DAY_MS
        frames = [
            RecordFrame(store_scope(STORE), "purchase", ident(9_700 + n), 2_000 + n,
                        {"client_id": LIN, "order_no": str(n), "at": at, "total_fen": 100})
            for n in range(orders)
        ]  # fmt: skip
        desk.db.apply(lambda applier: applier.apply(frames))
    assert [key for key, rule in stages().items() if LIN in desk.segments.ids(rule, WANG)] == [stage]
