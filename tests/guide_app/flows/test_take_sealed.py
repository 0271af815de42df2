"""Files under a password: other programs open them, and nothing but the right password does."""

from __future__ import annotations

import base64
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guide_app.base.errors import InvalidInputError
from guide_app.flows import take_sealed
from guide_app.flows.take_sealed import seal, unseal

PASSWORD = "雨天 tea 四号 lamp"
#: Made by another program (the Rust implementation of age) from "陈雅婷,13800005678\n" with the password above.
FOREIGN = (
    "YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCAxcmhVbW5TYUtYTmsrQ3hIRWpKQ0F3IDE4ClN6eVR0SWxTRXk4ZHF4am9M"
    "MVpmbFNZOTh6R2xIdFhRQXdPWUgxZm5MR1UKLS0tIE9DdTByWFlnb3grQk45OGx6ckdBRGtlTkIxaW5FSUVjNDZsWkRlVzZSZjQK"
    "8Gj3/RnAzD3TtbCnFkqDCv4gzHq+fJusk8Z3+svtagJc6xzyCougg9OgIKaTA5Fw5r/cRfX0"
)


def test_a_file_of_another_program_opens() -> None:
    assert unseal(base64.b64decode(FOREIGN), PASSWORD).decode() == "陈雅婷,13800005678\n"


@pytest.fixture(scope="module")
def quick() -> Iterator[None]:
    """A password is tried in no time: the file names its cost, and nothing else depends on it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(take_sealed, "_LOG_N", 10)
        yield


def test_a_guess_costs_as_much_as_the_format_advises() -> None:
    sealed = seal(b"x", PASSWORD)
    assert sealed.splitlines()[1].endswith(b" 17")
    assert unseal(sealed, PASSWORD) == b"x"


@pytest.mark.usefixtures("quick")
@settings(max_examples=50)
@given(st.binary(max_size=200) | st.sampled_from([b"x" * (64 << 10), b"y" * ((64 << 10) + 1), b"z" * (128 << 10)]))
def test_what_is_sealed_opens_again_and_shows_nothing(content: bytes) -> None:
    sealed = seal(content, PASSWORD)
    assert unseal(sealed, PASSWORD) == content
    assert len(content) < 8 or content not in sealed


@pytest.mark.usefixtures("quick")
def test_a_wrong_password_and_any_change_are_refused() -> None:
    content = b"z" * ((64 << 10) + 5)
    sealed = seal(content, PASSWORD)
    with pytest.raises(InvalidInputError) as caught:
        unseal(sealed, PASSWORD + "!")
    assert caught.value.code == "sealed.wrong"
    piece = (64 << 10) + 16
    body = sealed.index(b"\n", sealed.index(b"--- ")) + 1 + 16
    for broken in (
        sealed[:-1], sealed + b"x", sealed[: body + piece], sealed[:-1] + bytes((sealed[-1] ^ 1,)),
        sealed[:body] + sealed[body + piece :],
    ):  # fmt: skip
        with pytest.raises(InvalidInputError) as caught:
            unseal(broken, PASSWORD)
        assert caught.value.code == "sealed.damaged"


def test_a_short_password_and_another_file_are_refused() -> None:
    with pytest.raises(InvalidInputError, match="至少"):
        seal(b"", "short")
    for other in (b"", b"PK\x03\x04", b"age-encryption.org/v1\n-> X25519 abc\n"):
        with pytest.raises(InvalidInputError) as caught:
            unseal(other, PASSWORD)
        assert caught.value.code == "sealed.format"
