"""Pinyin of Chinese names: without tones, with the readings that characters have as surnames."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import cache, lru_cache, partial
from itertools import accumulate
from types import MappingProxyType

#: Characters that are read differently as surnames (《通用规范汉字表》 readings; 中国姓氏大辞典).
SURNAME_READINGS = MappingProxyType({
    "单": "shan", "曾": "zeng", "仇": "qiu", "查": "zha", "区": "ou", "解": "xie", "任": "ren", "盖": "ge",
    "朴": "piao", "乐": "yue", "翟": "zhai", "缪": "miao", "覃": "qin", "召": "shao", "黑": "he", "折": "she",
    "种": "chong", "员": "yun", "秘": "bi", "逄": "pang", "燕": "yan", "华": "hua", "洗": "xian", "冼": "xian",
    "那": "na", "石": "shi", "宁": "ning", "葛": "ge", "应": "ying", "哈": "ha", "谌": "chen", "尹": "yin",
    "祭": "zhai", "繁": "po", "瞿": "qu", "晟": "cheng", "晁": "chao", "卜": "bu", "句": "gou", "牟": "mu",
    "尉迟": "yuchi", "万俟": "moqi", "长孙": "zhangsun", "澹台": "tantai", "皇甫": "huangfu", "单于": "chanyu",
    "令狐": "linghu", "宇文": "yuwen", "慕容": "murong", "欧阳": "ouyang", "上官": "shangguan", "司马": "sima",
    "诸葛": "zhuge", "夏侯": "xiahou", "东方": "dongfang", "公孙": "gongsun", "轩辕": "xuanyuan",
    "钟离": "zhongli", "呼延": "huyan", "南宫": "nangong", "西门": "ximen", "独孤": "dugu", "端木": "duanmu",
})  # fmt: skip

_COMPOUND = 2
_SPLIT = MappingProxyType({
    "yuchi": ("yu", "chi"), "moqi": ("mo", "qi"), "zhangsun": ("zhang", "sun"), "tantai": ("tan", "tai"),
    "chanyu": ("chan", "yu"),
})  # fmt: skip


@cache
def _reader() -> Callable[[str], Sequence[str]]:
    """pypinyin, loaded for the first name that is read: its table of characters takes 9 MB.

    Its phrases, which it reads at import unless this is set, cost 150 ms more and are of no use for names.
    """
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - see above

    return partial(lazy_pinyin, style=Style.NORMAL)


@lru_cache(maxsize=8192)
def syllable(char: str) -> str:
    """The usual reading of one character, `chen` for 陈; other characters stay as they are, lower-cased."""
    return _reader()(char)[0].lower()


def readings(name: str) -> Sequence[tuple[str, ...]]:
    """The ways a name may be read, each a tuple of syllables: 单雪 → (shan, xue), (dan, xue)."""
    usual = tuple(map(syllable, name))
    compound = name[:_COMPOUND]
    if compound in SURNAME_READINGS:
        head = _SPLIT.get(SURNAME_READINGS[compound], usual[:_COMPOUND])
        surname = (*head, *usual[_COMPOUND:])
    elif name[:1] in SURNAME_READINGS:
        surname = (SURNAME_READINGS[name[0]], *usual[1:])
    else:
        surname = usual
    return (surname,) if surname == usual else (surname, usual)


def initials(syllables: Sequence[str]) -> str:
    """`cyt` of (chen, ya, ting)."""
    return "".join([s[0] for s in syllables if s])


def suffixes(parts: Sequence[str]) -> list[str]:
    """`[chenyating, yating, ting]` of (chen, ya, ting)."""
    return list(accumulate(reversed(parts), lambda later, part: part + later))[::-1]
