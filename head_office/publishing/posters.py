"""Poster templates of head office: judged before any PC sees them; a version that was published stays as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa
from msgspec import Struct, field

from guide_app.base.errors import InvalidInputError
from guide_app.protocol.poster_layers import Template
from guide_app.protocol.poster_rules import Problem, body_of, lock_problems, read_body
from guide_app.protocol.scopes import BRAND
from head_office.feed.rows import Key
from head_office.feed.write import FeedWriter
from head_office.publishing.model import PublishError
from head_office.store.audit import new_id
from head_office.store.tables import KIND_TABLES

_NAME = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_MOST_BYTES = 256 << 10
_KIND = "poster_template"


class TemplateEntry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One version of a template, known by `name` and `version`; `template` is its file's content."""

    name: str
    version: int = 1
    template: dict[str, Any] = field(default_factory=dict)
    locked: bool = False
    active: bool = True
    rank: int = 0


def convert_entries(entries: Sequence[Mapping[str, Any]]) -> list[TemplateEntry]:
    """The entries of a file's section `templates`. Raises PublishError for wrong ones."""
    found = []
    for number, entry in enumerate(entries, 1):
        try:
            found.append(msgspec.convert(entry, TemplateEntry))
        except msgspec.ValidationError as e:
            raise PublishError(f"templates 第 {number} 条", str(e)) from e
    return found


def stage_templates(writer: FeedWriter, entries: Sequence[TemplateEntry]) -> list[Key]:
    """Stage the versions named; of one that is known only `locked`, `active` and `rank` may change.

    Raises PublishError for a name that no file could have, a template that breaks a rule, another content under a
    version that is out already, and two entries that are the same.
    """
    held = _held(writer)
    keys: dict[Key, None] = {}
    for entry in entries:
        where = f"templates「{entry.name}」第 {entry.version} 版"
        if _NAME.fullmatch(entry.name) is None or entry.version < 1:
            raise PublishError(where, "名称用小写字母、数字和 - _, 版本从 1 起。")
        known = held.get((entry.name, entry.version))
        body = _body(entry, where, known[1] if known else None)
        key: Key = (BRAND, _KIND, known[0] if known else new_id(writer.now_ms))
        if key in keys:
            raise PublishError(where, "与前面的一条相同。")
        keys[key] = None
        held[entry.name, entry.version] = (key[2], body)
        data = {"name": entry.name, "version": entry.version, "body": body, "locked": entry.locked,
                "active": entry.active, "rank": entry.rank}  # fmt: skip
        if known:
            writer.change(key, **data)
        else:
            writer.put(key, data)
    return list(keys)


def check_file(path: Path, base: Path | None = None) -> tuple[Template | None, list[Problem]]:
    """A template file and all that is wrong with it; with `base` also where it breaks that one's brand lock.

    Raises InvalidInputError for files that cannot be read or are no JSON objects.
    """
    template, found = read_body(_json(path), path.stem)
    if base is None or template is None:
        return template, found
    origin, wrong = read_body(_json(base), base.stem)
    if origin is None:
        return template, [*found, *wrong]
    return template, [*found, *lock_problems(origin, template)]


def _json(path: Path) -> dict[str, Any]:
    try:
        return msgspec.json.decode(path.read_bytes().removeprefix(b"\xef\xbb\xbf"), type=dict[str, Any])
    except OSError as e:
        raise InvalidInputError(
            "file.missing", f"打不开「{path}」: {e.strerror}。", "请检查文件是否存在、能否读取。"
        ) from e
    except msgspec.DecodeError as e:
        raise InvalidInputError(
            "template.json", f"「{path.name}」不是 JSON 对象: {e}。", "请用文本编辑器改正该文件。"
        ) from e


def _body(entry: TemplateEntry, where: str, known: Mapping[str, Any] | None) -> dict[str, Any]:
    if known is not None and not entry.template:
        return dict(known)
    template, found = read_body(entry.template, entry.name)
    if template is None or found:
        raise PublishError(where, "; ".join(map(str, found)))
    body = body_of(template)
    if len(msgspec.json.encode(body)) > _MOST_BYTES:
        raise PublishError(where, f"超过 {_MOST_BYTES >> 10} KB。")
    if known is not None and body != known:
        raise PublishError(where, "这一版已经发布, 内容不再改; 请用新的版本号。")
    return body


def _held(writer: FeedWriter) -> dict[tuple[str, int], tuple[str, dict[str, Any]]]:
    """Ids and bodies by name and version."""
    ids = writer.connection.scalars(sa.select(KIND_TABLES[_KIND].c.id)).all()
    keys: dict[Key, None] = {(BRAND, _KIND, record_id): None for record_id in sorted(ids)}
    writer.load(keys)
    rows = ((key[2], writer.get(key)) for key in keys)
    return {
        (row.data["name"], row.data["version"]): (record_id, row.data["body"])
        for record_id, row in rows
        if row is not None
    }
