from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from guide_app.protocol.coupon_code import ALPHABET, LENGTH, is_valid_code, make_code, normalise_code, show_code

CODES = st.randoms(use_true_random=False).map(lambda r: make_code(r.randrange))


@given(CODES)
def test_a_code_reads_back_however_it_is_typed(code: str) -> None:
    assert is_valid_code(code)
    assert normalise_code(show_code(code).lower()) == code
    assert not set("01IO") & set(code)


@given(CODES, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_noticed(code: str, at: int, wrong: str) -> None:
    typed = code[:at] + wrong + code[at + 1 :]
    assert is_valid_code(typed) == (typed == code)


@given(CODES)
def test_two_swapped_characters_are_always_noticed(code: str) -> None:
    for a, b in combinations(range(LENGTH), 2):
        typed = list(code)
        typed[a], typed[b] = typed[b], typed[a]
        assert is_valid_code("".join(typed)) == (code[a] == code[b])
