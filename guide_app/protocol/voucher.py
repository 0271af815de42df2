"""Coupons that prove themselves: what a counter without network can check by a signature alone (Ed25519, RFC 8032).

Two forms, both as text of the alphabet of coupon codes, which a scanner gun types right under any input method and a QR
code holds in its alphanumeric mode:

- office: head office signs the coupon. 101 bytes, 164 characters.
- allotment: the guide's PC signs it, and brings head office's certificate of her allotment along (`Certificate`): which
  PC, how many, until when. The coupon's id follows from allotment and serial, so a copied PC makes the same coupons and
  not more of them. 219 bytes, 353 characters.

Big-endian. Body: form 1 | key no 2 | template no 2 | coupon or allotment id 16 | valid from 4 | valid until 4 |
value 4 | holder 4. Moments are minutes since 1970, the end rounded up; 0 is without end. `holder` is the start of
SHA-256 over the client's id, zero for whoever brings it. Allotment form: body | serial 2 | guide no 2 | device key 32 |
count 2 | budget 8 | starts 4 | expires 4 | head office's signature 64. In both forms the signature of everything before
it comes last. A certificate signs `guide-desk allotment v1`, key no, template no, allotment id and the fields from
guide no on.
"""

from __future__ import annotations

import base64
import hashlib
import struct
import uuid
from binascii import Error as NotBase32Error
from collections.abc import Mapping
from dataclasses import dataclass, replace

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from guide_app.base.ids import derived_id, uuid7_ms
from guide_app.protocol.coupon_code import ALPHABET, normalise_code

PREFIX = "GD"
MINUTE_MS = 60_000
_STANDARD = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"  # RFC 4648, section 6
_TO_OURS, _TO_STANDARD = str.maketrans(_STANDARD, ALPHABET), str.maketrans(ALPHABET, _STANDARD)
_BODY = struct.Struct(">BHH16sIII4s")
_SERIAL = struct.Struct(">H")
_CERTIFICATE = struct.Struct(">H32sHQII")
_CERTIFIED = struct.Struct(">HH16s")
_SIGNATURE = 64
_OFFICE, _ALLOTMENT = 1, 2
_CERTIFICATE_CONTEXT = b"guide-desk allotment v1\0"
_VOUCHER_CONTEXT = b"guide-desk voucher v1\0"
_NOBODY = bytes(4)
_GROUP = 8


class BadVoucherError(ValueError):
    """Not a voucher of ours, or something in it does not hold; the text says what."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """What head office allows one guide on one PC: so many coupons of one batch. Moments in UTC ms, whole minutes."""

    allotment_id: str
    template_no: int
    guide_no: int
    device_key: bytes
    count: int
    budget_fen: int
    starts_at: int
    expires_at: int
    key_no: int
    signature: bytes = b""


@dataclass(frozen=True, slots=True)
class Voucher:
    """What a signed coupon says. `certificate` and `serial` only where it came from an allotment."""

    coupon_id: str
    template_no: int
    valid_from: int
    valid_until: int
    value_fen: int
    holder: bytes
    key_no: int
    serial: int = 0
    certificate: Certificate | None = None

    def is_for(self, client_id: str | None) -> bool:
        """Whether this client may use it; a voucher without holder is for whoever brings it."""
        return self.holder == _NOBODY or self.holder == holder_mark(client_id)


def holder_mark(client_id: str | None) -> bytes:
    """The four bytes that stand for a client in a voucher: enough to notice a stranger, nothing about her."""
    return hashlib.sha256(client_id.encode()).digest()[:4] if client_id else _NOBODY


def coupon_of(allotment_id: str, serial: int) -> str:
    """The id of the coupon with this serial number (from 0) of an allotment."""
    return derived_id(uuid7_ms(allotment_id), f"{allotment_id}:{serial}")


def certify(certificate: Certificate, key: Ed25519PrivateKey) -> Certificate:
    """The certificate with head office's signature. Raises ValueError if a figure does not fit its field."""
    return replace(certificate, signature=key.sign(_certified(certificate)))


def is_certified(certificate: Certificate, office_key: bytes) -> bool:
    """Whether head office's key (32 bytes, raw) signed this."""
    return _holds(office_key, certificate.signature, _certified(certificate))


def sign_by_office(voucher: Voucher, key: Ed25519PrivateKey) -> str:
    """The text of a coupon that head office hands out."""
    body = _pack(_OFFICE, voucher, voucher.coupon_id)
    return _to_text(body + key.sign(_VOUCHER_CONTEXT + body))


def sign_by_device(voucher: Voucher, key: Ed25519PrivateKey) -> str:
    """The text of a coupon out of an allotment; `key` must be the one its certificate names."""
    certificate = voucher.certificate
    if certificate is None or key.public_key().public_bytes_raw() != certificate.device_key:
        raise ValueError("a device signs coupons of its own allotments only")
    body = _pack(_ALLOTMENT, voucher, certificate.allotment_id)
    body += _SERIAL.pack(voucher.serial) + _figures(certificate) + certificate.signature
    return _to_text(body + key.sign(_VOUCHER_CONTEXT + body))


