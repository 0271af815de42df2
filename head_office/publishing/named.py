"""Records of the brand that are known by words: fields, scripts, rules, sequences, festivals, house rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import msgspec
import sqlalchemy as sa

from guide_app.base.errors import InvalidInputError
from guide_app.protocol.kinds import KINDS, check_fields, full_fields
from guide_app.protocol.scopes import BRAND
from guide_app.protocol.segment_grammar import parse
from head_office.feed.rows import Key
from head_office.feed.write import FeedWriter
from head_office.publishing.model import PublishError
from head_office.publishing.tags import tag_ids
from head_office.store.audit import new_id
from head_office.store.tables import KIND_TABLES

Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Named:
    """A kind whose records are known by `by` together; what only the office itself may set is in `closed`."""

    kind: str
    by: tuple[str, ...]
    closed: frozenset[str] = frozenset()


FIELDS = Named("custom_field", ("group", "name"))
SCRIPTS = Named("script", ("scene", "title", "variant"), frozenset({"variant_of"}))
TAG_RULES = Named("tag_rule", ("group", "name", "rank"), frozenset({"tag_id"}))
SOPS = Named("sop", ("name",))
FESTIVALS = Named("festival", ("name", "year"))
HOUSE_RULES = Named("house_rule", ("name",))

#: The rules that the desktop knows, and what each says (docs/house-rules.md).
#: Part by part the least and the most that may be set.
HOUSE_RULE_PARTS: Mapping[str, Mapping[str, tuple[int, int]]] = MappingProxyType(
    {
        "contact_budget": {"per_day": (1, 1_000)},
        "contact_limit": {"count": (1, 1_000), "days": (1, 366)},
        "reveal_limit": {"per_day": (0, 1_000)},
        "export_limit": {"rows": (0, 249)},
        "retention_days": {"days": (30, 3_650)},
        "segment_limits": {
            **dict.fromkeys(("recent_days", "asleep_days", "lost_days"), (1, 3_650)),
            **dict.fromkeys(("some_orders", "many_orders"), (1, 1_000)),
            **dict.fromkeys(("some_fen", "much_fen"), (1, 1_000_000_000)),
        },
        "welcome_cap": {"per_day": (0, 1_000)},
        "sop_starts": {"lapse": (0, 1_000), "new_client": (0, 1_000), "festival": (0, 1_000)},
        "birthday_window": {"days_before": (0, 60), "span": (1, 31)},
        "birthday_coupon": {"template_no": (0, (1 << 14) - 1)},
        "first_purchase_day": {"on": (0, 1), "days_before": (0, 60)},
        "warranty_ahead": {"days": (0, 366)},
        "sending_hours": {"from": (7, 22), "until": (8, 23)},
        "task_approval": {"on": (0, 1)},
        "keep_guide": {"on": (0, 1)},
        "poster_price": {"days": (1, 60)},
        "offline_redeem": {"count": (0, 10_000), "discount_fen": (0, 100_000_000), "hours": (1, 2_160)},
    }
)


def stage_named(writer: FeedWriter, named: Named, entries: Sequence[Entry]) -> list[Key]:
    """Stage the entries, found by what they are known by; what an entry does not say stays as it is.

    Raises PublishError for unknown or wrong fields, entries without a name, and two that are the same.
    """
    held = ids_held(writer, named)
    keys: dict[Key, None] = {}
    for number, entry in enumerate(entries, 1):
        where = f"{named.kind} 第 {number} 条"
        _check(named, entry, where)
        known_by = _known_by(named, entry)
        if not any(known_by):
            raise PublishError(where, f"缺少 {'、'.join(named.by)}。")
        key: Key = (BRAND, named.kind, held.get(known_by) or new_id(writer.now_ms))
        if key in keys:
            raise PublishError(where, "与前面的一条相同。")
        keys[key] = None
        if known_by in held:
            writer.change(key, **entry)
        else:
            writer.put(key, entry)
            held[known_by] = key[2]
    return list(keys)


def script_ids(writer: FeedWriter) -> dict[str, str]:
    """Scripts by `场景/标题`, as this transaction leaves them; of variants the first."""
    found: dict[str, str] = {}
    for (scene, title, _), script_id in sorted(ids_held(writer, SCRIPTS).items(), key=lambda one: one[0]):
        found.setdefault(f"{scene}/{title}", script_id)
    return found


def script_of(scripts: Mapping[str, str], word: str, where: str) -> str | None:
    """The script that `场景/标题` names; None for no word. Raises PublishError."""
    if not word:
        return None
    if word not in scripts:
        raise PublishError(where, f"没有话术「{word}」, 请写「场景/标题」。")
    return scripts[word]


def stage_scripts(writer: FeedWriter, entries: Sequence[Entry]) -> list[Key]:
    """Stage scripts; variants of one title name the first of them."""
    keys = stage_named(writer, SCRIPTS, entries)
    first = script_ids(writer)
    for key in keys:
        row = writer.get(key)
        if row is not None and row.data["variant"]:
            of = first[f"{row.data['scene']}/{row.data['title']}"]
            writer.change(key, variant_of=None if of == key[2] else of)
    return keys


def stage_tag_rules(writer: FeedWriter, entries: Sequence[Entry]) -> list[Key]:
    """Stage rules; each names a tag of the dictionary and says a rule that desks can read. Raises PublishError."""
    tags = tag_ids(writer)
    for number, entry in enumerate(entries, 1):
        _check_rule(entry, f"tag_rule 第 {number} 条「{entry.get('name', '')}」")
    keys = stage_named(writer, TAG_RULES, entries)
    for number, key in enumerate(keys, 1):
        row = writer.get(key)
        word = (row.data["group"], row.data["name"]) if row is not None else ("", "")
        if word not in tags:
            raise PublishError(f"tag_rule 第 {number} 条", f"没有标签「{' '.join(word)}」。")
        writer.change(key, tag_id=tags[word])
    return keys


def stage_sops(writer: FeedWriter, entries: Sequence[Entry]) -> list[Key]:
    """Stage sequences; a step may name its script as `场景/标题` in `script`."""
    scripts = script_ids(writer)
    return stage_named(writer, SOPS, [_with_steps(entry, scripts, n) for n, entry in enumerate(entries, 1)])


def stage_house_rules(writer: FeedWriter, rules: Mapping[str, Mapping[str, int]]) -> list[Key]:
    """Stage house rules by name. Raises PublishError for one that no desktop knows, or one out of bounds."""
    for name, value in rules.items():
        parts = HOUSE_RULE_PARTS.get(name)
        if parts is None or not value or value.keys() - parts.keys():
            raise PublishError(f"house_rules「{name}」", f"没有这条规则或这一项; 可用 {', '.join(HOUSE_RULE_PARTS)}。")
        for part, figure in value.items():
            least, most = parts[part]
            if not least <= figure <= most:
                raise PublishError(f"house_rules「{name}」", f"{part} 应在 {least} 到 {most} 之间。")
        if name == "sending_hours" and value.get("from", 7) >= value.get("until", 23):
            raise PublishError(f"house_rules「{name}」", "from 要早于 until。")
    return stage_named(writer, HOUSE_RULES, [{"name": name, "value": dict(value)} for name, value in rules.items()])


def _check_rule(entry: Entry, where: str) -> None:
    if "rule" not in entry:
        return
    try:
        parse(entry["rule"])
    except InvalidInputError as e:
        raise PublishError(where, e.sentence) from e


def _with_steps(entry: Entry, scripts: Mapping[str, str], number: int) -> Entry:
    where = f"sop 第 {number} 条"
    steps = entry.get("steps", [])
    if not isinstance(steps, list) or not all(isinstance(step, dict) for step in steps):
        raise PublishError(where, "steps 应为若干步。")
    found = [
        {**{k: v for k, v in step.items() if k != "script"}, "script_id": script_of(scripts, step["script"], where)}
        if "script" in step
        else step
        for step in steps
    ]
    known = {"day", "title", "body", "script_id"}
    if any(step.keys() - known for step in found):
        raise PublishError(where, "每一步只有 day、title、body、script。")
    return {**entry, "steps": found} if "steps" in entry else entry


def _check(named: Named, entry: Entry, where: str) -> None:
    kind = KINDS[named.kind]
    unknown = entry.keys() - (set(kind.fields) - named.closed)
    if unknown:
        raise PublishError(where, f"没有这些项: {'、'.join(sorted(unknown))}。")
    try:
        check_fields(kind, dict(entry))
    except msgspec.ValidationError as e:
        raise PublishError(where, str(e)) from e


def _known_by(named: Named, entry: Entry) -> tuple[Any, ...]:
    whole = full_fields(KINDS[named.kind], dict(entry))
    return tuple(whole[name] for name in named.by)


def ids_held(writer: FeedWriter, named: Named) -> dict[tuple[Any, ...], str]:
    """Ids by what the records are known by, as this transaction leaves them."""
    ids = writer.connection.scalars(sa.select(KIND_TABLES[named.kind].c.id)).all()
    keys: dict[Key, None] = {(BRAND, named.kind, record_id): None for record_id in sorted(ids)}
    keys.update(dict.fromkeys(key for key in writer.staged() if key[1] == named.kind))
    writer.load(keys)
    rows = ((key[2], writer.get(key)) for key in keys)
    return {tuple(row.data[name] for name in named.by): record_id for record_id, row in rows if row is not None}
