"""Pictures, style sheet and script: right, small, kept for ever, and nothing else by the same door."""

from __future__ import annotations

import hashlib
import io
import re

import pytest
import sqlalchemy as sa
from PIL import Image

from guide_app.protocol.scopes import BRAND
from head_office.landing.assets import load_assets
from head_office.landing.photos import WIDTHS, BadPhotoError, Photo, PhotoShelf, scale
from head_office.store.tables import blob
from tests.head_office.landing.shop import PRODUCT, Browser, Shop, photo, photo_sha

FOREVER = "public, max-age=31536000, immutable"


def put_blob(shop: Shop, media_type: str, content: bytes, *, shown: bool = True) -> str:
    sha256 = hashlib.sha256(content).hexdigest()
    with shop.engine.begin() as connection:
        connection.execute(sa.insert(blob), {"sha256": sha256, "media_type": media_type, "bytes": content})
    if shown:
        shop.change("product", PRODUCT, BRAND, image=sha256)
    return sha256


def picture(width: int, height: int, mode: str = "RGB", kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new(mode, (width, height)).save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_photo_comes_in_the_width_asked_for(visitor: Browser, width: int) -> None:
    answer = visitor.get(f"/s/blob/{photo_sha()}/{width}")
    assert answer.status == 200
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["cache-control"] == FOREVER
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    with Image.open(io.BytesIO(answer.body)) as image:
        assert image.size == (width, width)
    again = visitor.get(f"/s/blob/{photo_sha()}/{width}", {"if-none-match": answer.headers["etag"]})
    assert (again.status, again.body) == (304, b"")


def test_the_stored_photo_is_there_as_it_is(visitor: Browser) -> None:
    assert visitor.get(f"/s/blob/{photo_sha()}").body == photo()


@pytest.mark.parametrize(
    "path", [f"{'0' * 64}/480", f"{photo_sha()}/481", f"{photo_sha()[:-1]}/480", "x", f"{photo_sha()}/-1"]
)
def test_nothing_else_comes_by_this_door(visitor: Browser, path: str) -> None:
    assert visitor.get(f"/s/blob/{path}").status == 404


def test_a_picture_that_no_product_shows_stays_inside(shop: Shop, visitor: Browser) -> None:
    sha256 = put_blob(shop, "image/png", picture(10, 10), shown=False)
    assert visitor.get(f"/s/blob/{sha256}").status == 404


def test_a_blob_that_is_no_picture_is_not_sent(shop: Shop, visitor: Browser) -> None:
    for media_type in ("text/html", "image/svg+xml", "image/jpeg"):
        sha256 = put_blob(shop, media_type, f"<script>{media_type}</script>".encode())
        assert visitor.get(f"/s/blob/{sha256}").status == 404
        assert visitor.get(f"/s/blob/{sha256}/480").status == 404


def test_transparent_parts_become_white_and_small_pictures_stay() -> None:
    scaled = scale(Photo("image/png", picture(1000, 500, "RGBA")), 480)
    with Image.open(io.BytesIO(scaled.content)) as image:
        assert image.size == (480, 240)
        assert image.getpixel((5, 5)) == (255, 255, 255)
    small = Photo("image/png", picture(100, 50))
    assert scale(small, 480) is small


def test_a_picture_of_absurd_size_is_refused_before_it_is_unpacked() -> None:
    bomb = io.BytesIO()
    Image.new("1", (8_000, 8_000)).save(bomb, "PNG")
    with pytest.raises(BadPhotoError):
        scale(Photo("image/png", bomb.getvalue()), 480)


def test_the_shelf_forgets_what_was_not_asked_for_longest() -> None:
    shelf = PhotoShelf(most_bytes=25)
    for name in "abc":
        shelf.put(name, 480, Photo("image/jpeg", b"0123456789"))
        shelf.get("a", 480)
    assert shelf.get("b", 480) is None
    assert shelf.get("a", 480) is not None
    assert shelf.get("c", 480) is not None
    shelf.put("big", 480, Photo("image/jpeg", b"0" * 26))
    assert shelf.get("big", 480) is None


def test_files_are_kept_for_ever_under_names_that_change_with_them(visitor: Browser) -> None:
    assets = load_assets()
    for plain in ("landing.css", "landing.js", "icon.svg"):
        answer = visitor.get(assets.url(plain))
        assert answer.status == 200
        assert answer.headers["cache-control"] == FOREVER
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert hashlib.sha256(answer.body).hexdigest()[:12] in assets.url(plain)
        assert visitor.get(assets.url(plain), {"if-none-match": answer.headers["etag"]}).status == 304


def test_colours_come_from_the_tokens_in_both_schemes() -> None:
    css = load_assets().by_name[load_assets().names["landing.css"]].content.decode()
    assert "--accent:#0E7C66;" in css
    assert "@media (prefers-color-scheme:dark)" in css
    used = set(re.findall(r"var\((--[\w-]+)\)", css))
    defined = set(re.findall(r"(--[\w-]+):", css))
    assert used <= defined
