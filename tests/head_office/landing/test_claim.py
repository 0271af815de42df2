"""Taking a coupon: with and without consent, twice, all at once, and when there is none."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from sqlalchemy import Connection, Engine

from guide_app.protocol.coupon_code import show_code
from guide_app.protocol.scopes import BRAND, store_scope
from head_office.clients.merge import merge_clients
from head_office.feed.write import FeedWriter, in_transaction, write_all
from head_office.landing.consent import VERSION
from head_office.landing.limits import Rate
from head_office.landing.services import Rates
from tests.head_office.landing.shop import (
    MINUTE,
    NOW,
    SECRET,
    SITE,
    STORE,
    TEMPLATE,
    Answer,
    Browser,
    Shop,
    default_records,
    link_code,
    record_id,
)

CODE = link_code()
PAGE, CLAIM = f"/s/{CODE}", f"/s/{CODE}/claim"
PHONE = "13800138000"


def claim(browser: Browser, phone: str = PHONE, **fields: str) -> Answer:
    """Open the page and send its form as it stands, with this number."""
    html = browser.get(PAGE).text
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', html))
    return browser.post(CLAIM, {**hidden, "phone": phone, **fields})


def test_a_coupon_is_claimed_without_consent_to_marketing(shop: Shop, visitor: Browser) -> None:
    answer = claim(visitor)
    assert answer.status == 303
    (client,), (coupon,) = shop.rows("client"), shop.rows("coupon")
    assert (client["phone"], client["contact_state"], client["consent_at"]) == (PHONE, "none", None)
    assert coupon["client_id"] == client["id"]
    page = visitor.get(answer.headers["location"])
    assert page.status == 200
    assert "-".join(re.findall(r"<span>([0-9A-Z]{2,4})</span>", page.text)) == show_code(coupon["code"])
    assert "到店出示" in page.text
    assert "王敏" in page.text


def test_the_consent_is_filed_with_its_version_and_moment(shop: Shop, visitor: Browser) -> None:
    claim(visitor, marketing="yes")
    (client,) = shop.rows("client")
    assert (client["contact_state"], client["consent_version"], client["consent_at"]) == ("marketing", VERSION, NOW)


def test_the_box_she_ticked_is_kept_as_a_fact_with_its_page(shop: Shop, visitor: Browser) -> None:
    claim(visitor, marketing="yes")
    (client,), (fact,) = shop.rows("client"), shop.rows("consent")
    assert (fact["client_id"], fact["purpose"], fact["granted"]) == (client["id"], "marketing", True)
    assert (fact["way"], fact["version"], fact["proof"], fact["at"]) == ("page", VERSION, PAGE, client["consent_at"])


def test_a_box_left_empty_leaves_no_consent(shop: Shop, visitor: Browser) -> None:
    claim(visitor)
    assert shop.rows("consent") == []


def test_a_box_that_stood_beside_other_words_does_not_count(shop: Shop, visitor: Browser) -> None:
    answer = claim(visitor, marketing="yes", consent_version="landing-0")
    assert answer.status == 422
    assert "这段说明有更新" in answer.text
    assert " checked" not in answer.text
    assert PHONE in answer.text
    assert shop.rows("client") == []


@pytest.mark.parametrize("typed", ["", "12345", "138001380001", "一三八", "<script>", "+1"])
def test_a_wrong_number_is_said_at_the_field_and_kept(shop: Shop, visitor: Browser, typed: str) -> None:
    answer = claim(visitor, typed, marketing="yes")
    assert answer.status == 422
    field = re.search(r'<input id="phone"[^>]*>', answer.text)
    assert field is not None
    assert 'aria-invalid="true"' in field[0]
    assert 'aria-describedby="phone-error"' in field[0]
    assert "<script>" not in field[0]
    assert 'id="phone-error"' in answer.text
    assert " checked" in answer.text
    assert shop.rows("coupon") == []


@pytest.mark.parametrize("typed", ["138 0013 8000", "+86-138-0013-8000", " 13800138000 ", "１３８００１３８０００"])
def test_usual_spellings_of_one_number_are_one_person(shop: Shop, visitor: Browser, typed: str) -> None:
    assert claim(visitor, typed).status == 303
    assert shop.rows("client")[0]["phone"] == PHONE


def test_addresses_and_cookies_say_nothing_about_the_person(visitor: Browser) -> None:
    answer = claim(visitor)
    for text in (answer.headers["location"], *answer.cookies):
        assert PHONE not in text
        assert PHONE[-4:] not in text
    assert all("HttpOnly" in line and "SameSite=lax" in line for line in answer.cookies)
    assert PHONE not in visitor.get(answer.headers["location"]).text


def test_cookies_of_a_site_on_https_are_marked_secure(shop: Shop) -> None:
    secure = Browser(shop.make_app(replace(SITE, secure=True)))
    assert all("Secure" in line for line in (*secure.get(PAGE).cookies, *claim(secure).cookies))


def test_who_was_merged_gets_no_second_one_by_her_other_number(shop: Shop, visitor: Browser) -> None:
    scope, ends, stays = store_scope(STORE), record_id(91), record_id(92)
    people = {ends: PHONE, stays: "13800138001"}
    write_all(shop.engine, NOW, [((scope, "client", i), {"name": "客", "phone": p}) for i, p in people.items()])

    def merge(connection: Connection) -> None:
        writer = FeedWriter(connection, NOW)
        assert merge_clients(writer, SECRET, scope, ends, stays, None).problem == ""
        writer.flush()

    in_transaction(shop.engine, merge)
    for phone, browser in zip(people.values(), (visitor, Browser(shop.app, address="203.0.113.8")), strict=True):
        claim(browser, phone)
    assert [coupon["client_id"] for coupon in shop.rows("coupon")] == [stays]


def test_the_same_tap_twice_is_one_coupon(shop: Shop, visitor: Browser) -> None:
    html = visitor.get(PAGE).text
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', html))
    first = visitor.post(CLAIM, {**hidden, "phone": PHONE})
    visitor.jar.clear()  # the first answer never came
    second = visitor.post(CLAIM, {**hidden, "phone": PHONE})
    assert first.status == second.status == 303
    assert len(shop.rows("coupon")) == 1
    assert [event["kind"] for event in shop.rows("share_event")].count("claim") == 1


def test_coming_back_on_the_same_phone_shows_the_coupon_instead_of_the_form(shop: Shop, visitor: Browser) -> None:
    coupon = claim(visitor).headers["location"]
    page = visitor.get(PAGE).text
    assert "查看我的券" in page
    assert "立即领取" not in page
    again = visitor.post(CLAIM, {"phone": PHONE})
    assert again.status == 303
    assert visitor.get(again.headers["location"]).text.count("到店出示") == visitor.get(coupon).text.count("到店出示")
    assert len(shop.rows("coupon")) == 1


def test_a_stranger_who_types_my_number_learns_no_code(shop: Shop, visitor: Browser) -> None:
    claim(visitor)
    shop.clock.ms += 20 * MINUTE
    answer = claim(Browser(shop.app, address="203.0.113.8"))
    assert answer.status == 409
    assert "这个手机号领过这张券了" in answer.text
    assert shop.rows("coupon")[0]["code"] not in answer.text.replace("-", "")
    assert not [line for line in answer.cookies if line.startswith("slip")]


def test_a_coupon_that_was_given_on_is_shown_to_nobody_who_did_not_take_it(shop: Shop, visitor: Browser) -> None:
    claim(Browser(shop.app, address="203.0.113.8"), "13900139000")
    shop.clock.ms += 20 * MINUTE
    hers = claim(visitor).headers["location"]
    (friend,) = [row["id"] for row in shop.rows("client") if row["phone"] != PHONE]
    (given,) = [row for row in shop.rows("coupon") if row["client_id"] != friend]
    with shop.engine.begin() as connection:
        moved = {"friend": friend, "coupon": given["id"], "at": shop.clock.ms}
        given_on = "UPDATE coupon SET client_id = %(friend)s, given_at = %(at)s WHERE id = %(coupon)s"
        connection.exec_driver_sql(given_on, moved)
    assert visitor.get(hers).status != 200
    for asking, phone in ((visitor, PHONE), (Browser(shop.app, address="203.0.113.9"), "13900139000")):
        answer = asking.post(CLAIM, {"phone": phone})
        assert answer.status == 409
        assert "没有用掉、也没有转赠的话" in answer.text


def test_a_hundred_taps_at_once_are_one_coupon(shop: Shop) -> None:
    browsers = [Browser(shop.app, address=f"203.0.113.{i}") for i in range(100)]

    async def rush() -> list[Answer]:
        body = urlencode({"phone": PHONE}).encode()
        return await asyncio.gather(*(b.send("POST", CLAIM, body, b.form_headers()) for b in browsers))

    answers = asyncio.run(rush())
    assert {answer.status for answer in answers} == {303}
    assert len(shop.rows("coupon")) == 1
    assert len(shop.rows("client")) == 1
    pages = {browsers[0].get(answer.headers["location"]).text for answer in answers}
    assert len(pages) == 1


def test_the_last_coupon_goes_to_one_of_many(office_engine: Engine) -> None:
    records = default_records()
    records[BRAND, "coupon_template", TEMPLATE]["quota"] = 1
    shop = Shop(office_engine, records=records)
    browsers = [Browser(shop.app, address=f"203.0.113.{i}") for i in range(20)]

    async def rush() -> list[Answer]:
        forms = [urlencode({"phone": f"138001380{i:02d}"}).encode() for i in range(20)]
        return await asyncio.gather(
            *(b.send("POST", CLAIM, form, b.form_headers()) for b, form in zip(browsers, forms, strict=True))
        )

    answers = asyncio.run(rush())
    assert sorted(answer.status for answer in answers) == [303] + [409] * 19
    assert len(shop.rows("coupon")) == 1
    assert all("这张券已经领完" in answer.text for answer in answers if answer.status == 409)
    assert "这张券已经领完" in browsers[0].get(PAGE).text or "查看我的券" in browsers[0].get(PAGE).text


def test_a_coupon_that_ended_meanwhile_is_not_handed_out(shop: Shop, visitor: Browser) -> None:
    shop.change("coupon_template", TEMPLATE, status="ended")
    answer = visitor.post(CLAIM, {"phone": PHONE})
    assert answer.status == 409
    assert "这张券的活动已经结束" in answer.text
    assert shop.rows("coupon") == []


def test_a_link_without_coupon_hands_out_none(shop: Shop, visitor: Browser) -> None:
    code = link_code(coupon_no=0)
    assert "立即领取" not in visitor.get(f"/s/{code}").text
    assert visitor.post(f"/s/{code}/claim", {"phone": PHONE}).status == 409
    assert shop.rows("coupon") == []


def test_the_page_of_a_used_coupon_says_when_it_was_used(shop: Shop, visitor: Browser) -> None:
    address = claim(visitor).headers["location"]
    (coupon,) = shop.rows("coupon")
    fields = {name: coupon[name] for name in ("template_id", "code", "client_id", "guide_id", "claimed_at")}
    key = (store_scope(STORE), "coupon", coupon["id"])
    write_all(shop.engine, NOW, [(key, {**fields, "status": "redeemed", "redeemed_at": NOW})])
    page = visitor.get(address).text
    assert "已核销" in page
    assert "11 月 24 日 14:00 已在门店使用" in page
    assert "<path d=" not in page


def test_an_expired_coupon_is_said_to_be(shop: Shop, visitor: Browser) -> None:
    address = claim(visitor).headers["location"]
    shop.clock.ms = shop.rows("coupon")[0]["valid_until"]
    page = visitor.get(address)
    assert page.status == 200
    assert "已过期" in page.text
    assert 'class="qr"' not in page.text


# --- other people's forms, and too many ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "", "origin": "https://evil.example"},
        {"sec-fetch-site": "", "origin": "null"},
    ],
)
def test_a_form_on_another_site_is_refused(shop: Shop, visitor: Browser, headers: dict[str, str]) -> None:
    assert visitor.post(CLAIM, {"phone": PHONE}, headers).status == 403
    assert shop.rows("coupon") == []


def test_forms_too_large_or_unreadable_are_refused(visitor: Browser) -> None:
    assert visitor.post(CLAIM, {"phone": "1" * 5000}).status == 413
    bad = asyncio.run(visitor.send("POST", CLAIM, b"phone=\xff", visitor.form_headers()))
    assert bad.status == 400


def test_one_address_may_not_claim_without_end(office_engine: Engine) -> None:
    shop = Shop(office_engine, rates=Rates(claims_by_address=Rate(3, 60_000)))
    browser = Browser(shop.app)
    assert [browser.post(CLAIM, {"phone": "1"}).status for _ in range(4)] == [422, 422, 422, 429]
    answer = browser.post(CLAIM, {"phone": "1"})
    assert answer.headers["retry-after"] == "20"
    assert "请在 20 秒后再试" in answer.text
    assert Browser(shop.app, address="203.0.113.9").post(CLAIM, {"phone": "1"}).status == 422
    shop.clock.ms += 20_000
    assert browser.post(CLAIM, {"phone": "1"}).status == 422


def test_one_link_may_not_be_claimed_from_everywhere_at_once(office_engine: Engine) -> None:
    shop = Shop(office_engine, rates=Rates(claims_by_link=Rate(2, 60_000)))
    answers = [Browser(shop.app, address=f"198.51.100.{i}").post(CLAIM, {"phone": "1"}).status for i in range(3)]
    assert answers == [422, 422, 429]
    other = link_code(share_no=2)
    assert Browser(shop.app).post(f"/s/{other}/claim", {"phone": "1"}).status == 422


def test_a_claim_id_that_is_no_id_is_replaced(shop: Shop, visitor: Browser) -> None:
    assert visitor.post(CLAIM, {"phone": PHONE, "claim_id": "x'; --"}).status == 303
    assert visitor.post(f"/s/{link_code(share_no=5)}/claim", {"phone": PHONE, "claim_id": record_id(1)}).status == 303
    assert len(shop.rows("coupon")) == 1


def with_coupon(**terms: object) -> dict[tuple[str, str, str], dict[str, object]]:
    """The usual shop with other terms of its coupon."""
    records: dict[tuple[str, str, str], dict[str, object]] = dict(default_records())
    records[BRAND, "coupon_template", TEMPLATE] = {**records[BRAND, "coupon_template", TEMPLATE], **terms}
    return records


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ({"day_quota": 1}, "今天的已经领完"),
        ({"store_quota": 1}, "本店的份额已经领完"),
        ({"guide_quota": 1}, "这位导购的份额已经领完"),
        ({"budget_fen": 15_999}, "这张券已经领完"),
        ({"quota": 1}, "这张券已经领完"),
    ],
)
def test_whichever_limit_is_reached_the_next_one_is_told_honestly(
    office_engine: Engine, terms: dict[str, object], said: str
) -> None:
    shop = Shop(office_engine, records=with_coupon(**terms))
    assert claim(Browser(shop.app)).status == 303
    late = Browser(shop.app)
    assert said in late.get(PAGE).text
    form = {"claim_id": record_id(950), "consent_version": VERSION, "phone": "13800138001"}
    assert late.post(CLAIM, form).status == 409
    assert len(shop.rows("coupon")) == 1


def test_who_is_new_and_agreed_gets_the_newcomers_coupon_too(office_engine: Engine) -> None:
    records = with_coupon()
    newcomer = {**records[BRAND, "coupon_template", TEMPLATE], "no": 10, "occasion": "newcomer"}
    records[BRAND, "coupon_template", record_id(951)] = newcomer
    shop = Shop(office_engine, records=records)
    claim(Browser(shop.app), marketing="yes")
    claim(Browser(shop.app), "13800138001")
    assert [row["template_id"] for row in shop.rows("coupon")].count(record_id(951)) == 1
