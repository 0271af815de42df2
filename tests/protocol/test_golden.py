"""The wire as it was written down: a change here changes the protocol, which old desktops in the field will meet."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from guide_app.protocol import coupon_code, digest, hlc, link, merge
from guide_app.protocol.chain import chain_over
from guide_app.protocol.envelope import CorruptBodyError, unseal
from guide_app.protocol.kinds import KINDS
from guide_app.protocol.link import Link, Subject
from guide_app.protocol.merge import State
from guide_app.protocol.messages import (
    MAX_BATCH,
    PAGE_LIMIT,
    SCHEMA,
    Erased,
    Filled,
    Mutation,
    Push,
    Pushed,
    decode_lines,
    encode,
    encode_lines,
    page_end,
)
from guide_app.protocol.problems import PROBLEMS
from tests.helpers.golden import golden

MASTER = bytes(range(32))


def named(name: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", golden(name), ids=lambda case: case.get("name", ""))


@named("mutations")
def test_mutations_and_pushes_are_written_byte_for_byte(case: dict[str, Any]) -> None:
    shape: Any = Push if case["json"].startswith('{"mutations"') else Mutation
    assert encode(msgspec.json.decode(case["json"], type=shape)).decode() == case["json"]


@named("push_answers")
def test_answers_to_pushes_are_written_byte_for_byte(case: dict[str, Any]) -> None:
    assert encode(msgspec.json.decode(case["json"], type=Pushed)).decode() == case["json"]


@named("pull_pages")
def test_pages_are_read_and_written_line_for_line_or_refused(case: dict[str, Any]) -> None:
    body = "\n".join(case["lines"]).encode()
    if case["good"]:
        frames = list(decode_lines(body))
        assert page_end(frames).count == len(frames) - 1
        assert encode_lines(frames).decode().splitlines() == case["lines"]
    else:
        with pytest.raises((msgspec.ValidationError, ValueError)):
            page_end(list(decode_lines(body)))


def test_a_move_without_digest_as_an_older_office_writes_it_is_read() -> None:
    body = '{"last_mid":1,"moves":[["brand","e",0,1]]}'
    assert msgspec.json.decode(body, type=Pushed).moves[0].digest == ""


@named("links")
def test_links_are_signed_and_read_the_same(case: dict[str, Any]) -> None:
    key = link.derive_key(MASTER, case["key_no"])
    assert key.hex() == case["key"]
    numbers = {name: case[name] for name in ("key_no", "guide_no", "subject_no", "coupon_no", "share_no")}
    said = Link(subject=Subject(case["subject"]), **numbers)
    assert link.sign(said, key) == case["code"]
    assert link.read(case["code"]) == said
    assert link.verify(case["code"], key) == said


@named("coupon_codes")
def test_coupon_codes_are_typed_stored_and_printed_the_same(case: dict[str, Any]) -> None:
    code = coupon_code.normalise_code(case["typed"])
    assert coupon_code.is_valid_code(code) is case["valid"]
    if case["valid"]:
        assert (code, coupon_code.show_code(code)) == (case["code"], case["shown"])


@named("stamps")
def test_stamps_are_written_and_held_back_the_same(case: dict[str, Any]) -> None:
    stamp = hlc.make_stamp(case["ms"], case["counter"], case["tag"])
    assert stamp == case["stamp"]
    assert (hlc.stamp_ms(stamp), hlc.stamp_counter(stamp)) == (case["ms"], case["counter"])
    assert hlc.clamp(stamp, case["latest_ms"]) == case["clamped"]


@named("held_back")
def test_stamps_far_ahead_are_held_back_in_their_order(case: dict[str, Any]) -> None:
    held = hlc.hold_back(case["stamp"], case["latest_ms"], case["last"])
    assert held == case["held"]
    assert held == case["stamp"] or held > case["last"]


@named("chains")
def test_chains_are_the_same_whatever_the_order_of_keys(case: dict[str, Any]) -> None:
    mutations = [msgspec.json.decode(text, type=Mutation) for text in case["mutations"]]
    assert chain_over(case["before"], mutations) == case["after"]


@named("receipts")
def test_receipts_are_written_byte_for_byte(case: dict[str, Any]) -> None:
    assert encode(msgspec.json.decode(case["json"], type=Erased)).decode() == case["json"]


@named("buckets")
def test_records_lie_in_the_same_buckets(case: dict[str, Any]) -> None:
    rows = [(kind, record_id, seq) for kind, record_id, seq in case["rows"]]
    if "bucket" in case:
        assert digest.bucket_of(*rows[0][:2]) == case["bucket"]
        return
    sums = digest.bucket_digests(rows)
    assert {str(b): [total, n] for b, (total, n) in enumerate(sums) if n} == case["filled"]
    assert len(sums) == digest.BUCKETS


def test_the_text_order_of_stamps_is_their_order_in_time() -> None:
    cases = golden("stamps")
    by_text = sorted(cases, key=lambda c: str(c["stamp"]))
    assert by_text == sorted(cases, key=lambda c: (c["ms"], c["counter"], c["tag"]))


@named("digests")
def test_digests_are_the_same_in_any_order(case: dict[str, Any]) -> None:
    rows = [(kind, record_id, seq) for kind, record_id, seq in case["rows"]]
    assert digest.digest_of(rows) == digest.digest_of(reversed(rows)) == case["digest"]


@named("merge")
def test_merges_end_the_same(case: dict[str, Any]) -> None:
    kind = KINDS[case["kind"]]
    state = None if case["state"] is None else State(**case["state"])
    if case["op"] == "remove":
        found = merge.remove(kind, state)
    else:
        found = (merge.put if case["op"] == "put" else merge.patch)(kind, state, case["data"], case["stamp"])
    after = None if case["after"] is None else State(**case["after"])
    assert (found.state, found.status, dict(found.lost)) == (after, case["status"], case["lost"])
    assert (found.code, found.changed) == (case["code"], case["changed"])


@named("envelopes")
def test_envelopes_are_opened_or_refused(case: dict[str, Any]) -> None:
    wire = bytes.fromhex(case["wire"])
    if case["good"]:
        assert unseal(wire, sha256=case["sha256"], encoding=case["encoding"], limit=1 << 20).decode() == case["body"]
        with pytest.raises(CorruptBodyError):
            unseal(wire, sha256=case["sha256"], encoding=case["encoding"], limit=len(case["body"].encode()) - 1)
    else:
        with pytest.raises(CorruptBodyError):
            unseal(wire, sha256=case["sha256"], encoding=case["encoding"], limit=1 << 20)


@named("backfill")
def test_lines_of_a_back_fill_are_written_byte_for_byte(case: dict[str, Any]) -> None:
    assert encode(msgspec.json.decode(case["line"], type=Filled)).decode() == case["line"]


@named("problems")
def test_a_code_once_given_keeps_its_meaning(case: dict[str, Any]) -> None:
    assert PROBLEMS[case["code"]].status == case["status"]


def test_the_numbers_both_ends_count_on() -> None:
    assert (SCHEMA, MAX_BATCH, PAGE_LIMIT) == (2, 500, 2000)
