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
from guide_app.clients.lawful import stands
from guide_app.protocol.photo import is_name
from guide_app.store.codec import decode_json
from guide_app.store.database import Database
from guide_app.store.photos import add_photo, checked_name, name_again, photo_bytes
from guide_app.store.uow import UnitOfWork

FieldType = Literal["text", "number", "date", "choice", "yes_no", "image"]
#: How a yes_no is stored.
YES, NO = "yes", "no"
_FIELD = 'SELECT id, name, "group", type, choices, private, sensitive, purpose FROM custom_field'
_VALUE = "SELECT id, value, at FROM custom_value WHERE client_id = ? AND field_id = ? ORDER BY at DESC, id DESC LIMIT 1"


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
    """A field and what the client said, in stored form; `at` UTC ms, 0 if she was not asked.

    `photo` is the picture that an answer of type image names (JPEG), empty where it has not come yet.
    """

    field: Field
    value: str
    at: int
    photo: bytes = b""


def answers_of(conn: Connection, client_id: str, guide_id: str) -> tuple[Answer, ...]:
    """The active fields with her answers, by rank; private ones only if `guide_id` is her primary guide."""
    own = known_client(conn, client_id)["primary_guide_id"] == guide_id
    rows = conn.exec_driver_sql(f"{_FIELD} WHERE active ORDER BY rank, name, id").all()
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
        return self._db.change(
            lambda uow: _answer_to(uow, client_id, field_id, value, actor), by=actor.guide_id, origin=actor.origin
        )

    def answer_photo(self, client_id: str, field_id: str, photo: bytes, actor: Actor) -> str:
        """Let a photo (JPEG, see `guide_app.protocol.photo`) be the answer; returns what was there before.

        Raises what `answer` raises; InvalidInputError `custom.type` for a field of another type, `photo.unfit` for what
        may not travel.
        """
        name = checked_name(photo)
        return self._db.change(
            lambda uow: _answer_to(uow, client_id, field_id, name, actor, photo),
            by=actor.guide_id, origin=actor.origin,
        )  # fmt: skip


def _answer_to(
    uow: UnitOfWork, client_id: str, field_id: str, value: str, actor: Actor, photo: bytes = b""
) -> str:  # fmt: skip
    client = known_client(uow.conn, client_id)
    row = uow.conn.exec_driver_sql(f"{_FIELD} WHERE id = ? AND active", (field_id,)).first()
    if row is None:
        raise NotFoundError("custom.unknown", "总部没有这个字段。", "请同步后再看。")
    field = _field(tuple(row))
    if field.private and client["primary_guide_id"] != actor.guide_id:
        raise InvalidInputError("custom.private", "「{name}」只有专属导购能看能写。", "请交给她来写。", name=field.name)
    if photo and field.type != "image":
        raise InvalidInputError("custom.type", "「{name}」不收照片。", "请写文字。", name=field.name)
    stored = stored_value(field, value)
    if field.sensitive and stored:
        _need_consent(uow.conn, client_id, field)
    held = uow.conn.exec_driver_sql(_VALUE, (client_id, field_id)).first()
    before = "" if held is None else str(held[1])
    if field.type == "image" and stored not in ("", before) and not photo:
        _need_photo(uow.conn, field, "" if held is None else str(held[0]), stored)
    said = {"value": stored, "guide_id": actor.guide_id, "at": uow.now_ms}
    if held is None:
        record = {"client_id": client_id, "field_id": field_id, **said}
        record_id = uow.put("custom_value", record, store_id=str(client["store_id"]))
    else:
        record_id = str(held[0])
        if before != stored:
            uow.patch("custom_value", record_id, said)
    if photo:
        add_photo(uow, "custom_value", record_id, client_id, photo)
    if field.type == "image" and before != stored:
        name_again(uow, record_id, was=before, now=stored)
    return before


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
    if field.type == "image" and not is_name(text):
        raise InvalidInputError("custom.image", "「{name}」要一张照片。", "请选图片文件或粘贴。", name=field.name)
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


def _need_photo(conn: Connection, field: Field, record_id: str, name: str) -> None:
    """A photo is named again, when an edit is taken back: it has to be here still."""
    if not photo_bytes(conn, record_id, name):
        raise InvalidInputError("custom.image", "「{name}」的照片已不在了。", "请再选一次。", name=field.name)


def _need_consent(conn: Connection, client_id: str, field: Field) -> None:
    if not stands(conn, client_id, "sensitive"):
        raise InvalidInputError(
            "custom.consent", "「{name}」是敏感信息, 要先得到客户的单独同意 (个人信息保护法第二十九条)。",
            "先记下她的同意, 再写答案。", name=field.name,
        )  # fmt: skip


def _answer(conn: Connection, client_id: str, field: Field) -> Answer:
    held = conn.exec_driver_sql(_VALUE, (client_id, field.id)).first()
    if held is None:
        return Answer(field, "", 0)
    photo = photo_bytes(conn, held[0], held[1]) if field.type == "image" and held[1] else b""
    return Answer(field, held[1], held[2], photo)


def _field(row: tuple[object, ...]) -> Field:
    ident, name, group, kind, choices, private, sensitive, purpose = row
    return Field(
        str(ident), str(name), str(group), kind, tuple(decode_json(str(choices or "[]"))),  # type: ignore[arg-type]  # the table checks the type
        bool(private), bool(sensitive), str(purpose),
    )  # fmt: skip
