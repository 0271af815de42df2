"""Nothing leaves head office for customers' eyes with words that the law or WeChat's rules for links bar.

Scripts, coupons, campaigns and poster templates are looked through whole; what stands in tasks and sequences only
guides read.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from guide_app.base.errors import InvalidInputError
from guide_app.protocol.advertising import AdvertisingLaw
from head_office.publishing.model import Publication, PublishError

_SECTIONS = {"scripts": "话术", "coupons": "券", "campaigns": "活动", "templates": "海报模板"}


def advertising_law() -> AdvertisingLaw:
    """The list that desks use, too."""
    return AdvertisingLaw.load(Path(str(files("resources"))) / "words" / "advertising.json")


def require_lawful(publication: Publication, law: AdvertisingLaw) -> None:
    """Raise PublishError naming the entry, the word and the article for the first barred word."""
    for section, called in _SECTIONS.items():
        for number, entry in enumerate(getattr(publication, section), 1):
            try:
                law.require(_texts(entry), "publish.law", "这里")
            except InvalidInputError as e:
                raise PublishError(f"{called}第 {number} 条", f"{e.sentence} {e.way_out}") from e


def _texts(value: object) -> Iterator[str]:
    """Every text in a tree of JSON, keys left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
