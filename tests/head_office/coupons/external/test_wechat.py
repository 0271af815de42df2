from __future__ import annotations

import base64
import json
import logging
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.errors import GuideError
from head_office.coupons.external.config import FILE, load_systems
from head_office.coupons.external.https import HttpAnswer
from head_office.coupons.external.port import RefusedByIssuerError, Terms, UnsettledError, Use
from head_office.coupons.external.wechat import WechatCoupons
from head_office.coupons.external.wechat_signature import (
    Merchant,
    NotFromWechatError,
    answer_text,
    authorization,
    check_answer,
    request_text,
)
from tests.head_office.kit import NOW
from tests.helpers import wechat_pay as fake
from tests.helpers.plain_book import HeldClock

USE = Use(fake.CODE, fake.STOCK, "0190" * 8, NOW)
LINE = st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), max_size=20)
HEADERS = ("wechatpay-timestamp", "wechatpay-nonce", "wechatpay-signature", "wechatpay-serial")


@given(*[LINE] * 4, st.text(st.characters(exclude_categories=["Cs"])))
def test_the_signed_text_has_five_ended_lines_and_says_everything(
    method: str, target: str, moment: str, nonce: str, body: str
) -> None:
    text = request_text(method, target, moment, nonce, body).decode()
    assert text.endswith("\n")
    assert text.removesuffix("\n").split("\n", 4) == [method, target, moment, nonce, body]


@given(LINE, LINE, st.binary(), st.binary())
def test_two_answers_of_different_bodies_are_never_signed_alike(
    moment: str, nonce: str, one: bytes, two: bytes
) -> None:
    assert (answer_text(moment, nonce, one) == answer_text(moment, nonce, two)) == (one == two)


def test_the_published_example_is_what_is_signed() -> None:
    text = request_text("GET", "/v3/certificates", "1554208460", "593BEC0C930BF1AFEB40B4A08C8FB242", "")
    assert text == b"GET\n/v3/certificates\n1554208460\n593BEC0C930BF1AFEB40B4A08C8FB242\n\n"
    merchant = Merchant("1900009191", "1DDE55AD98ED71D6EDD4A4A16996DE7B47773A8C", fake.merchant_key())
    said = authorization(
        merchant, "GET", "/v3/certificates", "", now_s=1554208460, nonce="593BEC0C930BF1AFEB40B4A08C8FB242"
    )
    assert re.fullmatch(
        r'WECHATPAY2-SHA256-RSA2048 mchid="1900009191",nonce_str="593BEC0C930BF1AFEB40B4A08C8FB242",'
        r'signature="([A-Za-z0-9+/]+=*)",timestamp="1554208460",serial_no="1DDE55AD98ED71D6EDD4A4A16996DE7B47773A8C"',
        said,
    )
    signature = re.search(r'signature="([^"]+)"', said)
    assert signature is not None
    public = fake.merchant_key().public_key()
    public.verify(base64.b64decode(signature.group(1)), text, PKCS1v15(), hashes.SHA256())
    with pytest.raises(InvalidSignature):
        public.verify(base64.b64decode(signature.group(1)), text + b"x", PKCS1v15(), hashes.SHA256())


def test_an_answer_counts_only_whole_fresh_and_with_a_known_key() -> None:
    pay, body, now_s = fake.WechatPay(lambda: NOW), b'{"a": 1}', NOW // 1000
    keys = {fake.KEY_ID: fake.platform_key().public_key()}
    headers = {name.lower(): value for name, value in pay.signed(body).items()}
    check_answer(headers, body, keys, now_s=now_s)
    for missing in HEADERS:
        with pytest.raises(NotFromWechatError, match="没有签名"):
            check_answer({**headers, missing: ""}, body, keys, now_s=now_s)
    wrong: list[tuple[dict[str, str], bytes, int]] = [
        (headers, body + b" ", now_s),
        (headers, body, now_s + 301),
        (headers, body, now_s - 301),
        ({**headers, "wechatpay-serial": "PUB_KEY_ID_X"}, body, now_s),
        ({**headers, "wechatpay-nonce": "another"}, body, now_s),
        ({**headers, "wechatpay-signature": "WECHATPAY/SIGNTEST/" + headers["wechatpay-signature"]}, body, now_s),
    ]
    for said, content, moment in wrong:
        with pytest.raises(NotFromWechatError):
            check_answer(said, content, keys, now_s=moment)


def test_a_coupon_is_looked_up_redeemed_and_given_back(coupons: WechatCoupons, pay: fake.WechatPay) -> None:
    assert coupons.terms(fake.STOCK) == Terms("满300减50", "amount", 30_000, 5_000)
    assert coupons.terms(fake.OTHER_STOCK) == Terms("八八折", "percent", 1, percent=88)
    assert coupons.look_up(fake.CODE, fake.HOLDER).state == "free"
    assert coupons.redeem(USE) == NOW // 1000 * 1000
    held = coupons.look_up(fake.CODE, fake.HOLDER)
    assert (held.state, held.used_by, held.stock_id) == ("used", USE.request_no, fake.STOCK)
    assert coupons.give_back(fake.CODE, fake.STOCK, "r" * 32)
    assert pay.coupons[fake.CODE].state == "SENDED"


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda c: setattr(c, "state", "EXPIRED"), "券已过期"),
        (lambda c: c.__dict__.update(state="USED", used_by="another"), "券已被核销"),
        (lambda c: setattr(c, "stock_id", fake.OTHER_STOCK), "批次与券不符"),
    ],
)
def test_a_refusal_is_told_in_wechats_own_words(
    coupons: WechatCoupons, pay: fake.WechatPay, spoil: Callable[[fake.Coupon], object], says: str
) -> None:
    spoil(pay.coupons[fake.CODE])
    with pytest.raises(RefusedByIssuerError, match=says):
        coupons.redeem(USE)


