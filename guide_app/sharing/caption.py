"""The text that goes with a poster into a chat: the plain one, and scripts with their variables filled. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from guide_app.base.money import yuan

NOBODY = "您"
"""How a script addresses nobody in particular."""

_VARIABLE = re.compile(r"\{([^{}\n]{1,12})\}")
_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}")
_TITLES = {"female": "女士", "male": "先生"}
_COMPOUND_SURNAMES = frozenset(
    "欧阳 上官 司马 诸葛 夏侯 东方 公孙 轩辕 令狐 宇文 慕容 皇甫 尉迟 万俟 长孙 澹台 单于 钟离 呼延 南宫 西门 独孤 端木".split()  # noqa: SIM905, E501 - a list of names reads better in one line
)


def caption(*, product: str, price_fen: int, coupon: str | None, guide: str, store: str, url: str) -> str:
    """A caption of three lines; the link stands alone on the last, so that chat programs make it clickable."""
    return with_link(plain_words(product=product, price_fen=price_fen, coupon=coupon, guide=guide, store=store), url)


def plain_words(*, product: str, price_fen: int, coupon: str | None, guide: str, store: str) -> str:
    """The caption without its link; `price_fen` 0 for what has no price: the guide's card, a coupon alone."""
    if coupon:
        offer = f"扫码可领「{coupon}」, 到店可用。"
    else:
        offer = "库存与现价以页面为准。" if price_fen else "扫码找我, 新款、尺码、到店预约都可以问。"
    head = f"{product} {yuan(price_fen)}" if price_fen else product
    return f"{head}\n{offer}—— {store} {guide}"


def with_link(words: str, url: str) -> str:
    """Words and, alone on the last line, the link."""
    return f"{words.rstrip()}\n{url}"


def fill(script: str, values: Mapping[str, str]) -> str:
    """A script with its variables filled; those without a value stay as they stand."""
    return _VARIABLE.sub(lambda m: values.get(m[1].strip()) or m[0], script)


def unfilled(text: str) -> tuple[str, ...]:
    """The variables that still stand in a text, each once, with their braces."""
    return tuple(dict.fromkeys(m[0] for m in _VARIABLE.finditer(text)))


def salutation(name: str, sex: str) -> str:
    """`陈女士` for 陈雅婷, female; the whole name where sex or the kind of name says no more."""
    title = _TITLES.get(sex)
    if title is None or not _NAME.fullmatch(name) or name.endswith(tuple(_TITLES.values())):
        return name
    surname = name[:2] if name[:2] in _COMPOUND_SURNAMES and len(name) > 2 else name[0]  # noqa: PLR2004 - both signs
    return surname + title
