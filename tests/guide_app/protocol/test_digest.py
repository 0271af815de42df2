from hypothesis import given
from hypothesis import strategies as st

from guide_app.protocol.digest import EMPTY, digest_of, record_hash, shift

ROWS = st.lists(st.tuples(st.sampled_from(["client", "note"]), st.uuids().map(str), st.integers(1, 99)), max_size=20)


@given(ROWS, st.randoms())
def test_the_order_of_records_does_not_matter(rows: list[tuple[str, str, int]], random: object) -> None:
    mixed = sorted(rows, key=lambda row: hash((row, id(random))))
    assert digest_of(mixed) == digest_of(rows)


@given(ROWS, ROWS)
def test_keeping_it_up_to_date_gives_the_same_as_counting_anew(
    old: list[tuple[str, str, int]], new: list[tuple[str, str, int]]
) -> None:
    moved = shift(digest_of(old), add=[record_hash(*r) for r in new], drop=[record_hash(*r) for r in old])
    assert moved == digest_of(new)


def test_another_version_of_a_record_is_noticed() -> None:
    assert digest_of([]) == EMPTY
    assert digest_of([("client", "a", 1)]) != digest_of([("client", "a", 2)])
