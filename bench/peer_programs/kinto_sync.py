"""One work of a PC that syncs with Kinto: `kinto_sync.py WORK ORIGIN BOOK FILE FOLDER`, one JSON object printed.

push: FILE's records (one JSON object a line) by batches of 25. fill: the same, straight into the tables, untimed.
pull: everything, page by page, into an indexed SQLite file in FOLDER. idle: nothing new. changes: 100 records changed
since the last look, twelve times. missed: what a reader that follows `_since` never saw beside three batch writers.
"""

import json
import os
import random
import sqlite3
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

import requests

_BATCH = 25
_ROUNDS, _CHANGED = 12, 100
_IDLE_ROUNDS = 100
_WRITERS, _WRITE_S = 3, 10.0
_OK, _CREATED, _NOT_MODIFIED = 200, 201, 304
_ACCOUNT = ("measure", "only-on-the-loopback")
_SECONDS = 60
_MS = 1000
Record = dict[str, Any]


class Book:
    """One collection of a Kinto bucket."""

    def __init__(self, origin: str, name: str) -> None:
        self.root = f"{origin}/v1"
        self.name = name
        self.path = f"/buckets/measure/collections/{name}/records"
        self.session = requests.Session()
        self.session.auth = _ACCOUNT
        self.session.headers["Content-Type"] = "application/json"

    def make(self) -> None:
        """The account, the bucket and the collection, unless they are there."""
        account = {"data": {"password": _ACCOUNT[1]}}
        requests.put(f"{self.root}/accounts/{_ACCOUNT[0]}", json=account, timeout=_SECONDS)
        for place in ("/buckets/measure", f"/buckets/measure/collections/{self.name}"):
            self.session.put(self.root + place, data="{}", timeout=_SECONDS).raise_for_status()

    def write(self, records: list[Record], method: str = "PUT") -> list[str]:
        """Hand in one batch; the ids that were acknowledged."""
        asked = [{"path": f"{self.path}/{one['id']}", "body": {"data": one}} for one in records]
        body = json.dumps({"defaults": {"method": method}, "requests": asked}, ensure_ascii=False).encode()
        answer = self.session.post(f"{self.root}/batch", data=body, timeout=_SECONDS)
        if answer.status_code != _OK:
            return []
        said = answer.json()["responses"]
        return [one["id"] for one, of in zip(records, said, strict=True) if of["status"] in (_OK, _CREATED)]

    def pages(self, since: str | None = None) -> Iterator[tuple[list[Record], str]]:
        """Pages of what changed after `since` (all, if None), and the place that the first page named."""
        url: str | None = f"{self.root}{self.path}" + (f"?_since={since}" if since else "")
        place = ""
        while url:
            answer = self.session.get(url, timeout=_SECONDS)
            answer.raise_for_status()
            place = place or answer.headers["ETag"].strip('"')
            yield answer.json()["data"], place
            url = answer.headers.get("Next-Page")

    def place(self) -> str:
        """Where the collection stands."""
        answer = self.session.head(self.root + self.path, timeout=_SECONDS)
        return str(answer.headers["ETag"]).strip('"')


def read(file: Path) -> list[Record]:
    """Records, one JSON object a line."""
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def replica(folder: Path) -> sqlite3.Connection:
    """A table for the records, with an index on two fields."""
    db = sqlite3.connect(folder / f"kinto-{uuid.uuid4()}.db", isolation_level=None)
    db.executescript(
        "PRAGMA journal_mode = WAL; CREATE TABLE client (id TEXT PRIMARY KEY, name TEXT, phone TEXT, rest TEXT,"
        " place INTEGER) WITHOUT ROWID; CREATE INDEX a ON client (phone); CREATE INDEX b ON client (place);"
    )
    return db


def keep(db: sqlite3.Connection, page: list[Record]) -> None:
    """Write a page in one transaction."""
    rows = [
        (one["id"], one.get("name"), one.get("phone"), json.dumps(one, ensure_ascii=False), one["last_modified"])
        for one in page
    ]
    db.execute("BEGIN")
    db.executemany("INSERT OR REPLACE INTO client VALUES (?, ?, ?, ?, ?)", rows)
    db.execute("COMMIT")


def push(book: Book, file: Path, folder: Path) -> Record:
    """Records a second, one batch after the other; what was refused is handed in again."""
    del folder
    book.make()
    waiting, began = read(file), time.perf_counter()
    count = len(waiting)
    while waiting:
        batch = waiting[:_BATCH]
        done = set(book.write(batch))
        waiting = [one for one in batch if one["id"] not in done] + waiting[_BATCH:]
    return {"records": count, "seconds": time.perf_counter() - began}


