"""When a text read out of a picture is believed: at once by error correction, else by glances that agree."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import zxingcpp
from PIL import Image

from guide_app.sharing.decode import Glance, read_codes

RIGHT, WRONG, OTHER = "6901234567892", "6901294567894", "6923450657713"
WIDTH, HEIGHT = 900, 700


def glance(*texts: str, kind: str = "EAN13") -> Glance:
    """A picture with these codes below each other."""
    page = Image.new("L", (WIDTH, HEIGHT), 255)
    for at, text in enumerate(texts):
        barcode = zxingcpp.create_barcode(text, zxingcpp.barcode_format_from_str(kind))
        page.paste(Image.fromarray(barcode.to_image(scale=3)), (40, 30 + 220 * at))
    return Glance(WIDTH, HEIGHT, WIDTH, page.tobytes())


def both(ean: str, upce: str) -> Glance:
    """A bar code, and what a decoder sometimes makes of a piece of one."""
    page = Image.frombytes("L", (WIDTH, HEIGHT), glance(ean).data)
    short = Image.frombytes("L", (WIDTH, HEIGHT), glance(upce, kind="UPCE").data)
    page.paste(short.crop((0, 0, WIDTH, 220)), (0, 300))
    return Glance(WIDTH, HEIGHT, WIDTH, page.tobytes())


def test_a_qr_code_is_believed_at_once_and_nothing_more_is_tried() -> None:
    def glances() -> Iterator[Glance]:
        yield glance("https://s.cn/s/abc", kind="QRCode")
        raise AssertionError("another glance was taken")

    assert read_codes(glances()) == ("https://s.cn/s/abc",)


@pytest.mark.parametrize(
    ("glances", "told"),
    [
        ([[RIGHT]], ()),
        ([[RIGHT], [RIGHT]], (RIGHT,)),
        ([[RIGHT], [], [RIGHT]], (RIGHT,)),
        ([[WRONG], [RIGHT], [RIGHT]], ()),
        ([[WRONG], [RIGHT], [RIGHT], [RIGHT]], (RIGHT,)),
        ([[WRONG], [RIGHT], [WRONG], [RIGHT]], ()),
        ([[RIGHT, OTHER], [RIGHT, OTHER]], (RIGHT, OTHER)),
        ([[OTHER, RIGHT], [OTHER, RIGHT]], (OTHER, RIGHT)),
        ([[RIGHT, OTHER], [RIGHT], [RIGHT]], (RIGHT,)),
        ([[], []], ()),
    ],
)
def test_a_bar_code_is_believed_when_glances_agree(glances: list[list[str]], told: tuple[str, ...]) -> None:
    assert read_codes(glance(*texts) for texts in glances) == told


def test_a_short_code_beside_a_long_one_is_a_misreading() -> None:
    assert read_codes([glance("01234565", kind="UPCE")] * 2)
    assert read_codes([both(RIGHT, "01234565")] * 2) == (RIGHT,)
