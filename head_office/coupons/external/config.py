"""The merchant's credentials: `<data dir>/wechat-pay.json`, or the file that HEAD_OFFICE_WECHAT_PAY names.

Never in the database, so that a backup of it alone redeems nothing; never logged. Without the file the feature is off.
"""

from __future__ import annotations

import stat
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

import msgspec
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.x509 import load_pem_x509_certificate
from msgspec import Struct

from guide_app.base.clock import Clock
from guide_app.base.errors import GuideError
from head_office.coupons.external.https import Https
from head_office.coupons.external.port import ExternalCoupons
from head_office.coupons.external.wechat import SOURCE, WechatCoupons
from head_office.coupons.external.wechat_signature import Merchant

VARIABLE = "HEAD_OFFICE_WECHAT_PAY"
FILE = "wechat-pay.json"
ORIGIN = "https://api.mch.weixin.qq.com"
_LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})

Systems = Mapping[str, ExternalCoupons]


class _Config(Struct, forbid_unknown_fields=True):
    """`private_key` and the values of `platform_keys` are files beside this one (PEM); the first key is preferred."""

    mch_id: str
    serial_no: str
    appid: str
    private_key: str
    platform_keys: dict[str, str]
    origin: str = ORIGIN


def load_systems(data_dir: Path, environ: Mapping[str, str], clock: Clock) -> Systems:
    """The systems of coupons that are configured, by source; none without a file. Raises GuideError for a wrong one."""
    named = environ.get(VARIABLE)
    path = Path(named) if named else data_dir / FILE
    if not named and not path.exists():
        return MappingProxyType({})
    return MappingProxyType({SOURCE: _wechat(path, clock)})


def _wechat(path: Path, clock: Clock) -> ExternalCoupons:
    try:
        config = msgspec.json.decode(path.read_bytes(), type=_Config)
    except OSError as e:
        raise _wrong(path, f"打不开: {e.strerror}") from e
    except msgspec.DecodeError as e:
        raise _wrong(path, str(e)) from e
    parts = urlsplit(config.origin)
    if parts.scheme != "https" and parts.hostname not in _LOCAL:
        raise _wrong(path, "origin 必须是 https")
    if not config.platform_keys:
        raise _wrong(path, "没有 platform_keys, 无法核对微信支付的应答")
    keys = {key_id: _public(path.parent / name, key_id) for key_id, name in config.platform_keys.items()}
    merchant = Merchant(config.mch_id, config.serial_no, _private(path.parent / config.private_key))
    preferred = next(iter(keys))
    send = Https(config.origin.rstrip("/"))
    return WechatCoupons(merchant, config.appid, MappingProxyType(keys), preferred, send, clock)


def _private(path: Path) -> RSAPrivateKey:
    try:
        if sys.platform != "win32" and stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise _wrong(path, "私钥文件别人也能读, 请先 chmod 600")
        key = serialization.load_pem_private_key(path.read_bytes(), None)
    except OSError as e:
        raise _wrong(path, f"打不开: {e.strerror}") from e
    except (ValueError, TypeError, UnsupportedAlgorithm) as e:
        raise _wrong(path, "不是没有口令的 PEM 私钥") from e
    if not isinstance(key, RSAPrivateKey):
        raise _wrong(path, "不是 RSA 私钥")
    return key


def _public(path: Path, key_id: str) -> RSAPublicKey:
    """A public key of WeChat Pay's, or that of a platform certificate, whose serial number `key_id` then is."""
    try:
        content = path.read_bytes()
        if b"BEGIN CERTIFICATE" in content:
            certificate = load_pem_x509_certificate(content)
            if f"{certificate.serial_number:X}" != key_id.upper().lstrip("0"):
                raise _wrong(path, f"证书序列号不是 {key_id}")
            key = certificate.public_key()
        else:
            key = serialization.load_pem_public_key(content)  # type: ignore[assignment]  # any kind; told apart below
    except OSError as e:
        raise _wrong(path, f"打不开: {e.strerror}") from e
    except (ValueError, UnsupportedAlgorithm) as e:
        raise _wrong(path, "不是 PEM 公钥或证书") from e
    if not isinstance(key, RSAPublicKey):
        raise _wrong(path, "不是 RSA 公钥")
    return key


def _wrong(path: Path, what: str) -> GuideError:
    return GuideError("external.config", f"外部券的配置 {path.name}: {what}。", "写法见 docs/coupons.md。")
