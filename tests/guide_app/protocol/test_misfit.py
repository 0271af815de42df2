"""What a refused value is told as."""

from __future__ import annotations

import re

import msgspec
import pytest

from guide_app.protocol.kinds import KINDS, Kind
from guide_app.protocol.misfit import field_misfit, misfit
from guide_app.protocol.records import Client


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("birth_month", 13, "「birth_month」不能是「13」, 可以是: 1 到 12 的整数或空。"),
        ("starred", "yes", "「starred」不能是「yes」, 可以是: 是或否 (true, false)。"),
        ("name", "x" * 65, f"「name」不能是「{'x' * 40}…」, 可以是: 至多 64 个字。"),
        ("sex", "x", "「sex」不能是「x」, 可以是: 这几种之一 (female, male)或空。"),
        ("follow_state", 3, "「follow_state」不能是「3」, 可以是: 至多 64 个字。"),
        ("flag", "so", "「flag」不能是「so」, 可以是: 这几种之一 (blocked, complaint)或空。"),
        ("primary_guide_id", "k", "「primary_guide_id」不能是「k」, 可以是: 一个编号 (小写 UUID)或空。"),
        ("consent_at", -1, f"「consent_at」不能是「-1」, 可以是: 0 到 {2**48 - 1} 的整数或空。"),
    ],
)
def test_the_sentence_names_the_field_what_was_given_and_what_is_allowed(name: str, value: object, said: str) -> None:
    assert str(misfit(Client, {"shoe_size": "37", "elsewhere": 1, name: value})) == said


def test_what_fits_has_no_misfit() -> None:
    with pytest.raises(ValueError, match="all fields fit"):
        misfit(Client, {"name": "王"})


@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if kind.device_fields], ids=lambda kind: kind.name)
def test_of_every_field_that_a_pc_may_send_something_is_said_and_nothing_of_the_decoder(kind: Kind) -> None:
    struct = kind.struct
    for field in msgspec.structs.fields(struct):
        said = str(field_misfit(struct, field.name, "?"))
        assert re.search("可以是: .*[\u4e00-\u9fff]", said)
        assert "Expected" not in said
