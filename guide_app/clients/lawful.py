"""What may be written down about a client as a tag or in a sentence: refused, or only while her consent stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from guide_app.base.ages import too_young
from guide_app.base.barred import barred_note, barred_tag, told, whose
from guide_app.base.birth import is_minor
from guide_app.base.clock import china_date
from guide_app.base.errors import InvalidInputError
from guide_app.base.tag_words import Finding, TagGuard
from guide_app.protocol.one_person import BIRTH_FIELDS
from guide_app.store.standing_consents import STANDS

_CONSENT = f"SELECT {STANDS} FROM consent WHERE client_id = ? AND purpose = ? AND channel = 'any'"


def check_note(conn: Connection, client_id: str, text: str, guard: TagGuard) -> None:
    """As `check_words`, for what a guide writes about a client in whole sentences."""
    finding = guard.judge(text, tag=False)
    if finding is None:
        return
    if finding.words.answer == "refuse":
        raise barred_note(finding)
    if not _has_consented(conn, client_id, finding):
        raise InvalidInputError(
            "note.consent_needed",
            "这句话里有{title} (「{word}」), 须先取得{whose} ({article})。",
            "先在「联系意愿」里登记同意, 或删掉这一处再保存。",
            **told(finding),
            whose=whose(finding),
        )


def check_words(conn: Connection, client_id: str, text: str, guard: TagGuard) -> None:
    """Raise InvalidInputError, naming word and article, unless the text is free or she has consented to such facts."""
    finding = guard.judge(text)
    if finding is None:
        return
    if finding.words.answer == "refuse":
        raise barred_tag(finding, text)
    if not _has_consented(conn, client_id, finding):
        raise InvalidInputError(
            "tag.consent_needed",
            "标签「{text}」涉及{title} (「{word}」), 须先取得{whose} ({article})。",
            "先登记同意, 再打标签。",
            **told(finding),
            text=text,
            whose=whose(finding),
        )


def check_age(
    conn: Connection, fields: Mapping[str, Any], now_ms: int, before: Mapping[str, Any] | None = None
) -> None:
    """Raise InvalidInputError if these fields of a client say that she is under 14 and no guardian has consented.

    What stood there `before`, as another system wrote it, is left alone.
    """
    if before is not None and all(fields[name] == before[name] for name in BIRTH_FIELDS):
        return
    if is_minor(fields, china_date(now_ms)) and not stands(conn, str(fields["id"]), "child"):
        raise too_young()


def stands(conn: Connection, client_id: str, purpose: str) -> bool:
    """Whether her consent to a purpose stands, for all channels."""
    return bool(conn.exec_driver_sql(_CONSENT, (client_id, purpose)).scalar_one())


def _has_consented(conn: Connection, client_id: str, finding: Finding) -> bool:
    return stands(conn, client_id, finding.words.consent)
