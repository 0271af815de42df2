"""Publishes a file: what is the brand's in one transaction, then the tasks store by store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine

from guide_app.protocol.scopes import BRAND
from head_office.feed.heads import lock_heads
from head_office.feed.rows import Key, Row
from head_office.feed.write import FeedWriter, in_transaction
from head_office.publishing import named
from head_office.publishing.model import Publication, read_publication
from head_office.publishing.tags import stage_tag_groups, stage_tags
from head_office.publishing.tasks import Batch, plan_tasks, stage_batch
from head_office.store import audit


@dataclass(frozen=True, slots=True)
class Published:
    """What a file did: records by verdict (`added`, `changed`, `unchanged`) and kind."""

    added: Mapping[str, int]
    changed: Mapping[str, int]
    unchanged: Mapping[str, int]


class _Count:
    def __init__(self) -> None:
        self.by: dict[str, Counter[str]] = {"added": Counter(), "changed": Counter(), "unchanged": Counter()}

    def see(self, writer: FeedWriter, keys: Iterable[Key]) -> None:
        """Count what staging did to these."""
        for key in dict.fromkeys(keys):
            before, after = writer.before(key), writer.get(key)
            if after is not None:
                self.by[_verdict(before, after)][key[1]] += 1


def publish(engine: Engine, path: Path, now_ms: int) -> Published:
    """Publish a file (docs/publishing.md); the same file again changes nothing.

    Raises PublishError, naming the entry; nothing is written then.
    """
    publication = read_publication(path)

    def brand(connection: Connection) -> tuple[list[Batch], _Count]:
        lock_heads(connection, [BRAND])
        writer, count = FeedWriter(connection, now_ms), _Count()
        keys = _stage_brand(writer, publication)
        writer.together(len(publication.tags))  # a dictionary, which has its own limit, is published whole
        count.see(writer, keys)
        batches = plan_tasks(connection, publication.tasks, named.script_ids(writer))
        writer.flush()
        return batches, count

    batches, count = in_transaction(engine, brand)
    for batch in batches:
        _send(engine, batch, now_ms, count)
    found = {name: dict(sorted(counter.items())) for name, counter in count.by.items()}
    in_transaction(engine, lambda c: audit.record(c, now_ms, "office", "publish", {"file": path.name, **found}))
    return Published(found["added"], found["changed"], found["unchanged"])


def _stage_brand(writer: FeedWriter, publication: Publication) -> list[Key]:
    """Stage all sections but the tasks, those first that others refer to."""
    return [
        *stage_tags(writer, publication.tags),
        *stage_tag_groups(writer, publication.tag_groups),
        *named.stage_named(writer, named.FIELDS, publication.custom_fields),
        *named.stage_scripts(writer, publication.scripts),
        *named.stage_tag_rules(writer, publication.tag_rules),
        *named.stage_sops(writer, publication.sops),
        *named.stage_named(writer, named.FESTIVALS, publication.festivals),
        *named.stage_house_rules(writer, publication.house_rules),
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
