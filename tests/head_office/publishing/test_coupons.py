"""Head office publishes coupon batches: every term reaches the PCs, and what cannot hold is refused by name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from guide_app.base.clock import china_datetime
from guide_app.protocol.coupon_records import CouponTemplate
from guide_app.protocol.records import Client
from guide_app.protocol.scopes import BRAND
from head_office.publishing.model import PublishError
from head_office.publishing.service import Published, publish
from tests.head_office.kit import NOW, make_store, new_id, put_all, rows_of

PRODUCT = new_id()
PLAIN = {"name": "满300减50", "kind": "threshold_off", "min_spend_fen": 30_000, "discount_fen": 5_000}
ALLOTTED = {**PLAIN, "quota": 100, "allot_count": 20, "allot_hours": 48}
WHOLE = {
    **ALLOTTED,
    "for_products": ["RM-1"], "for_categories": ["鞋"], "for_tags": ["新品"],
    "for_stores": ["SH01"], "for_levels": ["金卡"],
    "valid_from": "2026-12-01 10:00", "valid_until": "2026-12-12", "weekdays": [6, 7], "day_from": "10:00",
    "day_until": "24:00", "exclusive_group": "双十二", "refund_rule": "reprice", "return_days": 7,
    "occasion": "birthday", "claim_limit": 0,
}  # fmt: skip


class Office:
    """An office with one store and one pair of boots."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self.engine, self.folder = engine, folder
        self.store_id = make_store(engine)
        boots = {"no": 1, "spu": "RM-1", "name": "短靴", "category": "鞋/短靴", "tags": ["新品"]}
        put_all(engine, BRAND, "product", {PRODUCT: boots})

    def __call__(self, *coupons: dict[str, Any], **more: Any) -> Published:
        path = self.folder / "file.json"
        path.write_text(json.dumps({"coupons": coupons, **more}, ensure_ascii=False), "utf-8")
        return publish(self.engine, path, NOW)

    def row(self) -> dict[str, Any]:
        return rows_of(self.engine, "coupon_template")[-1]


@pytest.fixture
def office(office_engine: Engine, tmp_path: Path) -> Office:
    return Office(office_engine, tmp_path)


def test_every_term_is_published_in_the_words_of_staff(office: Office) -> None:
    assert office(WHOLE).added == {"coupon_template": 1}
    row = office.row()
    assert (row["for_products"], row["for_stores"], row["for_categories"]) == ([PRODUCT], [office.store_id], ["鞋"])
    assert row["for_tags"] == ["新品"]
    assert (row["weekdays"], row["day_from"], row["day_until"]) == (0b1100000, 600, 1440)
    assert f"{china_datetime(row['valid_from']):%m-%d %H:%M}" == "12-01 10:00"
    assert f"{china_datetime(row['valid_until']):%m-%d %H:%M}" == "12-13 00:00"
    assert (row["no"], row["refund_rule"], row["occasion"], row["status"]) == (1, "reprice", "birthday", "active")
    assert office(WHOLE).unchanged == {"coupon_template": 1}


