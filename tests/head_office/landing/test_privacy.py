"""Taking consent back is as easy as giving it, and reaches every record of the person."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from guide_app.protocol.coupon_code import make_code, show_code
from guide_app.protocol.scopes import store_scope
from head_office.feed.write import write_all
from head_office.landing.limits import Rate
from head_office.landing.services import Rates
from head_office.store.tables import audit
from tests.head_office.landing.shop import NEXT_STORE, NOW, Answer, Browser, Shop, link_code, record_id

CODE = link_code()
PRIVACY, CLAIM = f"/s/{CODE}/privacy", f"/s/{CODE}/claim"
PHONE = "13800138000"


def claim(browser: Browser, phone: str = PHONE) -> Answer:
    return browser.post(CLAIM, {"phone": phone, "marketing": "yes", "consent_version": "landing-1"})


def states(shop: Shop) -> dict[str, str]:
    return {row["id"]: row["contact_state"] for row in shop.rows("client")}


def deeds(shop: Shop) -> list[Any]:
    with shop.engine.connect() as connection:
        return list(connection.execute(sa.select(audit.c.deed, audit.c.detail)))


def test_the_page_says_who_what_why_and_how_to_complain(visitor: Browser) -> None:
    answer = visitor.get(PRIVACY)
    assert answer.status == 200
    for words in (
        "红枫叶(上海)鞋服有限公司",
        "手机号",
        "撤回同意",
        "400-820-0000",
        "12315",
        "021-6288 0000",
        "landing-1",
    ):
        assert words in answer.text


@pytest.mark.parametrize(("wish", "state"), [("no_marketing", "none"), ("no_contact", "refused")])
def test_the_browser_that_claimed_withdraws_with_one_button(
    shop: Shop, visitor: Browser, wish: str, state: str
) -> None:
    claim(visitor)
    assert "任意一张领过的券的券码" not in visitor.get(PRIVACY).text
    answer = visitor.post(PRIVACY, {"wish": wish})
    assert answer.status == 303
    assert "已领的券照常可用" in visitor.get(answer.headers["location"].partition("#")[0]).text
    (client,) = shop.rows("client")
    assert (client["contact_state"], client["consent_version"], client["consent_at"]) == (state, "", None)
    assert client["stamps"]["contact_state"]
    assert deeds(shop) == [("consent.withdraw", {"client_id": client["id"], "wish": wish})]


@pytest.mark.parametrize(("wish", "ended"), [("no_marketing", {"marketing"}), ("no_contact", {"marketing", "service"})])
def test_what_she_takes_back_is_kept_as_a_fact_beside_what_she_gave(
    shop: Shop, visitor: Browser, wish: str, ended: set[str]
) -> None:
    claim(visitor)
    visitor.post(PRIVACY, {"wish": wish})
    facts = [(fact["purpose"], fact["granted"], fact["way"]) for fact in shop.rows("consent")]
    assert sorted(facts) == sorted([("marketing", True, "page"), *((purpose, False, "page") for purpose in ended)])


def test_another_browser_needs_phone_and_code(shop: Shop, visitor: Browser) -> None:
    claim(visitor)
    code = show_code(shop.rows("coupon")[0]["code"]).lower()
    other = Browser(shop.app)
    answer = other.post(PRIVACY, {"wish": "no_contact", "phone": "138 0013 8000", "coupon": code})
    assert answer.status == 303
    assert list(states(shop).values()) == ["refused"]


@pytest.mark.parametrize("right", ["phone", "coupon", ""])
def test_half_a_proof_is_none_and_does_not_tell_which_half(shop: Shop, visitor: Browser, right: str) -> None:
    claim(visitor)
    fields = {
        "phone": PHONE if right == "phone" else "13900139000",
        "coupon": shop.rows("coupon")[0]["code"] if right == "coupon" else make_code(),
        "wish": "no_contact",
    }
    answer = Browser(shop.app).post(PRIVACY, fields)
    assert answer.status == 422
    assert "手机号与券码对不上" in answer.text
    assert fields["phone"] in answer.text
    assert list(states(shop).values()) == ["marketing"]


def test_mistyped_fields_are_said_where_they_stand(visitor: Browser) -> None:
    answer = visitor.post(PRIVACY, {"wish": "no_contact", "phone": "1", "coupon": "ABCD"})
    assert answer.status == 422
    assert 'id="phone-error"' in answer.text
    assert 'id="coupon-error"' in answer.text
    assert 'value="ABCD"' in answer.text
    assert 'value="no_contact" checked' in answer.text


def test_all_records_of_the_person_in_the_brand_change(shop: Shop, visitor: Browser) -> None:
    next_door, stranger = record_id(50), record_id(51)
    others = {next_door: PHONE, stranger: "13900139000"}
    records = [
        ((store_scope(NEXT_STORE), "client", i), {"name": "顾客", "phone": p, "contact_state": "marketing"})
        for i, p in others.items()
    ]
    write_all(shop.engine, NOW, records)
    claim(visitor)
    visitor.post(PRIVACY, {"wish": "no_contact"})
    after = states(shop)
    assert after.pop(stranger) == "marketing"
    assert set(after.values()) == {"refused"}
    assert next_door in after


def test_a_refusal_is_not_softened_by_a_smaller_wish(shop: Shop, visitor: Browser) -> None:
    claim(visitor)
    visitor.post(PRIVACY, {"wish": "no_contact"})
    visitor.post(PRIVACY, {"wish": "no_marketing"})
    assert list(states(shop).values()) == ["refused"]
    assert len(deeds(shop)) == 1


def test_only_she_herself_consents_again(shop: Shop, visitor: Browser) -> None:
    claim(visitor)
    visitor.post(PRIVACY, {"wish": "no_contact"})
    shop.clock.ms += 1
    other = link_code(share_no=3, coupon_no=0)
    assert visitor.get(f"/s/{other}").status == 200
    assert list(states(shop).values()) == ["refused"]


def test_a_forged_cookie_is_no_proof(shop: Shop, visitor: Browser) -> None:
    claim(visitor)
    thief = Browser(shop.app)
    thief.jar["slip", "/s"] = visitor.jar["slip", "/s"][:-4] + "AAAA"
    assert "任意一张领过的券的券码" in thief.get(PRIVACY).text
    assert thief.post(PRIVACY, {"wish": "no_contact"}).status == 422
    assert list(states(shop).values()) == ["marketing"]


def test_another_site_cannot_withdraw_for_her(shop: Shop, visitor: Browser) -> None:
    claim(visitor)
    assert visitor.post(PRIVACY, {"wish": "no_contact"}, {"sec-fetch-site": "cross-site"}).status == 403
    assert list(states(shop).values()) == ["marketing"]


def test_guessing_codes_here_is_slowed_down(office_engine: Engine) -> None:
    shop = Shop(office_engine, rates=Rates(withdrawals_by_address=Rate(2, 60_000)))
    browser = Browser(shop.app)
    guesses = [browser.post(PRIVACY, {"phone": PHONE, "coupon": make_code()}).status for _ in range(3)]
    assert guesses == [422, 422, 429]