def is_voucher(text: str) -> bool:
    """Whether a scanned text means to be a voucher."""
    plain = normalise_code(text)
    return plain.startswith(PREFIX) and len(plain) > _BODY.size


def is_by_office(text: str) -> bool:
    """Whether a voucher says of itself that head office signed it; `verify` tells whether that is true."""
    try:
        return _to_bytes(text)[:1] == bytes([_OFFICE])
    except BadVoucherError:
        return False


def verify(text: str, office_keys: Mapping[int, bytes]) -> Voucher:
    """What a voucher says, if every signature in it holds; `office_keys` are head office's public keys by number.

    Raises BadVoucherError. Whether its time has come, its batch goes on or it was used up before is not asked here.
    """
    raw = _to_bytes(text)
    signed, signature = raw[:-_SIGNATURE], raw[-_SIGNATURE:]
    voucher = _unpack(signed)
    office_key = office_keys.get(voucher.key_no)
    if office_key is None:
        raise BadVoucherError("unknown key")
    certificate = voucher.certificate
    if certificate is not None and not is_certified(certificate, office_key):
        raise BadVoucherError("certificate")
    if not _holds(certificate.device_key if certificate else office_key, signature, _VOUCHER_CONTEXT + signed):
        raise BadVoucherError("signature")
    if certificate is not None and (voucher.serial >= certificate.count or voucher.value_fen > certificate.budget_fen):
        raise BadVoucherError("beyond the allotment")
    return voucher


def _pack(form: int, voucher: Voucher, subject: str) -> bytes:
    try:
        return _BODY.pack(
            form, voucher.key_no, voucher.template_no, uuid.UUID(subject).bytes, voucher.valid_from // MINUTE_MS,
            -(-voucher.valid_until // MINUTE_MS), voucher.value_fen, voucher.holder,
        )  # fmt: skip
    except struct.error as e:
        raise ValueError(f"a figure of the voucher does not fit: {e}") from e


def _unpack(signed: bytes) -> Voucher:
    if len(signed) < _BODY.size:
        raise BadVoucherError("cut off")
    form, key_no, template_no, subject, begins, until, value, holder = _BODY.unpack_from(signed)
    rest = signed[_BODY.size :]
    subject_id = str(uuid.UUID(bytes=subject))
    voucher = Voucher(
        subject_id, template_no, begins * MINUTE_MS, until * MINUTE_MS, value, holder, key_no=key_no
    )  # fmt: skip
    if form == _OFFICE and not rest:
        return voucher
    if form != _ALLOTMENT or len(rest) != _SERIAL.size + _CERTIFICATE.size + _SIGNATURE:
        raise BadVoucherError("form")
    (serial,) = _SERIAL.unpack_from(rest)
    guide_no, device_key, count, budget, starts, expires = _CERTIFICATE.unpack_from(rest, _SERIAL.size)
    certificate = Certificate(
        subject_id, template_no, guide_no, device_key, count, budget, starts * MINUTE_MS, expires * MINUTE_MS, key_no,
        rest[-_SIGNATURE:],
    )  # fmt: skip
    return replace(voucher, coupon_id=coupon_of(subject_id, serial), serial=serial, certificate=certificate)


def _figures(of: Certificate) -> bytes:
    try:
        return _CERTIFICATE.pack(
            of.guide_no, of.device_key, of.count, of.budget_fen, of.starts_at // MINUTE_MS, of.expires_at // MINUTE_MS
        )
    except struct.error as e:
        raise ValueError(f"a figure of the allotment does not fit: {e}") from e


def _certified(of: Certificate) -> bytes:
    head = _CERTIFIED.pack(of.key_no, of.template_no, uuid.UUID(of.allotment_id).bytes)
    return _CERTIFICATE_CONTEXT + head + _figures(of)


def _holds(key: bytes, signature: bytes, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):  # ValueError: not a key at all
        return False
    return True


def _to_text(raw: bytes) -> str:
    return PREFIX + base64.b32encode(raw).decode().rstrip("=").translate(_TO_OURS)


def _to_bytes(text: str) -> bytes:
    plain = normalise_code(text)
    if not plain.startswith(PREFIX):
        raise BadVoucherError("no voucher")
    code = plain.removeprefix(PREFIX)
    if not set(code) <= set(ALPHABET):
        raise BadVoucherError("foreign characters")
    try:
        raw = base64.b32decode(code.translate(_TO_STANDARD) + "=" * (-len(code) % _GROUP))
    except NotBase32Error as e:
        raise BadVoucherError("cut off") from e
    if _to_text(raw) != plain:
        raise BadVoucherError("not as we write it")
    return raw
