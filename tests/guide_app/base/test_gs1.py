"""What a gun reads off goods: every symbol's check digit, GS1's fields, and Digital Links."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.errors import InvalidInputError
from guide_app.base.gs1 import GS, Goods, parse_elements, parse_goods, split_symbology, upc_a
from guide_app.base.gtin import check_digit, spellings

TODAY = dt.date(2026, 11, 21)


def whole(data: str) -> str:
    return data + str(check_digit(data))


GTINS = st.sampled_from([7, 11, 12, 13]).flatmap(lambda n: st.text("0123456789", min_size=n, max_size=n).map(whole))


@given(GTINS)
def test_every_gtin_is_known_again(gtin: str) -> None:
    goods = parse_goods(gtin)
    assert goods is not None
    assert goods.gtin == gtin.zfill(14)
    assert gtin in spellings(goods.gtin) or gtin.startswith("0")


@given(GTINS.filter(lambda g: len(g) > 8), st.data())
def test_one_wrong_digit_is_told(gtin: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(gtin) - 1))
    other = data.draw(st.sampled_from([d for d in "0123456789" if d != gtin[place]]))
    with pytest.raises(InvalidInputError):
        parse_goods(gtin[:place] + other + gtin[place + 1 :])


@pytest.mark.parametrize(
    ("upc_e", "upc"),
    [("04252614", "042100005264"), ("425261", "042100005264"), ("01234565", "012345000065"),
     ("0123453", "012300000451"), ("0123404", "012340000008"), ("1123457", "112345000079")],
)  # fmt: skip
def test_upc_e_is_spread_out(upc_e: str, upc: str) -> None:
    assert upc_a(upc_e) == upc
    assert upc[-1] == str(check_digit(upc[:-1]))
    assert parse_goods(f"]E0{upc_e}") is not None


def test_fields_of_an_element_string() -> None:
    read = parse_goods(f"]C101020000000000151728123110AB-12{GS}21XY{GS}3103000500")
    assert read is not None
    assert (read.gtin, read.batch, read.serial) == ("02000000000015", "AB-12", "XY")
    assert read.elements["3103"] == "000500"
    assert read.expires(TODAY) == dt.date(2028, 12, 31)
    assert parse_goods("(01)02000000000015(21)X1(17)280200") == Goods(
        "02000000000015", {"01": "02000000000015", "21": "X1", "17": "280200"}
    )
    assert Goods("", {"17": "280200"}).expires(TODAY) == dt.date(2028, 2, 29)
    assert Goods("", {"17": "990101"}).expires(TODAY) == dt.date(1999, 1, 1)


@pytest.mark.parametrize(
    "text", ["]C10102000000000016", "]C1010200000000", "]d21728123", "]C1", "]C12199" + "9" * 30, "(99"]
)
def test_a_field_that_does_not_hold_is_told(text: str) -> None:
    with pytest.raises(InvalidInputError):
        parse_goods(text)


def test_digital_links() -> None:
    read = parse_goods("https://id.example/shop/01/02000000000015/10/A%2F1/21/S9?17=281231&lang=zh")
    assert read is not None
    assert (read.gtin, read.batch, read.serial, read.elements["17"]) == ("02000000000015", "A/1", "S9", "281231")
    assert parse_goods("https://s.redmaple.example/s/abc") is None


@given(st.dictionaries(st.sampled_from(["10", "21", "240"]), st.text("ABC123-", min_size=1, max_size=20)))
def test_what_is_written_is_read(fields: dict[str, str]) -> None:
    text = GS.join(name + value for name, value in fields.items())
    assert not fields or parse_elements(GS + text) == fields


@given(st.text(max_size=40))
def test_nothing_else_than_a_sentence_comes_of_any_text(text: str) -> None:
    try:
        read = parse_goods(text)
    except InvalidInputError:
        return
    assert read is None or len(read.gtin) == 14
    assert split_symbology(text)[1] in text
