"""The conversations of `tests/protocol/golden/conversations`, held with each office: every answer is as written down.

`GUIDE_WRITE_GOLDEN=1` writes down what the office in memory answers; look at the difference before keeping it.
"""

from __future__ import annotations

import json
import os
from difflib import unified_diff
from pathlib import Path
from typing import Any

import pytest

from tests.contract.conftest import OfficeUnderTest
from tests.contract.conversation import Speaker

FOLDER = Path(__file__).resolve().parents[1] / "protocol" / "golden" / "conversations"
NAMES = sorted(file.stem for file in FOLDER.glob("*.json"))


def act(office: OfficeUnderTest, speaker: Speaker, deed: list[Any]) -> None:
    """What the office does by itself between two requests."""
    what, *values = deed
    if what == "revoke":
        office.revoke(speaker.names[values[0]])
    elif what == "write":
        office.write(*values)
    elif what == "end":
        office.end(*values)
    else:
        office.new_history()


@pytest.mark.parametrize("name", NAMES)
def test_the_office_answers_as_written_down(name: str, office: OfficeUnderTest, request: pytest.FixtureRequest) -> None:
    office.new_history(at_ms=0)  # epochs of its own, and numbers as in an office that was never restored
    speaker = Speaker(office.origin)
    speaker.names |= {"code_1": office.code(), "code_2": office.code()}
    file = FOLDER / f"{name}.json"
    written = json.loads(file.read_text("utf-8"))
    steps = []
    for step in written["steps"]:
        if "office" in step:
            act(office, speaker, step["office"])
            steps.append(step)
        else:
            steps.append(speaker.say(step))
    if os.environ.get("GUIDE_WRITE_GOLDEN") and "memory" in request.node.name:
        file.write_text(_written(written["about"], steps), "utf-8")
        return
    for wanted, heard in zip(written["steps"], steps, strict=True):
        difference = "\n".join(unified_diff(_text(wanted), _text(heard), "written", "heard", lineterm="", n=1))
        assert not difference, difference


def _written(about: str, steps: list[dict[str, Any]]) -> str:
    """The file of a conversation: one step a line."""
    lines = ",\n".join(json.dumps(step, ensure_ascii=False) for step in steps)
    return f'{{"about": {json.dumps(about, ensure_ascii=False)}, "steps": [\n{lines}\n]}}\n'


def _text(step: dict[str, Any]) -> list[str]:
    """A step line by line, so that a difference is seen at once."""
    return json.dumps(step, ensure_ascii=False, indent=1, sort_keys=True).splitlines()
