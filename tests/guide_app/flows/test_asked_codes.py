"""Fourteen characters that this PC does not know: head office is asked, and without it they are worth nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from guide_app.base.errors import GuideError, NotFoundError
from guide_app.flows.asked_codes import AskedCodes
from guide_app.flows.desk import Desk
from guide_app.protocol.coupon_code import make_code, show_code
from guide_app.protocol.problems import problem
from guide_app.sync.errors import OfficeBusyError, refused, unreachable
from tests.guide_app.coupons import office
from tests.helpers.book import COUPON_CODE

CODE = make_code()


class _Office:
    """Answers with a voucher, or fails with what it is given."""

    def __init__(self, answer: str | GuideError) -> None:
        self.answer = answer
        self.asked: list[str] = []

    def voucher_of(self, code: str) -> str:
        """Its answer."""
        self.asked.append(code)
        if isinstance(self.answer, GuideError):
            raise self.answer
        return self.answer

    @contextmanager
    def door(self) -> Iterator[_Office]:
        """A line to it."""
        yield self


def test_only_what_this_pc_cannot_look_up_is_asked(desk: Desk) -> None:
    voucher = office.by_office()
    head = _Office(voucher)
    codes = AskedCodes(desk.coupons, head.door)
    for text in (COUPON_CODE, voucher, "nothing", ""):
        assert codes.known(text) == text
    assert head.asked == []
    assert codes.known(f"您的券 {show_code(CODE)}") == voucher
    assert head.asked == [CODE]


@pytest.mark.parametrize(
    "answer",
    [
        unreachable("office.unreachable", "连不上总部。"),
        unreachable("office.timeout", "总部没有答完。"),
        OfficeBusyError(503, "总部暂时繁忙。"),
        refused(problem("not_found")),  # an older head office
        "this is no voucher",
    ],
    ids=["no line", "no answer", "busy", "older", "garbage"],
)
def test_without_an_answer_the_characters_prove_nothing(desk: Desk, answer: str | GuideError) -> None:
    with pytest.raises(NotFoundError, match=f"本机还没有券 {CODE}") as told:
        AskedCodes(desk.coupons, _Office(answer).door).known(CODE)
    assert (told.value.code, "二维码" in told.value.way_out) == ("coupon.unknown", True)


@pytest.mark.parametrize("code", ["coupon.unknown", "coupon.redeemed", "coupon.recalled", "coupon.store"])
def test_head_offices_reason_is_told(desk: Desk, code: str) -> None:
    with pytest.raises(GuideError) as told:
        AskedCodes(desk.coupons, _Office(refused(problem(code))).door).known(CODE)
    assert (told.value.code, told.value.sentence) == (code, problem(code).detail)


def test_who_asked_too_often_is_told_so(desk: Desk) -> None:
    with pytest.raises(GuideError) as told:
        AskedCodes(desk.coupons, _Office(OfficeBusyError(429, "请稍后再试。", 90)).door).known(CODE)
    assert (told.value.code, "十分钟" in told.value.way_out) == ("rate.limited", True)
