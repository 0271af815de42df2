import pytest

from guide_app.base.errors import InvalidInputError
from guide_app.base.phone import mask_phone, normalise_phone


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("138 1234 5678", "13812345678"), ("+86-13812345678", "13812345678"), ("１３８１２３４５６７８", "13812345678"),
     ("", ""), ("+85261234567", "+85261234567")],
)  # fmt: skip
def test_numbers_are_stored_in_one_form(typed: str, stored: str) -> None:
    assert normalise_phone(typed) == stored


@pytest.mark.parametrize("typed", ["12345", "23812345678", "1381234567", "abc", "138123456789"])
def test_what_is_no_number_is_refused_with_the_text(typed: str) -> None:
    with pytest.raises(InvalidInputError, match=typed):
        normalise_phone(typed)


def test_the_middle_is_hidden() -> None:
    assert mask_phone("13812345678") == "138****5678"
    assert mask_phone("1234567") == "*******"
    assert mask_phone("") == ""