@pytest.mark.parametrize("wrong", ["forge", "bare"])
def test_an_answer_that_is_not_wechats_is_never_believed(
    coupons: WechatCoupons, pay: fake.WechatPay, wrong: str
) -> None:
    setattr(pay, wrong, True)
    with pytest.raises(UnsettledError) as told:
        coupons.redeem(USE)
    assert (told.value.code, told.value.sent) == ("external.not_believed", True)
    pay.coupons[fake.CODE].state = "EXPIRED"  # nor is a refusal that anybody could have made up
    with pytest.raises(UnsettledError):
        coupons.redeem(USE)


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_busy_means_that_nobody_knows(coupons: WechatCoupons, pay: fake.WechatPay, status: int) -> None:
    pay.fail_after = [status]
    with pytest.raises(UnsettledError) as told:
        coupons.redeem(USE)
    assert told.value.code == "external.busy"
    assert coupons.redeem(USE)  # it had been done; the same number is the same use


def test_an_answer_about_something_else_is_none(coupons: WechatCoupons) -> None:
    now = {"wechatpay_use_time": "2026-11-21T14:32:00+08:00"}
    answers: tuple[tuple[int, dict[str, str], str], ...] = (
        (200, {**now, "stock_id": fake.OTHER_STOCK}, "external.other_batch"),
        (302, {**now, "stock_id": fake.STOCK}, "external.not_believed"),
        (200, {"stock_id": fake.STOCK}, "external.not_believed"),
    )
    signer = fake.WechatPay(lambda: NOW)
    for status, said, code in answers:
        body = json.dumps(said).encode()
        headers = {name.lower(): value for name, value in signer.signed(body).items()}
        answer = HttpAnswer(status, headers, body)
        with pytest.raises(UnsettledError) as told:
            replace(coupons, send=lambda *_, answer=answer: answer).redeem(USE)
        assert (told.value.code, told.value.sent) == (code, True)


@pytest.mark.parametrize("percent", [0, 100, 101])
def test_a_percentage_that_is_none_takes_nothing_off_by_itself(
    coupons: WechatCoupons, pay: fake.WechatPay, percent: int
) -> None:
    pay.rules[fake.OTHER_STOCK]["coupon_use_rule"]["discount_coupon"]["discount_percent"] = percent
    assert coupons.terms(fake.OTHER_STOCK).kind == "exchange"


def test_a_clock_that_is_wrong_is_told_as_such(coupons: WechatCoupons, pay: fake.WechatPay) -> None:
    pay.late_s = 400
    with pytest.raises(UnsettledError) as told:
        coupons.redeem(USE)
    assert told.value.code == "external.credentials"
    assert "时钟" in told.value.way_out
    assert pay.coupons[fake.CODE].state == "SENDED"


def test_a_question_that_never_left_says_so(clock: HeldClock, folder: Path) -> None:
    text = (folder / FILE).read_text("utf-8")
    (folder / FILE).write_text(re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:1", text), "utf-8")
    with pytest.raises(UnsettledError) as told:
        load_systems(folder, {}, clock)["wechat"].redeem(USE)
    assert not told.value.sent


def test_who_holds_the_coupon_is_not_logged(
    coupons: WechatCoupons, pay: fake.WechatPay, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        coupons.redeem(USE)
        pay.forge = True
        with pytest.raises(UnsettledError):
            coupons.redeem(USE)
    assert fake.HOLDER not in caplog.text
    assert fake.CODE not in caplog.text
    assert "PRIVATE" not in repr(coupons)


@pytest.mark.parametrize(
    ("mend", "says"),
    [
        (lambda f: (f / FILE).write_text("{}"), "mch_id"),
        (lambda f: (f / FILE).write_text((f / FILE).read_text().replace("http://", "http://example.")), "https"),
        (lambda f: (f / "apiclient_key.pem").chmod(0o644), "chmod 600"),
        (lambda f: (f / "apiclient_key.pem").write_text("x"), "PEM"),
        (lambda f: (f / "pub_key.pem").unlink(), "打不开"),
        (lambda f: (f / "pub_key.pem").write_text("x"), "PEM"),
    ],
)
def test_credentials_that_cannot_work_are_refused_by_name(
    folder: Path, clock: HeldClock, mend: Callable[[Path], object], says: str
) -> None:
    mend(folder)
    with pytest.raises(GuideError, match=says):
        load_systems(folder, {}, clock)


def test_without_credentials_there_is_no_system(tmp_path: Path, clock: HeldClock) -> None:
    assert not load_systems(tmp_path, {}, clock)
    with pytest.raises(GuideError):
        load_systems(tmp_path, {"HEAD_OFFICE_WECHAT_PAY": str(tmp_path / "elsewhere.json")}, clock)


@given(st.integers(0, 10**9), st.integers(1, 99), st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_coupon_takes_off_whole_fen_and_never_more_than_the_bill(
    amount: int, percent: int, minimum: int, off: int
) -> None:
    part = Terms("折", "percent", minimum, percent=percent).worth(amount)
    cut = Terms("减", "amount", minimum, off).worth(amount)
    assert 0 <= part <= amount
    assert 0 <= cut <= min(amount, off)
    if amount >= minimum:
        assert 0 <= amount * percent - (amount - part) * 100 < 100
        assert cut == min(off, amount)
    else:
        assert part == cut == 0
