"""Bugs planted where money is given away: how far an allotment reaches, what comes back, what moment it is."""

from __future__ import annotations

from tests.house.mutants import PROTOCOL, Mutant

ASKED = "tests/head_office/coupons/test_lookup.py::test_"
WITHOUT_NETWORK = "tests/guide_app/coupons/test_without_network.py::test_"

COUPON_MUTANTS = (
    Mutant(
        "coupons: an allotment gives one more than it has",
        "guide_app/protocol/voucher.py",
        "voucher.serial >= certificate.count",
        "voucher.serial > certificate.count",
        PROTOCOL + "voucher.py::test_nobody_gets_beyond_the_allotment",
    ),
    Mutant(
        "coupons: a PC signs as long a life as it likes",
        "guide_app/protocol/coupon_allowed.py",
        "0 < voucher.valid_until <= -(-until // MINUTE_MS) * MINUTE_MS",
        "voucher.valid_until > 0",
        PROTOCOL + "coupon_allowed.py::test_no_longer_life_is_believed",
    ),
    Mutant(
        "coupons: each piece's share is rounded by itself",
        "guide_app/protocol/coupon_refund.py",
        "return paid * pieces // qty if qty else 0",
        "return paid // qty * pieces if qty else 0",
        PROTOCOL + "coupon_refund.py::test_in_whatever_order_once_all_is_back_exactly_what_was_paid_is_back",
    ),
    Mutant(
        "coupons: a clock set back wins time",
        "guide_app/coupons/proof.py",
        "seen = stamp_ms(device.last_stamp) if device.last_stamp else 0",
        "seen = 0",
        WITHOUT_NETWORK + "setting_the_clock_back_wins_no_day",
    ),
    Mutant(
        "coupons: what was given by name is anybody's still",
        "guide_app/protocol/coupon_gift.py",
        "return not transferable or given_at is not None",
        "return not transferable",
        "tests/guide_app/coupons/test_gifts.py::test_a_coupon_changes_hands_without_network",
    ),
    Mutant(
        "coupons: a friend counts as having taken what she was given",
        "guide_app/coupons/welcome.py",
        "AND given_at IS NULL)",
        ")",
        "tests/guide_app/coupons/test_gifts.py::test_who_gave_hers_on_has_still_had_her_share",
    ),
    Mutant(
        "coupons: a PC may try as many codes as it likes",
        "head_office/coupons/lookup.py",
        "if count >= MOST:",
        "if count < 0:",
        ASKED + "one_pc_does_not_find_coupons_by_trying",
    ),
    Mutant(
        "coupons: a used one is answered as good",
        "head_office/coupons/lookup.py",
        'problem = next((one for one in said if one in _AT_ALL), "")',
        'problem = ""',
        ASKED + "why_there_is_none_is_told_in_the_words_of_the_table",
    ),
)
