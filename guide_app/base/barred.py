"""What is said of words that may not be kept about a client, at the desk and at head office alike."""

from __future__ import annotations

from collections.abc import Iterable

from guide_app.base.errors import InvalidInputError
from guide_app.base.phrase import Phrase
from guide_app.base.tag_words import Finding


def require_none_barred(notes: Iterable[Finding], tags: Iterable[tuple[str, Finding]]) -> None:
    """Raise InvalidInputError if what was found in sentences, or in tags (by their text), no consent can allow."""
    for finding in notes:
        if finding.words.answer == "refuse":
            raise barred_note(finding)
    for tag, finding in tags:
        if finding.words.answer == "refuse":
            raise barred_tag(finding, tag)


def barred_note(finding: Finding) -> InvalidInputError:
    """Why a sentence cannot be kept, whatever she consented to."""
    return InvalidInputError(
        "note.forbidden",
        "这句话里有{title} (「{word}」), 门店不能记录 ({article})。",
        "删掉这一处再保存。",
        **told(finding),
    )


def barred_tag(finding: Finding, text: str) -> InvalidInputError:
    """Why a tag cannot be hung on anybody."""
    return InvalidInputError(
        "tag.forbidden",
        "标签「{text}」涉及{title} (「{word}」), 不能记录 ({article})。",
        "请换成与商品有关的说法。",
        **told(finding),
        text=text,
    )


def told(finding: Finding) -> dict[str, object]:
    """What sentences about a finding say of it."""
    words = finding.words
    return {"title": Phrase(words.title), "word": finding.word, "article": Phrase(words.article)}


def whose(finding: Finding) -> Phrase:
    """Whose consent a finding needs."""
    return Phrase("监护人的同意") if finding.words.consent == "child" else Phrase("客户的单独同意")
