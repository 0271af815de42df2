"""What is searchable of a product, and how a search text is read: pure.

Each token begins with a letter that says what it is, so that one index answers for all:

    n name, category or colour, from any of its characters on    c style or variant code    s a size, whole
    i initials of the name, from any of its syllables on         g barcode, as printed and without leading noughts
    p pinyin of the name, likewise
"""

from __future__ import annotations

from collections.abc import Iterable

from guide_app.store.pinyin import initials, readings, suffixes
from guide_app.store.search_tokens import fold

#: From so many digits on, a run of them may be (the beginning of) a barcode that was printed with leading noughts.
_BARCODE = 4


def product_tokens(spu: str, name: str, category: str, variants: Iterable[tuple[str, str, str, str]]) -> str:
    """The tokens of a product with its variants (code, GTIN, colour, size), separated by spaces."""
    tokens: dict[str, None] = {}
    said = fold(name)
    for reading in readings(said):
        _add(tokens, "i", _ends(initials(reading)))
        _add(tokens, "p", suffixes(reading))
    _add(tokens, "n", _ends(said))
    _add(tokens, "n", _ends(fold(category)))
    _add(tokens, "c", _ends(fold(spu)))
    for code, gtin, colour, size in variants:
        _add(tokens, "c", (fold(code),))
        _add(tokens, "g", (fold(gtin), fold(gtin).lstrip("0")))
        _add(tokens, "n", _ends(fold(colour)))
        _add(tokens, "s", (fold(size),))
    return " ".join(tokens)


def word_queries(word: str) -> tuple[str, ...]:
    """What one word of a search text may be, as FTS5 strings; any of them will do. None if it says nothing."""
    said = fold(word)
    if not said:
        return ()
    kinds = "nc" if not said.isascii() or said.isdigit() else "ncip"
    queries = [f'"{kind}{said}"*' for kind in kinds] + [f'"s{said}"']
    if said.isascii() and said.isdigit():
        plain = said.lstrip("0") if len(said) >= _BARCODE else said
        queries += [f'"g{one}"*' for one in dict.fromkeys((said, plain)) if one]
    return tuple(queries)


def match_of(text: str) -> str | None:
    """The FTS5 query for a search text, every word of which must be found; None if no word says anything."""
    words = [queries for word in text.split() if (queries := word_queries(word))]
    return " AND ".join(f"({' OR '.join(queries)})" for queries in words) or None


def _ends(text: str) -> Iterable[str]:
    return (text[start:] for start in range(len(text)))


def _add(tokens: dict[str, None], kind: str, parts: Iterable[str]) -> None:
    tokens.update(dict.fromkeys(kind + part for part in parts if part))