def test_all_seven_kinds_can_be_published_and_get_numbers_of_their_own(office: Office) -> None:
    kinds: list[dict[str, Any]] = [
        PLAIN,
        {"name": "代金", "kind": "cash_off", "discount_fen": 3_000, "no": 2},
        {"name": "九折", "kind": "percent_off", "percent_off": 10},
        {"name": "第二件半价", "kind": "nth_item", "nth": 2, "percent_off": 50},
        {"name": "随机", "kind": "random_off", "random_min_fen": 100, "random_max_fen": 9_900},
        {"name": "兑换", "kind": "exchange", "gift_product": "RM-1"},
        {"name": "包邮", "kind": "shipping_off"},
    ]
    assert office(*kinds).added == {"coupon_template": 7}
    numbers = [row["no"] for row in rows_of(office.engine, "coupon_template")]
    assert (numbers[1], len({*numbers} - {0})) == (2, 7)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"discount_fen": 40_000}, "min_spend_fen"),
        ({"discount_fen": 0}, "discount_fen"),
        ({"kind": "cash_off", "discount_fen": 0}, "discount_fen"),
        ({"kind": "percent_off", "percent_off": 100}, "percent_off"),
        ({"kind": "percent_off", "percent_off": 101}, "percent_off"),
        ({"kind": "nth_item", "nth": 1, "percent_off": 50}, "nth"),
        ({"kind": "nth_item", "nth": 2}, "percent_off"),
        ({"kind": "random_off", "random_min_fen": 200, "random_max_fen": 100}, "random_min_fen"),
        ({"kind": "random_off", "random_max_fen": 100}, "random_min_fen"),
        ({"kind": "exchange"}, "gift_product"),
        ({"kind": "gift"}, "kind"),
        ({"gift_product": "RM-1"}, "gift_product"),
        ({"for_products": ["RM-1"], "not_products": ["RM-1"]}, "not_products"),
        ({"for_products": ["RM-9"]}, "RM-9"),
        ({"for_categories": ["帽"]}, "帽"),
        ({"for_tags": ["清仓"]}, "没有商品有标签「清仓」"),
        ({"for_stores": ["BJ01"]}, "BJ01"),
        ({"valid_from": "2026-12-12", "valid_until": "2026-12-11"}, "valid_until"),
        ({"valid_from": "今天"}, "valid_from"),
        ({"weekdays": [0]}, "weekdays"),
        ({"weekdays": [8]}, "weekdays"),
        ({"day_from": "10"}, "day_from"),
        ({"day_from": "10:00", "day_until": "10:00"}, "day_until"),
        ({"allot_count": 101}, "allot_count"),
        ({"guide_quota": 19}, "allot_count"),
        ({"allot_count": 0}, "allot_count"),
        ({"allot_hours": 721}, "allot_count"),
        ({"allot_fen": 4_999}, "allot_fen"),
        ({"day_quota": 101}, "day_quota"),
        ({"budget_fen": 4_999}, "budget_fen"),
        ({"budget_fen": 99_999}, "budget_fen"),
        ({"kind": "percent_off", "percent_off": 10, "discount_fen": 0, "budget_fen": 10_000}, "budget_fen"),
        ({"no": 1 << 14}, "no"),
        ({"recalled_at": 1}, "recalled_at"),
        ({"for_tags": ["高消费"]}, "for_tags"),
    ],
)
def test_what_cannot_hold_is_refused_by_name_and_nothing_is_written(
    office: Office, changes: dict[str, Any], named: str
) -> None:
    with pytest.raises(PublishError, match=named):
        office(PLAIN | {"name": "先来的"}, ALLOTTED | changes)
    assert rows_of(office.engine, "coupon_template") == []


def test_a_number_never_changes_and_belongs_to_one_batch(office: Office) -> None:
    office({**PLAIN, "no": 7})
    with pytest.raises(PublishError, match="另一批券"):
        office({**PLAIN, "name": "别的", "no": 7})
    with pytest.raises(PublishError, match="不能改"):
        office({**PLAIN, "no": 8})
    office({"name": PLAIN["name"], "status": "paused"})
    assert (office.row()["no"], office.row()["status"], office.row()["discount_fen"]) == (7, "paused", 5_000)


def test_what_customers_hold_keeps_its_worth(office: Office) -> None:
    office(PLAIN)
    office({**PLAIN, "discount_fen": 6_000})
    coupon = {"template_id": office.row()["id"], "code": "X"}
    put_all(office.engine, f"store:{office.store_id}", "coupon", {new_id(): coupon})
    with pytest.raises(PublishError, match="discount_fen"):
        office(PLAIN)
    office({"name": PLAIN["name"], "quota": 500, "status": "ended"})
    assert office.row()["quota"] == 500


