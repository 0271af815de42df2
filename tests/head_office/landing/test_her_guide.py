"""A client scans another guide's link: she keeps her own guide, and the share keeps its credit."""

from __future__ import annotations

from typing import Any

import pytest

from guide_app.protocol.scopes import BRAND
from head_office.feed.write import write_all
from head_office.landing.her_guide import NOTE
from tests.head_office.landing.shop import GUIDE, NEXT_STORE, NOW, STORE, Browser, Shop, link_code, record_id
from tests.head_office.landing.test_claim import claim

OTHER = record_id(70)
HERS, THEIRS = link_code(), link_code(guide_no=22, share_no=2)


@pytest.fixture(autouse=True)
def _second_guide(shop: Shop) -> None:
    guide = {"no": 22, "number": "1025", "name": "周琳", "store_id": STORE}
    write_all(shop.engine, NOW, [((BRAND, "guide", OTHER), guide)])


def test_the_second_scan_shows_her_own_guide(shop: Shop, visitor: Browser) -> None:
    claim(visitor)
    answer = visitor.get(f"/s/{THEIRS}")
    assert "王敏" in answer.text
    assert "周琳" not in answer.text
    assert NOTE in answer.text
    assert [client["primary_guide_id"] for client in shop.rows("client")] == [GUIDE]
    assert shop.rows("share_event")[-1]["kind"] == "scan"
    assert {event["guide_id"] for event in shop.rows("share_event")} == {GUIDE, OTHER}, "the share keeps its credit"
    assert NOTE not in visitor.get(f"/s/{HERS}").text


def test_a_stranger_sees_who_shared(shop: Shop, visitor: Browser) -> None:
    claim(visitor)
    text = Browser(shop.app).get(f"/s/{THEIRS}").text
    assert "周琳" in text
    assert NOTE not in text


@pytest.mark.parametrize("change", [{"active": False}, {"store_id": NEXT_STORE}])
def test_a_guide_who_is_not_here_any_more_is_not_kept(shop: Shop, visitor: Browser, change: dict[str, Any]) -> None:
    claim(visitor)
    shop.change("guide", GUIDE, **change)
    assert "周琳" in visitor.get(f"/s/{THEIRS}").text


def test_the_house_may_turn_it_off(shop: Shop, visitor: Browser) -> None:
    claim(visitor)
    rule = {"name": "keep_guide", "value": {"on": 0}}
    write_all(shop.engine, NOW, [((BRAND, "house_rule", record_id(71)), rule)])
    assert "周琳" in visitor.get(f"/s/{THEIRS}").text
