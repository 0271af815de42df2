"""Product pictures of the demo brand, drawn by our own code: one JPEG of 1200 x 1200 px per product and colour.

The silhouette, its variation and its light come from `head_office.demo.drawing`; what varies is chosen by a stream
named after the SPU code, so that one product always gets the same picture, in every process.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from head_office.demo.drawing import (
    bags,
    boots,
    canvas_shoes,
    down,
    dress_shoes,
    fleece,
    jackets,
    knits,
    lace_ups,
    leather_shoes,
    open_shoes,
    skirts,
    small_goods,
    tailoring,
    tops,
    trousers,
    underwear,
)
from head_office.demo.drawing.hand import Hand
from head_office.demo.drawing.sheet import Sheet
from head_office.demo.drawing.tone import RGB

Painter = Callable[[Sheet, RGB, Hand], None]

# Fine knits do not fit at 85; a phone on a shop's mobile network should not wait for them.
QUALITIES: Final = (85, 78, 70, 60, 50)
MAX_BYTES: Final = 80_000
# Part of the cache key: raise it when a drawing changes.
EDITION: Final = 1

FAMILIES: Final[dict[str, Painter]] = {
    "loafer": leather_shoes.loafer,
    "derby": leather_shoes.derby,
    "white_sneaker": lace_ups.white_sneaker,
    "dad_shoe": lace_ups.dad_shoe,
    "runner": lace_ups.runner,
    "canvas": canvas_shoes.canvas,
    "skate": canvas_shoes.skate,
    "kids": canvas_shoes.kids,
    "mary_jane": dress_shoes.mary_jane,
    "ballet": dress_shoes.ballet,
    "pump": dress_shoes.pump,
    "chelsea": boots.chelsea,
    "martin": boots.martin,
    "snow_boot": boots.snow_boot,
    "long_boot": boots.long_boot,
    "sandal": open_shoes.sandal,
    "slide": open_shoes.slide,
    "tshirt": tops.tshirt,
    "polo": tops.polo,
    "shirt": tops.shirt,
    "sweatshirt": fleece.sweatshirt,
    "hoodie": fleece.hoodie,
    "camisole": underwear.camisole,
    "briefs": underwear.briefs,
    "pullover": knits.pullover,
    "cardigan": knits.cardigan,
    "waistcoat": knits.waistcoat,
    "jacket": jackets.jacket,
    "denim_jacket": jackets.denim_jacket,
    "blazer": tailoring.blazer,
    "coat": tailoring.coat,
    "trench": tailoring.trench,
    "down_jacket": down.down_jacket,
    "down_vest": down.down_vest,
    "jeans": trousers.jeans,
    "trousers": trousers.trousers,
    "joggers": trousers.joggers,
    "shorts": trousers.shorts,
    "skirt": skirts.skirt,
    "dress": skirts.dress,
    "tote": bags.tote,
    "crossbody": bags.crossbody,
    "backpack": bags.backpack,
    "belt": small_goods.belt,
    "cap": small_goods.cap,
    "beanie": small_goods.beanie,
    "scarf": small_goods.scarf,
    "socks": small_goods.socks,
}


@dataclass(frozen=True, slots=True)
class Sitter:
    """What a picture depends on: the product's family, code and name, and its colour."""

    family: str
    spu: str
    name: str
    rgb: RGB

    def key(self) -> str:
        """A name for the picture that changes when anything it depends on changes."""
        text = f"{EDITION}/{self.family}/{self.spu}/{self.name}/{self.rgb}"
        return hashlib.sha256(text.encode()).hexdigest()[:32]


def draw(sitter: Sitter) -> bytes:
    """The picture as JPEG, 1200 x 1200 px. Raises KeyError for an unknown family."""
    sheet = Sheet()
    FAMILIES[sitter.family](sheet, sitter.rgb, Hand(f"{sitter.spu}/art", sitter.name))
    picture = sheet.render()
    for quality in QUALITIES:
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
        if out.tell() <= MAX_BYTES:
            break
    return out.getvalue()
