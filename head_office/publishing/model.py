"""What head office publishes from one JSON file: tags, fields, rules, sequences, scripts, coupons, tasks and others.

The layout is docs/publishing.md. Everything is known by words that staff use, never by ids.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct, field

from guide_app.base.errors import InvalidInputError
from guide_app.base.tabular.values import parse_moment
from guide_app.protocol.external_coupon import ExternalBatch

_MOST_BYTES = 16 << 20


class TagEntry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A tag, known by group and name. `was` names what it was called before; `merged_into` a tag of its group.

    Without `visible` a new tag is offered to guides unless its whole group is hidden, and a known one stays as it is.
    """

    group: str
    name: str
    multi: bool = True
    rank: int = 0
    visible: bool | None = None
    blocks: bool = False
    was: list[str] = field(default_factory=list)
    merged_into: str = ""


class TagGroupEntry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whether guides are offered the tags of a group, those that it has and those that it gets."""

    group: str
    visible: bool


class ProductEntry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A product, known by SPU, and all of its tags: words of staff that coupons may be for."""

    spu: str
    tags: list[str]


class TaskEntry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A batch of tasks, known by `batch`: one for each guide of `stores` (codes; none: all), or for `guides` (numbers).

    Moments are texts like `2026-11-30 20:00`, in Chinese time. `cancel` takes back what is open; `urge` says since when
    it is urgent; with `approval` it waits for a second person.
    """

    batch: str
    title: str = ""
    body: str = ""
    stores: list[str] = field(default_factory=list)
    guides: list[str] = field(default_factory=list)
    starts: str = ""
    due: str = ""
    expires: str = ""
    script: str = ""
    cancel: bool = False
    urge: str = ""
    approval: bool = False


class Publication(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A whole file. Sections that are not there stay as they are, and so does what a section does not name."""

    tags: list[TagEntry] = field(default_factory=list)
    tag_groups: list[TagGroupEntry] = field(default_factory=list)
    products: list[ProductEntry] = field(default_factory=list)
    custom_fields: list[dict[str, Any]] = field(default_factory=list)
    scripts: list[dict[str, Any]] = field(default_factory=list)
    tag_rules: list[dict[str, Any]] = field(default_factory=list)
    sops: list[dict[str, Any]] = field(default_factory=list)
    festivals: list[dict[str, Any]] = field(default_factory=list)
    house_rules: dict[str, dict[str, int]] = field(default_factory=dict)
    coupons: list[dict[str, Any]] = field(default_factory=list)
    external_coupons: list[ExternalBatch] = field(default_factory=list)
    campaigns: list[dict[str, Any]] = field(default_factory=list)
    templates: list[dict[str, Any]] = field(default_factory=list)
    tasks: list[TaskEntry] = field(default_factory=list)


class PublishError(InvalidInputError):
    """An entry that cannot be published; nothing of the file was."""

    def __init__(self, where: str, sentence: str) -> None:
        super().__init__("publish.invalid", f"{where}: {sentence}", "改好后重新发布; 这次什么都没有写入。")


def read_publication(path: Path) -> Publication:
    """The file's content. Raises PublishError naming the place, InvalidInputError if there is no such file."""
    try:
        content = path.read_bytes()
    except OSError as e:
        raise InvalidInputError(
            "file.missing", f"打不开「{path}」: {e.strerror}。", "请检查文件是否存在、能否读取。"
        ) from e
    if len(content) > _MOST_BYTES:
        raise PublishError(path.name, "文件超过 16 MB。")
    try:
        return msgspec.json.decode(content.removeprefix(b"\xef\xbb\xbf"), type=Publication)
    except msgspec.DecodeError as e:  # ValidationError among them
        raise PublishError(path.name, str(e)) from e


def moment(text: str, where: str) -> int | None:
    """UTC ms of a text in Chinese time; None for none. Raises PublishError."""
    if not text:
        return None
    try:
        return parse_moment(text)
    except InvalidInputError as e:
        raise PublishError(where, e.sentence) from e
