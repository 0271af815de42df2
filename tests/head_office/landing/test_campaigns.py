"""The page behind a link to a campaign: what it says, its coupon, when it is over, and what a visit leaves behind."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from guide_app.base.clock import DAY_MS
from guide_app.protocol.link import Subject
from guide_app.protocol.scopes import BRAND, Scope
from head_office.store.tables import KIND_TABLES
from tests.head_office.landing.shop import GUIDE, NOW, TEMPLATE, Browser, Shop, default_records, link_code, record_id

CAMPAIGN = record_id(60)
NUMBER = 5
CODE = link_code(subject=Subject.CAMPAIGN, subject_no=NUMBER)
URL = "/s/" + CODE


@pytest.fixture
def shop(office_engine: Engine) -> Shop:
    records: dict[tuple[Scope, str, str], Mapping[str, Any]] = dict(default_records())
    records[BRAND, "campaign", CAMPAIGN] = {
        "no": NUMBER, "kind": "活动", "title": "双十二满减", "body": "全场满 400 减 80\n到店出示, 当场减",
        "starts_at": NOW - DAY_MS, "ends_at": NOW + 18 * DAY_MS,
    }  # fmt: skip
    return Shop(office_engine, records=records)


def test_the_page_shows_the_campaign_its_dates_its_coupon_and_the_guide(shop: Shop) -> None:
    page = Browser(shop.app).get(URL)
    assert page.status == 200
    places = [page.text.index(f">{word}<") for word in ("双十二满减", "11 月 23 日—12 月 12 日", "全场满 400 减 80")]
    assert places == sorted(places)
    assert "<p>到店出示, 当场减</p>" in page.text
    assert "王敏</b> 为你推荐" in page.text
    assert "立即领取" in page.text


def test_without_a_coupon_there_is_no_form(shop: Shop) -> None:
    page = Browser(shop.app).get("/s/" + link_code(subject=Subject.CAMPAIGN, subject_no=NUMBER, coupon_no=0))
    assert page.status == 200
    assert "双十二满减" in page.text
    assert "立即领取" not in page.text


def test_after_its_end_the_page_says_so_and_hands_out_nothing(shop: Shop) -> None:
    shop.change("campaign", CAMPAIGN, ends_at=NOW)
    page = Browser(shop.app).get(URL)
    assert page.status == 410
    assert "这个活动已经结束" in page.text
    assert "立即领取" not in page.text
    assert "王敏" in page.text


def test_a_campaign_nobody_knows_shows_whom_to_ask(shop: Shop) -> None:
    page = Browser(shop.app).get("/s/" + link_code(subject=Subject.CAMPAIGN, subject_no=NUMBER + 1))
    assert page.status == 404
    assert "这个活动已经撤下了" in page.text
    assert "王敏" in page.text
    assert "双十二" not in page.text


def test_opening_it_is_a_scan_of_her_guide(shop: Shop, office_engine: Engine) -> None:
    Browser(shop.app).get(URL)
    event = KIND_TABLES["share_event"]
    with office_engine.connect() as connection:
        found = connection.execute(sa.select(event.c.kind, event.c.guide_id, event.c.product_id)).all()
    assert [tuple(row) for row in found] == [("scan", GUIDE, None)]


def test_its_coupon_is_claimed_in_the_name_of_her_guide(shop: Shop) -> None:
    browser = Browser(shop.app)
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', browser.get(URL).text))
    assert browser.post(URL + "/claim", {**hidden, "phone": "13800138000"}).status == 303
    (coupon,) = shop.rows("coupon")
    assert (coupon["template_id"], coupon["guide_id"]) == (TEMPLATE, GUIDE)
    assert [event["guide_id"] for event in shop.rows("share_event") if event["kind"] == "claim"] == [GUIDE]


def test_once_it_is_over_its_coupon_cannot_be_claimed_any_more(shop: Shop) -> None:
    browser = Browser(shop.app)
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', browser.get(URL).text))
    shop.change("campaign", CAMPAIGN, ends_at=NOW)
    browser.post(URL + "/claim", {**hidden, "phone": "13800138000"})
    assert shop.rows("coupon") == []
