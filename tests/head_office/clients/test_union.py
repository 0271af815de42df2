"""What is known of a person held in several records depends on the records alone, not on the order of joining them."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from guide_app.protocol.hlc import make_stamp
from guide_app.protocol.kinds import KINDS
from head_office.clients.union import Member, joined

_FIELDS = KINDS["client"].fields


@st.composite
def _members(draw: st.DrawFn) -> list[Member]:
    members = []
    for n in range(draw(st.integers(2, 5))):
        data: dict[str, Any] = dict.fromkeys(_FIELDS, "") | {
            "name": draw(st.sampled_from(["", "王", "李"])),
            "phone": draw(st.sampled_from(["", "13800000001", "13800000002"])),
            "remark": draw(st.sampled_from(["", "甲", "乙"])),
            "birth_month": draw(st.sampled_from([None, 3, 9])),
            "birth_day": draw(st.sampled_from([1, 30])),
            "contact_state": draw(st.sampled_from(["none", "one_to_one", "marketing", "refused"])),
            "consent_version": draw(st.sampled_from(["v1", "v2"])),
            "starred": draw(st.booleans()),
            "no_profiling": draw(st.booleans()),
            "created_at": draw(st.integers(1, 5)),
        }
        stamps = {name: make_stamp(draw(st.integers(0, 3)), 0, f"{n:08x}") for name in _FIELDS}
        members.append(Member(f"m{n}", data, stamps))
    return members


@given(_members(), st.randoms(use_true_random=False))
def test_order_does_not_matter(members: list[Member], shuffle: random.Random) -> None:
    own, others = members[0], members[1:]
    mixed = list(others)
    shuffle.shuffle(mixed)
    assert joined(own, others) == joined(own, mixed)


@given(_members())
def test_she_keeps_what_she_says_and_loses_no_refusal(members: list[Member]) -> None:
    own, others = members[0], members[1:]
    found = joined(own, others)
    for name in ("name", "phone", "remark"):
        said = {m.data[name] for m in members} - {""}
        if own.data[name]:
            assert name not in found
        elif said:
            assert found[name].value in said
    after = {**own.data, **{name: filled.value for name, filled in found.items()}}
    if any(m.data["contact_state"] == "refused" for m in members):
        assert after["contact_state"] == "refused"
    assert after["no_profiling"] == any(m.data["no_profiling"] for m in members)
    assert after["created_at"] == min(m.data["created_at"] for m in members)


@given(_members())
def test_a_birthday_comes_whole_from_one_of_them(members: list[Member]) -> None:
    found = joined(members[0], members[1:])
    after = {**members[0].data, **{name: filled.value for name, filled in found.items()}}
    days = {(m.data["birth_month"], m.data["birth_day"]) for m in members}
    assert (after["birth_month"], after["birth_day"]) in days
