"""The pages as a customer and her browser get them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from typing import Any

import pytest
from sqlalchemy import Connection, Engine

from guide_app.base.clock import DAY_MS
from guide_app.protocol.link import Subject
from guide_app.protocol.scopes import BRAND, store_scope
from head_office.catalogue.products import ProductIn, save_products
from head_office.feed.write import FeedWriter, in_transaction, write_all
from head_office.store.engine import make_engine
from tests.head_office.landing.shop import (
    GUIDE,
    NOW,
    PRODUCT,
    SKUS,
    STORE,
    TEMPLATE,
    Browser,
    Shop,
    default_records,
    link_code,
)
from tests.helpers.real_data import need_real_data

PAGE = f"/s/{link_code()}"
#: Attributes by which HTML reaches for something elsewhere.
REACHING = {"src", "href", "srcset", "action", "formaction", "data", "poster", "cite", "background", "ping", "manifest"}


class Reader(HTMLParser):
    """Collects what a page is made of."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def shape(self) -> list[tuple[str, tuple[str, ...]]]:
        """Elements and the names of their attributes: what no text from a record may change."""
        return [(tag, tuple(attrs)) for tag, attrs in self.tags]

    def named(self, tag: str) -> list[dict[str, str | None]]:
        """Attributes of all elements of a kind."""
        return [attrs for name, attrs in self.tags if name == tag]


def test_the_page_shows_what_the_poster_promised(visitor: Browser) -> None:
    answer = visitor.get(PAGE)
    assert answer.status == 200
    text = "".join(Reader(answer.text).words)
    for words in ("软底乐福鞋 2026 秋", "¥569", "券后 ¥489", "¥699", "小牛皮", "本店 37 码余 2 双", "12 分钟前"):
        assert words in text
    for words in (
        "满 400 元可用",
        "有效至 12 月 12 日",
        "每人限领 1 张",
        "王敏 为你推荐",
        "工号 1024",
        "南京西路 1266 号",
    ):
        assert words in text
    assert "徐家汇店 38 码余 3 双 · 3 小时前" in text


def test_a_reduced_price_stands_beside_the_price_of_the_week_before(shop: Shop) -> None:
    yesterday = NOW - DAY_MS
    spu = default_records()[BRAND, "product", PRODUCT]["spu"]

    def reduce(connection: Connection) -> None:
        writer = FeedWriter(connection, yesterday)
        save_products(writer, [ProductIn(spu, price_fen=49_900)])
        writer.flush()

    assert "<s>" not in Browser(shop.app).get(PAGE).text, "a tag price need never have been asked"
    in_transaction(shop.engine, reduce)
    text = Browser(shop.app).get(PAGE).text
    assert re.findall("<s>.*?</s>", text) == ['<s><span class="spoken">划线价 </span>¥569</s>']
    assert "划线价 ¥569 是 11 月 23 日降价前 7 日内的最低标价。" in text
    assert "¥699，不代表曾以此价成交" in text


def test_the_consent_box_is_unticked_and_claiming_does_not_ask_for_it(visitor: Browser) -> None:
    html = Reader(visitor.get(PAGE).text)
    boxes = [attrs for attrs in html.named("input") if attrs.get("type") == "checkbox"]
    assert len(boxes) == 1
    assert not {"checked", "required"} & boxes[0].keys()


def test_a_page_reaches_for_nothing_outside_and_runs_nothing_inline(visitor: Browser) -> None:
    for url in (PAGE, f"{PAGE}/privacy", "/s/nonsense"):
        html = Reader(visitor.get(url).text)
        for tag, attrs in html.tags:
            assert tag not in ("style", "iframe", "object", "embed", "base")
            assert not any(name == "style" or name.startswith("on") for name in attrs)
            assert tag != "script" or attrs.get("src", "")
            for name in REACHING & attrs.keys():
                assert re.match(r"(/s/|#|tel:[0-9+]+$)", attrs[name] or ""), (tag, name, attrs[name])


