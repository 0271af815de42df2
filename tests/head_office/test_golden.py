"""The office reads and writes the wire as it was written down: the same files that the desktop's tests read."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from guide_app.protocol.kinds import KINDS
from guide_app.protocol.merge import State
from guide_app.protocol.messages import (
    Erased,
    GoneFrame,
    LeaveFrame,
    Mutation,
    Push,
    RecordFrame,
    decode_lines,
    encode_lines,
)
from head_office.api.sync_routes import decode
from head_office.feed.decide import CLOCK_TOLERANCE_MS, count, judge
from head_office.feed.place import Place
from head_office.feed.rows import Gone, Key, Row, frame_of, whole_data
from tests.helpers.golden import golden

ID = "018f0000-0000-7000-8000-00000000c001"


def named(name: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", golden(name), ids=lambda case: case.get("name", ""))


@named("merge")
def test_the_office_judges_as_the_wire_says(case: dict[str, Any]) -> None:
    state = None if case["state"] is None else State(**case["state"])
    mutation = Mutation(1, case["op"], case["kind"], ID, ID, case["stamp"], case.get("data") or {})
    found = judge(mutation, state).outcome
    after = None if case["after"] is None else State(**case["after"])
    assert (found.state, found.status, dict(found.lost)) == (after, case["status"], case["lost"])
    assert (found.code, found.changed) == (case["code"], case["changed"])


@named("mutations")
def test_the_office_reads_what_desktops_write(case: dict[str, Any]) -> None:
    text = case["json"]
    body = text if text.startswith('{"mutations"') else f'{{"mutations":[{text}]}}'
    message = decode(body.encode(), Push)
    assert msgspec.json.encode(message.mutations[0]).decode() in body if message.mutations else body


@pytest.mark.parametrize("case", [c for c in golden("pull_pages") if c["good"]], ids=lambda c: c["name"])
def test_the_office_writes_records_as_desktops_read_them(case: dict[str, Any]) -> None:
    lines = [line.encode() for line in case["lines"]]
    seen = 0
    for line in lines:
        (frame,) = decode_lines(line)
        if isinstance(frame, RecordFrame) and frame.kind in KINDS:
            key: Key = (frame.scope, frame.kind, frame.id)
            written = frame_of(key, Row(whole_data(frame.kind, frame.data), frame.seq))
        elif isinstance(frame, GoneFrame | LeaveFrame):
            mark = "x" if isinstance(frame, GoneFrame) else "l"
            written = frame_of((frame.scope, frame.kind, frame.id), Gone(frame.seq, mark))
        else:
            continue
        assert encode_lines([written]).strip() == line
        seen += 1
    assert seen or len(lines) < 4


@named("chains")
def test_the_office_comes_to_the_same_chain(case: dict[str, Any]) -> None:
    sent = [decode(text.encode(), Mutation) for text in case["mutations"]]
    first = sent[0].mid if sent else 1
    place = Place(first - 1, case["before"], "", 0, ())
    assert place.chain_after(Push(sent, case["before"])) == case["after"]
    if sent:
        again = Place(sent[-1].mid, case["after"], "", 0, ())
        assert again.chain_after(Push(sent, case["before"])) == case["after"], "a replay comes to the same"


@named("held_back")
def test_the_office_counts_stamps_in_the_order_of_their_device(case: dict[str, Any]) -> None:
    mutation = Mutation(1, "patch", "client", ID, ID, case["stamp"], {"remark": "x"})
    (counted,), effective = count([mutation], case["last"], case["latest_ms"] - CLOCK_TOLERANCE_MS)
    assert counted.mutation.stamp == effective == case["held"]


@named("receipts")
def test_the_office_reads_receipts(case: dict[str, Any]) -> None:
    assert msgspec.json.encode(decode(case["json"].encode(), Erased)).decode() == case["json"]
