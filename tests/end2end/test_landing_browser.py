"""A customer with a real browser: opens the link, claims by keyboard, shows the code; in light and dark, with and
without JavaScript, on a phone and on a desk.
"""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from guide_app.base.clock import DAY_MS
from guide_app.protocol.scopes import store_scope
from guide_app.protocol.voucher import verify
from head_office.api.app import create_app
from head_office.coupons.signing import public_keys
from head_office.feed.write import write_all
from head_office.landing.routes import routes
from head_office.landing.services import make_services
from head_office.store.engine import make_engine
from tests.head_office.landing.shop import (
    GUIDE,
    NOW,
    PRODUCT,
    SECRET,
    SITE,
    SKUS,
    STORE,
    TEMPLATE,
    Shop,
    api_services,
    default_records,
    link_code,
    record_id,
)
from tests.helpers.postgres import office_databases
from tests.helpers.serving import serving

CHROMIUM = shutil.which("chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1280, "height": 800}
PATH = f"/s/{link_code()}"

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed on this machine")

# For every piece of text on a plain ground: its contrast by WCAG 2.2, and what 1.4.3 asks for.
LOW_CONTRAST = """() => {
  const parse = (c) => (c.match(/[\\d.]+/g) || []).map(Number);
  const light = (c) => {
    const [r, g, b] = parse(c).slice(0, 3).map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (e) => {
    for (; e; e = e.parentElement) {
      const s = getComputedStyle(e);
      if (s.backgroundImage !== "none" || e.matches(".photo")) return null;
      const c = parse(s.backgroundColor);
      if (c.length === 3 || c[3] === 1) return s.backgroundColor;
    }
    return null;
  };
  const found = [];
  for (const e of document.body.querySelectorAll("*")) {
    if (![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) || !e.checkVisibility()) continue;
    const back = ground(e);
    if (!back) continue;
    const s = getComputedStyle(e), a = light(s.color), b = light(back);
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const size = parseFloat(s.fontSize), large = size >= 24 || (size >= 18.66 && s.fontWeight >= 700);
    const name = e.className || e.tagName;
    if (ratio < (large ? 3 : 4.5)) found.push(`${name} ${e.textContent.trim()} ${ratio.toFixed(2)}`);
  }
  return found;
}"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Shop]]:
    """An office with the landing pages on loopback: its address, and its shop."""
    with office_databases(tmp_path_factory.mktemp("postgres")) as databases, databases.migrated() as url:
        engine = make_engine(url)
        shop = Shop(engine)
        landing = routes(make_services(engine, SECRET, SITE, shop.clock))
        with serving(create_app(api_services(shop), landing)) as base:
            yield base, shop
        engine.dispose()


@pytest.fixture
def shop_again(office: tuple[str, Shop]) -> Iterator[Shop]:
    """The office's shop for a test that changes it; afterwards it is as it was."""
    shop = office[1]
    yield shop
    shop.clock.ms = NOW
    write_all(shop.engine, NOW, default_records().items())
    shop.change("product", PRODUCT, status="on_sale")
    shop.change("coupon_template", TEMPLATE, status="active")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The system's browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def customer(office: tuple[str, Shop], chromium: Browser) -> Iterator[Page]:
    """A phone that was never here; fails the test if a page reached elsewhere or complained."""
    context = chromium.new_context(viewport=PHONE, device_scale_factor=2, locale="zh-CN", base_url=office[0])
    page = context.new_page()
    foreign: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: None if request.url.startswith(office[0]) else foreign.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert foreign == []
    assert [text for text in complaints if "status of 4" not in text] == []


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus."""
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    pytest.fail(f"{selector} is not reached by Tab")


def shown_code(page: Page) -> str:
    """The coupon code on the screen, without separators."""
    return re.sub(r"[^0-9A-Z]", "", page.inner_text("#coupon-code"))


def decoded(page: Page) -> str:
    """What a scanner reads off the screen."""
    picture = Image.open(io.BytesIO(page.screenshot()))
    found = zxingcpp.read_barcode(picture)
    assert found is not None
    return found.text


def test_a_customer_claims_by_keyboard_and_shows_her_code(office: tuple[str, Shop], customer: Page) -> None:
    shop = office[1]
    customer.goto(PATH)
    assert customer.inner_text(".price b") == "¥569"
    assert customer.inner_text(".price .after") == "券后 ¥489"
    assert customer.inner_text(".stock") == "本店 37 码余 2 双 · 12 分钟前"
    assert customer.evaluate("document.querySelector('.photo img').naturalWidth") > 0
    tab_to(customer, "#phone")
    customer.keyboard.type("138 0013 8000")
    tab_to(customer, "button[type=submit]")
    customer.keyboard.press("Enter")
    customer.wait_for_url("**/c/**")
    code = shown_code(customer)
    coupon = next(row for row in shop.rows("coupon") if row["code"] == code)
    with shop.engine.connect() as connection:
        voucher = verify(decoded(customer), public_keys(connection))
    assert (voucher.coupon_id, voucher.is_for(coupon["client_id"])) == (coupon["id"], True)
    customer.reload()
    assert shown_code(customer) == code
    client = next(row for row in shop.rows("client") if row["id"] == coupon["client_id"])
    assert (client["phone"], client["contact_state"]) == ("13800138000", "none")
    kinds = sorted(event["kind"] for event in shop.rows("share_event"))
    assert kinds == ["claim", "scan"]
    customer.goto(PATH)
    customer.click("text=查看我的券")
    customer.wait_for_url("**/c/**")
    assert shown_code(customer) == code


def test_a_wrong_number_is_told_at_the_field_which_has_the_focus(customer: Page) -> None:
    customer.goto(PATH)
    customer.fill("#phone", "12345")
    customer.keyboard.press("Enter")
    customer.wait_for_selector("#phone-error")
    assert customer.input_value("#phone") == "12345"
    customer.wait_for_selector("#phone:focus")
    error, bar = customer.locator("#phone-error").bounding_box(), customer.locator(".bar").bounding_box()
    assert error is not None
    assert bar is not None
    assert 0 < error["y"] < bar["y"] - error["height"]


def test_everything_works_without_javascript(office: tuple[str, Shop], chromium: Browser) -> None:
    base, shop = office
    context = chromium.new_context(viewport=PHONE, java_script_enabled=False, locale="zh-CN", base_url=base)
    page = context.new_page()
    page.goto(PATH)
    page.fill("#phone", "13900139000")
    page.check("input[name=marketing]")
    page.click("text=立即领取")
    page.wait_for_url("**/c/**")
    coupon = next(row for row in shop.rows("coupon") if row["code"] == shown_code(page))
    assert decoded(page) == coupon["token"]
    (client,) = (row for row in shop.rows("client") if row["phone"] == "13900139000")
    assert client["contact_state"] == "marketing"
    page.click("text=撤回同意")
    page.click("text=确认")
    page.wait_for_selector(".done")
    (client,) = (row for row in shop.rows("client") if row["phone"] == "13900139000")
    assert client["contact_state"] == "none"
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESK, {"width": 320, "height": 568}], ids=["phone", "desk", "small"])
@pytest.mark.parametrize("path", ["", "/privacy", "x"], ids=["page", "privacy", "forged"])
def test_every_page_fits_and_can_be_read(
    office: tuple[str, Shop], chromium: Browser, path: str, viewport: ViewportSize, scheme: str, tmp_path: Path
) -> None:
    dark = scheme == "dark"
    context = chromium.new_context(viewport=viewport, color_scheme="dark" if dark else "light", base_url=office[0])
    page = context.new_page()
    page.goto(PATH + path)
    page.screenshot(path=tmp_path / f"{path.strip('/') or 'page'}-{viewport['width']}-{scheme}.png", full_page=True)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= viewport["width"]
    assert page.evaluate(LOW_CONTRAST) == []
    context.close()


def test_price_coupon_and_guide_are_seen_without_scrolling(customer: Page) -> None:
    customer.goto(PATH)
    for selector in (".price", "h1", ".stock", ".stub", ".by", "#phone"):
        box = customer.locator(selector).bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= PHONE["height"] - 64, selector


def test_a_poster_and_its_page_say_the_truth_to_the_end(shop_again: Shop, customer: Page) -> None:
    """The price moves, the poster runs out, the goods go, the coupon ends, the product is taken off sale."""
    shop = shop_again
    stock = store_scope(STORE)
    share = {"guide_id": GUIDE, "product_id": PRODUCT, "key_no": 7, "share_no": 1, "code": link_code(), "at": NOW,
             "price_fen": 56_900, "price_until": NOW + 3 * DAY_MS}  # fmt: skip
    write_all(shop.engine, NOW, [((stock, "share", record_id(60)), share)])

    def read() -> str:
        customer.goto(PATH)
        return customer.inner_text("body")

    assert "海报价有效至 11 月 27 日。" in read()
    shop.change("product", PRODUCT, price_fen=59_900)
    assert "标明有效至 11 月 27 日；之后调整过，到店请出示海报问导购" in read()
    assert customer.inner_text(".price b") == "¥599"
    shop.change("product", PRODUCT, price_fen=49_900)
    assert "海报上的价格是 ¥569，现在更便宜；以本页现价为准" in read()
    shop.change("product", PRODUCT, price_fen=59_900)
    shop.clock.ms += 5 * DAY_MS
    assert "已于 11 月 27 日到期；以本页现价为准" in read()
    for sku in SKUS.values():
        shop.change("stock", sku, stock, available=0, as_of=shop.clock.ms)
    assert "本店暂时缺货" in read()
    assert customer.inner_text(".bar .plain") == "电话问货"
    shop.change("coupon_template", TEMPLATE, status="ended")
    assert "这张券的活动已经结束" in read()
    assert "券后" not in customer.inner_text("body")
    shop.change("product", PRODUCT, status="stopped")
    assert "这款商品已停售" in read()
    assert customer.inner_text(".bar") == "致电门店"
