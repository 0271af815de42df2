from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from head_office.demo.art import FAMILIES, MAX_BYTES, Sitter, draw
from head_office.demo.art_worker import pack, unpack
from head_office.demo.brand import Brand
from head_office.demo.gallery import draw_all

BROWN = (122, 78, 52)


def picture(family: str, spu: str = "T1", name: str = "样品", rgb: tuple[int, int, int] = BROWN) -> Image.Image:
    return Image.open(io.BytesIO(draw(Sitter(family, spu, name, rgb)))).convert("RGB")


def difference(one: Image.Image, other: Image.Image) -> float:
    """Mean difference of two pictures at 64 px, 0-255."""
    return float(ImageStat.Stat(ImageChops.difference(small(one), small(other))).mean[0])


def small(image: Image.Image) -> Image.Image:
    """A thumbnail in grey."""
    return image.resize((64, 64), Image.Resampling.LANCZOS).convert("L")


@pytest.fixture(scope="module")
def families() -> dict[str, Image.Image]:
    return {family: picture(family) for family in FAMILIES}


def test_every_family_gives_a_catalogue_picture(families: dict[str, Image.Image]) -> None:
    assert len(families) == 48
    for family, image in families.items():
        assert image.size == (1200, 1200), family
        # Something stands in the middle: the centre differs from the corner by more than the light does.
        assert max(ImageStat.Stat(image.crop((300, 300, 900, 900))).stddev) > 12, family


def test_families_are_told_apart_at_64_px(families: dict[str, Image.Image]) -> None:
    """On one ground colour two families differ by more than two variations of the backdrop's grain would."""
    names = list(families)
    thumbnails = {name: small(image) for name, image in families.items()}
    for i, one in enumerate(names):
        for other in names[i + 1 :]:
            apart = ImageStat.Stat(ImageChops.difference(thumbnails[one], thumbnails[other])).mean[0]
            assert apart > 1.0, (one, other)


def test_the_same_product_is_drawn_the_same() -> None:
    sitter = Sitter("loafer", "LF26301", "软底乐福鞋", BROWN)
    assert draw(sitter) == draw(sitter)


def test_colour_and_code_change_the_picture() -> None:
    base = Sitter("runner", "YD1", "跑鞋", BROWN)
    assert draw(base) != draw(Sitter("runner", "YD2", "跑鞋", BROWN))
    red = picture("runner", rgb=(200, 40, 40))
    blue = picture("runner", rgb=(40, 60, 200))
    box = (420, 600, 620, 720)
    assert ImageStat.Stat(red.crop(box)).mean[0] > ImageStat.Stat(blue.crop(box)).mean[0] + 60


@pytest.mark.parametrize(
    ("family", "plain", "promised"),
    [
        ("canvas", "经典帆布鞋", "高帮帆布鞋"),
        ("pump", "尖头高跟鞋", "粗跟高跟鞋"),
        ("slide", "宽带凉拖", "双扣软木拖鞋"),
        ("down_jacket", "短款羽绒服", "毛领长款羽绒服"),
        ("pullover", "基础毛衣", "麻花高领毛衣"),
        ("skirt", "包臀裙", "百褶半裙"),
        ("beanie", "翻边冷帽", "毛球针织帽"),
    ],
)
def test_a_name_is_kept(family: str, plain: str, promised: str) -> None:
    assert difference(picture(family, name=plain), picture(family, name=promised)) > 0.8


def test_a_high_canvas_shoe_is_high() -> None:
    ground = picture("canvas", name="经典帆布鞋").crop((180, 300, 320, 420))
    shaft = picture("canvas", name="高帮帆布鞋").crop((180, 300, 320, 420))
    assert ImageStat.Stat(shaft).mean[0] < ImageStat.Stat(ground).mean[0] - 40


def _of(brand: Brand, family: str) -> list[Sitter]:
    return [product.sitter for product in brand.products if product.family == family]


def test_the_demo_s_pictures_are_distinct_and_small(brand: Brand, tmp_path: Path) -> None:
    """A sample of the catalogue, with its plainest and its finest textures, by two processes and through the cache."""
    families = ("loafer", "kids", "trousers", "cardigan")
    sitters = [sitter for family in families for sitter in _of(brand, family)[:2]]
    assert len(sitters) == 8
    pictures = draw_all(sitters, tmp_path)
    assert len(set(pictures.values())) == len(sitters)
    assert max(len(p) for p in pictures.values()) <= MAX_BYTES
    assert draw_all(sitters, tmp_path, workers=1) == pictures
    assert pictures[sitters[0]] == draw(sitters[0])
    assert len(list(tmp_path.iterdir())) == len(sitters)


def test_pictures_survive_the_pipe() -> None:
    pictures = [b"a", b"", b"bcd"]
    assert unpack(pack(pictures)) == pictures
    with pytest.raises(ValueError, match="cut off"):
        unpack(pack(pictures)[:-1])


def test_an_unknown_family_is_an_error() -> None:
    with pytest.raises(KeyError):
        draw(Sitter("hovercraft", "X", "气垫船", BROWN))
