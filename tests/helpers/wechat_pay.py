"""微信支付商家券 as API v3 publishes it, on loopback: checks our signatures, signs its answers, and fails on demand.

Written by us from the published protocol; it has never been compared with WeChat Pay itself.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15

MCH_ID, SERIAL_NO, APPID, KEY_ID = "1900000001", "5157F09EFDC096DE15EBE81A47057A7232F1B8E1", "wx1234567889999", (
    "PUB_KEY_ID_0119000000012026"
)  # fmt: skip
STOCK, OTHER_STOCK = "1280000000000001", "1280000000000002"
CODE = "1234567890123456789012"
HOLDER = "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"
_SIGNED = re.compile(r'WECHATPAY2-SHA256-RSA2048 (?:[a-z_]+="[^"]*",?){5}')
_PART = re.compile(r'([a-z_]+)="([^"]*)"')
_CHINA = dt.timezone(dt.timedelta(hours=8))

Reply = tuple[int, dict[str, Any]]


@cache
def merchant_key() -> rsa.RSAPrivateKey:
    """The merchant's key, made once a run: RSA keys take time."""
    return rsa.generate_private_key(65537, 2048)


@cache
def platform_key() -> rsa.RSAPrivateKey:
    """WeChat Pay's key."""
    return rsa.generate_private_key(65537, 2048)


@dataclass
class Coupon:
    """A coupon in somebody's wallet."""

    stock_id: str = STOCK
    state: str = "SENDED"
    used_by: str = ""
    used_at: str = ""
    returned_by: str = ""


