"""What the sync page calls a change: every one that this PC can make has a word of its own."""

from __future__ import annotations

import pytest

from guide_app.protocol.kinds import COMMANDS, KINDS
from guide_app.sync.queries import QueuedChange
from ui.pages.sync.words import change_words

#: What a device may do with records of each policy; those of head office's own are none of its.
_DEEDS = {"office": (), "fact": ("put",), "set": ("put", "remove"), "fields": ("put", "patch")}
CHANGES = [
    *((op, kind.name) for kind in KINDS.values() if kind.scope == "store" for op in _DEEDS[kind.policy]),
    *(("command", name) for name in COMMANDS),
]


@pytest.mark.parametrize(("op", "kind"), CHANGES, ids=" ".join)
def test_no_change_goes_by_its_name_on_the_wire(op: str, kind: str) -> None:
    words = change_words(QueuedChange(1, 1, op, kind, "", "", (), None, 0))
    assert kind not in words.title
    assert words.title
    assert words.letter


def test_a_kind_that_a_newer_program_left_is_named_as_it_is() -> None:
    assert change_words(QueuedChange(1, 1, "put", "hologram", "", "", (), None, 0)).title == "修改（hologram）"