def test_style_sheet_and_script_reach_for_nothing(visitor: Browser) -> None:
    html = Reader(visitor.get(PAGE).text)
    sheet = next(a["href"] for a in html.named("link") if a["rel"] == "stylesheet")
    script = html.named("script")[0]["src"]
    css, code = visitor.get(sheet or ""), visitor.get(script or "")
    assert css.headers["content-type"].startswith("text/css")
    assert "url(" not in css.text
    assert "@import" not in css.text
    assert not re.search(r"https?:|//\w+\.\w|fetch\(|XMLHttp|sendBeacon|WebSocket", code.text + css.text)


@pytest.mark.parametrize("url", [PAGE, f"{PAGE}/privacy", f"{PAGE}/c/x", "/s/nonsense", "/s/static/none.css"])
def test_every_page_carries_the_strict_headers(visitor: Browser, url: str) -> None:
    headers = visitor.get(url).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy == {
        "default-src": "'none'",
        "img-src": "'self'",
        "style-src": "'self'",
        "script-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == "private, no-store"


def test_a_page_with_style_and_script_is_small(visitor: Browser) -> None:
    answer = visitor.get(PAGE)
    html = Reader(answer.text)
    parts = [a["href"] for a in html.named("link")] + [a["src"] for a in html.named("script")]
    sizes = [len(answer.body), *(len(visitor.get(part or "").body) for part in parts)]
    assert sum(sizes) <= 30_000


def test_no_page_hurries_or_boasts(visitor: Browser) -> None:
    text = "".join("".join(Reader(visitor.get(url).text).words) for url in (PAGE, f"{PAGE}/privacy"))
    assert not re.search(r"仅剩|最后\d|抢购|倒计时|人正在看|国家级|最高级|最佳|第一品牌|关注后|转发后|分享后", text)


# --- honest pages -------------------------------------------------------------------------------------------------


def test_a_stopped_product_is_said_to_be_no_longer_sold(shop: Shop, visitor: Browser) -> None:
    shop.change("product", PRODUCT, status="stopped")
    answer = visitor.get(PAGE)
    assert answer.status == 410
    assert "这款商品已停售" in answer.text
    assert "立即领取" not in answer.text
    assert "¥489" not in answer.text


def test_an_old_link_says_nothing_of_a_product_that_became_sensitive(shop: Shop, visitor: Browser) -> None:
    before = visitor.get(PAGE).text
    assert "¥489" in before
    shop.change("product", PRODUCT, sensitive=True)
    after = visitor.get(PAGE)
    assert after.status == 200
    assert "¥489" not in after.text


def test_an_ended_coupon_leaves_the_product_standing(shop: Shop, visitor: Browser) -> None:
    shop.change("coupon_template", TEMPLATE, status="ended")
    answer = visitor.get(PAGE)
    assert answer.status == 200
    assert "这张券的活动已经结束" in answer.text
    assert "软底乐福鞋" in answer.text
    assert "立即领取" not in answer.text
    assert "券后" not in answer.text


def test_time_ends_a_coupon_without_anyone_doing_anything(shop: Shop, visitor: Browser) -> None:
    shop.clock.ms = int(shop.records[BRAND, "coupon_template", TEMPLATE]["valid_until"])
    assert "这张券的活动已经结束" in visitor.get(PAGE).text


def test_an_unknown_product_shows_who_can_help(visitor: Browser) -> None:
    answer = visitor.get(f"/s/{link_code(subject_no=999)}")
    assert answer.status == 404
    assert "商品资料已经撤下" in answer.text
    assert "王敏" in answer.text


def test_a_guide_who_left_gives_way_to_her_store(shop: Shop, visitor: Browser) -> None:
    shop.change("guide", GUIDE, active=False)
    text = visitor.get(PAGE).text
    assert "王敏" not in text
    assert "工号 1024" not in text
    assert "南京西路店" in text


def test_a_name_card_link_shows_the_guide(visitor: Browser) -> None:
    answer = visitor.get(f"/s/{link_code(subject=Subject.CARD, subject_no=0)}")
    assert answer.status == 200
    assert "王敏" in answer.text
    assert "立即领取" in answer.text


def test_a_product_without_photo_stock_or_coupon_is_still_a_page(office_engine: Engine) -> None:
    records = default_records()
    for size in SKUS.values():
        del records[store_scope(STORE), "stock", size]
    del records[BRAND, "coupon_template", TEMPLATE]
    records[BRAND, "product", PRODUCT]["image"] = ""
    answer = Browser(Shop(office_engine, records=records).app).get(PAGE)
    assert answer.status == 200
    assert "本店库存还没有上报" in answer.text
    assert "券" not in "".join(Reader(answer.text).words).replace("优惠券不兑现", "")


@pytest.fixture
def stopped_office(shop: Shop) -> Iterator[Shop]:
    """The shop's pages in front of a database that takes no connections."""
    dead = make_engine("postgresql+psycopg://nobody@127.0.0.1:1/none", connect_timeout_s=1)
    shop.engine, alive = dead, shop.engine
    shop.app = shop.make_app()
    yield shop
    shop.engine = alive
    dead.dispose()


def test_a_busy_office_asks_for_patience(stopped_office: Shop) -> None:
    answer = Browser(stopped_office.app).get(PAGE)
    assert answer.status == 503
    assert answer.headers["retry-after"] == "5"
    assert "请稍等几秒" in answer.text


# --- hostile names ------------------------------------------------------------------------------------------------

OWN_STRINGS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' autofocus onfocus=alert(1) x='",
    "</title><svg onload=alert(1)>",
    "{{ 7*7 }}{% raw %}",
    "javascript:alert(1)",
    "\u202e<b>x</b>&lt;i&gt;&#60;u&#62;",
    "]]><!--",
)


