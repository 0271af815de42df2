"""Whatever the order in which PCs hand in their edits, the office ends with the same record, and so does every PC."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from guide_app.protocol.hlc import make_stamp
from guide_app.protocol.merge import State
from guide_app.protocol.messages import Mutation
from head_office.feed.check import check_feed
from head_office.feed.decide import judge
from tests.head_office.kit import NOW, Pc, enrol_device, make_store, new_id

STORE, CLIENT = new_id(), new_id()
FIELDS = {"remark": st.sampled_from(["甲", "乙", "丙"]), "shoe_size": st.sampled_from(["36", "37"])}
PATCHES = st.fixed_dictionaries({}, optional=FIELDS).filter(bool)


def _folded(edits: list[tuple[int, dict[str, Any]]]) -> dict[str, Any]:
    state: State | None = State({"name": "王姐"}, {"name": make_stamp(1, 0, "00000000")})
    for mid, (counter, data) in enumerate(edits, 1):
        stamp = make_stamp(NOW, counter, "00000001")
        state = judge(Mutation(mid, "patch", "client", CLIENT, STORE, stamp, data), state).outcome.state
    assert state is not None
    return dict(state.data)


@given(st.lists(PATCHES, min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_edits_fold_to_one_record_in_any_order(patches: list[dict[str, Any]], random: Any) -> None:
    edits = list(enumerate(patches))
    shuffled = edits[:]
    random.shuffle(shuffled)
    assert _folded(shuffled) == _folded(edits)
    assert _folded([*shuffled, *edits]) == _folded(edits)  # and sending them again changes nothing


@settings(max_examples=6)
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 50), PATCHES), min_size=1, max_size=15), st.data())
def test_three_pcs_end_with_what_the_office_has(
    converging_engine: Engine, edits: list[tuple[int, int, dict[str, Any]]], data: st.DataObject
) -> None:
    code = f"S{new_id()[-6:]}"
    make_store(converging_engine, code)
    pcs = [Pc(converging_engine, enrol_device(converging_engine, code)) for _ in range(3)]
    client_id = new_id()
    pcs[0].push(pcs[0].mutation("put", "client", client_id, ms=1, name="王姐"))
    for which, tick, patch in edits:
        pc = pcs[which]
        mutation = pc.mutation("patch", "client", client_id, ms=NOW + tick, **patch)
        pc.push(mutation)
        if data.draw(st.booleans()):
            pc.push(mutation)  # the answer was lost
        if data.draw(st.booleans()):
            pc.page(limit=2)
    for pc in pcs:
        pc.pull(limit=3)
        assert pc.digests() == pc.promised()
    held = [pc.held[pcs[0].scope, "client", client_id] for pc in pcs]
    assert held[0] == held[1] == held[2]
    best: dict[str, tuple[int, str, Any]] = {}
    for which, tick, patch in edits:
        for name, value in patch.items():
            best[name] = max(best.get(name, (-1, "", "")), (tick, pcs[which].who.tag, value), key=lambda one: one[:2])
    for name, (tick, tag, value) in best.items():
        rivals = {v for w, t, p in edits for n, v in p.items() if n == name and (t, pcs[w].who.tag) == (tick, tag)}
        assert held[0].data[name] in rivals or held[0].data[name] == value
    assert check_feed(converging_engine).ok
