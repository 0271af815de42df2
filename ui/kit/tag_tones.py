"""The tone of a tag's pill, the same wherever the tag is shown."""

from types import MappingProxyType

_TONES = MappingProxyType(
    {"金卡": "gold", "银卡": "gold", "钻石": "gold", "新客": "accent", "老带新": "warm", "商务": "blue", "运动": "blue"}
)
_QUIET = ("沉睡", "大促")


def tag_tone(name: str) -> str:
    """Gold for levels, grey for what is asleep, blue and warm for kinds of clients; accent for the rest."""
    return "grey" if name.startswith(_QUIET) else _TONES.get(name, "accent")
