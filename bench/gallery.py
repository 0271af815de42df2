"""The gallery of posters: every template with the demo brand, looked at by people and read back by a decoder.

python -m bench.gallery            writes docs/gallery/
python -m bench.gallery --out DIR  writes elsewhere
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage

from guide_app.sharing.content import LookItem, Photo, PosterContent
from guide_app.sharing.drawing import Drawing
from guide_app.sharing.score import score
from guide_app.sharing.template import Template, template_schema
from head_office.demo.art import Sitter, draw
from ui.kit.poster.jpeg import encode_jpeg
from ui.kit.poster.maker import PosterMaker
from ui.kit.poster.verify import verify

_ORIGIN = "https://s.redmaple.example/s/"
_RARE_ON = ("moments", "label", "card")
_EDGE, _QUALITY = 640, 80
_DPI = 300

_FAMILIES = (
    ("coat", "RM26W-2203", "双面呢长大衣", (178, 138, 98), 129900),
    ("pullover", "RM26W-2117", "小圆领羊毛衫", (232, 222, 205), 45900),
    ("trousers", "RM26A-3320", "高腰直筒西裤", (72, 74, 82), 39900),
    ("loafer", "RM26A-1037", "软底乐福鞋", (92, 58, 40), 56900),
    ("tote", "RM26A-5008", "通勤托特包", (140, 84, 52), 69900),
    ("scarf", "RM26W-6012", "羊绒格纹围巾", (176, 52, 48), 29900),
)

_PRODUCT = PosterContent(
    brand="红枫叶 REDMAPLE",
    product="软底乐福鞋 2026 秋",
    url=f"{_ORIGIN}EAAFAOcAA3AAMAATXWVd9nWT6iQ",
    price_fen=48900,
    tag_price_fen=56900,
    price_label="券后",
    tag_label="门店价",
    selling_points=("小牛皮", "记忆棉鞋垫", "久站不累"),
    article="RM26A-1037",
    price_note="海报价至 2026-11-30, 以扫码页面为准",
    coupon="扫码领 满 400 减 80",
    guide="王敏",
    guide_card="南京西路店 · 021-62580000",
    recommend="为你推荐",
    valid_until="券有效期至 2026-12-12",
    footer="图片为商品示意, 以实物为准",
    gtin="6901234567892",
    variant="黑色 37",
)
_LONG = replace(
    _PRODUCT,
    product="意大利进口头层小牛皮软底防滑减震久站不累百搭通勤乐福女鞋 2026 秋冬新款 Loafer Pro",
    selling_points=("意大利进口头层小牛皮", "记忆棉加厚缓震鞋垫", "防滑橡胶大底"),
    coupon="扫码领 满 10,000 减 3,000 · 特价商品除外",
    price_fen=128_999_950,
    tag_price_fen=159_999_900,
    guide="阿卜杜热合曼·买买提依明",
    guide_card="上海五角场万达广场旗舰店 · 021-62580000",
)
_RARE = replace(_PRODUCT, product="𠮷野家联名 㛃色小牛皮乐福鞋", guide="𠮷田㛃", recommend="为你推荐 ❤️")
_CARD = PosterContent(
    brand=_PRODUCT.brand,
    product="南京西路店 · 老友群",
    url=_PRODUCT.url,
    selling_points=("新款先看", "尺码帮你留", "到店免排队试穿"),
    coupon="进群领 满 400 减 80",
    guide="王敏",
    guide_card=_PRODUCT.guide_card,
    recommend="你的专属导购",
    valid_until="邀请有效期至 2026-12-12",
    footer="群内消息可随时免打扰; 不想再收到, 告诉导购即可",
)
_COUPON = PosterContent(
    brand=_PRODUCT.brand,
    product="满400减80",
    url=_PRODUCT.url,
    price_fen=8000,
    selling_points=("限鞋靴", "扫码领取, 到店出示"),
    guide="王敏",
    guide_card=_PRODUCT.guide_card,
    recommend="送你一张券",
    valid_until="券有效期至 2026-12-12",
    footer="数量有限, 领完为止; 使用规则以扫码页面为准",
    about="coupon",
)
_CAMPAIGN = replace(
    _COUPON,
    product="双十二满减",
    price_fen=None,
    selling_points=("全场满 400 减 80", "到店试穿有礼"),
    coupon="扫码领 满400减80",
    recommend="邀你参加",
    valid_until="活动时间 2026-11-23 至 2026-12-12",
    footer="活动规则以扫码页面为准",
    about="campaign",
)


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One picture of the gallery."""

    file: str
    template: Template
    content: PosterContent
    palette: str


