"""微信支付商家券 by API v3: batch terms, one coupon, redeeming, giving back.

Source: pay.weixin.qq.com/doc/v3/merchant, 商家券 (查询批次详情, 查询用户券详情, 核销用户券, 申请退券). A coupon can be
looked up only with its holder's OpenID, which no counter has: before it is redeemed only its batch is known. What an
answer says of the holder (`openid`) is neither kept nor logged.
"""

from __future__ import annotations

import datetime as dt
import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, TypeVar
from urllib.parse import quote

import msgspec
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from msgspec import Struct

from guide_app.base.clock import CHINA, Clock, china_datetime
from head_office.coupons.external.https import HttpAnswer, NoAnswerError, NotSentError, Send
from head_office.coupons.external.port import Held, RefusedByIssuerError, Terms, UnsettledError, Use
from head_office.coupons.external.wechat_signature import Merchant, NotFromWechatError, authorization, check_answer

SOURCE = "wechat"
NAME = "微信支付"
_BASE = "/v3/marketing/busifavor"
_STATES: Mapping[str, Literal["free", "used", "expired"]] = MappingProxyType(
    {"SENDED": "free", "USED": "used", "EXPIRED": "expired"}
)
_OK, _REDIRECT, _BAD, _UNSIGNED, _TOO_MANY, _SERVER = 200, 300, 400, 401, 429, 500
_ASK_AGAIN = "稍后用同一个请求号再问一次; 在此之前不要优惠。"
_log = logging.getLogger(__name__)

T = TypeVar("T")


class _Amount(Struct):
    discount_amount: int
    transaction_minimum: int = 0


class _Percent(Struct):
    discount_percent: int
    transaction_minimum: int = 0


class _Rule(Struct):
    fixed_normal_coupon: _Amount | None = None
    discount_coupon: _Percent | None = None


class _Stock(Struct):
    stock_name: str
    stock_type: str
    coupon_use_rule: _Rule


class _Coupon(Struct):
    stock_name: str = ""
    stock_id: str = ""
    coupon_state: str = ""
    available_start_time: str = ""
    expire_time: str = ""
    use_request_no: str = ""


class _Used(Struct):
    wechatpay_use_time: dt.datetime
    stock_id: str = ""


class _Returned(Struct):
    wechatpay_return_time: dt.datetime


