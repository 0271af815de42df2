from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.errors import InvalidInputError
from guide_app.sharing.check import inspect
from guide_app.sharing.content import Photo, PosterContent
from guide_app.sharing.drawing import Box, Colour, Drawing, FillRect, Gradient, Image, Modules, Stroke, TextRun, extent
from guide_app.sharing.layout import layout
from guide_app.sharing.template import Palette, Template
from tests.guide_app.sharing.posters import CONTENTS, FULL, LINKED, PALETTES, TEMPLATES, Ems

CUTOUT = Photo(Path("shoe.png"), "c", cutout=True)
SNAPSHOT = Photo(Path("shoe.jpg"), "s")

templates = pytest.mark.parametrize("template", LINKED.values(), ids=list(LINKED))
contents = pytest.mark.parametrize("content", CONTENTS.values(), ids=list(CONTENTS))


def runs(drawing: Drawing) -> list[TextRun]:
    return [c for c in drawing.commands if isinstance(c, TextRun)]


def lines(drawing: Drawing) -> list[str]:
    """The texts, those on one baseline joined."""
    found: dict[tuple[float, int], str] = {}
    for run in runs(drawing):
        key = (round(run.y, 3), int(run.x > drawing.width * 0.6))
        found[key] = found.get(key, "") + run.text
    return list(found.values())


def assert_well_set(drawing: Drawing, template: Template) -> None:
    inspect(drawing)
    safe = Box(0, 0, drawing.width, drawing.height).inset(template.safe - 1e-6)
    for run in runs(drawing):
        em = extent(run)
        assert em.x >= safe.x, run
        assert em.right <= safe.right, run
        assert em.y >= safe.y, run
        assert em.bottom <= safe.bottom, run
    for one, other in combinations(runs(drawing), 2):
        assert not extent(one).inset(1e-6).meets(extent(other)), (one.text, other.text)
    (symbol,) = drawing.symbols()
    ground = drawing.commands[drawing.commands.index(symbol) - 1]
    assert isinstance(ground, FillRect)
    for run in runs(drawing):
        assert not ground.box.meets(extent(run).inset(1e-6)), run.text


@templates
@contents
@pytest.mark.parametrize("photo", [None, CUTOUT, SNAPSHOT], ids=["no photo", "cutout", "snapshot"])
def test_texts_keep_inside_the_safe_area_and_off_each_other(
    template: Template, content: PosterContent, photo: Photo | None
) -> None:
    assert_well_set(layout(template, replace(content, photo=photo), Ems()), template)


words = st.text(st.sampled_from("软底乐福女鞋，。（）A9 ¥𠮷"), max_size=60)


@given(
    template=st.sampled_from(sorted(LINKED)),
    product=words,
    points=st.lists(words, max_size=4),
    coupon=words,
    guide=words,
    card=words,
    footer=words,
    price=st.none() | st.integers(0, 10**9),
    tag=st.none() | st.integers(0, 10**9),
)
def test_whatever_is_written_stays_in_place(
    template: str,
    product: str,
    points: list[str],
    coupon: str,
    guide: str,
    card: str,
    footer: str,
    price: int | None,
    tag: int | None,
) -> None:
    content = replace(
        FULL,
        product=product + "鞋",
        selling_points=tuple(points),
        coupon=coupon,
        guide=guide,
        guide_card=card,
        footer=footer,
        price_fen=price,
        tag_price_fen=tag,
        price_label="券后",
        tag_label="门店价",
    )
    assert_well_set(layout(TEMPLATES[template], content, Ems()), TEMPLATES[template])


@templates
@pytest.mark.parametrize("palette", PALETTES.values(), ids=list(PALETTES))
def test_every_palette_keeps_the_symbol_and_the_words_readable(template: Template, palette: Palette) -> None:
    drawing = layout(template, FULL, Ems(), palette)
    inspect(drawing)
    pairs = [(name, "panel") for name in ("ink", "ink_soft", "ink_faint", "price")] + [("chip_ink", "chip")]
    for ink, ground in pairs:
        if ink in template.colours:
            assert template.colour(ink, palette).contrast(template.colour(ground, palette)) >= 4.5, ink


def test_the_moments_poster_reads_as_designed() -> None:
    assert lines(layout(TEMPLATES["moments"], FULL, Ems())) == [
        "红",
        "红枫叶 REDMAPLE",
        "软底乐福女鞋 2026 秋",
        "小牛皮 · 记忆棉鞋垫 · 久站不累",
        "¥489¥569",
        "扫码领 满 400 减 80",
        "王",
        "王敏 为你推荐",
        "南京西路店 · 021-6258****",
        "长按识别 · 到店可用",
        "海报价格以扫码页面为准 · 有效期至 2026-11-30",
        "本图由门店导购发送；如不希望再收到，请告知我们或回复「退订」",
    ]


