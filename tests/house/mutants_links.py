"""Bugs planted in links: whom they may be counted for, what revocation stops, and who learns of openings."""

from __future__ import annotations

from tests.house.mutants import Mutant

LINK_MUTANTS = (
    Mutant(
        "links: a revoked link still opens",
        "head_office/sharing/link_rules.py",
        'if not even_revoked and any(row.deed == "revoke" for row in found):',
        'if even_revoked and any(row.deed == "revoke" for row in found):',
        "tests/head_office/landing/test_link_rules.py::test_a_link_out_of_use_shows_nothing_and_gives_nothing",
    ),
    Mutant(
        "links: a share of another product is counted on a label",
        "head_office/landing/gtin_page.py",
        "return product is not None and (link.subject, link.subject_no) == (Subject.PRODUCT, product.no)",
        "return product is not None and link.subject is Subject.PRODUCT",
        "tests/head_office/landing/test_gtin.py::test_a_forged_share_gives_nobody_credit",
    ),
    Mutant(
        "links: qualifiers of a GS1 code may stand in any order",
        "guide_app/base/gs1_link.py",
        "if places != sorted(set(places)) or",
        "if len(places) != len(set(places)) or",
        "tests/guide_app/base/test_gs1_link.py::test_what_the_standard_forbids",
    ),
    Mutant(
        "links: openings are told without consent",
        "guide_app/sharing/log.py",
        "CASE WHEN s.client_id IS NULL OR (",
        "CASE WHEN 1 OR (",
        "tests/guide_app/sharing/test_log.py::test_openings_are_told_of_the_consenting_client_only",
    ),
)