class _Fault(Struct):
    code: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class WechatCoupons:
    """The port `ExternalCoupons` over API v3. `keys` are WeChat Pay's public keys by id or certificate serial number.

    `key_id` is the one that WeChat Pay is asked to sign answers with, where it is a public key's id.
    """

    merchant: Merchant
    appid: str
    keys: Mapping[str, RSAPublicKey]
    key_id: str
    send: Send
    clock: Clock

    @property
    def source(self) -> str:
        """How batches name this system."""
        return SOURCE

    def terms(self, stock_id: str) -> Terms:
        """What a batch takes off. Raises RefusedByIssuerError or UnsettledError."""
        said = self._ask("GET", f"{_BASE}/stocks/{quote(stock_id, safe='')}", None, _Stock)
        rule = said.coupon_use_rule
        if said.stock_type == "NORMAL" and rule.fixed_normal_coupon is not None:
            amount = rule.fixed_normal_coupon
            return Terms(said.stock_name, "amount", amount.transaction_minimum, amount.discount_amount)
        if said.stock_type == "DISCOUNT" and rule.discount_coupon is not None:
            part = rule.discount_coupon
            if 0 < part.discount_percent < 100:  # noqa: PLR2004 - of a hundred
                return Terms(said.stock_name, "percent", part.transaction_minimum, percent=part.discount_percent)
        return Terms(said.stock_name, "exchange")

    def look_up(self, code: str, holder: str) -> Held:
        """One coupon of the holder with this OpenID. Raises RefusedByIssuerError or UnsettledError."""
        path = "/".join(quote(part, safe="") for part in (holder, "coupons", code, "appids", self.appid))
        said = self._ask("GET", f"{_BASE}/users/{path}", None, _Coupon)
        return Held(
            said.stock_id, said.stock_name, _STATES.get(said.coupon_state, "unknown"), said.available_start_time,
            said.expire_time, said.use_request_no,
        )  # fmt: skip

    def redeem(self, use: Use) -> int:
        """Use a coupon up; returns when. The same request number once more is the same use.

        Raises RefusedByIssuerError or UnsettledError.
        """
        said = {
            "coupon_code": use.code,
            "stock_id": use.stock_id,
            "appid": self.appid,
            "use_time": _rfc3339(use.at_ms),
            "use_request_no": use.request_no,
        }
        used = self._ask("POST", f"{_BASE}/coupons/use", said, _Used)
        if used.stock_id and used.stock_id != use.stock_id:
            raise UnsettledError("external.other_batch", f"{NAME}核销的是另一批券 {used.stock_id}。", "请总部核对。")
        return _ms(used.wechatpay_use_time)

    def give_back(self, code: str, stock_id: str, request_no: str) -> int:
        """Free a coupon that was used up; returns when. Raises RefusedByIssuerError or UnsettledError."""
        said = {"coupon_code": code, "stock_id": stock_id, "return_request_no": request_no}
        return _ms(self._ask("POST", f"{_BASE}/coupons/return", said, _Returned).wechatpay_return_time)

    def _ask(self, method: str, target: str, message: Mapping[str, str] | None, shape: type[T]) -> T:
        body = msgspec.json.encode(message) if message is not None else b""
        now_s, nonce = self.clock.now_ms() // 1000, secrets.token_hex(16).upper()
        headers = {
            "Accept": "application/json",
            "User-Agent": "guide-desk",
            "Authorization": authorization(
                self.merchant, method, target, body.decode(), now_s=now_s, nonce=nonce
            ),
        }  # fmt: skip
        if body:
            headers["Content-Type"] = "application/json"
        if self.key_id.startswith("PUB_KEY_ID_"):
            headers["Wechatpay-Serial"] = self.key_id
        try:
            answer = self.send(method, target, headers, body)
        except NotSentError as e:
            _log.warning("wechat pay is out of reach: %s", e)
            raise UnsettledError("external.unreachable", f"总部连不上{NAME}。", _ASK_AGAIN, sent=False) from e
        except NoAnswerError as e:
            _log.warning("no answer of wechat pay: %s", e)
            raise UnsettledError("external.no_answer", f"{NAME}没有回答。", _ASK_AGAIN) from e
        return self._believed(answer, shape)

    def _believed(self, answer: HttpAnswer, shape: type[T]) -> T:
        """What the answer says, once it is sure who said it."""
        fault = _fault(answer)
        if answer.status == _UNSIGNED:  # such answers bear no signature: nothing was done, but anybody can say so
            _log.warning("wechat pay refuses our signature: %s", fault.code)
            raise UnsettledError(
                "external.credentials",
                f"{NAME}没有接受总部的签名 ({fault.code[:64]})。",
                "请总部核对商户号、证书序列号、私钥, 以及总部服务器的时钟。",
            )
        if answer.status == _TOO_MANY or answer.status >= _SERVER:
            raise UnsettledError("external.busy", f"{NAME}暂时繁忙 ({answer.status})。", _ASK_AGAIN)
        try:
            check_answer(answer.headers, answer.body, self.keys, now_s=self.clock.now_ms() // 1000)
        except NotFromWechatError as e:
            _log.warning("an answer that is not wechat pay's (status %d): %s", answer.status, e)
            raise UnsettledError("external.not_believed", f"{NAME}的应答不可信: {e}。", _ASK_AGAIN) from e
        if answer.status >= _BAD:
            raise RefusedByIssuerError(NAME, fault.code, fault.message)
        if not _OK <= answer.status < _REDIRECT:
            raise UnsettledError("external.not_believed", f"{NAME}的应答读不懂 ({answer.status})。", _ASK_AGAIN)
        try:
            return msgspec.json.decode(answer.body, type=shape)
        except msgspec.DecodeError as e:
            raise UnsettledError("external.not_believed", f"{NAME}的应答读不懂。", _ASK_AGAIN) from e


def _fault(answer: HttpAnswer) -> _Fault:
    if answer.status < _BAD:
        return _Fault()
    try:
        return msgspec.json.decode(answer.body, type=_Fault)
    except msgspec.DecodeError:
        return _Fault(str(answer.status))


def _rfc3339(at_ms: int) -> str:
    return china_datetime(at_ms).replace(microsecond=0).isoformat()


def _ms(moment: dt.datetime) -> int:
    """UTC ms of a moment of WeChat Pay's, which is China's where it names no zone: not that of our server."""
    return round((moment if moment.tzinfo is not None else moment.replace(tzinfo=CHINA)).timestamp() * 1000)
