"""Tags on a client: where they come from, who sees them, how long they hang, and what no tag may say."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from guide_app.base.clock import DAY_MS
from guide_app.base.errors import InvalidInputError, NotFoundError
from guide_app.base.tag_words import TagGuard
from guide_app.clients.model import ClientFilter
from guide_app.clients.tags import MOST_ON_CLIENT, Hanging
from guide_app.flows.desk import Desk
from guide_app.protocol.messages import RecordFrame
from guide_app.protocol.scopes import BRAND, store_scope
from guide_app.segments import model as m
from guide_app.store.uow import UnitOfWork
from tests.helpers.book import CHEN, LI, LIN, NOW, STORE, WANG, ZHOU, HandClock, actor, ident

GUARD = TagGuard.shipped()


@pytest.fixture
def office(desk: Desk) -> Callable[..., None]:
    """Has head office send a record."""
    numbers = iter(range(1_000, 2_000))

    def send(kind: str, record_id: str, /, *, store: str = "", **data: Any) -> None:
        scope = store_scope(store) if store else BRAND
        frame = RecordFrame(scope, kind, record_id, next(numbers), data)
        desk.db.apply(lambda applier: applier.apply([frame]))

    return send


def names(desk: Desk, client_id: str, viewer: str = WANG) -> list[str]:
    return [tag.name for tag in desk.tags.of_client(client_id, viewer)]


def test_a_tag_tells_who_hung_it_and_when(desk: Desk) -> None:
    desk.tag_deeds.hang(ZHOU, Hanging("爱通勤", "风格"), actor())
    (tag,) = desk.tags.of_client(ZHOU, LI)
    assert (tag.group, tag.name, tag.origin) == ("风格", "爱通勤", "guide")
    assert (tag.guide_name, tag.at, tag.why) == ("王敏", NOW, "")


def test_a_choice_of_a_single_group_replaces_the_former(desk: Desk, office: Callable[..., None]) -> None:
    for n, (name, multi) in enumerate((("常客", False), ("稀客", False), ("爱红色", True), ("爱黑色", True))):
        office("tag", ident(7_000 + n), group="颜色" if multi else "来店", name=name, multi=multi, rank=n)
    for name in ("常客", "爱红色", "爱黑色", "稀客"):
        desk.client_deeds.tag(ZHOU, name, actor())
    assert sorted(names(desk, ZHOU)) == sorted(["爱红色", "爱黑色", "稀客"])
    assert [(tag.group, tag.name, tag.clients) for tag in desk.tags.dictionary(WANG)] == [
        ("来店", "常客", 0), ("来店", "稀客", 1), ("等级", "金卡", 1), ("颜色", "爱红色", 1), ("颜色", "爱黑色", 1),
    ]  # fmt: skip


def test_a_private_tag_is_its_guides_own(desk: Desk) -> None:
    desk.tag_deeds.hang(ZHOU, Hanging("话多", private=True), actor())
    assert names(desk, ZHOU, WANG) == ["话多"]
    assert names(desk, ZHOU, LI) == []
    assert [tag.name for tag in desk.clients.portrait(ZHOU, WANG).tags] == ["话多"]
    assert desk.clients.portrait(ZHOU, LI).tags == desk.clients.portrait(ZHOU).tags == ()
    assert desk.clients.search("话多") == ()
    assert desk.clients.used_tags() == [("等级", "金卡", 1)]
    assert [desk.clients.count(ClientFilter(tags=("话多",)), guide) for guide in (WANG, LI)] == [1, 0]
    assert desk.segments.ids(m.Tagged("话多"), WANG) == (ZHOU,)
    assert desk.segments.ids(m.Tagged("话多"), LI) == ()


def test_an_expired_tag_is_neither_shown_nor_chosen_by(desk: Desk, clock: HandClock) -> None:
    desk.tag_deeds.hang(ZHOU, Hanging("双十一意向", until=NOW + DAY_MS), actor())
    assert names(desk, ZHOU) == ["双十一意向"]
    clock.ms += DAY_MS
    assert names(desk, ZHOU) == []
    assert desk.segments.count(m.Tagged("双十一意向"), WANG) == 0
    assert desk.clients.portrait(ZHOU, WANG).tags == ()
    assert desk.clients.count(ClientFilter(tags=("双十一意向",)), WANG) == 0
    assert [row.tags for row in desk.clients.page(ClientFilter(), WANG).rows if row.id == ZHOU] == [()]
    assert desk.client_deeds.tag(ZHOU, "双十一意向", actor()) is not None
    assert names(desk, ZHOU) == ["双十一意向"]


def test_an_end_that_has_passed_is_refused(desk: Desk) -> None:
    with pytest.raises(InvalidInputError, match="到期日"):
        desk.tag_deeds.hang(ZHOU, Hanging("旧", until=NOW), actor())


def test_names_and_groups_have_their_limits(desk: Desk) -> None:
    assert desk.client_deeds.tag(ZHOU, "长" * 30, actor(), "组" * 15)
    for name, group in (("长" * 31, ""), ("", ""), ("短", "组" * 16)):
        with pytest.raises(InvalidInputError):
            desk.client_deeds.tag(ZHOU, name, actor(), group)


def test_a_renamed_tag_keeps_its_clients(desk: Desk, office: Callable[..., None]) -> None:
    office("tag", ident(12), group="会员", name="金卡会员", was=["金卡"])
    assert [(tag.group, tag.name) for tag in desk.tags.of_client(CHEN, WANG)] == [("会员", "金卡会员")]
    assert desk.segments.ids(m.Tagged("金卡会员", "会员"), WANG) == (CHEN,)
    assert desk.client_deeds.tag(CHEN, "金卡", actor()) is None
    desk.client_deeds.tag(ZHOU, "金卡", actor())
    assert names(desk, ZHOU) == ["金卡会员"]


def test_a_tag_merged_into_another_shows_as_that_one(desk: Desk, office: Callable[..., None]) -> None:
    office("tag", ident(7_000), group="等级", name="贵宾")
    office("tag", ident(12), group="等级", name="金卡", merged_into=ident(7_000))
    assert names(desk, CHEN) == ["贵宾"]
    assert desk.client_deeds.untag(CHEN, "贵宾", actor()) == 1
    assert names(desk, CHEN) == []


def test_a_hidden_tag_of_head_office_is_not_for_guides(desk: Desk, office: Callable[..., None]) -> None:
    office("tag", ident(7_000), group="内部", name="总部观察", visible=False)
    with pytest.raises(InvalidInputError, match="没有开放"):
        desk.client_deeds.tag(ZHOU, "总部观察", actor())


def test_a_wrong_tag_goes_and_is_barred_until_that_is_taken_back(desk: Desk) -> None:
    bar = desk.tag_deeds.wrong(CHEN, "金卡", "本人说不是", actor())
    assert names(desk, CHEN) == []
    assert desk.tags.barred(CHEN) == ((bar, "金卡", "本人说不是"),)
    desk.tag_deeds.allow_again(bar, actor())
    assert desk.tags.barred(CHEN) == ()
    with pytest.raises(NotFoundError):
        desk.tag_deeds.wrong(CHEN, "金卡", "", actor())


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("怀孕", "health"), ("怀 孕", "health"), ("怀-孕中", "health"), ("对胶水过敏", "health"), ("ＨＩＶ", "health"),
        ("信佛", "religion"), ("穆斯林", "religion"), ("老党员", "politics"), ("政治敏感", "politics"),
        ("孩子3岁", "under_14"), ("13周岁", "under_14"), ("儿子十二岁", "under_14"), ("有宝宝", "under_14"),
        ("14岁", ""), ("33岁", ""), ("三十三岁", ""), ("十四岁", ""), ("二十岁", ""), ("派对常客", ""),
        ("抗过敏材质", ""), ("宽脚", ""), ("金卡", ""), ("儿童节送礼", ""), ("通勤", ""),
    ],
)  # fmt: skip
def test_words_are_known_for_what_they_are(name: str, kind: str) -> None:
    finding = GUARD.judge(name)
    assert (finding.words.kind if finding else "") == kind


@pytest.mark.parametrize("name", ["信佛", "老党员"])
def test_some_words_no_tag_may_say(desk: Desk, name: str) -> None:
    with pytest.raises(InvalidInputError, match=re.escape("个人信息保护法第 28 条")) as told:
        desk.client_deeds.tag(ZHOU, name, actor())
    assert told.value.code == "tag.forbidden"
    with pytest.raises(InvalidInputError):
        desk.client_deeds.add({"name": "新人"}, actor(), (name,))
    assert names(desk, ZHOU) == []


@pytest.mark.parametrize(("name", "purpose"), [("怀孕", "sensitive"), ("孩子3岁", "child")])
def test_sensitive_words_wait_for_separate_consent(
    desk: Desk, office: Callable[..., None], name: str, purpose: str
) -> None:
    def say(n: int, granted: bool, about: str = purpose) -> None:
        office("consent", ident(8_000 + n), store=STORE, client_id=ZHOU, purpose=about, granted=granted, at=NOW + n)

    say(0, granted=True, about="marketing")
    with pytest.raises(InvalidInputError, match="同意") as told:
        desk.client_deeds.tag(ZHOU, name, actor())
    assert told.value.code == "tag.consent_needed"
    say(1, granted=True)
    assert desk.client_deeds.tag(ZHOU, name, actor())
    desk.client_deeds.untag(ZHOU, name, actor())
    say(2, granted=False)
    with pytest.raises(InvalidInputError):
        desk.client_deeds.tag(ZHOU, name, actor())


def test_a_list_asks_for_any_tag_of_a_group_and_for_all_groups(desk: Desk, office: Callable[..., None]) -> None:
    office("tag", ident(7_001), group="等级", name="银卡", multi=True)
    for client, tags in ((CHEN, ("通勤",)), (ZHOU, ("银卡", "通勤")), (LIN, ("银卡", "宽楦", "通勤"))):
        for name in tags:
            desk.tag_deeds.hang(client, Hanging(name, "风格" if name == "通勤" else ""), actor())

    def found(*tags: str) -> set[str]:
        return {row.id for row in desk.clients.page(ClientFilter(tags=tags), WANG).rows}

    assert found("金卡", "银卡") == {CHEN, ZHOU, LIN}
    assert found("银卡", "通勤") == {ZHOU, LIN}
    assert found("金卡", "通勤", "银卡", "宽楦") == {LIN}
    assert found("通勤", "没有的") == set()
    desk.card_deeds.standing.follow(ZHOU, "跟进中", actor())
    some = ClientFilter(tags=("银卡",), states=("跟进中", "已赢单"))
    assert [row.id for row in desk.clients.page(some, WANG).rows] == [ZHOU]
    assert desk.clients.count(ClientFilter(states=("",)), WANG) == 2


def test_a_client_carries_three_thousand_tags_and_not_one_more(desk: Desk) -> None:
    def fill(uow: UnitOfWork) -> None:
        for n in range(MOST_ON_CLIENT):
            record = {"client_id": ZHOU, "name": f"标签{n}", "group": f"组{n % 30}", "guide_id": WANG, "at": uow.now_ms}
            uow.put("client_tag", record, store_id=STORE)

    desk.db.change(fill, by=WANG, origin="test")
    assert len(names(desk, ZHOU)) == MOST_ON_CLIENT
    with pytest.raises(InvalidInputError, match="最多 3000 个标签"):
        desk.client_deeds.tag(ZHOU, "再一个", actor())
    desk.client_deeds.untag(ZHOU, "标签7", actor())
    assert desk.client_deeds.tag(ZHOU, "再一个", actor()) is not None
