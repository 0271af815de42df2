"""Publishes a file: what is the brand's in one transaction, then the tasks store by store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, Engine

from guide_app.protocol.scopes import BRAND
from head_office.feed.heads import lock_heads
from head_office.feed.rows import Key, Row
from head_office.feed.write import FeedWriter, in_transaction
from head_office.publishing import named
from head_office.publishing.batches import approve, change_open, drop, sending_hours, split, stores_of
from head_office.publishing.campaigns import stage_campaigns
from head_office.publishing.coupons import stage_coupons
from head_office.publishing.external import stage_external_coupons
from head_office.publishing.lawful import advertising_law, require_lawful
from head_office.publishing.model import Publication, read_publication
from head_office.publishing.posters import convert_entries, stage_templates
from head_office.publishing.products import stage_products
from head_office.publishing.tags import stage_tag_groups, stage_tags
from head_office.publishing.tasks import Batch, plan_tasks, stage_batch
from head_office.store import audit


@dataclass(frozen=True, slots=True)
class Published:
    """What a file did: records by verdict (`added`, `changed`, `unchanged`) and kind; batches left `waiting`."""

    added: Mapping[str, int]
    changed: Mapping[str, int]
    unchanged: Mapping[str, int]
    waiting: tuple[str, ...] = ()


class _Count:
    def __init__(self) -> None:
        self.by: dict[str, Counter[str]] = {"added": Counter(), "changed": Counter(), "unchanged": Counter()}

    def see(self, writer: FeedWriter, keys: Iterable[Key]) -> None:
        """Count what staging did to these."""
        for key in dict.fromkeys(keys):
            before, after = writer.before(key), writer.get(key)
            if after is not None:
                self.by[_verdict(before, after)][key[1]] += 1

    def published(self, waiting: Iterable[str]) -> Published:
        """The counts as they are told."""
        found = {name: dict(sorted(counter.items())) for name, counter in self.by.items()}
        return Published(found["added"], found["changed"], found["unchanged"], tuple(waiting))


def publish(engine: Engine, path: Path, now_ms: int, by: str = "") -> Published:
    """Publish a file (docs/publishing.md) of the person `by`; the same file again changes nothing.

    Batches that need a second person wait for `approve_batch`. Raises PublishError, naming the entry; nothing is
    written then.
    """
    publication = read_publication(path)
    require_lawful(publication, advertising_law())

    def brand(connection: Connection) -> tuple[list[Batch], _Count]:
        lock_heads(connection, [BRAND])
        writer, count = FeedWriter(connection, now_ms), _Count()
        keys = _stage_brand(writer, publication)
        # A dictionary and products' tags, which have limits of their own, are published whole.
        writer.together(len(publication.tags) + len(publication.products))
        count.see(writer, keys)
        scripts = named.script_ids(writer)
        writer.flush()
        batches = plan_tasks(connection, publication.tasks, scripts, sending_hours(connection), now_ms)
        free = {entry.batch for entry in split(connection, publication.tasks, by, now_ms)}
        waiting[:] = [entry.batch for entry in publication.tasks if entry.batch not in free]
        return [batch for batch in batches if batch.name in free], count

    waiting: list[str] = []
    batches, count = in_transaction(engine, brand)
    for batch in batches:
        _send(engine, batch, now_ms, count)
    done = count.published(waiting)
    found = {"file": path.name, "by": by, **asdict(done)}
    in_transaction(engine, lambda c: audit.record(c, now_ms, "office", "publish", found))
    return done


def approve_batch(engine: Engine, name: str, by: str, now_ms: int) -> Published:
    """Let a waiting batch go out, in the name of `by`. Raises NotFoundError, InvalidInputError, PublishError."""

    def work(connection: Connection) -> list[Batch]:
        entry = approve(connection, name, by, now_ms)
        scripts = named.script_ids(FeedWriter(connection, now_ms))
        audit.record(connection, now_ms, "office", "tasks.approve", {"batch": name, "by": by})
        return plan_tasks(connection, [entry], scripts, sending_hours(connection), now_ms)

    count = _Count()
    for batch in in_transaction(engine, work):
        _send(engine, batch, now_ms, count)
    return count.published(())


def urge_batch(engine: Engine, name: str, by: str, now_ms: int) -> int:
    """Make the open tasks of a batch urgent, from the next sending hour on; returns how many. Raises NotFoundError."""
    at = in_transaction(engine, sending_hours).opening(now_ms)
    return _change_batch(engine, name, by, now_ms, "tasks.urge", urged_at=at)


def cancel_batch(engine: Engine, name: str, by: str, now_ms: int) -> int:
    """Take back the open tasks of a batch, and let it go if it waits; returns how many. Raises NotFoundError."""
    if in_transaction(engine, lambda c: drop(c, name)):
        return 0
    return _change_batch(engine, name, by, now_ms, "tasks.cancel", status="cancelled")


def _change_batch(engine: Engine, name: str, by: str, now_ms: int, deed: str, **fields: object) -> int:
    """Change a batch store by store, each in a transaction of its own."""

    def work(connection: Connection, store_id: str) -> int:
        writer = FeedWriter(connection, now_ms)
        changed = change_open(writer, store_id, name, **fields)
        writer.flush()
        return changed

    stores = in_transaction(engine, lambda c: stores_of(c, name))
    changed = sum(in_transaction(engine, partial(work, store_id=store)) for store in stores)
    done = {"batch": name, "by": by, "tasks": changed}
    in_transaction(engine, lambda c: audit.record(c, now_ms, "office", deed, done))
    return changed


def _stage_brand(writer: FeedWriter, publication: Publication) -> list[Key]:
    """Stage all sections but the tasks, those first that others refer to."""
    posters = convert_entries(publication.templates)
    return [
        *stage_tags(writer, publication.tags),
        *stage_tag_groups(writer, publication.tag_groups),
        *stage_products(writer, publication.products),
        *named.stage_named(writer, named.FIELDS, publication.custom_fields),
        *named.stage_scripts(writer, publication.scripts),
        *named.stage_tag_rules(writer, publication.tag_rules),
        *named.stage_sops(writer, publication.sops),
        *named.stage_named(writer, named.FESTIVALS, publication.festivals),
        *named.stage_house_rules(writer, publication.house_rules),
        *stage_coupons(writer, publication.coupons),
        *stage_external_coupons(writer, publication.external_coupons),
        *stage_campaigns(writer, publication.campaigns),
        *stage_templates(writer, posters),
    ]


def _send(engine: Engine, batch: Batch, now_ms: int, count: _Count) -> None:
    """One store's part of a batch in a transaction of its own, so that no two stores wait for each other."""

    def work(connection: Connection) -> _Count:
        writer, here = FeedWriter(connection, now_ms), _Count()
        here.see(writer, stage_batch(writer, batch))
        writer.flush()
        return here

    done = in_transaction(engine, work)
    for name, counter in done.by.items():
        count.by[name] += counter


def _verdict(before: Row | None, after: Row) -> str:
    if before is None:
        return "added"
    return "unchanged" if before.data == after.data else "changed"
