"""The office's version with waiting changes on top."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from guide_app.protocol import merge
from guide_app.protocol.hlc import make_stamp
from guide_app.protocol.kinds import KINDS
from guide_app.protocol.merge import State
from guide_app.store.overlay import Step, view_of

CLIENT, TAG, NOTE, TASK, COUPON = (KINDS[name] for name in ("client", "client_tag", "note", "task", "coupon"))
FIELDS = st.dictionaries(st.sampled_from(["name", "phone", "remark"]), st.text(max_size=3), min_size=1)
Edits = list[tuple[str, dict[str, Any]]]
EDITS = st.lists(st.one_of(FIELDS.map(lambda f: ("patch", f)), FIELDS.map(lambda f: ("put", f))), max_size=6)


def steps(edits: Edits) -> list[Step]:
    return [Step(op, data, make_stamp(n, 0, "0000000a")) for n, (op, data) in enumerate(edits, 1)]  # type: ignore[arg-type]


@given(st.one_of(st.none(), FIELDS), EDITS)
def test_ones_own_writes_are_always_on_top(base: dict[str, Any] | None, edits: Edits) -> None:
    view = view_of(CLIENT, base, steps(edits))
    if base is None and not any(op == "put" for op, _ in edits):
        assert view is None
        return
    first_put = next((n for n, (op, _) in enumerate(edits) if op == "put"), 0) if base is None else 0
    wanted = dict(base or {})
    for _, data in edits[first_put:]:
        wanted |= data
    assert view == wanted


@given(FIELDS, EDITS)
def test_what_is_shown_is_what_an_office_without_other_edits_will_decide(base: dict[str, Any], edits: Edits) -> None:
    state: State | None = State(base)
    for step in steps(edits):
        decide = merge.put if step.op == "put" else merge.patch
        state = decide(CLIENT, state, step.data, step.stamp).state
    assert view_of(CLIENT, base, steps(edits)) == (state and state.data)


def test_a_removed_element_is_hidden_and_a_second_put_of_a_fact_changes_nothing() -> None:
    assert view_of(TAG, {"name": "a"}, [Step("remove", {}, "")]) is None
    assert view_of(NOTE, {"body": "a"}, [Step("put", {"body": "b"}, "1")]) == {"body": "a"}
    assert view_of(NOTE, {"body": "a"}, [Step("patch", {"body": "b"}, "1")]) == {"body": "a"}


def test_a_done_task_is_not_opened_by_an_older_edit() -> None:
    step = Step("patch", {"status": "done", "title": "x"}, "1")
    assert view_of(TASK, {"status": "cancelled", "title": "y"}, [step]) == {"status": "cancelled", "title": "x"}


def test_effects_of_commands_may_touch_what_devices_may_not() -> None:
    patch = Step("patch", {"status": "redeemed"}, "", predicted=True)
    assert view_of(COUPON, {"status": "claimed", "code": "c"}, [patch]) == {"status": "redeemed", "code": "c"}
    assert view_of(COUPON, None, [patch]) is None
    assert view_of(COUPON, None, [Step("put", {"code": "c"}, "", predicted=True), patch]) == {
        "code": "c",
        "status": "redeemed",
    }
    assert view_of(COUPON, {"code": "c"}, [Step("remove", {}, "", predicted=True)]) is None
