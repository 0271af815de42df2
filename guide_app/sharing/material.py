"""The material centre: which templates this PC offers, from the program, from head office, from its own store.

Of each name the highest version holds. A template that breaks a rule, or a store's that does not keep to what head
office locked, is not offered; why is told beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection

from guide_app.base.actor import Actor
from guide_app.base.errors import GuideError, InvalidInputError, NotFoundError
from guide_app.protocol.poster_layers import Template
from guide_app.protocol.poster_rules import Problem, body_of, lock_problems, problems, read_body
from guide_app.store.codec import decode_json
from guide_app.store.database import Database
from guide_app.store.uow import UnitOfWork

Origin = Literal["program", "office", "store"]

_PUBLISHED = "SELECT id, name, version, body, locked, rank FROM poster_template WHERE active ORDER BY version, id"
_OWN = "SELECT id, name, version, base, body FROM own_template WHERE ended_at IS NULL ORDER BY version, at, id"


@dataclass(frozen=True, slots=True)
class Material:
    """A template that can be chosen. `base` is what a store's was made of; from a `locked` one no store makes one."""

    template: Template
    origin: Origin
    version: int = 1
    locked: bool = False
    record_id: str = ""
    base: str = ""

    @property
    def name(self) -> str:
        """Its name, by which shares remember it."""
        return self.template.name


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A template that is not offered, and why."""

    name: str
    version: int
    origin: Origin
    why: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Centre:
    """All materials by name in the order they are offered, and what had to be left out."""

    materials: Mapping[str, Material]
    left_out: tuple[LeftOut, ...] = ()

    def templates(self) -> dict[str, Template]:
        """The templates alone."""
        return {name: material.template for name, material in self.materials.items()}


class TemplateRefused(InvalidInputError):  # noqa: N818 - a verdict on the template, not a fault of the program
    """A template that cannot be kept; `problems` say where and why."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(
            "template.refused",
            "版式有 {count} 处不合规定, 没有保存。",
            "总部可能刚换了这个版式: 请导出, 再打开改好。",
            count=len(problems),
        )
        self.problems = tuple(problems)


def may_edit(actor: Actor, material: Material) -> GuideError | None:
    """Why she may not make a template out of this one; None if she may."""
    if not actor.is_manager:
        return GuideError("template.manager", "只有店长能改版式。", "请店长本人登录后按 Ctrl+E。")
    if material.locked:
        return GuideError("template.locked", "总部锁定了这个版式, 门店不能改。", "请换一个版式, 或请总部另发一版。")
    return None


class Materials:
    """Reads what is offered, and keeps versions of the store's own."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def centre(self, shipped: Mapping[str, Template]) -> Centre:
        """Everything on offer: `shipped` ones, those of head office in their place or after them, the store's last."""
        return self._db.query(lambda conn: _centre(conn, shipped))

    def save(self, shipped: Mapping[str, Template], base: str, template: Template, actor: Actor, name: str = "") -> str:
        """Keep a template made out of the one named `base` as a new version of `name` (none: as a new one).

        Returns its name. Raises GuideError for who may not, NotFoundError, TemplateRefused.
        """

        def deed(uow: UnitOfWork) -> str:
            centre = _centre(uow.conn, shipped)
            origin = _origin(centre, base)
            refusal = may_edit(actor, origin)
            if refusal is not None:
                raise refusal
            found = [*problems(template), *lock_problems(origin.template, template)]
            if found:
                raise TemplateRefused(found)
            sql = "SELECT max(version) FROM own_template WHERE name = ?"
            before = uow.conn.exec_driver_sql(sql, (name,)).scalar_one() if name else None
            if name and before is None:
                raise NotFoundError("template.unknown", "没有这个自制版式。", "请另存为新的。")
            called = name or f"{origin.name[:40]}.{uow.new_id()[-6:]}"
            record = {
                "name": called, "version": (before or 0) + 1, "base": origin.name, "body": body_of(template),
                "guide_id": actor.guide_id, "at": uow.now_ms,
            }  # fmt: skip
            uow.put("own_template", record)
            return called

        return self._db.change(deed, by=actor.guide_id, origin=actor.origin)

    def withdraw(self, record_id: str, actor: Actor) -> None:
        """Take back a version of the store's own; the one before holds again. Raises GuideError, NotFoundError."""
        self._end(record_id, actor, ended=True)

    def bring_back(self, record_id: str, actor: Actor) -> None:
        """Undo `withdraw`. Raises GuideError, NotFoundError."""
        self._end(record_id, actor, ended=False)

    def _end(self, record_id: str, actor: Actor, *, ended: bool) -> None:
        if not actor.is_manager:
            raise GuideError("template.manager", "只有店长能改版式。", "请店长本人登录。")

        def deed(uow: UnitOfWork) -> None:
            uow.patch("own_template", record_id, {"ended_at": uow.now_ms if ended else None})

        self._db.change(deed, by=actor.guide_id, origin=actor.origin)


def _origin(centre: Centre, base: str) -> Material:
    """The template that a store's is made of: never itself one of the store's."""
    material = centre.materials.get(base)
    if material is None or material.origin == "store":
        raise NotFoundError("template.unknown", "原来的版式已经没有了。", "请从现有的版式另做一个。")
    return material


def _centre(conn: Connection, shipped: Mapping[str, Template]) -> Centre:
    found = {name: Material(template, "program") for name, template in shipped.items()}
    left_out: list[LeftOut] = []
    for row in conn.exec_driver_sql(_PUBLISHED).all():
        template, wrong = _read(row.body, row.name)
        if template is None or wrong:
            left_out.append(LeftOut(row.name, row.version, "office", tuple(wrong)))
        else:
            found[row.name] = Material(template, "office", row.version, bool(row.locked), row.id)
    ordered = dict(sorted(found.items(), key=lambda pair: (pair[1].template.order, pair[0])))
    ordered.update(_own(conn.exec_driver_sql(_OWN).all(), ordered, left_out))
    return Centre(ordered, tuple(left_out))


def _own(rows: Iterable[Any], known: Mapping[str, Material], left_out: list[LeftOut]) -> dict[str, Material]:
    made: dict[str, Material] = {}
    for row in rows:
        template, wrong = _read(row.body, row.name)
        origin = known.get(row.base)
        if origin is None or origin.locked:
            wrong = [*wrong, Problem("$", "base", f"{row.base!r} is not offered to stores any more")]
        elif template is not None:
            wrong = [*wrong, *lock_problems(origin.template, template)]
        if template is None or wrong:
            left_out.append(LeftOut(row.name, row.version, "store", tuple(wrong)))
        else:
            made[row.name] = Material(template, "store", row.version, record_id=row.id, base=row.base)
    return dict(sorted(made.items(), key=lambda pair: (pair[1].template.order, pair[0])))


def _read(body: Any, name: str) -> tuple[Template | None, list[Problem]]:
    data = decode_json(body) if isinstance(body, str | bytes) else body
    return read_body(data, name)
