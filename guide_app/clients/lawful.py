"""What may be written down about a client as a tag or in a sentence: refused, or only while her consent stands."""

from __future__ import annotations

from sqlalchemy import Connection

from guide_app.base.errors import InvalidInputError
from guide_app.base.phrase import Phrase
from guide_app.clients.tag_words import TagGuard

_CONSENT = """SELECT granted FROM consent WHERE client_id = ? AND purpose = ? AND channel = 'any'
    ORDER BY at DESC, id DESC LIMIT 1"""


def check_note(conn: Connection, client_id: str, text: str, guard: TagGuard) -> None:
    """As `check_words`, for what a guide writes about a client in whole sentences."""
    finding = guard.judge(text, tag=False)
    if finding is None:
        return
    words = finding.words
    told = {"title": Phrase(words.title), "word": finding.word, "article": words.article}
    if words.answer == "refuse":
        raise InvalidInputError(
            "note.forbidden",
            "这句话里有{title} (「{word}」), 门店不能记录 ({article})。",
            "删掉这一处再保存。",
            **told,
        )
    if not conn.exec_driver_sql(_CONSENT, (client_id, words.consent)).scalar_one_or_none():
        whose = Phrase("监护人的同意") if words.consent == "child" else Phrase("客户的单独同意")
        raise InvalidInputError(
            "note.consent_needed",
            "这句话里有{title} (「{word}」), 须先取得{whose} ({article})。",
            "先在「联系意愿」里登记同意, 或删掉这一处再保存。",
            **told,
            whose=whose,
        )


def check_words(conn: Connection, client_id: str, text: str, guard: TagGuard) -> None:
    """Raise InvalidInputError, naming word and article, unless the text is free or she has consented to such facts."""
    finding = guard.judge(text)
    if finding is None:
        return
    words = finding.words
    told = {"text": text, "title": Phrase(words.title), "word": finding.word, "article": words.article}
    if words.answer == "refuse":
        raise InvalidInputError(
            "tag.forbidden",
            "标签「{text}」涉及{title} (「{word}」), 不能记录 ({article})。",
            "请换成与商品有关的说法。",
            **told,
        )
    granted = conn.exec_driver_sql(_CONSENT, (client_id, words.consent)).scalar_one_or_none()
    if not granted:
        whose = Phrase("监护人的同意") if words.consent == "child" else Phrase("客户的单独同意")
        raise InvalidInputError(
            "tag.consent_needed",
            "标签「{text}」涉及{title} (「{word}」), 须先取得{whose} ({article})。",
            "先登记同意, 再打标签。",
            **told,
            whose=whose,
        )
