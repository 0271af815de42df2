import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_app.protocol.link import BadLinkError, Link, Subject, derive_key, read, sign, verify

KEY = derive_key(b"m" * 32, 7)
LINKS = st.builds(
    Link,
    st.integers(0, (1 << 20) - 1),
    st.integers(0, (1 << 16) - 1),
    st.sampled_from(Subject),
    st.integers(0, (1 << 20) - 1),
    st.integers(0, (1 << 14) - 1),
    st.integers(0, (1 << 22) - 1),
)
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


@given(LINKS)
def test_a_link_says_what_was_signed_and_fits_its_place(link: Link) -> None:
    code = sign(link, KEY)
    assert verify(code, KEY) == link
    assert read(code) == link
    assert len("/s/" + code) <= 30
    assert code.isascii()


def test_no_changed_character_is_accepted() -> None:
    code = sign(Link(7, 231, Subject.PRODUCT, 12, 3, 99), KEY)
    for at, right in enumerate(code):
        for wrong in ALPHABET.replace(right, ""):
            with pytest.raises(BadLinkError):
                verify(code[:at] + wrong + code[at + 1 :], KEY)


@pytest.mark.parametrize("code", ["", "A" * 26, "A" * 28, "中" * 27, "!" * 27, " " * 27])
def test_what_is_no_code_is_refused(code: str) -> None:
    with pytest.raises(BadLinkError):
        verify(code, KEY)


@given(LINKS)
def test_another_devices_key_does_not_open_it(link: Link) -> None:
    with pytest.raises(BadLinkError):
        verify(sign(link, KEY), derive_key(b"m" * 32, 8))


def test_a_number_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="guide_no"):
        sign(Link(1, 1 << 16, Subject.PRODUCT, 1, 0, 1), KEY)
