"""Tags on today's list: the ones the guide sees, as they are called now; who carries one that blocks is not on it."""

from __future__ import annotations

from guide_app.base.clock import DAY_MS
from guide_app.clients.tags import Hanging
from guide_app.flows.desk import Desk
from tests.guide_app.followup.conftest import Arrives
from tests.helpers.book import CHEN, LI, NOW, WANG, HandClock, actor, ident

QUIET, VIP = ident(9_001), ident(9_002)


def shown(desk: Desk, guide: str = WANG) -> tuple[str, ...] | None:
    """The tags of 陈雅婷's line; None if she has none."""
    found = desk.followup.today(guide, whole_store=True)
    return next((line.tags for line in found if line.client_id == CHEN), None)


def test_a_line_says_the_present_names_of_what_the_guide_may_see(
    desk: Desk, clock: HandClock, arrives: Arrives
) -> None:
    desk.tag_deeds.hang(CHEN, Hanging("怕吵", private=True), actor())
    desk.tag_deeds.hang(CHEN, Hanging("双十一", until=NOW + DAY_MS), actor())
    arrives("tag", ident(12), group="等级", name="金卡会员", was=["金卡"])
    assert (shown(desk), shown(desk, LI)) == (("金卡会员", "怕吵", "双十一"), ("金卡会员", "双十一"))
    clock.ms = NOW + DAY_MS
    assert shown(desk) == ("金卡会员", "怕吵")


def test_a_blocking_tag_keeps_her_off_the_list_only_while_it_lasts(
    desk: Desk, clock: HandClock, arrives: Arrives
) -> None:
    arrives("tag", QUIET, group="服务", name="暂不联系", blocks=True)
    desk.tag_deeds.hang(CHEN, Hanging("暂不联系", until=NOW + DAY_MS), actor())
    assert shown(desk) is None
    clock.ms = NOW + DAY_MS
    assert shown(desk) is not None


def test_a_tag_blocks_by_its_present_entry_however_the_mark_was_written(desk: Desk, arrives: Arrives) -> None:
    arrives("client_tag", ident(9_100), client_id=CHEN, name="别打扰", at=NOW)
    assert shown(desk) is not None
    arrives("tag", QUIET, group="服务", name="暂不联系", was=["别打扰"], blocks=True)
    assert shown(desk) is None
    arrives("tag", VIP, group="服务", name="只发短信")
    arrives("tag", QUIET, group="服务", name="暂不联系", was=["别打扰"], blocks=True, merged_into=VIP)
    assert shown(desk) == ("金卡", "只发短信")
