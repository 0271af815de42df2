"""Products and their variants, as the brand's systems report them, and their pictures."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import msgspec
import sqlalchemy as sa
from msgspec import UNSET, Meta, Struct, UnsetType
from sqlalchemy import Connection
from sqlalchemy.dialects.postgresql import insert

from guide_app.base.errors import InvalidInputError
from guide_app.protocol.records import Fen, Line, Short
from head_office.catalogue.prices import dearer_in_chats, note_prices, unreal_prices
from head_office.feed.keyed import Upserted, upsert
from head_office.feed.write import FeedWriter
from head_office.store.tables import blob

Key = Annotated[str, Meta(min_length=1, max_length=64)]
Sha256 = Annotated[str, Meta(pattern=r"^([0-9a-f]{64})?$")]
LARGEST_PICTURE = 5 << 20

#: How picture files begin.
_SIGNATURES = ((b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"))
_RIFF, _WEBP = b"RIFF", b"WEBP"


class SkuIn(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A variant, known by `code`; `gtin` is what the scanner reads."""

    code: Key
    gtin: Short | UnsetType = UNSET
    colour: Short | UnsetType = UNSET
    size: Short | UnsetType = UNSET
    price_fen: Fen | UnsetType = UNSET


class FaqIn(Struct, frozen=True, forbid_unknown_fields=True):
    """What customers ask of a product, and what is so."""

    question: Line
    answer: Line


class ProductIn(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A style, known by `spu`, with all or some of its variants. `image` is the SHA-256 of an uploaded picture.

    `channels` is where it may be offered, empty for everywhere; without `private` no guide can share it.
    `private_price_fen` is the price for everybody who comes by a guide's link, 0 for the shop's. `tags` are words that
    coupons may be for.
    """

    spu: Key
    name: Line | UnsetType = UNSET
    category: Line | UnsetType = UNSET
    season: Short | UnsetType = UNSET
    points: list[Line] | UnsetType = UNSET
    material: Line | UnsetType = UNSET
    care: Line | UnsetType = UNSET
    image: Sha256 | UnsetType = UNSET
    price_fen: Fen | UnsetType = UNSET
    tag_price_fen: Fen | UnsetType = UNSET
    status: Literal["on_sale", "stopped"] | UnsetType = UNSET
    sensitive: bool | UnsetType = UNSET
    channels: list[Literal["store", "private", "online"]] | UnsetType = UNSET
    private_price_fen: Fen | UnsetType = UNSET
    tags: Annotated[list[Key], Meta(max_length=20)] | UnsetType = UNSET
    faq: Annotated[list[FaqIn], Meta(max_length=30)] | UnsetType = UNSET
    forbidden: Annotated[list[Line], Meta(max_length=50)] | UnsetType = UNSET
    skus: Annotated[list[SkuIn], Meta(max_length=500)] = []


def save_products(writer: FeedWriter, products: Sequence[ProductIn]) -> Upserted:
    """Stage products and their variants; variants keep the order in which they are listed.

    Raises InvalidInputError for a price named beside the price that was never real, and for one of the private channel
    that is not below the shop's.
    """
    fields = [_said(product) for product in products]
    if wrong := unreal_prices(writer.connection, {one["spu"]: one for one in fields}):
        raise InvalidInputError("price.unreal", next(iter(wrong.values())), "改成真实标过的价格, 或不写原价。")
    if dear := dearer_in_chats(writer.connection, {one["spu"]: one for one in fields}):
        raise InvalidInputError("price.private", next(iter(dear.values())), "私域专享价要低于门店价, 没有就写 0。")
    saved = upsert(writer, "product", "spu", [{k: v for k, v in one.items() if k != "skus"} for one in fields])
    variants = [
        {**_said(sku), "product_id": saved.ids[product.spu], "rank": rank}
        for product in products
        for rank, sku in enumerate(product.skus)
    ]
    if variants:
        upsert(writer, "sku", "code", variants)
    note_prices(writer, list(saved.ids.values()))
    return saved


def media_type_of(picture: bytes) -> str:
    """The media type by the file's first bytes. Raises InvalidInputError for anything but JPEG, PNG and WebP."""
    for signature, media_type in _SIGNATURES:
        if picture.startswith(signature):
            return media_type
    if picture[:4] == _RIFF and picture[8:12] == _WEBP:
        return "image/webp"
    raise InvalidInputError("request.invalid", "图片必须是 JPEG、PNG 或 WebP。")


def save_picture(connection: Connection, picture: bytes) -> str:
    """Keep a picture under its SHA-256 (hex), which is returned. Raises InvalidInputError."""
    if len(picture) > LARGEST_PICTURE:
        raise InvalidInputError("request.too_large", f"图片超过 {LARGEST_PICTURE >> 20} MB。")
    sha256 = hashlib.sha256(picture).hexdigest()
    values = {"sha256": sha256, "media_type": media_type_of(picture), "bytes": picture}
    connection.execute(insert(blob).on_conflict_do_nothing(), values)
    return sha256


@dataclass(frozen=True, slots=True)
class Picture:
    """A kept picture: its media type, and its length in bytes."""

    media_type: str
    size: int


def find_picture(connection: Connection, sha256: str) -> Picture | None:
    """What is known of a picture without reading its bytes."""
    query = sa.select(blob.c.media_type, sa.func.octet_length(blob.c.bytes).label("size"))
    found = connection.execute(query.where(blob.c.sha256 == sha256)).one_or_none()
    return Picture(found.media_type, found.size) if found else None


def read_picture(connection: Connection, sha256: str, first: int, count: int) -> bytes:
    """`count` bytes of a picture from byte `first` (of 0) on; the server reads no more of it than these."""
    piece = sa.func.substring(blob.c.bytes, first + 1, count, type_=sa.LargeBinary)
    return bytes(connection.scalar(sa.select(piece).where(blob.c.sha256 == sha256)) or b"")


def _said(record: Struct) -> dict[str, Any]:
    said = {name: value for name, value in msgspec.structs.asdict(record).items() if value is not UNSET}
    if "faq" in said:
        said["faq"] = msgspec.to_builtins(said["faq"])
    return said
