from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import os
import re
import subprocess
import sys
from collections import Counter, defaultdict

import pytest

from guide_app.base.ids import uuid7_ms
from guide_app.protocol.coupon_code import is_valid_code
from head_office.demo.brand import Brand, build
from head_office.demo.clock import DAY_MS, business_day, day_ms
from tests.head_office.demo.conftest import TODAY

#: Some of the words that 广告法 art. 9 bars, and such as they are meant.
_BARRED = (
    "国家级", "世界级", "最高级", "最佳", "最好", "最低价", "最优", "第一品牌", "全网第一", "顶级", "极品",
    "绝对", "永久", "万能", "百分之百",
    "史上", "独家首创", "销量冠军", "唯一",
)  # fmt: skip
_FINGERPRINT = (
    "import datetime as d, hashlib; from head_office.demo.brand import build;"
    "print(hashlib.sha256(repr(build(d.date(2026, 11, 21))).encode()).hexdigest())"
)


def fields_with_ids(brand: Brand) -> list[str]:
    """All rows of the brand but stock, which goes by store and variant."""
    names = [f.name for f in dataclasses.fields(brand)]
    return [name for name in names if name not in {"name", "today", "stock"}]


def test_same_day_and_seed_give_the_same_brand_in_every_process(brand: Brand) -> None:
    here = hashlib.sha256(repr(brand).encode()).hexdigest()
    there = subprocess.run(
        [sys.executable, "-c", _FINGERPRINT],
        env={**os.environ, "PYTHONHASHSEED": "12345"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert there.stdout.strip() == here


def test_another_seed_gives_another_brand(brand: Brand) -> None:
    other = build(TODAY, 1)
    assert {c.phone for c in other.clients} != {c.phone for c in brand.clients}
    assert len(other.purchase_lines) > 30_000


@pytest.mark.parametrize(
    "today", [dt.date(2026, 1, 1), dt.date(2027, 2, 17), dt.date(2028, 2, 29), dt.date(2026, 8, 31)]
)
def test_it_can_be_built_on_any_day(today: dt.date) -> None:
    other = build(today)
    start = day_ms(today)
    assert len(other.purchase_lines) > 30_000
    assert all(p.at < start for p in other.purchases)
    assert all(p.launched < today for p in other.products)


def test_it_is_as_large_as_promised(brand: Brand) -> None:
    assert len(brand.products) >= 220
    assert len(brand.clients) >= 1_500
    assert sum(line.qty > 0 for line in brand.purchase_lines) >= 30_000
    assert Counter(g.role for g in brand.guides) == {"guide": 12, "store_manager": 3}
    assert {g.store_id for g in brand.guides if g.role == "store_manager"} == {s.id for s in brand.stores}
    assert (brand.guides[0].name, brand.guides[0].number) == ("王敏", "0231")
    assert [s.name for s in brand.stores] == ["南京西路店", "徐家汇店", "五角场店"]


def test_ids_are_unique_and_carry_their_moment(brand: Brand) -> None:
    ids = [row.id for name in fields_with_ids(brand) for row in getattr(brand, name)]
    assert len(ids) > 50_000
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", i) for i in ids)
    assert all(uuid7_ms(p.id) == p.at for p in brand.purchases)


def test_every_receipt_adds_up_to_the_fen(brand: Brand) -> None:
    amount: dict[str, int] = defaultdict(int)
    discount: dict[str, int] = defaultdict(int)
    for line in brand.purchase_lines:
        amount[line.purchase_id] += line.amount_fen
        discount[line.purchase_id] += line.discount_fen
    for purchase in brand.purchases:
        assert purchase.total_fen == amount[purchase.id]
        assert purchase.discount_fen == discount[purchase.id]


def test_nobody_pays_more_than_the_ticket(brand: Brand) -> None:
    tag = {p.id: p.tag_price_fen for p in brand.products}
    for line in brand.purchase_lines:
        assert line.amount_fen * line.qty >= 0
        assert abs(line.amount_fen) <= tag[line.product_id] * abs(line.qty)
        assert line.discount_fen * line.qty >= 0


def test_returns_give_back_what_was_paid_once_and_within_twenty_days(brand: Brand) -> None:
    lines = {line.id: line for line in brand.purchase_lines}
    purchases = {p.id: p for p in brand.purchases}
    by_number = {p.order_no: p for p in brand.purchases}
    back = [line for line in brand.purchase_lines if line.qty < 0]
    assert len({line.origin_line_id for line in back}) == len(back)
    for line in back:
        bought = lines[line.origin_line_id or ""]
        sale, gone = purchases[bought.purchase_id], purchases[line.purchase_id]
        assert (line.sku_id, line.qty, line.amount_fen) == (bought.sku_id, -bought.qty, -bought.amount_fen)
        assert by_number[gone.origin_order_no] is sale
        assert (gone.kind, gone.client_id, gone.store_id) == ("return", sale.client_id, sale.store_id)
        assert 1 <= (business_day(gone.at) - business_day(sale.at)).days <= 20
    assert 0.05 < len(back) / (len(lines) - len(back)) < 0.08


def test_receipts_are_numbered_by_store_and_day_in_order_of_time(brand: Brand) -> None:
    numbers = [p.order_no for p in brand.purchases]
    assert len(set(numbers)) == len(numbers)
    days: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for p in brand.purchases:
        code, day, count = p.order_no.split("-")
        assert day == f"{business_day(p.at):%y%m%d}"
        days[code, day].append((p.at, int(count)))
    for rows in days.values():
        assert [count for _, count in sorted(rows)] == list(range(1, len(rows) + 1))


def test_shops_sell_in_opening_hours_and_more_at_weekends_and_festivals(brand: Brand) -> None:
    sales = [p for p in brand.purchases if p.kind == "sale"]
    for p in sales:
        minute = (p.at - day_ms(business_day(p.at))) / 60_000
        assert 10 * 60 <= minute < 22 * 60
    week = Counter(business_day(p.at).weekday() for p in sales)
    assert min(week[5], week[6]) > 1.3 * max(week[d] for d in range(4))
    days = Counter(business_day(p.at) for p in sales)
    singles = [days[d] for d in days if d.month == 11 and d.day <= 11]
    rest = [days[d] for d in days if d.month == 11 and d.day > 11]
    assert sum(singles) / len(singles) > 1.3 * sum(rest) / len(rest)


def test_money_and_staff_belong_to_the_store(brand: Brand) -> None:
    home = {g.id: g.store_id for g in brand.guides}
    client_home = {c.id: c.store_id for c in brand.clients}
    for p in brand.purchases:
        assert home[p.guide_id] == p.store_id
        assert p.client_id is None or client_home[p.client_id] == p.store_id
    owned = [(t.client_id, t.store_id) for t in brand.client_tags]
    owned += [(n.client_id, n.store_id) for n in brand.notes]
    owned += [(c.client_id, c.store_id) for c in brand.coupons]
    assert all(client_home[client_id] == store_id for client_id, store_id in owned)


def test_stock_has_gaps_and_says_when_it_was_true(brand: Brand) -> None:
    opening = day_ms(TODAY, 10 * 60)
    assert len(brand.stock) == 3 * len(brand.skus)
    assert all(s.available == s.on_hand - s.reserved >= 0 and s.in_transit >= 0 for s in brand.stock)
    assert all(opening - 6 * DAY_MS < s.as_of <= opening for s in brand.stock)
    zero = sum(s.on_hand == 0 for s in brand.stock) / len(brand.stock)
    assert 0.15 < zero < 0.6
    sizes: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    skus = {s.id: s for s in brand.skus}
    for figure in brand.stock:
        sku = skus[figure.sku_id]
        sizes[figure.store_id, sku.product_id, sku.colour].append(figure.on_hand)
    broken = sum(0 in run and max(run) > 0 for run in sizes.values())
    assert broken > len(sizes) / 5


def test_coupons_are_genuine_and_spent_once(brand: Brand) -> None:
    templates = {t.id: t for t in brand.coupon_templates}
    by_code = {c.code: c for c in brand.coupons}
    orders = {p.order_no: p for p in brand.purchases}
    assert len(by_code) == len(brand.coupons) > 300
    assert all(map(is_valid_code, by_code))
    assert len(brand.redemptions) > 20
    for coupon in brand.coupons:
        template = templates[coupon.template_id]
        assert coupon.valid_until <= min(template.valid_until, coupon.claimed_at + template.valid_days * DAY_MS)
        assert (coupon.redeemed_at is not None) == (coupon.status == "redeemed")
    assert Counter(c.status for c in brand.coupons)["expired"] > 0
    per_client = Counter((c.client_id, c.template_id) for c in brand.coupons)
    assert all(count <= templates[template].claim_limit for (_, template), count in per_client.items())
    for redemption in brand.redemptions:
        coupon = by_code[redemption.coupon_code]
        template, order = templates[coupon.template_id], orders[redemption.order_no]
        share = redemption.amount_fen * template.percent_off // 100
        capped = min(share, template.max_discount_fen or share)
        assert redemption.amount_fen >= template.min_spend_fen
        assert redemption.discount_fen == template.discount_fen + capped == order.discount_fen
        assert (order.coupon_code, coupon.status, coupon.redeemed_at) == (coupon.code, "redeemed", order.at)


def test_words_are_lawful(brand: Brand) -> None:
    """广告法 Art. 9: no superlatives anywhere a customer or a guide reads."""
    words = [t for p in brand.products for t in (p.name, p.material, p.care, *p.points)]
    words += [t for s in brand.scripts for t in (s.title, s.body)]
    words += [t for c in brand.campaigns for t in (c.title, c.body)]
    words += [t for k in brand.tasks for t in (k.title, k.body)]
    words += [n.body for n in brand.notes] + [t.name for t in brand.coupon_templates] + [t.name for t in brand.tags]
    assert not [(w, bad) for w in words for bad in _BARRED if bad in w]
    private = ("怀孕", "病", "信仰", "政治", "宗教", "离婚")
    assert not [w for w in words for bad in private if bad in w]


def test_scripts_use_only_known_variables_and_tell_how_to_refuse(brand: Brand) -> None:
    for script in brand.scripts:
        assert set(re.findall(r"{(.*?)}", script.body)) <= {"称呼", "商品", "券", "门店", "导购"}
        if script.scene in {"发券", "沉睡唤醒"} and "修" not in script.body and "换底" not in script.body:
            assert "退订" in script.body


def test_no_sentence_is_left_unfilled(brand: Brand) -> None:
    texts = [n.body for n in brand.notes] + [t.title + t.body for t in brand.tasks]
    texts += [c.title + c.body for c in brand.campaigns]
    assert not [t for t in texts if "{" in t or "None" in t]


def test_refusal_is_respected(brand: Brand) -> None:
    refused = {c.id for c in brand.clients if c.contact_state == "refused"}
    assert len(refused) > 40
    assert not [t for t in brand.tasks if t.client_id in refused]
    assert not [n for n in brand.notes if n.client_id in refused and n.kind in {"call", "message"}]
    assert not [s for s in brand.shares if s.client_id in refused]
    assert not [c for c in brand.coupons if c.client_id in refused and c.status == "claimed"]


def test_scans_name_only_those_who_agreed_to_marketing(brand: Brand) -> None:
    agreed = {c.id for c in brand.clients if c.contact_state == "marketing"}
    shares = {s.id: s for s in brand.shares}
    assert {e.client_id for e in brand.share_events} - {None} <= agreed
    assert all(e.at >= shares[e.share_id].at for e in brand.share_events)
    numbers = Counter((s.guide_id, s.share_no) for s in brand.shares)
    assert max(numbers.values()) == 1
    sensitive = {p.id for p in brand.products if p.sensitive}
    assert not [s for s in brand.shares if s.product_id in sensitive]


def test_nothing_lies_in_the_future(brand: Brand) -> None:
    opening = day_ms(TODAY, 10 * 60)
    assert max(p.at for p in brand.purchases) < day_ms(TODAY)
    assert max(n.at for n in brand.notes) < opening
    assert max(t.at for t in brand.client_tags) < opening
    assert max(e.at for e in brand.share_events) < opening
    assert max(c.claimed_at for c in brand.coupons) <= opening
    assert max(t.done_at or 0 for t in brand.tasks) < opening
    assert all(c.consent_at is None or c.consent_at >= c.created_at for c in brand.clients)
    first = {c.id: c.created_at for c in brand.clients}
    assert all(p.at >= first[p.client_id] for p in brand.purchases if p.client_id)


def test_chen_yating_has_her_story(brand: Brand) -> None:
    her = next(c for c in brand.clients if c.name == "陈雅婷")
    orders = [p for p in brand.purchases if p.client_id == her.id]
    assert her.primary_guide_id == brand.guides[0].id
    assert (her.shoe_size, her.level, her.phone[-4:], her.contact_state) == ("37", "金卡", "5678", "marketing")
    assert len(orders) == 11
    assert sum(p.total_fen for p in orders) == 546_000
    assert (TODAY - business_day(max(p.at for p in orders))).days == 52
    assert len([n for n in brand.notes if n.client_id == her.id]) >= 5
    loafer = next(p for p in brand.products if p.name.startswith("软底乐福鞋"))
    sku = next(s for s in brand.skus if (s.product_id, s.size, s.colour) == (loafer.id, "37", loafer.colours[0].name))
    flagship = next(s for s in brand.stock if (s.sku_id, s.store_id) == (sku.id, brand.stores[0].id))
    assert flagship.available == 2


def test_targets_are_whole_thousands_for_every_month(brand: Brand) -> None:
    months = {t.month for t in brand.targets}
    assert {"2025-11", "2026-11", "2026-12"} <= months
    assert all(t.target_fen > 0 and t.target_fen % 100_000 == 0 for t in brand.targets)
    assert len(brand.targets) == len(months) * len(brand.guides)
