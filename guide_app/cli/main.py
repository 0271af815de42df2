"""Runs one verb: opens what it needs, prints what it says, turns errors into exit codes."""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from guide_app.base.arguments import UsageError, parse_readable
from guide_app.base.errors import (
    DamagedError,
    GuideError,
    LockedError,
    NotEnrolledError,
    OfficeUnreachableError,
)
from guide_app.base.terminal import is_unicode, write_anyhow, write_out
from guide_app.cli.context import Place, open_desk
from guide_app.cli.outcome import Exit, Outcome
from guide_app.cli.parser import build_parser

if TYPE_CHECKING:
    from guide_app.flows.desk import Desk

_CODES: tuple[tuple[type[GuideError], Exit], ...] = (
    (OfficeUnreachableError, Exit.UNREACHABLE),
    (NotEnrolledError, Exit.LOCKED),
    (LockedError, Exit.LOCKED),
    (DamagedError, Exit.DAMAGED),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command `guide`; returns its exit code."""
    write_anyhow(sys.stdout)
    given = sys.argv[1:] if arguments is None else arguments
    try:
        args = parse_readable(build_parser(), given)
    except UsageError as e:
        return _misused(e, as_json="--json" in given)
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    try:
        outcome = _run(args)
    except GuideError as e:
        return _failed(e, as_json=args.json)
    except OSError as e:
        name = e.filename or ""
        return _failed(
            GuideError("file.error", f"文件 {name} 读写失败: {e.strerror}。", "请核对路径与权限。"), args.json
        )
    except KeyboardInterrupt:
        return Exit.FAILED
    return outcome.code if _print(outcome, as_json=args.json) else Exit.FAILED


def _run(args: argparse.Namespace) -> Outcome:
    place = Place.of(args.data_dir)
    if args.self_test:
        from guide_app.cli.doctor import self_test  # noqa: PLC0415 - each verb loads only what it needs

        return self_test()
    if args.verb is None:
        from ui.kit.plain_import import load_qt  # noqa: PLC0415 - Qt only for the window

        load_qt()
        from guide_app.cli.window import run_window  # noqa: PLC0415 - same

        return Outcome({}, code=Exit.DONE if run_window(place) == 0 else Exit.FAILED)
    return _VERBS[args.verb](place, args)


_DeskVerb = Callable[["Desk", Place, argparse.Namespace], Outcome]


def _with_desk(verb: _DeskVerb) -> Callable[..., Outcome]:
    """For verbs that also work before enrolment: a book that is not there yet is made."""

    def run(place: Place, args: argparse.Namespace) -> Outcome:
        with open_desk(place) as desk:
            return verb(desk, place, args)

    return run


def _enrolled(verb: _DeskVerb) -> Callable[..., Outcome]:
    """For verbs on an enrolled book: a mistyped folder is told, and no book is made in it. Raises NotEnrolledError."""

    def run(place: Place, args: argparse.Namespace) -> Outcome:
        from guide_app.store.device import enrolled_device  # noqa: PLC0415 - each verb loads only what it needs

        if not place.book.exists():
            raise place.no_book()
        with open_desk(place) as desk:
            desk.db.query(enrolled_device)
            return verb(desk, place, args)

    return run


def _demo(_place: Place, args: argparse.Namespace) -> Outcome:
    from guide_app.cli.demo.run import demo  # noqa: PLC0415 - starts an office of its own

    return demo(args)


def _init(desk: Desk, place: Place, args: argparse.Namespace) -> Outcome:
    from guide_app.cli.office import init  # noqa: PLC0415 - loads the network

    return init(desk, place, args)


def _login(desk: Desk, _place: Place, args: argparse.Namespace) -> Outcome:
    from guide_app.cli.office import login  # noqa: PLC0415 - same

    return login(desk, args)


def _sync(desk: Desk, place: Place, args: argparse.Namespace) -> Outcome:
    from guide_app.cli.office import sync  # noqa: PLC0415 - same

    return sync(desk, place, args)


def _erase(desk: Desk, place: Place, args: argparse.Namespace) -> Outcome:
    from guide_app.cli.office import erase  # noqa: PLC0415 - same

    return erase(desk, place, args)


def _status(desk: Desk, place: Place, _args: argparse.Namespace) -> Outcome:
    from guide_app.cli.status import status  # noqa: PLC0415 - same

    return status(desk, place)


def _parked(desk: Desk, _place: Place, args: argparse.Namespace) -> Outcome:
    from guide_app.cli.parked import parked  # noqa: PLC0415 - same

    return parked(desk, args)


def _clients(desk: Desk, _place: Place, args: argparse.Namespace) -> Outcome:
    from guide_app.cli.book import clients  # noqa: PLC0415 - each verb loads only what it needs

    return clients(desk, args)


def _segments(desk: Desk, _place: Place, args: argparse.Namespace) -> Outcome:
    from guide_app.cli.segments import segments  # noqa: PLC0415 - same

    return segments(desk, args)


def _tags(desk: Desk, _place: Place, args: argparse.Namespace) -> Outcome:
    from guide_app.cli.segments import tags  # noqa: PLC0415 - same

    return tags(desk, args)


def _today(desk: Desk, _place: Place, args: argparse.Namespace) -> Outcome:
    from guide_app.cli.book import today  # noqa: PLC0415 - same

    return today(desk, args)


def _share(desk: Desk, place: Place, args: argparse.Namespace) -> Outcome:
    from guide_app.cli.link import office_link  # noqa: PLC0415 - Qt only where something is painted
    from guide_app.cli.one_picture import OnePicture  # noqa: PLC0415 - same
    from guide_app.cli.share import share  # noqa: PLC0415 - same
    from ui.app import painting  # noqa: PLC0415 - same
    from ui.kit.poster.maker import PosterMaker  # noqa: PLC0415 - same

    with painting(), office_link(desk, place) as link:
        return share(desk, OnePicture(desk.db, desk.clock, link.pictures), PosterMaker(), args)


def _coupon(desk: Desk, _place: Place, args: argparse.Namespace) -> Outcome:
    from guide_app.cli.counter import coupon  # noqa: PLC0415 - each verb loads only what it needs

    return coupon(desk, args)


def _import(desk: Desk, _place: Place, args: argparse.Namespace) -> Outcome:
    from guide_app.cli.transfer import bring  # noqa: PLC0415 - same

    return bring(desk, args)


def _export(desk: Desk, _place: Place, args: argparse.Namespace) -> Outcome:
    from guide_app.cli.transfer import take  # noqa: PLC0415 - same

    return take(desk, args)


def _calendar(desk: Desk, _place: Place, args: argparse.Namespace) -> Outcome:
    from guide_app.cli.calendar import calendar  # noqa: PLC0415 - same

    return calendar(desk, args)


def _open(_place: Place, args: argparse.Namespace) -> Outcome:
    from guide_app.cli.transfer import open_sealed  # noqa: PLC0415 - same

    return open_sealed(args)


def _privacy(desk: Desk, _place: Place, args: argparse.Namespace) -> Outcome:
    from guide_app.cli.privacy import privacy  # noqa: PLC0415 - same

    return privacy(desk, args)


def _care(name: str) -> Callable[..., Outcome]:
    def run(place: Place, args: argparse.Namespace) -> Outcome:
        from guide_app.cli import care  # noqa: PLC0415 - same

        verbs = {
            "backup": care.backup,
            "restore": care.restore,
            "db-check": care.db_check,
            "db-decrypt": care.db_decrypt,
        }
        return verbs[name](place, args)

    return run


def _doctor(place: Place, _args: argparse.Namespace) -> Outcome:
    from guide_app.cli.doctor import doctor  # noqa: PLC0415 - same

    return doctor(place)


_VERBS: dict[str, Callable[..., Outcome]] = {
    "demo": _demo,
    "init": _with_desk(_init),
    "login": _enrolled(_login),
    "sync": _enrolled(_sync),
    "status": _with_desk(_status),
    "parked": _enrolled(_parked),
    "clients": _enrolled(_clients),
    "segments": _enrolled(_segments),
    "tags": _enrolled(_tags),
    "today": _enrolled(_today),
    "share": _enrolled(_share),
    "coupon": _enrolled(_coupon),
    "import": _enrolled(_import),
    "export": _enrolled(_export),
    "calendar": _enrolled(_calendar),
    "open": _open,
    "privacy": _enrolled(_privacy),
    "backup": _care("backup"),
    "restore": _care("restore"),
    "db-check": _care("db-check"),
    "db-decrypt": _care("db-decrypt"),
    "erase": _enrolled(_erase),
    "doctor": _doctor,
}


def _misused(error: UsageError, *, as_json: bool) -> int:
    """How the command is typed goes to standard error always; who asked for JSON gets a document as ever."""
    sys.stderr.write(f"{error}\n")
    if as_json:
        _failed(error, as_json)
    return Exit.USAGE


def _failed(error: GuideError, as_json: bool) -> int:
    code = next((code for kind, code in _CODES if isinstance(error, kind)), Exit.FAILED)
    doc = {"error": {"code": error.code, "sentence": error.sentence, "way_out": error.way_out}}
    _print(Outcome(doc), as_json=True) if as_json else sys.stderr.write(f"{error}\n")
    return code


def _print(outcome: Outcome, *, as_json: bool) -> bool:
    """Whether the outcome could be written; if not, standard error says why."""
    try:
        if as_json:
            text = json.dumps(outcome.doc, ensure_ascii=not is_unicode(sys.stdout)) + "\n"
        else:
            text = "".join(f"{line}\n" for line in outcome.lines)
        write_out(sys.stdout, text)
    except OSError as e:
        sys.stderr.write(f"结果写不到标准输出: {e.strerror}。请检查磁盘空间; 已经办完的事不受影响。\n")
        return False
    return True
