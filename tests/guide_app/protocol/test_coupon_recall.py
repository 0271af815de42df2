"""Which entry of the recall list ends a coupon: pure."""

from __future__ import annotations

import pytest

from guide_app.protocol.recall import candidates, ending, entry, kept

COUPON, TEMPLATE, ALLOTMENT = "c", "t", "a"
TOKEN, OTHER = "GD7KQ2M9RT", "GD7KQ2M9RU"
ENDED = entry("allotment", ALLOTMENT)


@pytest.mark.parametrize(
    ("listed", "allotment_id", "token", "by"),
    [
        ([], ALLOTMENT, TOKEN, None),
        ([ENDED], None, TOKEN, None),
        ([ENDED], ALLOTMENT, TOKEN, ENDED),
        ([ENDED], ALLOTMENT, "", ENDED),
        ([ENDED, kept(TOKEN)], ALLOTMENT, TOKEN, None),
        ([ENDED, kept(TOKEN)], ALLOTMENT, "gd7kq2-m9rt", None),  # as a scanner gun or a hand types it
        ([ENDED, kept(TOKEN)], ALLOTMENT, OTHER, ENDED),  # another voucher of the same serial
        ([ENDED, kept(TOKEN)], ALLOTMENT, "", ENDED),
        ([ENDED, kept(TOKEN), entry("coupon", COUPON)], ALLOTMENT, TOKEN, entry("coupon", COUPON)),
        ([ENDED, kept(TOKEN), entry("template", TEMPLATE)], ALLOTMENT, TOKEN, entry("template", TEMPLATE)),
        ([entry("device", "d"), entry("coupon", TEMPLATE)], ALLOTMENT, TOKEN, None),
    ],
)
def test_which_entry_ends_a_coupon(listed: list[str], allotment_id: str | None, token: str, by: str | None) -> None:
    assert ending(listed, COUPON, TEMPLATE, allotment_id, token) == by
    told = set(candidates(COUPON, TEMPLATE, allotment_id, token))
    assert ending(told.intersection(listed), COUPON, TEMPLATE, allotment_id, token) == by


def test_an_entry_fits_its_field() -> None:
    assert len(kept(TOKEN)) <= 64
