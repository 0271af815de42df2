"""GS1 Digital Link: the examples of the URI syntax (1.6.0), what it forbids, and whatever a shop may print."""

from __future__ import annotations

import csv
import string
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.errors import InvalidInputError
from guide_app.base.gs1_link import Gs1Link, parse_gs1_link, trade_item
from guide_app.base.gtin import check_digit
from tests.helpers.real_data import need_real_data

GTIN = "09506000134352"
CHARACTERS = "!\"%&'()*+,-./:;<=>?_" + string.ascii_letters + string.digits
TEXTS = st.text(CHARACTERS, max_size=20)
GTINS = st.text(string.digits, min_size=13, max_size=13).map(lambda digits: digits + str(check_digit(digits)))


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("https://id.gs1.org/01/09506000134352", "/01/09506000134352"),
        ("https://example.com/01/09506000134352", "/01/09506000134352"),
        ("https://brand.example.com/some-extra/pieces/01/09506000134352", "/01/09506000134352"),
        ("https://id.gs1.org/01/09506000134352/22/2A", "/01/09506000134352/22/2A"),
        ("https://a.b/01/09506000134352/10/ABC1/21/12345?17=180426", "/01/09506000134352/10/ABC1/21/12345?17=180426"),
        ("https://id.gs1.org/01/09506000134352?3103=000195", "/01/09506000134352?3103=000195"),
        ("http://a.b/01/09506000134352?3922=29&3103=0195&17=201225", "/01/09506000134352?17=201225&3103=0195&3922=29"),
        ("https://id.gs1.org/01/09506000134352?17=201225;3103=000195", "/01/09506000134352?17=201225&3103=000195"),
        ("HTTPS://example.com/01/09506000134352?linkType=gs1:traceability", "/01/09506000134352"),
        ("https://id.gs1.org/01/09506000134352/235/5vBZIF%2521u", "/01/09506000134352/235/5vBZIF%2521u"),
    ],
)  # fmt: skip
def test_examples_of_the_standard(written: str, canonical: str) -> None:
    assert parse_gs1_link(written).canonical() == "https://id.gs1.org" + canonical


def test_what_stands_in_it() -> None:
    link = parse_gs1_link("https://shop.example/01/09506000134352/22/RED%2F37/10/A%2B1/21/9?17=261231&s=abc")
    assert link == Gs1Link(GTIN, "RED/37", "A+1", "9", "", (("17", "261231"),), (("s", "abc"),))
    assert link.share_code == "abc"
    assert link.url("https://shop.example/") == (
        "https://shop.example/01/09506000134352/22/RED%2F37/10/A%2B1/21/9?17=261231&s=abc"
    )


@pytest.mark.parametrize(
    "written",
    [
        "https://id.gs1.org/01/9506000134352",  # GTIN-13 without its leading nought
        "https://id.gs1.org/01/09506000134353",  # check digit
        "https://id.gs1.org/01/09506000134352/21/12345/10/ABC1",  # order
        "https://id.gs1.org/01/09506000134352/10/A/10/B",
        "https://id.gs1.org/01/09506000134352/10",
        "https://id.gs1.org/01/09506000134352/10/",
        "https://id.gs1.org/01/09506000134352/10/" + "A" * 21,
        "https://id.gs1.org/01/09506000134352/10/A%20B",
        "https://id.gs1.org/01/09506000134352/10/A%2",
        "https://id.gs1.org/01/09506000134352/10/%FF",
        "https://id.gs1.org/01/09506000134352/10/A/235/B",
        "https://id.gs1.org/01/09506000134352/17/261231",  # an attribute among the qualifiers
        "https://id.gs1.org/01/09506000134352?10=A",  # a qualifier among the attributes
        "https://id.gs1.org/01/09506000134352?17=261301",
        "https://id.gs1.org/01/09506000134352?17=2612",
        "https://id.gs1.org/01/09506000134352?17=261231&17=261230",
        "https://id.gs1.org/gtin/09506000134352",  # words for keys are gone since 1.2
        "https://id.gs1.org/8006/095060001343520102",
        "ftp://id.gs1.org/01/09506000134352",
        "/01/09506000134352",
        "https://[/01/09506000134352",
        "09506000134352",
        "",
    ],
)
def test_what_the_standard_forbids(written: str) -> None:
    with pytest.raises(InvalidInputError, match=r"GS1 Digital Link|条码"):
        parse_gs1_link(written)


@given(GTINS, TEXTS, TEXTS, TEXTS, st.text(string.ascii_letters + string.digits + "-_", max_size=27))
def test_whatever_is_written_reads_back(gtin: str, variant: str, lot: str, serial: str, share: str) -> None:
    link = Gs1Link(gtin, variant, lot, serial, own=(("s", share),) if share else ())
    url = link.url("https://shop.example")
    assert url.isascii()
    assert url.isprintable()
    assert parse_gs1_link(url) == link
    assert not set(urlsplit(url).path) - set(string.ascii_letters + string.digits + "-._%/")


def test_real_bar_codes_become_links_and_come_back() -> None:
    tables = sorted(need_real_data("catalog_gtin").glob("*.csv"))
    good = bad = 0
    for table in tables:
        with table.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                if row["gtin_check_ok"].lower() not in ("true", "1"):
                    with pytest.raises(InvalidInputError):
                        trade_item(row["gtin"])
                    bad += 1
                    continue
                link = trade_item(row["gtin"], "A" * 27)
                assert parse_gs1_link(link.url("https://shop.example")) == link
                assert link.gtin.endswith(row["gtin"])
                good += 1
    assert good > 1000
