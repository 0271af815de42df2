"""`head-office`: the command line of the other end.

Exit codes: 0 done, 1 failed with a message, 2 usage, 5 done but something needs attention (an import refused rows),
6 damaged data (a backup that is none), nothing was changed.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec

from guide_app.base.arguments import UsageError, parse_readable
from guide_app.base.clock import Clock, SystemClock
from guide_app.base.errors import DamagedError, GuideError
from guide_app.base.terminal import is_unicode, write_anyhow, write_out
from head_office.cli import accountability, archive, erasures, handing_over, verbs
from head_office.cli.api_keys import api_key_verb
from head_office.cli.batches import tasks_verb
from head_office.cli.coupons import coupon_key_verb, coupons_verb, recall_verb
from head_office.cli.database import Office, data_dir_of, open_office
from head_office.cli.demand import demand_verb
from head_office.cli.external import external_verb
from head_office.cli.links import links_verb
from head_office.cli.logs import log_to_stderr
from head_office.cli.outcome import DAMAGED, DONE, FAILED, USAGE, Outcome
from head_office.cli.parser import build_parser
from head_office.cli.quarantine import quarantine_verb
from head_office.cli.tags import tags_verb
from head_office.cli.templates import templates_verb


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb and return its exit code."""
    log_to_stderr()
    write_anyhow(sys.stdout)
    given = sys.argv[1:] if argv is None else argv
    try:
        args = parse_readable(build_parser(), given)
    except UsageError as e:
        return _misused(e, as_json="--json" in given)
    data_dir = data_dir_of(args.data_dir, os.environ)
    try:
        if args.verb == "serve":
            return _serve(args, data_dir, os.environ)
        outcome = templates_verb(args) if args.verb == "templates" else _run(args, data_dir, SystemClock())
    except GuideError as e:
        outcome = _refused(e)
    except OSError as e:
        told = GuideError("file.error", f"文件 {e.filename or ''} 读写失败: {e.strerror}。", "请核对路径与权限。")
        outcome = _refused(told)
    except KeyboardInterrupt:
        return FAILED
    return outcome.code if _show(outcome, as_json=args.json) else FAILED


def _serve(args: argparse.Namespace, data_dir: Path, environ: Mapping[str, str]) -> int:
    from head_office.cli.serving import serve_verb  # noqa: PLC0415 - the web server is not loaded for short verbs

    serve_verb(args, data_dir, environ)
    return DONE


def _run(args: argparse.Namespace, data_dir: Path, clock: Clock) -> Outcome:
    work = _VERBS[args.verb]
    with open_office(args.database, data_dir, current=args.verb not in ("migrate", "check", "restore")) as office:
        return work(office, args, clock)


def _seed(office: Office, args: argparse.Namespace, clock: Clock) -> Outcome:
    from head_office.cli.seed import seed_verb  # noqa: PLC0415 - draws pictures; not loaded for short verbs

    return seed_verb(office, args, clock, os.environ)


def _import(office: Office, args: argparse.Namespace, clock: Clock) -> Outcome:
    from head_office.cli.import_verb import import_verb  # noqa: PLC0415 - readers of workbooks; not for short verbs

    return import_verb(office, args, clock, os.environ)


_VERBS: Mapping[str, Callable[[Office, argparse.Namespace, Clock], Outcome]] = {
    "migrate": lambda office, _args, _clock: verbs.migrate_verb(office),
    "check": lambda office, _args, clock: verbs.check_verb(office, clock),
    "quarantine": lambda office, args, clock: quarantine_verb(office, args, clock, os.environ),
    "tidy": verbs.tidy_verb,
    "company-views": verbs.company_views_verb,
    "demand": demand_verb,
    "publish": verbs.publish_verb,
    "tasks": tasks_verb,
    "tags": tags_verb,
    "links": lambda office, args, clock: links_verb(office, args, clock, os.environ),
    "backup": lambda office, args, _clock: archive.backup_verb(office, args.file),
    "restore": lambda office, args, clock: archive.restore_verb(office, args.file, clock),
    "enrol-code": verbs.enrol_code_verb,
    "devices": lambda office, _args, _clock: verbs.devices_verb(office),
    "revoke": verbs.revoke_verb,
    "recovery-key": lambda office, args, clock: verbs.recovery_key_verb(office, args, clock, os.environ),
    "api-key": api_key_verb,
    "transfer": lambda office, args, clock: handing_over.transfer_verb(office, args, clock, os.environ),
    "transfers": lambda office, _args, _clock: handing_over.transfers_verb(office),
    "guide-leaves": lambda office, args, clock: handing_over.guide_leaves_verb(office, args, clock, os.environ),
    "merges": lambda office, _args, clock: handing_over.merges_verb(office, clock),
    "unmerge": lambda office, args, clock: handing_over.unmerge_verb(office, args, clock, os.environ),
    "grant": erasures.grant_verb,
    "erasures": erasures.erasures_verb,
    "lost-device": lambda office, args, clock: accountability.lost_device_verb(office, args, clock, os.environ),
    "audit": accountability.audit_verb,
    "reveals": accountability.reveals_verb,
    "scrub": lambda office, _args, _clock: erasures.scrub_verb(office),
    "recall": lambda office, args, clock: recall_verb(office, args, clock, os.environ),
    "coupon-key": lambda office, _args, clock: coupon_key_verb(office, clock, os.environ),
    "coupons": lambda office, args, clock: coupons_verb(office, args, clock, os.environ),
    "external-coupons": lambda office, args, clock: external_verb(office, args, clock, os.environ),
    "seed": _seed,
    "import": _import,
}


def _misused(e: UsageError, *, as_json: bool) -> int:
    """How the command is typed goes to standard error always; who asked for JSON gets a document as ever."""
    sys.stderr.write(f"{e}\n")
    if as_json:
        _show(_refused(e), as_json=True)
    return USAGE


def _refused(e: GuideError) -> Outcome:
    code = DAMAGED if isinstance(e, DamagedError) else FAILED
    return Outcome({"error": e.code, "sentence": e.sentence, "way_out": e.way_out}, [str(e)], code)


def _show(outcome: Outcome, *, as_json: bool) -> bool:
    """Whether the outcome could be written; if not, standard error says why."""
    out = sys.stderr if outcome.code in (FAILED, DAMAGED) and not as_json else sys.stdout
    try:
        write_out(out, f"{_json(outcome)}\n" if as_json else "".join(f"{line}\n" for line in outcome.lines))
    except OSError as e:
        sys.stderr.write(f"结果写不到标准输出: {e.strerror}。请检查磁盘空间; 已经办完的事不受影响。\n")
        return False
    return True


def _json(outcome: Outcome) -> str:
    doc = msgspec.json.encode(outcome.doc).decode()
    return doc if is_unicode(sys.stdout) else json.dumps(json.loads(doc))


if __name__ == "__main__":
    sys.exit(main())
