"""What may be written down about a client as a tag or in a sentence: refused, or only while her consent stands."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from guide_app.base.errors import InvalidInputError
from guide_app.base.phrase import Phrase
from guide_app.clients.tag_words import Finding, TagGuard

_CONSENT = """SELECT granted FROM consent WHERE client_id = ? AND purpose = ? AND channel = 'any'
    ORDER BY at DESC, id DESC LIMIT 1"""


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
            **_told(finding),
            whose=_whose(finding),
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
            **_told(finding),
            text=text,
            whose=_whose(finding),
        )


def require_never_barred(texts: Iterable[str], tags: Iterable[str], guard: TagGuard) -> None:
    """Raise InvalidInputError if sentences or tags say what no consent can allow; for lists of people yet unknown."""
    for text in texts:
        finding = guard.judge(text, tag=False)
        if finding is not None and finding.words.answer == "refuse":
            raise barred_note(finding)
    for tag in tags:
        finding = guard.judge(tag)
        if finding is not None and finding.words.answer == "refuse":
            raise barred_tag(finding, tag)


def unasked(text: str, guard: TagGuard, *, tag: bool) -> InvalidInputError | None:
    """Why a text of a list of people yet unknown is not kept: it needs a consent that no list can prove; else None."""
    finding = guard.judge(text, tag=tag)
    if finding is None or finding.words.answer == "refuse":
        return None
    said = {**_told(finding), "whose": _whose(finding)}
    if tag:
        return InvalidInputError(
            "list.consent_needed",
            "标签「{text}」涉及{title} (「{word}」), 须先取得{whose} ({article})。",
            "这一处没有导入; 登记同意后, 请在她的资料里补写。",
            **said,
            text=text,
        )
    return InvalidInputError(
        "list.consent_needed",
        "这句话里有{title} (「{word}」), 须先取得{whose} ({article})。",
        "这一处没有导入; 登记同意后, 请在她的资料里补写。",
        **said,
    )


def barred_note(finding: Finding) -> InvalidInputError:
    """Why a sentence cannot be kept, whatever she consented to."""
    return InvalidInputError(
        "note.forbidden",
        "这句话里有{title} (「{word}」), 门店不能记录 ({article})。",
        "删掉这一处再保存。",
        **_told(finding),
    )


def barred_tag(finding: Finding, text: str) -> InvalidInputError:
    """Why a tag cannot be hung on anybody."""
    return InvalidInputError(
        "tag.forbidden",
        "标签「{text}」涉及{title} (「{word}」), 不能记录 ({article})。",
        "请换成与商品有关的说法。",
        **_told(finding),
        text=text,
    )


def _has_consented(conn: Connection, client_id: str, finding: Finding) -> bool:
    return bool(conn.exec_driver_sql(_CONSENT, (client_id, finding.words.consent)).scalar_one_or_none())


def _told(finding: Finding) -> dict[str, object]:
    return {"title": Phrase(finding.words.title), "word": finding.word, "article": finding.words.article}


def _whose(finding: Finding) -> Phrase:
    return Phrase("监护人的同意") if finding.words.consent == "child" else Phrase("客户的单独同意")
