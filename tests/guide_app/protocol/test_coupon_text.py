from hypothesis import given
from hypothesis import strategies as st

from guide_app.protocol.coupon_code import ALPHABET, make_code, normalise_code, show_code
from guide_app.protocol.coupon_text import coupon_in

CODES = st.randoms(use_true_random=False).map(lambda r: make_code(r.randrange))
WORDS = st.text(st.sampled_from("您好券码满减, 。~!?/\n"), max_size=12)
LINK = "https://s.redmaple.example/s/EAABAAEAAAgAIAAAeXGLjUGgsCY"
VOUCHER = "GD" + ALPHABET * 5


def widened(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


@given(CODES, WORDS, WORDS)
def test_the_code_is_found_in_whatever_message_it_stands(code: str, before: str, after: str) -> None:
    shown = show_code(code)
    for written in (code, shown, shown.lower(), shown.replace("-", " "), widened(shown)):
        assert coupon_in(f"{before} 券码:{written}。{after} {LINK}") == code


@given(CODES)
def test_signs_without_width_and_ends_of_lines_are_not_part_of_a_code(code: str) -> None:
    assert normalise_code(f"\ufeff{code[:4]}\u200b{code[4:]}\r\n") == code


@given(CODES, CODES)
def test_of_two_coupons_in_one_message_none_is_guessed(one: str, other: str) -> None:
    assert coupon_in(f"{show_code(one)} 和 {show_code(other)}") == (one if one == other else "")


@given(CODES)
def test_a_part_of_something_longer_is_no_coupon(code: str) -> None:
    for longer in (f"{code}7 张", f"A{code} 张", f"{LINK}-{code}", f"x.example/{code}", f"单号 {code}-77"):
        assert coupon_in(longer) == ""


def test_a_voucher_is_found_in_a_message_and_no_words_are_one() -> None:
    assert coupon_in(f"用这张\n{VOUCHER.lower()}\n谢谢") == VOUCHER
    assert coupon_in("GD" + "省市县" * 30) == ""
    assert coupon_in("") == ""