def test_no_term_reads_who_somebody_is() -> None:
    """个人信息保护法 24: no price by portrait. Names of terms that a client's record has, too, are looked at here."""
    conditions = {name for name in CouponTemplate.__struct_fields__ if name.startswith(("for_", "not_", "new_"))}
    assert conditions == {
        "for_products", "not_products", "for_categories", "for_tags", "for_stores", "for_channels", "for_levels",
        "new_only",
    }  # fmt: skip
    assert set(CouponTemplate.__struct_fields__) & set(Client.__struct_fields__) == {"id", "name"} & set(
        Client.__struct_fields__
    )


def test_the_limits_of_a_counter_are_published(office: Office) -> None:
    office(house_rules={"offline_redeem": {"count": 50, "discount_fen": 500_000, "hours": 72}})
    for wrong in ({"count": 10_001}, {"hours": 0}, {"fen": 1}):
        with pytest.raises(PublishError, match="offline_redeem"):
            office(house_rules={"offline_redeem": wrong})


def _tags(office: Office) -> list[str]:
    return list(rows_of(office.engine, "product")[0]["tags"])


def test_staff_give_products_their_tags_and_coupons_are_for_them_in_one_file(office: Office) -> None:
    tagged = [{"spu": "RM-1", "tags": ["清仓", "送礼"]}]
    done = office({**PLAIN, "for_tags": ["清仓"]}, products=tagged)
    assert (done.changed, _tags(office)) == ({"product": 1}, ["清仓", "送礼"])
    assert office.row()["for_tags"] == ["清仓"]
    assert office(products=tagged).unchanged == {"product": 1}
    assert office(products=[{"spu": "RM-1", "tags": []}]).changed == {"product": 1}
    with pytest.raises(PublishError, match="没有商品有标签「新品」"):  # taken off by the same file
        office({**PLAIN, "name": "B", "for_tags": ["新品"]}, products=[{"spu": "RM-1", "tags": ["清仓"]}])
    assert _tags(office) == []
    assert rows_of(office.engine, "product")[0]["name"] == "短靴"


@pytest.mark.parametrize(
    ("products", "named"),
    [
        ([{"spu": "RM-9", "tags": ["新品"]}], "RM-9"),
        ([{"spu": "RM-1", "tags": ["新品"]}] * 2, "第 2 条"),
        ([{"spu": "RM-1", "tags": [str(n) for n in range(21)]}], "21 个标签"),
        ([{"spu": "RM-1", "tags": ["新品", "新品"]}], "重复"),
        ([{"spu": "RM-1", "tags": [" 新品"]}], "空格"),
        ([{"spu": "RM-1", "tags": [""]}], "1 到 64"),
        ([{"spu": "RM-1"}], "tags"),
        ([{"spu": str(n), "tags": []} for n in range(2_001)], "分成几个文件"),
        ([{"spu": "RM-1", "tags": [], "price_fen": 1}], "price_fen"),
    ],
)
def test_wrong_tags_of_products_are_refused_by_name(office: Office, products: Any, named: str) -> None:
    with pytest.raises(PublishError, match=named):
        office(PLAIN, products=products)
    assert (_tags(office), rows_of(office.engine, "coupon_template")) == (["新品"], [])


def test_what_pcs_sign_coupons_for_does_not_become_shorter(office: Office) -> None:
    entry = {**ALLOTTED, "valid_until": "2026-12-12", "valid_days": 7}
    office(entry)
    office({**entry, "valid_until": "2026-12-10"})  # nobody has an allotment yet
    office(entry)
    allotment = {"template_id": office.row()["id"], "count": 1}
    put_all(office.engine, f"store:{office.store_id}", "allotment", {new_id(): allotment})
    for shorter in ({"valid_until": "2026-12-11"}, {"valid_days": 6}, {"valid_from": "2026-12-01"}):
        with pytest.raises(PublishError, match=next(iter(shorter))):
            office({**entry, **shorter})
    office({**entry, "valid_until": "2026-12-31", "valid_days": 8, "weekdays": [6]})
    office({**entry, "valid_until": "", "valid_days": 0})
    assert (office.row()["valid_until"], office.row()["valid_days"]) == (0, 0)
