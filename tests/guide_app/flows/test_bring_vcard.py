"""vCards as phones write them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.tabular.limits import Limits, TableError
from guide_app.flows.bringing.vcard import card_values, is_vcard, read_cards
from tests.helpers.real_data import need_real_data


def one(folder: Path, *lines: str, encoding: str = "utf-8") -> dict[str, str]:
    path = folder / "contacts.vcf"
    path.write_bytes("\r\n".join(("BEGIN:VCARD", *lines, "END:VCARD", "")).encode(encoding))
    (card,) = read_cards(path)
    return {name: value for name, value in card_values(card).items() if value}


def test_a_card_of_version_3_with_folded_lines_and_escapes(tmp_path: Path) -> None:
    values = one(
        tmp_path,
        "VERSION:3.0",
        "N:陈;雅婷;;;",
        "FN:雅婷 陈",
        "item1.TEL;type=HOME;type=VOICE:021-6417 0000",
        "TEL;type=CELL;type=VOICE:+86 138-0000-5678",
        "BDAY;value=date:1991-03-08",
        "NOTE:喜欢小白鞋\\, 37 码\\n周末",
        "  来",
        "CATEGORIES:金卡,My Contacts",
        "IMPP:wechat:yating",
        "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ",
        " not base64 at all",
    )
    assert values == {
        "name": "雅婷陈",
        "phone": "+86 138-0000-5678",
        "wechat": "yating",
        "birthday": "1991-03-08",
        "remark": "喜欢小白鞋, 37 码\n周末 来",
        "tags": "金卡",
    }


def test_a_card_of_version_2_with_quoted_printable(tmp_path: Path) -> None:
    values = one(
        tmp_path,
        "VERSION:2.1",
        "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E5=91=A8;=E5=BB=BA=E5=9B=BD;;;",
        "TEL;CELL;PREF:13900007710",
        "NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:=E5=96=9C=E6=AC=A2=",
        "=E9=95=BF=E9=9D=B4",
        "X-GENERATOR:x",
    )
    assert values == {"name": "周建国", "phone": "13900007710", "remark": "喜欢长靴"}


def test_an_old_chinese_phone_writes_gbk(tmp_path: Path) -> None:
    assert one(tmp_path, "VERSION:2.1", "N:林;小满", "TEL:18600000921", encoding="gb18030")["name"] == "林小满"
    quoted = "N;ENCODING=QUOTED-PRINTABLE:" + "".join(f"={byte:02X}" for byte in "林小满".encode("gbk"))
    assert one(tmp_path, "VERSION:2.1", quoted)["name"] == "林小满"


def test_a_card_of_version_4(tmp_path: Path) -> None:
    values = one(
        tmp_path,
        "VERSION:4.0",
        "FN:Simon Perreault",
        'TEL;VALUE=uri;TYPE="work,voice";PREF=1:tel:+1-418-656-9254;ext=102',
        "BDAY:--0203",
        "GENDER:M",
    )
    assert values == {"name": "Simon Perreault", "phone": "+1-418-656-9254", "birthday": "--0203", "sex": "M"}


def test_an_agent_inside_a_card_is_not_the_client(tmp_path: Path) -> None:
    values = one(tmp_path, "FN:外", "AGENT:", "BEGIN:VCARD", "FN:内", "TEL:13900007710", "END:VCARD", "TEL:13800005678")
    assert values == {"name": "外", "phone": "13800005678"}


def test_a_file_cut_in_the_middle_loses_its_last_card_only(tmp_path: Path) -> None:
    path = tmp_path / "cut.vcf"
    path.write_text("BEGIN:VCARD\nFN:甲\nEND:VCARD\nBEGIN:VCARD\nFN:乙\n", encoding="utf-8")
    first, second = read_cards(path)
    assert (first.ended, second.ended, second.line_no) == (True, False, 4)


def test_what_is_too_large_or_no_vcard_is_told(tmp_path: Path) -> None:
    path = tmp_path / "big.vcf"
    path.write_text("BEGIN:VCARD\nFN:甲\nEND:VCARD\n" * 10, encoding="utf-8")
    with pytest.raises(TableError, match="太大"):
        list(read_cards(path, limits=Limits(file_bytes=100)))
    table = tmp_path / "table.vcf"
    table.write_text("姓名,手机号\n", encoding="utf-8")
    assert (is_vcard(path), is_vcard(table), is_vcard(tmp_path / "missing")) == (True, False, False)


@given(st.lists(st.text(alphabet='BEGINDVCAR:;=,\\ \tFNTEL"5陈\n', max_size=40), max_size=12))
def test_no_text_breaks_the_reader(tmp_path_factory: pytest.TempPathFactory, lines: list[str]) -> None:
    path = tmp_path_factory.mktemp("v") / "x.vcf"
    path.write_text("BEGIN:VCARD\n" + "\n".join(lines) + "\nEND:VCARD\n", encoding="utf-8")
    for card in read_cards(path):
        assert card.line_no >= 1
        if card.ended:
            card_values(card)


@pytest.mark.parametrize(
    ("name", "cards", "named"),
    [
        ("John_Doe_ANDROID.vcf", 6, 4),
        ("John_Doe_GMAIL.vcf", 1, 1),
        ("John_Doe_IPHONE.vcf", 1, 1),
        ("John_Doe_MS_OUTLOOK.vcf", 1, 1),
        ("gmail-list.vcf", 3, 3),
        ("gmail-single.vcf", 1, 1),
        ("outlook-2007.vcf", 1, 1),
        ("rfc6350-example.vcf", 1, 1),
    ],
)
def test_real_exports_are_read_to_their_end(name: str, cards: int, named: int) -> None:
    found = list(read_cards(need_real_data(f"import_samples/vcard/{name}")))
    assert len(found) == cards
    assert sum(1 for card in found if card_values(card)["name"]) == named