@dataclass
class WechatPay:
    """What it knows, and how it is to misbehave.

    `lose` answers to deeds are never sent; `fail` are statuses given before anything is done, `fail_after` after a
    deed; `forge` signs with a key that is nobody's; `bare` leaves the signature out; `late_s` shifts its clock;
    `zoneless` moments do not say that they are China's.
    """

    now_ms: Callable[[], int]
    coupons: dict[str, Coupon] = field(default_factory=lambda: {CODE: Coupon()})
    heard: list[str] = field(default_factory=list)
    lose: int = 0
    fail: list[int] = field(default_factory=list)
    fail_after: list[int] = field(default_factory=list)
    forge: bool = False
    bare: bool = False
    late_s: int = 0
    zoneless: bool = False
    rules: dict[str, dict[str, Any]] = field(
        default_factory=lambda: {
            STOCK: _stock("满300减50", "NORMAL", fixed_normal_coupon=_cut(5_000, 30_000)),
            OTHER_STOCK: _stock(
                "八八折", "DISCOUNT", discount_coupon={"discount_percent": 88, "transaction_minimum": 1}
            ),
        }
    )
    origin: str = ""

    def answer(self, method: str, path: str, authorization: str, body: bytes) -> Reply:
        """What is said to a request."""
        self.heard.append(f"{method} {path}")
        if not self._is_signed(method, path, authorization, body):
            return 401, {"code": "SIGN_ERROR", "message": "签名错误"}
        if self.fail:
            return self.fail.pop(0), {"code": "SYSTEM_ERROR", "message": "系统错误"}
        reply = self._done(method, path, json.loads(body) if body else {})
        if self.fail_after and method == "POST":
            return self.fail_after.pop(0), {"code": "SYSTEM_ERROR", "message": "系统错误"}
        return reply

    def _is_signed(self, method: str, path: str, authorization: str, body: bytes) -> bool:
        if not _SIGNED.fullmatch(authorization):
            return False
        said = dict(_PART.findall(authorization))
        if (said["mchid"], said["serial_no"]) != (MCH_ID, SERIAL_NO):
            return False
        if abs(int(said["timestamp"]) - self.now_ms() // 1000 - self.late_s) > 300:
            return False
        text = f"{method}\n{path}\n{said['timestamp']}\n{said['nonce_str']}\n{body.decode()}\n".encode()
        try:
            merchant_key().public_key().verify(base64.b64decode(said["signature"]), text, PKCS1v15(), hashes.SHA256())
        except InvalidSignature:
            return False
        return True

    def _done(self, method: str, path: str, said: dict[str, str]) -> Reply:
        if stock := re.fullmatch(r"/v3/marketing/busifavor/stocks/(\w+)", path):
            rule = self.rules.get(stock.group(1))
            return (200, rule) if rule else (404, {"code": "RESOURCE_NOT_EXISTS", "message": "批次不存在"})
        if method == "POST" and path.endswith("/coupons/use"):
            return self._use(said)
        if method == "POST" and path.endswith("/coupons/return"):
            return self._return(said)
        held = re.fullmatch(rf"/v3/marketing/busifavor/users/{HOLDER}/coupons/(\w+)/appids/{APPID}", path)
        if held and held.group(1) in self.coupons:
            return self._look(held.group(1))
        return 404, {"code": "RESOURCE_NOT_EXISTS", "message": "券不存在"}

    def _use(self, said: dict[str, str]) -> Reply:
        coupon = self.coupons.get(said["coupon_code"])
        if coupon is None or coupon.stock_id != said["stock_id"]:
            return 404, {"code": "RESOURCE_NOT_EXISTS", "message": "批次与券不符"}
        if said["appid"] != APPID or not re.fullmatch(r"[0-9A-Za-z_-]{1,32}", said["use_request_no"]):
            return 400, {"code": "PARAM_ERROR", "message": "参数错误"}
        dt.datetime.fromisoformat(said["use_time"])
        if coupon.state == "EXPIRED":
            return 400, {"code": "INVALID_REQUEST", "message": "券已过期"}
        if coupon.state == "USED" and coupon.used_by != said["use_request_no"]:
            return 400, {"code": "INVALID_REQUEST", "message": "券已被核销"}
        if coupon.state == "SENDED":
            coupon.state, coupon.used_by, coupon.used_at = "USED", said["use_request_no"], self._moment()
        return 200, {"stock_id": coupon.stock_id, "openid": HOLDER, "wechatpay_use_time": coupon.used_at}

    def _return(self, said: dict[str, str]) -> Reply:
        coupon = self.coupons[said["coupon_code"]]
        if coupon.state != "USED" and coupon.returned_by != said["return_request_no"]:
            return 400, {"code": "INVALID_REQUEST", "message": "券未核销"}
        coupon.state, coupon.returned_by = "SENDED", said["return_request_no"]
        return 200, {"wechatpay_return_time": self._moment()}

    def _look(self, code: str) -> Reply:
        coupon = self.coupons[code]
        return 200, {
            **self.rules[coupon.stock_id],
            "coupon_code": code,
            "stock_id": coupon.stock_id,
            "coupon_state": coupon.state,
            "available_start_time": "2026-01-01T00:00:00+08:00",
            "expire_time": "2026-12-31T23:59:59+08:00",
            **({"use_request_no": coupon.used_by} if coupon.used_by else {}),
        }

    def _moment(self) -> str:
        moment = dt.datetime.fromtimestamp(self.now_ms() // 1000, _CHINA)
        return (moment.replace(tzinfo=None) if self.zoneless else moment).isoformat()

    def signed(self, body: bytes) -> dict[str, str]:
        """The headers of an answer."""
        if self.bare:
            return {}
        timestamp, nonce = str(self.now_ms() // 1000 + self.late_s), "c5ac7061fccab6bf3e254dcf98995b8c"
        key = merchant_key() if self.forge else platform_key()
        signature = key.sign(f"{timestamp}\n{nonce}\n".encode() + body + b"\n", PKCS1v15(), hashes.SHA256())
        return {
            "Wechatpay-Timestamp": timestamp,
            "Wechatpay-Nonce": nonce,
            "Wechatpay-Serial": KEY_ID,
            "Wechatpay-Signature": base64.b64encode(signature).decode(),
        }


def _cut(discount: int, minimum: int) -> dict[str, int]:
    return {"discount_amount": discount, "transaction_minimum": minimum}


def _stock(name: str, kind: str, **rule: Any) -> dict[str, Any]:
    return {"stock_name": name, "stock_type": kind, "coupon_use_rule": {**rule, "use_method": "OFF_LINE"}}


@contextmanager
def wechat_pay(now_ms: Callable[[], int]) -> Iterator[WechatPay]:
    """It, running, for the length of a `with` block."""
    pay = WechatPay(now_ms)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(pay))
    pay.origin = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), name="wechat pay")
    thread.start()
    try:
        yield pay
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _handler(pay: WechatPay) -> type[BaseHTTPRequestHandler]:
    one_at_a_time = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._serve()

        def do_POST(self) -> None:
            self._serve()

        def _serve(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            with one_at_a_time:
                status, said = pay.answer(self.command, self.path, self.headers.get("Authorization", ""), body)
            if pay.lose and self.command == "POST":
                pay.lose -= 1
                return  # the line closes without a word
            content = json.dumps(said, ensure_ascii=False).encode()
            self.send_response(status)
            for name, value in (pay.signed(content) if status != 401 else {}).items():
                self.send_header(name, value)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing on standard error."""

    return Handler