def main() -> None:
    """Paint, check and write every exhibit, and the page that lists them."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--out", type=Path, default=Path(__file__).resolve().parents[1] / "docs" / "gallery")
    out: Path = asked.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QGuiApplication([])
    maker = PosterMaker()
    lines = [_line(exhibit, _exhibited(exhibit, maker, out)) for exhibit in exhibits(maker)]
    (out / "template.schema.json").write_bytes(template_schema())
    (out / "README.md").write_text(_HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    del app


def exhibits(maker: PosterMaker) -> Iterator[Exhibit]:
    """Every template as it usually is and with long texts, some with rare signs; looks of two to six things."""
    photos = {family: maker.photos.open(_drawn(family, spu, name, rgb)) for family, spu, name, rgb, _ in _FAMILIES}
    palettes = list(maker.palettes)
    for number, template in enumerate(maker.templates.values()):
        palette = palettes[number % len(palettes)]
        about = template.subjects[0]
        plain = {"card": _CARD, "coupon": _COUPON, "campaign": _CAMPAIGN}.get(about) or replace(
            _PRODUCT, photo=photos["loafer"]
        )
        yield Exhibit(template.name, template, plain, palette)
        yield Exhibit(f"{template.name}-long", template, _as(plain, _LONG), palette)
        if template.name in _RARE_ON:
            yield Exhibit(f"{template.name}-rare", template, _as(plain, _RARE), palette)
    looks = [t for t in maker.templates.values() if "look" in t.subjects]
    for number, template in enumerate(looks):
        for count in range(2, 7) if template.name == "moments" else (3 + number % 4,):
            palette = palettes[(number + count) % len(palettes)]
            yield Exhibit(f"{template.name}-look-{count}", template, _look(count, photos), palette)


def _as(plain: PosterContent, words: PosterContent) -> PosterContent:
    """`plain` with the difficult words of another content."""
    return replace(
        plain,
        product=words.product,
        selling_points=words.selling_points,
        coupon=words.coupon,
        guide=words.guide,
        guide_card=words.guide_card,
        recommend=words.recommend,
        price_fen=plain.price_fen and words.price_fen,
        tag_price_fen=plain.tag_price_fen and words.tag_price_fen,
    )


def _look(count: int, photos: dict[str, Photo]) -> PosterContent:
    things = tuple(LookItem(name, price, photos[family]) for family, _, name, _, price in _FAMILIES[:count])
    return replace(
        _PRODUCT,
        product="初冬通勤一身",
        price_fen=sum(thing.price_fen for thing in things),
        tag_price_fen=None,
        price_label="一套合计",
        tag_label="",
        selling_points=("一身穿走", "可单件购买", "到店试整套"),
        article="",
        gtin="",
        variant="",
        items=things,
    )


def _drawn(family: str, spu: str, name: str, rgb: tuple[int, int, int]) -> bytes:
    return draw(Sitter(family, spu, name, rgb))


def _exhibited(exhibit: Exhibit, maker: PosterMaker, out: Path) -> Drawing:
    """Paint and read back (raises PosterRefused), then write the picture small enough for a page."""
    drawing = maker.drawing(exhibit.template.name, exhibit.content, exhibit.palette)
    picture = maker.renderer.picture(drawing, _DPI)
    verify(drawing, picture)
    (out / f"{exhibit.file}.jpg").write_bytes(encode_jpeg(_small(picture), _QUALITY))
    return drawing


def _small(picture: QImage) -> QImage:
    if max(picture.width(), picture.height()) <= _EDGE:
        return picture
    ratio, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return picture.scaled(_EDGE, _EDGE, ratio, smooth)


_HEAD = """# Gallery

Every template with the demo brand, painted by `make gallery`. Each picture was read back by a decoder of another maker
at full size, after 1280 px and JPEG 70, and at half size; the command fails where one was not. Beside the pictures lies
`template.schema.json`, the JSON Schema of a template; `resources/templates/README.md` is its manual.

| picture | template | size | module of the symbol | score | words |
|---|---|---|---|---|---|
"""


def _line(exhibit: Exhibit, drawing: Drawing) -> str:
    module = next(iter([*(one.module for one in drawing.symbols()), *(one.module for one in drawing.bars())]))
    size = f"{drawing.width:g} × {drawing.height:g} {drawing.unit}"
    file = f"{exhibit.file}.jpg"
    return (
        f"| [![{exhibit.file}]({file})]({file}) | {exhibit.template.title} | {size}"
        f" | {module:.2f} {drawing.unit} | {score(drawing).points} | {drawing.title} |"
    )


if __name__ == "__main__":
    main()
