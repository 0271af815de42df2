"""`guide demo`: its own office, a throw-away book, and the whole story; or the window over both."""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

from guide_app.base.errors import GuideError
from guide_app.cli.context import Place, open_desk
from guide_app.cli.demo.office_process import OfficeProcess
from guide_app.cli.demo.relay import Relay
from guide_app.cli.demo.states import sync_states
from guide_app.cli.demo.story import GUIDE, PIN, Story, tell_story
from guide_app.cli.link import office_link
from guide_app.cli.outcome import Exit, Outcome
from guide_app.flows.desk import Desk
from guide_app.sync.enrol import Application, enrol
from guide_app.sync.transport import Transport

STORE = "SH001"


def demo(args: argparse.Namespace) -> Outcome:
    """Play the main job. Without `--headless` the window opens on the demo's book afterwards.

    Raises GuideError where head office is not installed, before anything is written.
    """
    OfficeProcess.require()
    out = args.out.absolute()
    out.mkdir(parents=True, exist_ok=True)
    tell = _teller(quiet=args.json)
    folder = Path(tempfile.mkdtemp(prefix="guide-demo-"))
    try:
        with ExitStack() as stack:
            return _play(args, out, folder, stack, tell)
    finally:
        if args.keep:
            tell(f"演示数据保留在 {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)


def _play(args: argparse.Namespace, out: Path, folder: Path, stack: ExitStack, tell: Any) -> Outcome:
    began = time.monotonic()
    office = OfficeProcess(folder / "office", out / "office.log")
    tell("演示数据是模拟的: 品牌、客户和购买都由程序生成。")
    few = () if args.pictures is None else ("--pictures", str(args.pictures))
    seeded = office.run("seed", "demo", *few)
    tell(f" 0  总部: 写入 {seeded.get('records', 0):,} 条模拟记录 ({seeded.get('seconds', 0)} 秒)")
    stack.enter_context(office)
    cable = stack.enter_context(Relay(office.address))
    place = Place(folder / "desk", "", {**os.environ, "GUIDE_KEY_FILE": str(folder / "desk.key")})
    code = office.run("enrol-code", "--store", STORE)["code"]
    desk = stack.enter_context(open_desk(place))
    _enrol(desk, place, cable.origin, code)
    if not args.headless:
        return _window(desk, place, stack, tell)
    return _headless(desk, place, office, cable, out, stack, tell, began)


def _headless(
    desk: Desk, place: Place, office: OfficeProcess, cable: Relay, out: Path, stack: ExitStack, tell: Any, began: float
) -> Outcome:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from ui.app import make_app  # noqa: PLC0415 - Qt only where something is painted
    from ui.kit.poster.maker import PosterMaker  # noqa: PLC0415 - same

    app = make_app(["guide"], version("guide-desk"))
    link = stack.enter_context(office_link(desk, place))
    story = Story(office, cable, place, desk, link, PosterMaker(), out, tell)
    failed: GuideError | None = None
    shots: list[str] = []
    try:
        tell_story(story)
        shots = _shots(desk, place, out, tell)
        shots += sync_states(story, place.data_dir.with_name("desk-2"))
    except GuideError as e:
        failed = e
        tell(f"✗ {e}")
    finally:
        app.quit()
    doc = {
        "ok": failed is None,
        "error": str(failed) if failed else None,
        "simulated": True,
        "seconds": round(time.monotonic() - began, 1),
        "version": version("guide-desk"),
        "machine": {"python": platform.python_version(), "system": platform.platform(), "cores": os.cpu_count()},
        "steps": [asdict(step) for step in story.steps],
        "files": sorted(p.name for p in out.iterdir()),
        "screenshots": shots,
    }
    (out / "report.json").write_text(json.dumps(doc, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    tell(f"用时 {doc['seconds']} 秒。产物在 {out}")
    return Outcome(doc, code=Exit.DONE if failed is None else Exit.FAILED)


def _shots(desk: Desk, place: Place, out: Path, tell: Any) -> list[str]:
    from guide_app.cli.window import page_shots  # noqa: PLC0415 - Qt only where something is painted

    made = page_shots(desk, place, out)
    tell(f"截图: {', '.join(p.name for p in made)}")
    return [p.name for p in made]


def _window(desk: Desk, place: Place, stack: ExitStack, tell: Any) -> Outcome:
    from guide_app.cli.window import run_window  # noqa: PLC0415 - Qt only for the window

    link = stack.enter_context(office_link(desk, place))
    link.engine.run_once()
    desk.roster.login(GUIDE, PIN)
    tell(f"演示窗口: 导购 {GUIDE}, PIN {PIN}。关闭窗口即结束演示。")
    return Outcome({}, code=Exit.DONE if run_window(place) == 0 else Exit.FAILED)


def _enrol(desk: Desk, place: Place, origin: str, code: str) -> None:
    transport = Transport(origin, None, desk.clock)
    try:
        enrol(desk.db, transport, origin, Application(code, "演示收银台 1", version("guide-desk"), place.key()))
    finally:
        transport.close()


def _teller(*, quiet: bool) -> Any:
    stream = sys.stderr if quiet else sys.stdout

    def tell(line: str) -> None:
        stream.write(line + "\n")
        stream.flush()

    return tell
