"""The tags on offer: in the dictionary's order, the usual ones first, found by name, pinyin and initials."""

from guide_app.base.clock import DAY_MS
from guide_app.clients.tag_choice import Offer, TagChoice, best, matching, offer, spoken
from guide_app.clients.tags import Hanging
from guide_app.flows.desk import Desk
from guide_app.protocol.messages import RecordFrame
from guide_app.protocol.scopes import BRAND
from tests.helpers.book import CHEN, LI, LIN, NOW, WANG, ZHOU, HandClock, actor, ident


def dictionary(desk: Desk, *tags: tuple[str, str, bool, int]) -> None:
    frames = [
        RecordFrame(BRAND, "tag", ident(7_000 + n), 1_000 + n,
                    {"group": group, "name": name, "multi": multi, "rank": rank})
        for n, (group, name, multi, rank) in enumerate(tags)
    ]  # fmt: skip
    desk.db.apply(lambda applier: applier.apply(frames))


def names(found: Offer) -> list[tuple[str, list[str]]]:
    return [(group.name, [tag.name for tag in group.tags]) for group in found.groups]


def test_groups_come_in_the_order_of_the_dictionary(desk: Desk) -> None:
    dictionary(desk, ("来店", "稀客", False, 9), ("来店", "常客", False, 3), ("风格", "爱通勤", True, 2))
    desk.tag_deeds.hang(ZHOU, Hanging("话多", private=True), actor())
    found = desk.tags.offer(WANG)
    assert names(found) == [("等级", ["金卡"]), ("风格", ["爱通勤"]), ("来店", ["常客", "稀客"]), ("", ["话多"])]
    assert [group.single for group in found.groups] == [False, False, True, False]
    assert found.groups[-1].tags[0].private
    assert names(desk.tags.offer(LI))[-1][0] == "来店"


def test_what_she_hangs_often_comes_first_for_three_months(desk: Desk, clock: HandClock) -> None:
    dictionary(desk, ("风格", "爱通勤", True, 2), ("风格", "爱运动", True, 3))
    for client in (CHEN, ZHOU):
        desk.tag_deeds.hang(client, Hanging("爱运动"), actor())
    desk.tag_deeds.hang(LIN, Hanging("爱通勤"), actor())
    assert [tag.name for tag in desk.tags.offer(WANG).usual] == ["爱运动", "爱通勤"]
    assert desk.tags.offer(LI).usual == ()
    clock.ms = NOW + 91 * DAY_MS
    assert desk.tags.offer(WANG).usual == ()


def test_a_tag_is_found_by_name_group_pinyin_and_initials() -> None:
    tags = [TagChoice(name, group, heard=spoken(name)) for group, name in (("风格", "爱通勤"), ("脚型", "宽脚"))]
    found = offer(tags)
    for typed, name in (("通勤", "爱通勤"), ("atq", "爱通勤"), ("kuanj", "宽脚"), ("脚型", "宽脚"), ("K J", "宽脚")):
        assert [tag.name for group in matching(found, typed) for tag in group.tags] == [name], typed
    for nothing in ("没有", "tongqin", "tq"):
        assert matching(found, nothing) == ()
    assert matching(found, " ") == found.groups


def test_enter_means_the_tag_of_that_name_before_one_that_contains_it() -> None:
    found = offer(
        [TagChoice("大金卡", "等级", heard=spoken("大金卡")), TagChoice("金卡", "等级", heard=spoken("金卡"))]
    )
    for typed, name in (("金卡", "金卡"), ("jk", "金卡"), ("卡", "大金卡")):
        chosen = best(matching(found, typed), typed)
        assert chosen is not None
        assert chosen.name == name
    assert best((), "x") is None


def test_what_was_taken_off_comes_back_as_it_hung(desk: Desk) -> None:
    desk.tag_deeds.hang(ZHOU, Hanging("双十一意向", until=NOW + DAY_MS, private=True), actor())
    (before,) = desk.tags.of_client(ZHOU, WANG)
    desk.tag_deeds.wrong(ZHOU, "双十一意向", "她说不是", actor())
    assert desk.tags.barred(ZHOU) != ()
    desk.tag_deeds.put_back(ZHOU, before, actor())
    (after,) = desk.tags.of_client(ZHOU, WANG)
    assert (after.name, after.until, after.private) == ("双十一意向", NOW + DAY_MS, True)
    assert desk.tags.barred(ZHOU) == ()


def test_three_thousand_tags_are_offered_and_filtered(desk: Desk) -> None:
    dictionary(desk, *((f"组{n % 60}", f"标签第{n}号", True, n) for n in range(3_000)))
    found = desk.tags.offer(WANG)
    assert sum(len(group.tags) for group in found.groups) == 3_001
    assert len(found.groups) == 61
    assert [tag.name for group in matching(found, "第2999") for tag in group.tags] == ["标签第2999号"]
    assert desk.tag_deeds.hang(ZHOU, Hanging("标签第2999号"), actor()) is not None
    assert [tag.name for tag in desk.tags.offer(WANG).usual] == ["标签第2999号"]