#: Of some thousand strings that differ little; a renderer that escapes one kind wrongly fails on many of them.
EVERY_NTH = 7
LONGEST_NAME = 64  # of records; the store's phone gets a digit in front
#: Fields of the shop's records that people type.
TYPED = {"name", "address", "hours", "phone", "material", "care", "colour", "season", "points", "number"}


def hostile(shop: Shop, visitor: Browser, texts: Sequence[str]) -> Reader:
    """The page after everything typed in the shop was replaced by `texts`, one field after another."""
    text_of = dict(zip(sorted(TYPED), itertools.cycle(texts), strict=False))
    changed = []
    for record, data in shop.records.items():
        fields = TYPED & data.keys()
        said: dict[str, Any] = {name: [text_of[name]] if name == "points" else text_of[name] for name in fields}
        if "phone" in said:
            said["phone"] = f"0{said['phone']}"
        if record[1] in ("store", "guide", "product", "sku") and said:
            changed.append((record, {**data, **said}))
    write_all(shop.engine, NOW, changed)
    return Reader(visitor.get(PAGE).text)


def check_inert(shop: Shop, visitor: Browser, strings: Sequence[str], at_once: int = 1) -> None:
    plain = hostile(shop, visitor, ["无害"]).shape()
    for texts in batched(strings, at_once):
        page = hostile(shop, visitor, texts)
        assert page.shape() == plain, texts
        assert all((a["href"] or "").startswith(("/s/", "#", "tel:0")) for a in page.named("a")), texts
        words = "".join(page.words)
        assert [text for text in texts if text not in words] == []


def batched(strings: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    """So many at once."""
    return (strings[n : n + size] for n in range(0, len(strings), size))


def test_hostile_names_stay_words(shop: Shop, visitor: Browser) -> None:
    check_inert(shop, visitor, OWN_STRINGS)


def test_known_attack_strings_stay_words(shop: Shop, visitor: Browser) -> None:
    lines = need_real_data("security/xss_part1.txt").read_text("utf-8").splitlines()
    fitting = [line.strip() for line in lines if 0 < len(line.strip()) < LONGEST_NAME and "\0" not in line]
    strings = list(dict.fromkeys(fitting))
    check_inert(shop, visitor, strings[::EVERY_NTH], at_once=4)
