"""WECHATPAY2-SHA256-RSA2048: how requests to WeChat Pay are signed, and how its answers are told from others'.

Source: 微信支付 API v3, 接口规则: 签名生成 and 签名验证 (pay.weixin.qq.com/doc/v3/merchant/4012365342, 4013053249).
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey

SCHEME = "WECHATPAY2-SHA256-RSA2048"
#: By how much the moment in an answer may differ from ours; WeChat Pay holds requests to the same.
SKEW_S = 300


class NotFromWechatError(Exception):
    """An answer that WeChat Pay has not signed, or not now."""


@dataclass(frozen=True, slots=True)
class Merchant:
    """Who asks: the merchant's number, the serial number of its API certificate, and that certificate's key."""

    mch_id: str
    serial_no: str
    key: RSAPrivateKey

    def __repr__(self) -> str:
        return f"Merchant({self.mch_id})"  # the key is for nobody's eyes


def request_text(method: str, target: str, timestamp: str, nonce: str, body: str) -> bytes:
    """What a request's signature is over: five lines, each ended; `target` is path and query as sent."""
    return "".join(f"{line}\n" for line in (method, target, timestamp, nonce, body)).encode()


def answer_text(timestamp: str, nonce: str, body: bytes) -> bytes:
    """What an answer's signature is over: three lines, each ended, the body byte for byte."""
    return f"{timestamp}\n{nonce}\n".encode() + body + b"\n"


def authorization(merchant: Merchant, method: str, target: str, body: str, *, now_s: int, nonce: str) -> str:
    """The `Authorization` of a request."""
    text = request_text(method, target, str(now_s), nonce, body)
    signature = base64.b64encode(merchant.key.sign(text, PKCS1v15(), hashes.SHA256())).decode()
    said = {
        "mchid": merchant.mch_id,
        "nonce_str": nonce,
        "signature": signature,
        "timestamp": str(now_s),
        "serial_no": merchant.serial_no,
    }
    return f"{SCHEME} " + ",".join(f'{name}="{value}"' for name, value in said.items())


def check_answer(headers: Mapping[str, str], body: bytes, keys: Mapping[str, RSAPublicKey], *, now_s: int) -> None:
    """Believe an answer, its header names in lower case. Raises NotFromWechatError, saying what is wrong with it."""
    named = [headers.get(f"wechatpay-{part}", "") for part in ("timestamp", "nonce", "signature", "serial")]
    timestamp, nonce, signature, serial = named
    if not all(named):
        raise NotFromWechatError("应答没有签名")
    key = keys.get(serial)
    if key is None:
        raise NotFromWechatError(f"应答用了没有配置的平台公钥或证书 {serial[:64]}")
    try:
        given = base64.b64decode(signature, validate=True)
        key.verify(given, answer_text(timestamp, nonce, body), PKCS1v15(), hashes.SHA256())
    except (InvalidSignature, binascii.Error, ValueError) as e:
        raise NotFromWechatError("应答的签名不对") from e
    if not (timestamp.isascii() and timestamp.isdigit()) or abs(int(timestamp) - now_s) > SKEW_S:
        raise NotFromWechatError("应答的时间与总部时钟相差超过 5 分钟")
