"""Runs an import: reads, judges, writes in bounded transactions, and accounts for every row."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine

from guide_app.base.errors import GuideError, InvalidInputError
from guide_app.base.tabular.decimals import parse_currency
from guide_app.base.tabular.fields import Parsed, Reading, Refused
from guide_app.base.tabular.rejects import RowReject
from guide_app.base.tabular.second_look import write_refused_rows
from head_office.feed.write import MAX_ROWS, in_transaction
from head_office.imports.catalogue import CatalogueImporter
from head_office.imports.clients import ClientImporter
from head_office.imports.coupons import CouponImporter
from head_office.imports.ledger import Ledger
from head_office.imports.model import (
    Importer,
    ImportReport,
    Options,
    Problem,
    Progress,
    ProgressCallback,
    Services,
    Sums,
    Unit,
    Verdict,
    What,
)
from head_office.imports.pictures import PictureFolder
from head_office.imports.planner import PlannerHelp
from head_office.imports.purchases import PurchaseImporter
from head_office.imports.reading import Source, open_source
from head_office.imports.roster import GuideImporter, StoreImporter
from head_office.imports.stock import StockImporter
from head_office.imports.targets import TargetImporter
from head_office.store import audit

T = TypeVar("T")
_TELL_EVERY = 5_000
_SECRET = frozenset(("pin",))  # fields whose cells no report repeats


def _silent(_: Progress) -> None:
    """Nobody watches."""


def run_import(
    what: What, path: Path, options: Options, services: Services, progress: ProgressCallback = _silent
) -> ImportReport:
    """Import a file. Running it again, in whole or after an interruption, changes nothing that is there.

    With `options.dry_run` every transaction is rolled back. Raises GuideError (TableError for the file as a whole);
    what was committed before stays.
    """
    started = time.monotonic()
    currency = parse_currency(options.currency)
    importer, ledger = _importer(what, path, options, services), Ledger()
    with open_source(what, path, importer.fields, options) as source:
        units = importer.gather(_watched(source, progress), ledger)
    _write(importer, units, ledger, services.engine, options, progress)
    notes = importer.finish()
    if options.errors is not None and ledger.rejects:
        header, sheet, encoding = source.reading.header, options.sheet, options.encoding
        write_refused_rows(path, options.errors, header, ledger.rejects, sheet=sheet, encoding=encoding)
    report = _report(what, path, source, ledger, importer.measure, options, currency, notes, started)
    if not options.dry_run:
        _note_in_trail(services, report)
    if report.sums is not None and not report.sums.reconciled:
        raise GuideError("import.unbalanced", f"合计不符: {report.sums}。", "请把文件和这句话交给开发者。")
    return report


def _importer(what: What, path: Path, options: Options, services: Services) -> Importer[Any]:
    makers: dict[What, Callable[[], Importer[Any]]] = {
        "stores": lambda: StoreImporter(services.clock),
        "guides": lambda: GuideImporter(services.clock, options),
        "catalogue": lambda: CatalogueImporter(services.clock, PictureFolder(options.pictures or path.parent)),
        "coupons": lambda: CouponImporter(services.clock),
        "stock": lambda: StockImporter(services.engine, services.clock, options, _written_ms(path)),
        "clients": lambda: ClientImporter(services, options),
        "purchases": lambda: PurchaseImporter(services, options),
        "targets": lambda: TargetImporter(services.clock),
    }
    return makers[what]()


def _written_ms(path: Path) -> int:
    """When the file was last written, UTC ms."""
    try:
        return path.stat().st_mtime_ns // 1_000_000
    except OSError as e:
        raise InvalidInputError(
            "file.missing", f"打不开「{path}」: {e.strerror}。", "请检查文件是否存在、能否读取。"
        ) from e


def _watched(source: Source, progress: ProgressCallback) -> Reading:
    """The reading, which tells how far it is."""

    def rows() -> Iterator[Parsed | Refused]:
        for done, row in enumerate(source.reading.rows, 1):
            if done % _TELL_EVERY == 0:
                progress(Progress("read", done, None))
            yield row

    return replace(source.reading, rows=rows())


def _write(
    importer: Importer[Any],
    units: Sequence[Unit[Any]],
    ledger: Ledger,
    engine: Engine,
    options: Options,
    progress: ProgressCallback,
) -> None:
    """Take the units in, batch by batch; a batch is one transaction of at most MAX_ROWS records."""
    total, done = sum(len(unit.rows) for unit in units), 0
    planner = PlannerHelp(engine, importer.tables)
    for batch in _batches(units):
        if batch[0].weight > MAX_ROWS:
            sentence = f"一款或一张小票连同明细有 {batch[0].weight:,} 条记录, 一次最多写 {MAX_ROWS:,} 条。"
            outcomes: list[Verdict | Problem] = [Problem("", "", "row.too_many", sentence)]
        else:
            outcomes = _run(engine, lambda c, batch=batch: importer.take(c, batch), dry_run=options.dry_run)  # type: ignore[misc]  # mypy cannot type a lambda's default
        for unit, outcome in zip(batch, outcomes, strict=True):
            _book(ledger, unit, outcome)
            done += len(unit.rows)
        if not options.dry_run:
            planner.wrote(sum(unit.weight for unit in batch))
        progress(Progress("write", done, total))


def _batches(units: Sequence[Unit[Any]]) -> Iterator[list[Unit[Any]]]:
    """Units in their order, in parts that fit a transaction and are of one group."""
    batch: list[Unit[Any]] = []
    weight = 0
    for unit in units:
        if batch and (weight + unit.weight > MAX_ROWS or unit.group != batch[0].group):
            yield batch
            batch, weight = [], 0
        batch.append(unit)
        weight += unit.weight
    if batch:
        yield batch


def _run(engine: Engine, work: Callable[[Connection], T], *, dry_run: bool) -> T:
    """One transaction; a dry run takes the same way and turns back at its end."""
    if not dry_run:
        return in_transaction(engine, work)
    with engine.connect() as connection, connection.begin() as transaction:
        answer = work(connection)
        transaction.rollback()
        return answer


def _book(ledger: Ledger, unit: Unit[Any], outcome: Verdict | Problem) -> None:
    if not isinstance(outcome, Problem):
        ledger.take(outcome, unit.rows, unit.amount)
        return
    why = {
        number: (RowReject(number, outcome.field, outcome.value, outcome.code, outcome.sentence),)
        for number in unit.rows
    }
    ledger.refuse(why, unit.amount)


def _report(
    what: What,
    path: Path,
    source: Source,
    ledger: Ledger,
    measure: str,
    options: Options,
    currency: str,
    notes: Sequence[str],
    started: float,
) -> ImportReport:
    titles = source.reading.header
    secret = {titles[number] for name, number in source.reading.columns.items() if name in _SECRET}
    return ImportReport(
        what=what,
        source=path.name,
        sheet=source.sheet,
        layout=source.layout,
        dry_run=options.dry_run,
        rows=ledger.read,
        added=ledger.rows["added"],
        changed=ledger.rows["changed"],
        unchanged=ledger.rows["unchanged"],
        rejected=ledger.rows["rejected"],
        records=dict(ledger.records),
        sums=Sums(measure, ledger.file, **ledger.amounts, unreadable=ledger.unreadable) if measure else None,
        currency=currency,
        columns={titles[number]: name for name, number in source.reading.columns.items()},
        unused=source.unused,
        rejects=[_told(reject, secret) for number in sorted(ledger.rejects) for reject in ledger.rejects[number]],
        notes=notes,
        errors=options.errors if ledger.rejects else None,
        seconds=time.monotonic() - started,
    )


def _told(reject: RowReject, secret: Collection[str]) -> RowReject:
    """A refusal as a report may show it."""
    return replace(reject, value="") if reject.field in secret else reject


def _note_in_trail(services: Services, report: ImportReport) -> None:
    """Who answers for the data can see later what came in, how much of it, and in which money."""
    detail = {
        "file": report.source,
        "rows": report.rows,
        "added": report.added,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "rejected": report.rejected,
        "currency": report.currency,
        "sums": {name: str(value) for name, value in asdict(report.sums).items()} if report.sums else {},
    }
    now = services.clock.now_ms()
    in_transaction(
        services.engine, lambda c: audit.record(c, now, "office", f"import.{report.what}", detail)
    )  # fmt: skip
