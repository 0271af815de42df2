"""Whom nobody is to press to come and buy: a complaint is open, or the store serves her no more. Said in one way."""

from __future__ import annotations

from types import MappingProxyType

from guide_app.base.errors import InvalidInputError
from guide_app.base.phrase import Phrase

_WORDS = MappingProxyType(
    {
        "complaint": (Phrase("有投诉未结"), Phrase("先处理投诉, 再取消标记。")),
        "blocked": (Phrase("已停止服务"), Phrase("请店长先解除停止服务。")),
    }
)


def flagged(name: str, flag: str, why: str, deed: Phrase) -> InvalidInputError | None:
    """Why `deed` (as `不能发券`, a phrase) is refused for a client with this flag; None for one without a flag."""
    if flag not in _WORDS:
        return None
    said, way_out = _WORDS[flag]
    return InvalidInputError(
        "client.flagged", "{name} {said}, {deed} ({why})。", way_out, name=name, said=said, deed=deed, why=why
    )
