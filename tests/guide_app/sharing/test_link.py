"""Links made on the PC: what stands in them, and what never does."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.errors import InvalidInputError
from guide_app.base.gs1_link import parse_gs1_link
from guide_app.flows.desk import Desk
from guide_app.protocol.link import Subject, read, verify
from guide_app.sharing.link import LinkKey, subject_link
from guide_app.sharing.service import ShareDraft
from tests.helpers.book import CHEN, LOAFER, actor

KEY = LinkKey(3, b"k" * 32, "https://s.redmaple.example/")
PAYLOAD = set(string.ascii_letters + string.digits + "-_./:?=%")
WECOM_STATE = 30
"""The most characters of `state` in a WeCom contact-way code."""


@given(st.integers(0, 65_535), st.integers(0, (1 << 20) - 1), st.integers(0, 16_383), st.integers(0, (1 << 22) - 1))
def test_a_gs1_link_carries_the_code_of_the_short_one(guide: int, product: int, coupon: int, share: int) -> None:
    numbers = {"guide_no": guide, "coupon_no": coupon, "share_no": share}
    short = subject_link(KEY, Subject.PRODUCT, product, **numbers, gtin="")
    label = subject_link(KEY, Subject.PRODUCT, product, **numbers, gtin="2000000000022")
    assert short.url == f"https://s.redmaple.example/s/{short.code}"
    assert parse_gs1_link(label.url).share_code == label.code == short.code
    assert parse_gs1_link(label.url).gtin == "02000000000022"
    assert set(short.url + label.url) <= PAYLOAD
    assert len(short.code) <= WECOM_STATE
    assert verify(short.code, KEY.key) == read(short.code)


def test_what_is_no_bar_code_is_refused() -> None:
    with pytest.raises(InvalidInputError):
        subject_link(KEY, Subject.PRODUCT, 7, guide_no=1, coupon_no=0, share_no=1, gtin="2000000000023")


@pytest.mark.parametrize("gtin", ["", "2000000000022"])
def test_nothing_of_the_client_stands_in_her_link(desk: Desk, gtin: str) -> None:
    """The link to a client is, letter by letter, the one to nobody: who she is, only the share record says."""
    hers = ShareDraft(LOAFER, 7, 56_900, "moments", client_id=CHEN, gtin=gtin)
    nobodys = ShareDraft(LOAFER, 7, 56_900, "moments", gtin=gtin)
    deeds = desk.share_deeds
    assert deeds.link(hers, 5, actor()) == deeds.link(nobodys, 5, actor())
    client = desk.clients.portrait(CHEN).fields
    url = deeds.link(hers, 5, actor()).url
    assert not any(word in url for word in (CHEN, client["name"], client["phone"], actor().guide_id, actor().name))