def fill(book: Book, file: Path, folder: Path) -> Record:
    """As many records as FILE holds, in the shape in which one pushed record is stored."""
    del folder
    import psycopg2  # type: ignore[import-untyped]  # noqa: PLC0415 - only this work needs it
    from psycopg2.extras import execute_values  # type: ignore[import-untyped]  # noqa: PLC0415 - same

    book.make()
    parent = f"/buckets/measure/collections/{book.name}"
    records, first_ms = read(file), int(time.time() * _MS) - _MS * 3600
    rows = [
        (one["id"], parent, first_ms + n, json.dumps({k: v for k, v in one.items() if k != "id"}))
        for n, one in enumerate(records)
    ]
    with psycopg2.connect(os.environ["KINTO_STORAGE"]) as connection, connection.cursor() as cursor:
        execute_values(
            cursor,
            "INSERT INTO objects (id, parent_id, resource_name, last_modified, data, deleted) VALUES %s",
            rows,
            "(%s, %s, 'record', from_epoch(%s), %s::jsonb, FALSE)",
            page_size=1000,
        )
    with psycopg2.connect(os.environ["KINTO_STORAGE"]) as connection, connection.cursor() as cursor:
        cursor.execute("ANALYZE objects")
    return {"records": len(records)}


def pull(book: Book, file: Path, folder: Path) -> Record:
    """Everything into a fresh SQLite file."""
    del file
    db, count, began = replica(folder), 0, time.perf_counter()
    for page, _ in book.pages():
        keep(db, page)
        count += len(page)
    return {"records": count, "seconds": time.perf_counter() - began}


def idle(book: Book, file: Path, folder: Path) -> Record:
    """Nothing new, asked by the collection's place."""
    del file, folder
    place, spent = book.place(), []
    for _ in range(_IDLE_ROUNDS):
        began = time.perf_counter()
        answer = book.session.get(
            f"{book.root}{book.path}?_since={place}", headers={"If-None-Match": f'"{place}"'}, timeout=_SECONDS
        )
        spent.append(time.perf_counter() - began)
        if answer.status_code != _NOT_MODIFIED:
            raise SystemExit(f"status {answer.status_code}")
    return {"p50_ms": median(spent) * _MS, "rounds": _IDLE_ROUNDS}


def changes(book: Book, file: Path, folder: Path) -> Record:
    """A hundred changed records, fetched and kept."""
    db, rng, records, spent = replica(folder), random.Random(3), read(file), []
    for n in range(_ROUNDS):
        place, some = book.place(), rng.sample(records, min(_CHANGED, len(records)))
        changed = [{"id": one["id"], "remark": f"{one['remark']} {n}"} for one in some]
        for start in range(0, len(changed), _BATCH):
            book.write(changed[start : start + _BATCH], "PATCH")
        began, got = time.perf_counter(), 0
        for page, _ in book.pages(place):
            keep(db, page)
            got += len(page)
        spent.append(time.perf_counter() - began)
        if got != len(changed):
            raise SystemExit(f"{got} of {len(changed)} came")
    return {"p50_ms": median(spent) * _MS, "rounds": _ROUNDS}


def missed(book: Book, file: Path, folder: Path) -> Record:
    """Acknowledged and stored records that a reader beside the writers never saw."""
    del file, folder
    book.make()
    until, written, lock = time.monotonic() + _WRITE_S, set[str](), threading.Lock()

    def write() -> None:
        own = Book(book.root.removesuffix("/v1"), book.name)
        while time.monotonic() < until:
            done = own.write([{"id": str(uuid.uuid4()), "name": "王女士"} for _ in range(_BATCH)])
            with lock:
                written.update(done)

    seen, place = set[str](), book.place()
    writers = [threading.Thread(target=write) for _ in range(_WRITERS)]
    for writer in writers:
        writer.start()

    def look(since: str) -> str:
        at = since
        for page, named in book.pages(since):
            seen.update(one["id"] for one in page)
            at = named
        return at

    while any(writer.is_alive() for writer in writers):
        place = look(place)
    look(place)
    stored = {one["id"] for page, _ in book.pages() for one in page}
    return {"written": len(stored), "missed": len(stored - seen), "acknowledged_not_stored": len(written - stored)}


_WORKS: dict[str, Callable[[Book, Path, Path], Record]] = {
    work.__name__: work for work in (push, fill, pull, idle, changes, missed)
}

if __name__ == "__main__":
    _work, _origin, _book, _file, _folder = sys.argv[1:]
    print(json.dumps(_WORKS[_work](Book(_origin, _book), Path(_file), Path(_folder))))
