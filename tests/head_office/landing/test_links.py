"""Links: genuine ones open and are counted once, all others are refused."""

from __future__ import annotations

import base64
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from guide_app.base.clock import DAY_MS, china_date, day_start_ms
from guide_app.protocol.link import CODE_LENGTH
from guide_app.protocol.scopes import store_scope
from head_office.feed.write import write_all
from head_office.landing.limits import Rate
from head_office.landing.services import Rates
from head_office.store.tables import link_key
from tests.head_office.landing.shop import (
    MINUTE,
    NOW,
    PHONE_AGENT,
    STORE,
    Browser,
    Shop,
    link_code,
    record_id,
)

CODE = link_code()
PAGE = f"/s/{CODE}"
UNLIMITED = Rates(misses_by_address=Rate(10_000, 1000))


def flipped(code: str, bit: int) -> str:
    """The code with one of its 162 bits turned over."""
    padded = base64.urlsafe_b64decode(code + "A" * 9)
    value = int.from_bytes(padded, "big") ^ 1 << (27 * 8 - 1 - bit)
    return base64.urlsafe_b64encode(value.to_bytes(27, "big")).decode()[:CODE_LENGTH]


def scans(shop: Shop) -> list[dict[str, Any]]:
    """What was recorded of people opening links."""
    return [event for event in shop.rows("share_event") if event["kind"] == "scan"]


def test_every_bit_counts(office_engine: Engine) -> None:
    shop = Shop(office_engine, rates=UNLIMITED)
    browser = Browser(shop.app)
    answers = [browser.get(f"/s/{flipped(CODE, bit)}") for bit in range(162)]
    assert {answer.status for answer in answers} == {404}
    assert all("链接未通过核验" in answer.text for answer in answers)
    assert scans(shop) == []


@pytest.mark.parametrize(
    "code",
    [
        CODE[:-1],
        CODE + "A",
        CODE[:13],
        "x",
        "A" * 27,
        "!" * 27,
        "链接" * 13 + "链",
        "..%2f..%2fetc",
        CODE + "/x",
        "static",
        "blob",
    ],
)
def test_garbled_links_are_refused(shop: Shop, visitor: Browser, code: str) -> None:
    answer = visitor.get(f"/s/{code}")
    assert answer.status == 404
    assert "链接未通过核验" in answer.text
    assert scans(shop) == []


@pytest.mark.parametrize("path", ["", "/claim", "/privacy", "/c/x"])
def test_no_page_of_a_forged_link_opens(shop: Shop, visitor: Browser, path: str) -> None:
    forged = flipped(CODE, 100)
    if path:
        assert visitor.post(f"/s/{forged}{path}", {"phone": "13800138000"}).status in (404, 405)
    if path != "/claim":
        assert visitor.get(f"/s/{forged}{path}").status == 404
    assert shop.rows("client") == []


def test_a_link_of_an_unknown_key_is_refused(visitor: Browser) -> None:
    assert visitor.get(f"/s/{link_code(key_no=8)}").status == 404


def test_a_stolen_pc_signs_no_new_links(shop: Shop, visitor: Browser) -> None:
    with shop.engine.begin() as connection:
        connection.execute(sa.update(link_key).values(retired_ms=NOW))
    assert visitor.get(PAGE).status == 404
    write_all(shop.engine, NOW, [((store_scope(STORE), "share", record_id(70)), {"key_no": 7, "share_no": 1})])
    assert visitor.get(PAGE).status == 200


def test_whoever_guesses_is_slowed_down_and_honest_customers_are_not(office_engine: Engine) -> None:
    shop = Shop(office_engine, rates=Rates(misses_by_address=Rate(5, 60_000)))
    browser = Browser(shop.app)
    statuses = [browser.get(f"/s/{flipped(CODE, bit)}").status for bit in range(100, 107)]
    assert statuses == [404] * 5 + [429] * 2
    assert browser.get(PAGE).status == 200


# --- scans --------------------------------------------------------------------------------------------------------


def test_opening_is_a_scan_and_reloading_is_not(shop: Shop, visitor: Browser) -> None:
    for _ in range(3):
        visitor.get(PAGE)
    (scan,) = scans(shop)
    assert (scan["at"], scan["client_id"], scan["store_id"]) == (NOW, None, STORE)


def test_another_link_another_person_and_another_day_are_other_scans(shop: Shop, visitor: Browser) -> None:
    visitor.get(PAGE)
    visitor.get(f"/s/{link_code(share_no=2)}")
    Browser(shop.app).get(PAGE)
    assert len(scans(shop)) == 3
    cookie = next(line for line in Browser(shop.app).get(PAGE).cookies if line.startswith("seen="))
    midnight = day_start_ms(china_date(NOW)) + DAY_MS
    assert f"Max-Age={(midnight - NOW) // 1000}" in cookie
    assert f"Path={PAGE}" in cookie
    assert "HttpOnly" in cookie


@pytest.mark.parametrize(
    "agent",
    [
        "",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (compatible; Baiduspider/2.0)",
        "WeChatShareExtensionUrl/1.0",
        "QQ-URL-Manager",
        "facebookexternalhit/1.1",
        "Slackbot-LinkExpanding 1.0",
    ],
)
def test_machines_that_look_at_links_are_no_customers(shop: Shop, agent: str) -> None:
    assert Browser(shop.app, agent=agent).get(PAGE).status == 200
    assert scans(shop) == []


def test_looking_ahead_is_no_scan(shop: Shop, visitor: Browser) -> None:
    assert visitor.get(PAGE, method="HEAD").status == 200
    visitor.get(PAGE, {"sec-purpose": "prefetch;prerender"})
    visitor.get(PAGE, {"purpose": "prefetch"})
    assert scans(shop) == []


@pytest.mark.parametrize(
    "agent", [PHONE_AGENT, "Mozilla/5.0 (Linux; Android 15; CUBOT X90) Chrome/130.0 Mobile MicroMessenger/8.0.54"]
)
def test_people_with_phones_are_customers(shop: Shop, agent: str) -> None:
    Browser(shop.app, agent=agent).get(PAGE)
    assert len(scans(shop)) == 1


@pytest.mark.parametrize(("marketing", "named"), [("yes", True), ("", False)])
def test_a_returning_claimant_is_named_only_if_she_consented(
    shop: Shop, visitor: Browser, marketing: str, named: bool
) -> None:
    visitor.post(f"{PAGE}/claim", {"phone": "13800138000", "marketing": marketing, "consent_version": "landing-1"})
    visitor.get(PAGE)
    (client,), (scan,) = shop.rows("client"), scans(shop)
    assert scan["client_id"] == (client["id"] if named else None)


def test_a_stopped_product_still_counts_its_readers(shop: Shop, visitor: Browser) -> None:
    visitor.get(f"/s/{link_code(subject_no=999)}")
    assert len(scans(shop)) == 1
    shop.clock.ms += MINUTE
    visitor.get(PAGE)
    assert [scan["at"] for scan in scans(shop)].count(NOW + MINUTE) == 1
