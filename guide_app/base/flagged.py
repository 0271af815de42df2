"""Whom nobody is to press to come and buy: a complaint is open, or the store serves her no more. Said in one way."""

from __future__ import annotations

from types import MappingProxyType

from guide_app.base.errors import InvalidInputError

_WORDS = MappingProxyType(
    {
        "complaint": ("有投诉未结", "先处理投诉, 再取消标记。"),
        "blocked": ("已停止服务", "请店长先解除停止服务。"),
    }
)


def flagged(name: str, flag: str, why: str, deed: str) -> InvalidInputError | None:
    """Why `deed` (as `不能发券`) is refused for a client with this flag; None for one without a flag."""
    if flag not in _WORDS:
        return None
    said, way_out = _WORDS[flag]
    return InvalidInputError("client.flagged", f"{name} {said}, {deed} ({why})。", way_out)
