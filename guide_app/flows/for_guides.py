"""Sharing made for other guides by their manager: each share is its guide's, the change the manager's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from guide_app.base.actor import Actor, Role
from guide_app.base.errors import GuideError, NotFoundError
from guide_app.roster.service import Roster

ALL = "all"


def colleagues(roster: Roster, actor: Actor) -> tuple[Actor, ...]:
    """Whom the acting guide may make posters for: a manager for all guides of the store, anybody else for herself."""
    if not actor.is_manager:
        return (actor,)
    return tuple(
        replace(actor, guide_id=row.id, guide_no=row.no, number=row.number, name=row.name, role=cast("Role", row.role))
        for row in roster.guides()
    )


def chosen(roster: Roster, actor: Actor, numbers: Sequence[str]) -> tuple[Actor, ...]:
    """The guides with these staff numbers (`all`: all of the store), each once.

    Raises GuideError for who is no manager and asks for another than herself, NotFoundError for an unknown number.
    """
    known = {guide.number: guide for guide in colleagues(roster, actor)}
    if ALL in numbers and actor.is_manager:
        return tuple(known.values())
    if not actor.is_manager and set(numbers) != {actor.number}:
        raise GuideError("batch.manager", "只有店长能替别的导购做海报。", "请店长本人登录, 或只做自己的。")
    for number in numbers:
        if number not in known:
            raise NotFoundError(
                "guide.unknown", "本店没有工号 {number} 的导购。", "请先同步, 或核对工号。", number=number
            )
    return tuple(known[number] for number in dict.fromkeys(numbers))


def folder_name(guide: Actor) -> str:
    """A folder for a guide's files that every system takes: her number and name."""
    kept = "".join(letter for letter in guide.name if letter.isalnum())
    number = "".join(letter for letter in guide.number if letter.isalnum() or letter in "-_")
    return f"{number}-{kept}" if kept else number
