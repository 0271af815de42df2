"""The pages themselves keep to the rules for links: no reward for sharing, no bargaining, nothing about the best."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import head_office.landing
from head_office.publishing.lawful import advertising_law
from tests.head_office.landing.shop import Browser, link_code

HERE = Path(head_office.landing.__file__).parent
SOURCES = sorted([*HERE.glob("*.py"), *HERE.glob("templates/*.html"), *HERE.glob("assets/*.js")])
#: What a page would do about sharing at all: our pages leave that to the phone.
SHARING = re.compile(r"navigator\.share|onMenuShare|updateAppMessageShareData|updateTimelineShareData|WeixinJSBridge")


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_no_page_says_or_does_what_is_barred(source: Path) -> None:
    text = source.read_text("utf-8")
    assert [f.word for f in advertising_law().check(text) if f.entry.severity == "bar"] == []
    assert not SHARING.search(text)


@pytest.mark.parametrize("path", ["", "/privacy"])
def test_pages_as_customers_see_them_are_plain(visitor: Browser, path: str) -> None:
    text = visitor.get(f"/s/{link_code()}{path}").text
    assert [f.word for f in advertising_law().check(text) if f.entry.severity == "bar"] == []
    for pressure in ("分享给好友", "关注公众号", "先关注", "倒计时", "仅剩"):
        assert pressure not in text
