"""What customers type, read strictly and kept for showing again: pure, no request and no database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import parse_qsl

from guide_app.base.errors import InvalidInputError
from guide_app.base.phone import normalise_phone
from guide_app.protocol.coupon_code import is_valid_code, normalise_code
from head_office.landing.consent import Consent

#: A form body longer than this was not typed by a customer.
MOST_BYTES = 4096
_LONGEST = 64

Wish = Literal["no_marketing", "no_contact"]


@dataclass(frozen=True, slots=True)
class ClaimForm:
    """The claim form as sent, and what is wrong with it; empty errors mean that `phone` is in its stored form."""

    phone: str = ""
    marketing: bool = False
    phone_error: str = ""
    message: str = ""

    @property
    def good(self) -> bool:
        """Whether it can be acted upon."""
        return not self.phone_error and not self.message


@dataclass(frozen=True, slots=True)
class WithdrawForm:
    """The withdrawal form as sent. `phone` and `coupon` count only from a browser that holds no slip."""

    wish: Wish = "no_marketing"
    phone: str = ""
    coupon: str = ""
    phone_error: str = ""
    coupon_error: str = ""
    message: str = ""

    @property
    def good(self) -> bool:
        """Whether it can be acted upon."""
        return not self.phone_error and not self.coupon_error and not self.message


def read_fields(body: bytes) -> dict[str, str]:
    """Fields of an urlencoded form; the last of a name counts. Raises ValueError for what no form sends."""
    if len(body) > MOST_BYTES:
        raise ValueError("the form is too large")
    text = body.decode("ascii")
    fields = dict(
        parse_qsl(text, keep_blank_values=True, strict_parsing=bool(text), errors="strict", max_num_fields=20)
    )
    if any("\0" in value for value in fields.values()):
        raise ValueError("U+0000 in a form")
    return fields


def claim_form(fields: Mapping[str, str], consent: Consent) -> ClaimForm:
    """Judge the claim form. A ticked box counts for the words it stood beside, and only for those in force."""
    ticked = fields.get("marketing") == "yes"
    phone, error = _phone(fields.get("phone", ""))
    form = ClaimForm(phone, ticked, error)
    if ticked and fields.get("consent_version") != consent.version:
        return replace(form, marketing=False, message="这段说明有更新，请看过后再决定是否勾选。")
    return form


def withdraw_form(fields: Mapping[str, str], *, known: bool) -> WithdrawForm:
    """Judge the withdrawal form; `known`: the browser has shown a slip and need not name phone and coupon."""
    wish: Wish = "no_contact" if fields.get("wish") == "no_contact" else "no_marketing"
    if known:
        return WithdrawForm(wish)
    phone, phone_error = _phone(fields.get("phone", ""))
    typed = fields.get("coupon", "").strip()[:_LONGEST]
    code = normalise_code(typed)
    if is_valid_code(code):
        return WithdrawForm(wish, phone, code, phone_error)
    error = "券码有 14 位，请核对后重新输入。" if typed else "请输入券码。"
    return WithdrawForm(wish, phone, typed, phone_error, error)


def _phone(text: str) -> tuple[str, str]:
    """Stored form and no error, or what was typed and what is wrong with it."""
    typed = text.strip()[:_LONGEST]
    if not typed:
        return "", "请输入手机号。"
    try:
        return normalise_phone(typed), ""
    except InvalidInputError:
        return typed, "这不是手机号，请输入 11 位手机号；境外号码以 + 开头。"
