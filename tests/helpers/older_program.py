"""Runs the desktop as the version before this one: the same program without the fields, kinds and number of now.

`python -m tests.helpers.older_program '<json>'` opens the PC in a folder, takes the steps named, and prints what each
came to. The sources are edited on the way in; an edit that no longer fits fails, so that this stays the version before.
"""

from __future__ import annotations

import importlib.machinery
import importlib.util
import json
import subprocess
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

#: Kinds that came with this version.
_YOUNG = (
    "tag_rule", "custom_field", "sop", "festival", "house_rule", "tag_bar", "consent", "relation", "client_date",
    "custom_value",
    "stated_size", "wish", "segment", "segment_member", "sop_run", "own_script", "favourite", "bought_for", "service",
    "access_log", "company_view", "copied", "look",
    "missing_size", "stock_request", "poster_template", "own_template", "coupon_gift",
)  # fmt: skip
_EDITS = {
    "guide_app.protocol.messages": [("SCHEMA = 2\n", "SCHEMA = 1\n")],
    "guide_app.protocol.records": [
        (
            '    merged_into: Id | None = None\n    trousers_size: Short = ""\n    ring_size: Short = ""\n',
            "",
        ),
        ("    done_by: Id | None = None\n", ""),
    ],
    "guide_app.protocol.kinds": [("for k in _KINDS})", f"for k in _KINDS if k.name not in {_YOUNG}}})")],
}
_ROOT = Path(__file__).resolve().parents[2]


class _Edited(importlib.machinery.SourceFileLoader):
    def get_code(self, fullname: str) -> CodeType:
        source = Path(self.path).read_text("utf-8")
        for now, then in _EDITS[fullname]:
            if source.count(now) != 1:
                raise ImportError(f"{fullname} does not hold {now!r} once")
            source = source.replace(now, then)
        return compile(source, self.path, "exec")


class _Finder(MetaPathFinder):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname not in _EDITS:
            return None
        found = importlib.machinery.PathFinder.find_spec(fullname, path, target)
        if found is None or found.origin is None:
            return None
        return importlib.util.spec_from_file_location(fullname, found.origin, loader=_Edited(fullname, found.origin))


def run_older(folder: Path, origin: str, now_ms: int, code: str, steps: Sequence[Sequence[Any]]) -> list[Any]:
    """Take `steps` (`[method of TestDesk, arguments…]`) on the PC in `folder`, in a process of the older program."""
    asked = json.dumps(
        {"folder": str(folder), "origin": origin, "now_ms": now_ms, "code": code, "steps": steps}, ensure_ascii=False
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "tests.helpers.older_program", asked],
        cwd=_ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    answers: list[Any] = json.loads(done.stdout)
    return answers


def _main(asked: dict[str, Any]) -> list[Any]:
    sys.meta_path.insert(0, _Finder())
    from guide_app.protocol.messages import SCHEMA  # noqa: PLC0415 - as edited
    from tests.helpers.desk import TestDesk  # noqa: PLC0415 - same
    from tests.helpers.plain_book import HeldClock  # noqa: PLC0415 - same

    assert SCHEMA == 1
    desk = TestDesk(Path(asked["folder"]), asked["origin"], HeldClock(asked["now_ms"]), code=asked["code"], seed=77)
    try:
        return [_take(desk, *step) for step in asked["steps"]]
    finally:
        desk.close()


def _take(desk: Any, what: str, *given: Any) -> Any:
    if what == "sync":
        report = desk.sync()
        return [report.pushed, report.rejected, [scope.equal for scope in report.scopes]]
    if what in ("put", "patch"):
        *positional, fields = given
        return getattr(desk, what)(*positional, **fields)
    return getattr(desk, what)(*given)


if __name__ == "__main__":
    print(json.dumps(_main(json.loads(sys.argv[1])), ensure_ascii=False))  # noqa: T201 - the answer