def test_the_long_name_takes_two_lines_and_says_that_it_goes_on() -> None:
    found = lines(layout(TEMPLATES["a4"], CONTENTS["long"], Ems()))
    assert found[2:4] == ["意大利进口头层小牛皮软底防滑减震久站不", "累百搭通勤乐福女鞋 2026 秋冬新款…"]


def test_what_is_missing_leaves_no_trace() -> None:
    drawing = layout(TEMPLATES["moments"], CONTENTS["bare"], Ems())
    assert lines(drawing) == ["红", "红枫叶 REDMAPLE", "软底乐福女鞋 2026 秋", "长按识别 · 到店可用"]
    assert not [c for c in drawing.commands if isinstance(c, Stroke)]


def test_a_first_span_does_not_begin_with_a_separator() -> None:
    found = lines(layout(TEMPLATES["moments"], replace(FULL, price_note=""), Ems()))
    assert "有效期至 2026-11-30" in found


def test_only_a_higher_price_is_struck_through() -> None:
    def struck(tag: int | None) -> int:
        drawing = layout(TEMPLATES["square"], replace(FULL, tag_price_fen=tag), Ems())
        return sum(isinstance(c, Stroke) for c in drawing.commands)

    assert [struck(56900), struck(48900), struck(40000), struck(None)] == [1, 0, 0, 0]


def test_a_price_that_needs_the_room_drops_the_struck_one_but_never_its_condition() -> None:
    content = replace(FULL, price_fen=128_999_950, tag_price_fen=159_999_900, price_label="券后", tag_label="门店价")
    texts = [r.text for r in runs(layout(TEMPLATES["shelf"], content, Ems()))]
    assert "券后" in texts
    assert "1,289,999.50" in texts
    assert "门店价" not in texts


def test_cutouts_stand_free_and_other_photos_fill_their_zone() -> None:
    def image(photo: Photo) -> Image:
        drawing = layout(TEMPLATES["moments"], replace(FULL, photo=photo), Ems())
        return next(c for c in drawing.commands if isinstance(c, Image))

    assert (image(CUTOUT).fit, image(CUTOUT).box) == ("contain", Box(130, 130, 820, 820))
    assert (image(SNAPSHOT).fit, image(SNAPSHOT).box) == ("cover", Box(0, 0, 1080, 1080))


def test_the_brand_is_dark_on_a_pale_photo_and_light_on_any_other() -> None:
    def brand(photo: Photo) -> tuple[Colour, bool]:
        drawing = layout(TEMPLATES["moments"], replace(FULL, photo=photo), Ems())
        scrim = any(isinstance(c, Gradient) and c.box.height == 240 for c in drawing.commands)
        (run,) = [r for r in runs(drawing) if r.text == FULL.brand]
        return run.colour, scrim

    assert brand(SNAPSHOT) == (Colour(255, 255, 255), True)
    colour, scrim = brand(replace(SNAPSHOT, pale=True))
    assert colour.luminance() < 0.1
    assert not scrim


def test_modules_are_whole_pixels_on_a_pixel_canvas() -> None:
    (symbol,) = layout(TEMPLATES["moments"], FULL, Ems()).symbols()
    assert isinstance(symbol, Modules)
    assert symbol.module == 8
    assert all(v == int(v) for v in symbol.box)


@pytest.mark.parametrize("missing", ["brand", "product", "url"])
def test_a_poster_needs_brand_product_and_address(missing: str) -> None:
    def make() -> Drawing:
        content = replace(FULL, **{missing: " \u200f"})  # type: ignore[arg-type] # the three fields are texts
        return layout(TEMPLATES["moments"], content, Ems())

    with pytest.raises(InvalidInputError):
        make()


def test_a_negative_price_is_refused() -> None:
    with pytest.raises(InvalidInputError):
        replace(FULL, price_fen=-1)


def test_names_in_braces_inside_a_product_are_only_text() -> None:
    drawing = layout(TEMPLATES["moments"], replace(FULL, product="{brand}{0}{url.x}"), Ems())
    assert "{brand}{0}{url.x}" in lines(drawing)


def test_a_reader_of_the_screen_hears_what_the_poster_shows() -> None:
    drawing = layout(TEMPLATES["moments"], FULL, Ems())
    assert drawing.title == "红枫叶 REDMAPLE 软底乐福女鞋 2026 秋 ¥489"
    assert FULL.url in drawing.alternative
