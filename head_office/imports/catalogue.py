"""Import of the catalogue: styles, their variants, their pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from msgspec import UNSET
from sqlalchemy import Connection

from guide_app.base.clock import Clock
from guide_app.base.errors import InvalidInputError
from guide_app.base.tabular.fields import Parsed, Reading
from guide_app.base.tabular.rejects import RowReject
from guide_app.protocol.scopes import BRAND
from head_office.catalogue.prices import unreal_prices
from head_office.catalogue.products import ProductIn, SkuIn, save_products
from head_office.feed.write import FeedWriter
from head_office.imports.keyed import verdict
from head_office.imports.ledger import Ledger
from head_office.imports.model import Problem, Unit, Verdict
from head_office.imports.pictures import PictureFolder
from head_office.imports.styles import CATALOGUE_FIELDS, Style, StyleGatherer, Variant, settle_status
from head_office.store.tables import KIND_TABLES


class CatalogueImporter:
    """商品: styles known by their code, variants by theirs. What a file is silent about stays as it is."""

    fields = CATALOGUE_FIELDS
    measure = ""
    tables = ("product", "sku")

    def __init__(self, clock: Clock, pictures: PictureFolder) -> None:
        self._clock = clock
        self._pictures = pictures
        self._unpriced: set[str] = set()

    def gather(self, reading: Reading, ledger: Ledger) -> list[Unit[Style]]:
        """One unit a style, with all its variants."""
        if not {"spu", "gtin"} & reading.columns.keys():
            have = "、".join(reading.header)
            raise InvalidInputError("table.columns", "缺少列「款号」或「条码」。", f"现有的列: {have}。")
        gatherer = StyleGatherer()
        checked: set[str] = set()
        for row in reading.rows:
            ledger.see(None)
            number = row.row.number
            if not isinstance(row, Parsed):
                ledger.refuse({number: row.rejects})
                continue
            image = row.values.get("image") or ""
            try:
                self._check_picture(image, checked)
                gatherer.add(number, row.values)
            except InvalidInputError as e:
                title = reading.header[reading.columns["image"]] if e.code.startswith("picture.") else ""
                ledger.refuse({number: [RowReject.of(number, title, image if title else "", e)]})
        return [Unit(rows, style, 1 + len(style.variants)) for rows, style in gatherer.styles()]

    def take(self, connection: Connection, units: Sequence[Unit[Style]]) -> list[Verdict | Problem]:
        """Write styles and variants. A style nobody knows must have a name; a variant never changes its style."""
        writer = FeedWriter(connection, self._clock.now_ms())
        products = _products(connection, [unit.record.spu for unit in units])
        skus = _skus(connection, [variant.code for unit in units for variant in unit.record.variants])
        problems = {i: why for i, unit in enumerate(units) if (why := _problem(unit.record, products, skus))}
        unreal = unreal_prices(connection, {unit.record.spu: unit.record.fields for unit in units})
        problems |= {i: _unreal(u.record, unreal) for i, u in enumerate(units) if u.record.spu in unreal}
        good = {i: unit.record for i, unit in enumerate(units) if i not in problems}
        saved = save_products(writer, [self._product(connection, style, products) for style in good.values()])
        verdicts: list[Verdict | Problem] = []
        for i in range(len(units)):
            if i in problems:
                verdicts.append(problems[i])
                continue
            done: set[Verdict] = {verdict(writer, (BRAND, "product", saved.ids[good[i].spu]))}
            done |= {
                verdict(writer, (BRAND, "sku", skus[v.code][0])) if v.code in skus else "added"
                for v in good[i].variants
            }
            verdicts.append("added" if "added" in done else "changed" if "changed" in done else "unchanged")
        writer.flush()
        return verdicts

    def finish(self) -> Sequence[str]:
        """Says which styles cannot be shared yet."""
        if not self._unpriced:
            return ()
        return (f"{len(self._unpriced)} 款没有价格, 按停售收进, 有了价格再上架。",)

    def _check_picture(self, name: str, checked: set[str]) -> None:
        if name and name not in checked:
            self._pictures.check(name)
            checked.add(name)

    def _product(self, connection: Connection, style: Style, products: Mapping[str, Mapping[str, Any]]) -> ProductIn:
        held = products.get(style.spu)
        fields = dict(style.fields)
        status = settle_status(fields, style.variants, held)
        if status is not None:
            fields["status"] = status
        prices = [v.price_fen for v in style.variants if v.price_fen]
        if not fields.get("price_fen") and prices and not (held and held["price_fen"]):
            fields["price_fen"] = min(prices)
        if held is None and not fields.get("price_fen"):
            self._unpriced.add(style.spu)
        if style.image:
            fields["image"] = self._pictures.save(connection, style.image)
        return ProductIn(spu=style.spu, skus=[_sku(variant) for variant in style.variants], **fields)


def _sku(variant: Variant) -> SkuIn:
    def said(value: Any) -> Any:
        return UNSET if value is None else value

    return SkuIn(
        code=variant.code,
        gtin=said(variant.gtin),
        colour=said(variant.colour),
        size=said(variant.size),
        price_fen=said(variant.price_fen),
    )


def _products(connection: Connection, spus: Sequence[str]) -> dict[str, Mapping[str, Any]]:
    table = KIND_TABLES["product"]
    query = sa.select(table.c.spu, table.c.id, table.c.price_fen, table.c.status).where(table.c.spu.in_(spus))
    return {row["spu"]: dict(row) for row in connection.execute(query).mappings()}


def _skus(connection: Connection, codes: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Id of each variant that is known, and the code of its style."""
    sku, product = KIND_TABLES["sku"], KIND_TABLES["product"]
    query = (
        sa.select(sku.c.code, sku.c.id, sa.func.coalesce(product.c.spu, ""))
        .join_from(sku, product, product.c.id == sku.c.product_id, isouter=True)
        .where(sku.c.code.in_(codes))
    )
    return {code: (sku_id, spu) for code, sku_id, spu in connection.execute(query)}


def _unreal(style: Style, unreal: Mapping[str, str]) -> Problem:
    return Problem("吊牌价", str(style.fields.get("tag_price_fen")), "price.unreal", unreal[style.spu])


def _problem(
    style: Style, products: Mapping[str, object], skus: Mapping[str, tuple[str, str]]
) -> Problem | None:  # fmt: skip
    if style.spu not in products and not style.fields.get("name"):
        sentence = f"没有款号为「{style.spu}」的商品, 这里也没有品名。"
        return Problem("款号", style.spu, "product.unknown", sentence + "先导入商品。")
    for variant in style.variants:
        owner = skus.get(variant.code, ("", style.spu))[1]
        if owner not in {style.spu, ""}:
            sentence = f"规格编码「{variant.code}」已属于款「{owner}」。"
            return Problem("规格编码", variant.code, "sku.taken", sentence)
    return None
