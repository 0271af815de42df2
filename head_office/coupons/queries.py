"""Reads of coupon templates and of where a coupon lives."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Connection

from guide_app.protocol.scopes import store_scope
from head_office.coupons.model import Template
from head_office.feed.rows import Key
from head_office.store.tables import KIND_TABLES, coupon_code

_TEMPLATE = KIND_TABLES["coupon_template"]
_COLUMNS = [_TEMPLATE.c[name] for name in Template.__struct_fields__]


def template_by_id(connection: Connection, template_id: str | None) -> Template | None:
    """The template, if there is one."""
    return _one(connection, _TEMPLATE.c.id == template_id) if template_id else None


def template_by_no(connection: Connection, no: int) -> Template | None:
    """The template with the short number that links carry; 0 is none."""
    return _one(connection, _TEMPLATE.c.no == no) if no else None


def all_templates(connection: Connection) -> list[Template]:
    """All templates by number."""
    found = connection.execute(sa.select(*_COLUMNS).order_by(_TEMPLATE.c.no, _TEMPLATE.c.id)).mappings()
    return [Template(**row) for row in found]


def locate(connection: Connection, code: str) -> Key | None:
    """Where the coupon with a (normalised) code lives, in whichever store."""
    query = sa.select(coupon_code.c.store_id, coupon_code.c.coupon_id).where(coupon_code.c.code == code)
    found = connection.execute(query).one_or_none()
    return (store_scope(found.store_id), "coupon", found.coupon_id) if found else None


def locate_id(connection: Connection, coupon_id: str) -> Key | None:
    """Where the coupon with an id lives, in whichever store."""
    query = sa.select(coupon_code.c.store_id).where(coupon_code.c.coupon_id == coupon_id).distinct()
    found = connection.execute(query).scalar_one_or_none()
    return (store_scope(found), "coupon", coupon_id) if found else None


def locate_allotment(connection: Connection, allotment_id: str) -> Key | None:
    """Where an allotment lives, in whichever store."""
    table = KIND_TABLES["allotment"]
    found = connection.execute(sa.select(table.c.store_id).where(table.c.id == allotment_id)).scalar_one_or_none()
    return (store_scope(found), "allotment", allotment_id) if found else None


def _one(connection: Connection, where: sa.ColumnElement[bool]) -> Template | None:
    found = connection.execute(sa.select(*_COLUMNS).where(where)).mappings().one_or_none()
    return Template(**found) if found else None
