from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from PIL import Image

from guide_app.base.errors import InvalidInputError
from head_office.imports.model import ImportReport
from head_office.imports.styles import Spec, parse_spec
from head_office.store.tables import blob
from tests.head_office.imports.conftest import Importing

HEADER = "款号,品名,分类,售价,吊牌价,规格编码,条码,颜色,尺码"


@pytest.mark.parametrize(
    ("text", "spec"),
    [
        ('{"颜色": "白色", "尺码": "M"}', Spec("白色", "M")),
        ('["1.5m床垫*1+枕头*2","浅杏粉"]', Spec("浅杏粉", "1.5m床垫*1+枕头*2")),
        ('["标准"]', Spec("", "标准")),
        ('{"套餐": "套餐二", "颜色": "金色", "容量": "32G"}', Spec("金色", "套餐二 32G")),
        ("颜色:黑;尺码:38", Spec("黑", "38")),
        ("38", Spec("", "38")),
        ("[]", Spec()),
    ],
)
def test_specs_as_shop_systems_write_them(text: str, spec: Spec) -> None:
    assert parse_spec(text) == spec


def test_a_spec_with_broken_brackets_is_refused() -> None:
    with pytest.raises(InvalidInputError):
        parse_spec('{"颜色": ')


def test_styles_and_variants_come_in_once(importing: Importing, replayed: Callable[..., ImportReport]) -> None:
    report = replayed(
        "catalogue",
        [
            HEADER,
            "LF2601,软底乐福鞋,女鞋 > 乐福鞋,569,699,LF2601-BK-37,2000000000015,黑色,37",
            "SN2602,云感小白鞋,女鞋/小白鞋,429.00,,,,,",
            "LF2601,软底乐福鞋,女鞋 > 乐福鞋,549,699,LF2601-BK-38,2000000000022,黑色,38",
        ],
    )
    assert (report.added, report.records) == (3, {"added": 2})
    assert importing.rows("product", "no", "spu", "category", "price_fen", "tag_price_fen", "status") == [
        (1, "LF2601", "女鞋/乐福鞋", 54_900, 69_900, "on_sale"),
        (2, "SN2602", "女鞋/小白鞋", 42_900, 0, "on_sale"),
    ]
    assert importing.rows("sku", "code", "gtin", "size", "price_fen", "rank") == [
        ("LF2601-BK-37", "2000000000015", "37", 56_900, 0),
        ("LF2601-BK-38", "2000000000022", "38", 54_900, 1),
    ]


def test_bad_rows_are_refused_with_their_reasons_and_the_others_taken(importing: Importing) -> None:
    report = importing(
        "catalogue",
        [
            HEADER,
            "A1,靴,,100,,A1-1,6901234567893,,",  # wrong check digit
            ",鞋,,100,,,,,",  # no code
            "A2,鞋,,100,,,,黑,",  # a colour without a variant's code
            "A3,鞋,,100,,,,,",
            "A3,另一双鞋,,100,,,,,",
            "A4,,,100,,A4-1,,,",  # nobody knows this style
            "A5,鞋,,-1,,,,,",
            "A6,鞋,,100,,X-1,,,",
            "A7,鞋,,100,,X-1,,,",
        ],
    )
    assert [(r.row_no, r.code) for r in report.rejects] == [
        (2, "gtin.check_digit"),
        (3, "product.no_key"),
        (4, "sku.no_code"),
        (6, "row.contradiction"),
        (7, "product.unknown"),
        (8, "money.negative"),
        (10, "sku.taken"),
    ]
    assert importing.rows("product", "spu") == [("A3",), ("A6",)]
    again = importing("catalogue", [HEADER, "A8,鞋,,100,,X-1,,,"])
    assert [r.code for r in again.rejects] == ["sku.taken"]


def test_what_has_no_price_waits_off_sale_until_it_has_one(importing: Importing) -> None:
    report = importing("catalogue", ["gtin,name,ingredients", "6901234567892,茶,茶叶"])
    assert report.layout == "Open Food Facts"
    assert "没有价格" in report.notes[0]
    assert importing.rows("product", "spu", "status") == [("6901234567892", "stopped")]
    importing("catalogue", ["款号,售价", "6901234567892,15.5"])
    assert importing.rows("product", "price_fen", "status") == [(1_550, "on_sale")]
    importing("catalogue", ["款号,状态", "6901234567892,停售"])
    importing("catalogue", ["款号,售价", "6901234567892,12"])
    assert importing.rows("product", "price_fen", "status") == [(1_200, "stopped")]


def test_pictures_come_from_the_folder_and_from_nowhere_else(importing: Importing, tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    for name, colour in (("a.jpg", "red"), ("b.png", "blue")):
        Image.new("RGB", (60, 60), colour).save(tmp_path / "photos" / name)
    (tmp_path / "secret.txt").write_text("x")
    (tmp_path / "photos" / "note.txt").write_text("no picture at all")
    lines = [
        "款号,品名,售价,图片",
        "A1,鞋,1,a.jpg",
        "A2,鞋,1,b.png",
        "A3,鞋,1,../secret.txt",
        "A4,鞋,1,missing.jpg",
        "A5,鞋,1,https://example.com/a.jpg",
        "A6,鞋,1,note.txt",
        "A7,鞋,1,a.jpg",
    ]
    report = importing("catalogue", lines, pictures=tmp_path / "photos")
    assert [(r.row_no, r.field, r.code) for r in report.rejects] == [
        (4, "图片", "picture.missing"),
        (5, "图片", "picture.missing"),
        (6, "图片", "picture.address"),
        (7, "图片", "picture.format"),
    ]
    images = dict(importing.rows("product", "spu", "image"))
    assert images["A1"] == images["A7"] != images["A2"]
    with importing.engine.connect() as connection:
        held = {sha for (sha,) in connection.execute(sa.select(blob.c.sha256))}
    assert held == set(images.values())


def test_a_column_can_be_left_out(importing: Importing) -> None:
    lines = ["款号,品名,售价,图片", "A1,鞋,1,missing.jpg"]
    assert importing("catalogue", lines).rejected == 1
    report = importing("catalogue", lines, columns={"图片": ""})
    assert (report.added, report.unused) == (1, ("图片",))


def test_a_list_of_categories_is_no_catalogue(importing: Importing) -> None:
    with pytest.raises(InvalidInputError, match="款号"):
        importing("catalogue", ["id,pid,name,level,sort_order", "1005000,0,居家,L1,2"])
