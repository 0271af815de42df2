"""Fields that head office asks of clients, and what a client said to them.

Private ones are shown to, and written by, the client's own guide only. Sensitive ones need the client's separate
consent first (个人信息保护法 art. 29).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Literal

from sqlalchemy import Connection

from guide_app.base.actor import Actor
from guide_app.base.errors import InvalidInputError, NotFoundError
from guide_app.clients.known import known_client
from guide_app.store.codec import decode_json
from guide_app.store.database import Database
from guide_app.store.uow import UnitOfWork

FieldType = Literal["text", "number", "date", "choice", "yes_no", "image"]
#: How a yes_no is stored.
YES, NO = "yes", "no"
_FIELD = 'SELECT id, name, "group", type, choices, private, sensitive, purpose FROM custom_field'
_VALUE = "SELECT id, value, at FROM custom_value WHERE client_id = ? AND field_id = ? ORDER BY at DESC, id DESC LIMIT 1"
_SENSITIVE = """SELECT granted FROM consent WHERE client_id = ? AND purpose = 'sensitive'
    ORDER BY at DESC, id DESC LIMIT 1"""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of head office's. `purpose` is what the answer is for."""

    id: str
    name: str
    group: str
    type: FieldType
    choices: tuple[str, ...]
    private: bool
    sensitive: bool
    purpose: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A field and what the client said, in stored form; `at` UTC ms, 0 if she was not asked."""

    field: Field
    value: str
    at: int


def answers_of(conn: Connection, client_id: str, guide_id: str) -> tuple[Answer, ...]:
    """The active fields with her answers, by rank; private ones only if `guide_id` is her primary guide.

    Pictures are left out: there is no way yet to take or show one here.
    """
    own = known_client(conn, client_id)["primary_guide_id"] == guide_id
    rows = conn.exec_driver_sql(f"{_FIELD} WHERE active AND type <> 'image' ORDER BY rank, name, id").all()
    fields = [_field(tuple(row)) for row in rows]
    return tuple(_answer(conn, client_id, field) for field in fields if own or not field.private)


class CustomService:
    """Writes answers."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def answer(self, client_id: str, field_id: str, value: str, actor: Actor) -> str:
        """Write what the client said to a field; returns what was there before. Empty is no answer.

        Raises NotFoundError; InvalidInputError for a value that does not fit the field's type, a private field of
        another guide's client, or a sensitive field without the client's separate consent.
        """

        def deed(uow: UnitOfWork) -> str:
            client = known_client(uow.conn, client_id)
            row = uow.conn.exec_driver_sql(f"{_FIELD} WHERE id = ? AND active", (field_id,)).first()
            if row is None:
                raise NotFoundError("custom.unknown", "总部没有这个字段。", "请同步后再看。")
            field = _field(tuple(row))
            if field.private and client["primary_guide_id"] != actor.guide_id:
                raise InvalidInputError(
                    "custom.private", "「{name}」只有专属导购能看能写。", "请交给她来写。", name=field.name
                )
            stored = stored_value(field, value)
            if field.sensitive and stored:
                _need_consent(uow.conn, client_id, field)
            held = uow.conn.exec_driver_sql(_VALUE, (client_id, field_id)).first()
            said = {"value": stored, "guide_id": actor.guide_id, "at": uow.now_ms}
            if held is None:
                record = {"client_id": client_id, "field_id": field_id, **said}
                uow.put("custom_value", record, store_id=str(client["store_id"]))
                return ""
            if held[1] != stored:
                uow.patch("custom_value", held[0], said)
            return str(held[1])

        return self._db.change(deed, by=actor.guide_id, origin=actor.origin)


def stored_value(field: Field, value: str) -> str:
    """A typed answer in stored form: plain decimals, 2026-11-22, one of the choices, yes or no.

    Raises InvalidInputError if it does not fit the field's type.
    """
    text = value.strip()
    if not text:
        return ""
    if field.type == "number":
        return _number(field, text)
    if field.type == "date":
        return _date(field, text)
    if field.type == "choice" and text not in field.choices:
        raise InvalidInputError(
            "custom.choice", "「{name}」没有选项「{text}」。", "请从列表里选。", name=field.name, text=text
        )
    if field.type == "yes_no" and text not in (YES, NO):
        raise InvalidInputError("custom.yes_no", "「{name}」只能是「是」或「否」。", "请从列表里选。", name=field.name)
    return text


def _number(field: Field, text: str) -> str:
    try:
        number = Decimal(text)
    except InvalidOperation as e:
        raise InvalidInputError(
            "custom.number", "「{name}」要写数字, 不是「{text}」。", "例如 24.5。", name=field.name, text=text
        ) from e
    if not number.is_finite() or abs(number.adjusted()) > 15:  # noqa: PLR2004 - beyond what anybody measures
        raise InvalidInputError(
            "custom.number", "「{name}」的数字「{text}」不合常理。", "请核对。", name=field.name, text=text
        )
    return f"{number:f}"


def _date(field: Field, text: str) -> str:
    try:
        return dt.date.fromisoformat(text.replace("/", "-")).isoformat()
    except ValueError as e:
        raise InvalidInputError(
            "custom.date", "「{field}」要写日期, 不是「{text}」。", "例如 2026-11-22。", field=field.name, text=text
        ) from e


def _need_consent(conn: Connection, client_id: str, field: Field) -> None:
    granted = conn.exec_driver_sql(_SENSITIVE, (client_id,)).scalar_one_or_none()
    if not granted:
        raise InvalidInputError(
            "custom.consent", "「{name}」是敏感信息, 要先得到客户的单独同意 (个人信息保护法第二十九条)。",
            "先记下她的同意, 再写答案。", name=field.name,
        )  # fmt: skip


def _answer(conn: Connection, client_id: str, field: Field) -> Answer:
    held = conn.exec_driver_sql(_VALUE, (client_id, field.id)).first()
    return Answer(field, "", 0) if held is None else Answer(field, held[1], held[2])


def _field(row: tuple[object, ...]) -> Field:
    ident, name, group, kind, choices, private, sensitive, purpose = row
    return Field(
        str(ident), str(name), str(group), kind, tuple(decode_json(str(choices or "[]"))),  # type: ignore[arg-type]  # the table checks the type
        bool(private), bool(sensitive), str(purpose),
    )  # fmt: skip
