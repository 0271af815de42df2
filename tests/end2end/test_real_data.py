"""A brand built of real third-party data, by the two programs as they are: docs/real-data.md states its figures.

The data lies outside of the repository (`tests.helpers.real_data`); without it these tests are skipped.
"""

from __future__ import annotations

import csv
import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image

from guide_app.cli.context import Place, open_desk
from guide_app.cli.demo.customer import Phone
from guide_app.cli.demo.till import Till
from guide_app.clients.model import ClientFilter
from guide_app.protocol.coupon_code import is_valid_code, normalise_code
from tests.helpers.postgres import office_databases
from tests.helpers.programs import Programs, Said
from tests.helpers.real_data import need_real_data

SHOP, PIN, NUMBER = "Germany", "2468", "0231"
PHONE_NO = "13800005678"
RETAIL = "retail_uci/online_retail_2010-12_2011-08.csv.gz"
GOODS, SKUS = "catalog_zh_litemall/goods.csv", "catalog_zh_litemall/skus.csv"
GTIN_LISTS = ("off_han_named.csv", "off_prefix69_part1.csv", "openbeautyfacts_part1.csv")
Tell = Callable[[str], None]
pytestmark = pytest.mark.timeout(900)  # some hundred thousand lines, on whatever machine


@dataclass
class Brand:
    """The brand as it was imported: the programs, and what each import said."""

    data: Path
    programs: Programs
    codes: dict[str, str]
    said: dict[str, Said] = field(default_factory=dict)
    files: dict[str, tuple[str, Path, tuple[str, ...]]] = field(default_factory=dict)

    def bring(self, name: str, what: str, file: Path, *more: str) -> Said:
        """Import a file; rows may be refused."""
        self.files[name] = (what, file, more)
        self.said[name] = self.programs.office("import", what, file, *more, codes=(0, 5))
        return self.said[name]


@dataclass
class Independent:
    """The retail set read by nothing but the csv module: what the import must come to, in pence."""

    rows: int = 0
    file: Decimal = Decimal(0)
    taken: int = 0
    by_store: Counter[str] = field(default_factory=Counter)
    refused: Decimal = Decimal(0)
    refused_rows: int = 0
    receipts: Counter[str] = field(default_factory=Counter)
    customers: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


def retail_rows(data: Path) -> Iterator[dict[str, str]]:
    """The lines of the retail set."""
    with gzip.open(data / RETAIL, "rt", encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


@pytest.fixture(scope="module")
def independent() -> Independent:
    """Sums over the file: an invoice with one line that is no sale (no money, part of a penny, booking) is left out."""
    found = Independent()
    bad: set[str] = set()
    amounts: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
    lines: Counter[tuple[str, str]] = Counter()
    for row in retail_rows(need_real_data(RETAIL).parents[1]):
        amount = Decimal(row["UnitPrice"]) * int(row["Quantity"]) * 100
        key = (row["Country"], row["InvoiceNo"])
        found.rows += 1
        found.file += amount
        amounts[key] += amount
        lines[key] += 1
        if row["CustomerID"]:
            found.customers[row["Country"]].add(row["CustomerID"])
        if row["InvoiceNo"][0] == "A" or amount % 1 or (amount == 0 and int(row["Quantity"]) < 0):
            bad.add(row["InvoiceNo"])
    for (country, invoice), amount in amounts.items():
        if invoice in bad:
            found.refused += amount
            found.refused_rows += lines[country, invoice]
        else:
            found.by_store[country] += int(amount)
            found.receipts[country] += 1
    found.taken = found.by_store.total()
    return found


@pytest.fixture(scope="module")
def brand(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Brand]:
    """Stores by country, guides, two catalogues with photographs, coupons, stock, and nine months of receipts."""
    data = need_real_data(RETAIL).parents[1]
    folder = tmp_path_factory.mktemp("real-data")
    countries = sorted({row["Country"] for row in retail_rows(data)})
    codes = {country: f"S{n:02d}" for n, country in enumerate(countries, 1)}
    with office_databases(folder / "postgres") as databases, databases.migrated() as url:
        brand = Brand(data, Programs(url, folder), codes)
        _bring_all(brand, folder)
        yield brand


def _bring_all(brand: Brand, folder: Path) -> None:
    shop, data = brand.codes[SHOP], brand.data
    brand.bring("stores", "stores", _table(folder / "stores.csv", ["代码", "名称", "区域"], _stores(brand)))
    guides = [[NUMBER, "王敏", shop, "导购", PIN], ["0300", "李娜", shop, "店长", "1357"]]
    brand.bring("guides", "guides", _table(folder / "guides.csv", ["工号", "姓名", "门店", "角色", "PIN"], guides))
    brand.bring("goods", "catalogue", _goods_with_photos(data, folder), "--pictures", str(data / "photos"))
    brand.bring("skus", "catalogue", data / SKUS)
    brand.bring("shopxo goods", "catalogue", data / "catalog_zh_shopxo/goods.csv", "--map", "photo=")
    brand.bring("shopxo skus", "catalogue", data / "catalog_zh_shopxo/skus.csv")
    for name in GTIN_LISTS:
        brand.bring(name, "catalogue", data / "catalog_gtin" / name)
    brand.bring("coupons", "coupons", data / "catalog_zh_litemall/coupons.csv")
    brand.bring("stock", "stock", data / SKUS, "--store", shop)
    options = ("--store-by", "Country", "--currency", "GBP", "--adjustments", "A", "--new-clients")
    brand.bring("purchases", "purchases", data / RETAIL, *options, "--errors", str(folder / "refused.csv"))


def _stores(brand: Brand) -> list[list[str]]:
    return [[code, country, "Online Retail"] for country, code in brand.codes.items()]


def _table(path: Path, header: list[str], rows: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([header, *rows])
    return path


def _goods_with_photos(data: Path, folder: Path) -> Path:
    """litemall's goods as they are, with a column that gives real photographs to those on sale."""
    with (data / "photos/index.csv").open(encoding="utf-8", newline="") as stream:
        photos = iter([row["file"] for row in csv.DictReader(stream)])
    with (data / GOODS).open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        row["图片"] = next(photos, "") if row["is_on_sale"] == "1" else ""
    return _table(folder / "goods.csv", list(rows[0]), [list(row.values()) for row in rows])


def _sums(said: Said) -> dict[str, Decimal]:
    return {name: Decimal(value) for name, value in said.doc["sums"].items() if name not in ("measure", "ok")}


@pytest.fixture
def tell(capsys: pytest.CaptureFixture[str]) -> Tell:
    """Print a line of figures whatever pytest captures."""

    def say(line: str) -> None:
        with capsys.disabled():
            print(f"\n  real data: {line}", end="")  # noqa: T201 - the figures are for whoever runs this

    return say


def test_every_line_of_the_retail_set_is_accounted_for_to_the_penny(
    brand: Brand, independent: Independent, tell: Tell
) -> None:
    said = brand.said["purchases"]
    sums = _sums(said)
    assert said.doc["rows"] == independent.rows == 320_705
    assert sums["file"] == independent.file
    assert sums["added"] == independent.taken
    assert sums["rejected"] == independent.refused
    assert sums["file"] == sums["added"] + sums["rejected"]
    assert said.doc["rejected"] == independent.refused_rows
    assert said.doc["records"] == {"added": independent.receipts.total()}
    reasons = Counter(reject["code"] for reject in said.doc["rejects"])
    with Path(said.doc["errors"]).open(encoding="utf-8-sig", newline="") as stream:
        assert sum(1 for _ in csv.DictReader(stream)) == said.doc["rejected"]
    tell(f"{said.doc['rows']:,} lines in {said.seconds:.1f} s, {said.cpu_seconds:.1f} s CPU, {said.megabytes:.0f} MB")
    tell(
        f"file £{sums['file'] / 100:,.3f} = taken £{sums['added'] / 100:,.2f} + refused £{sums['rejected'] / 100:,.3f}"
    )
    tell(f"{independent.receipts.total():,} receipts; refused {said.doc['rejected']:,} lines: {dict(reasons)}")
    tell("; ".join(said.doc["notes"]))


def test_each_catalogue_is_taken_or_refused_line_by_line(brand: Brand, tell: Tell) -> None:
    goods, skus = brand.said["goods"].doc, brand.said["skus"].doc
    assert (goods["layout"], goods["added"], goods["rejected"]) == ("litemall goods", 239, 0)
    assert (skus["layout"], skus["added"], skus["rejected"]) == ("litemall goods_product", 244, 0)
    for name in GTIN_LISTS:
        with (brand.data / "catalog_gtin" / name).open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        said = brand.said[name].doc
        wrong = [reject for reject in said["rejects"] if reject["code"] == "gtin.check_digit"]
        assert len(wrong) == sum(1 for row in rows if row["gtin_check_ok"] == "0")
        assert said["added"] + said["rejected"] == len(rows)
        tell(f"{name}: {len(rows)} rows, {said['added']} taken, {len(wrong)} with a wrong check digit")
    for name in ("shopxo goods", "shopxo skus"):
        said = brand.said[name].doc
        refused = Counter({reject["row_no"]: reject["code"] for reject in said["rejects"]}.values())
        tell(f"{name}: {said['rows']} rows, {said['added']} taken, refused {dict(refused)}")
    assert refused["gtin.check_digit"] == 15
    stock = _sums(brand.said["stock"])
    assert stock["file"] == stock["added"] == 24_761
    assert brand.said["coupons"].doc["added"] == 4
    tell(f"litemall: {goods['added']} styles, {skus['added']} variants, {stock['file']:,} pieces of stock")


def _again(brand: Brand, name: str) -> Said:
    """Bring a file once more: nothing may change."""
    what, file, more = brand.files[name]
    first, again = brand.said[name].doc, brand.programs.office("import", what, file, *more, codes=(0, 5))
    assert (again.doc["added"], again.doc["changed"]) == (0, 0), name
    assert again.doc["unchanged"] == first["added"] + first["changed"], name
    assert again.doc["rejected"] == first["rejected"], name
    return again


def test_the_same_files_again_change_nothing(brand: Brand) -> None:
    for name in brand.files.keys() - {"purchases"}:
        _again(brand, name)


@pytest.mark.soak
def test_the_retail_set_again_changes_nothing(brand: Brand, tell: Tell) -> None:
    again = _again(brand, "purchases")
    tell(f"the retail set again: 0 changes in {again.seconds:.1f} s, {again.cpu_seconds:.1f} s CPU")


def test_a_shop_works_on_it(brand: Brand, independent: Independent, tmp_path: Path, tell: Tell) -> None:
    programs = brand.programs
    code = programs.office("enrol-code", "--store", brand.codes[SHOP]).doc["code"]
    with programs.serving() as origin:
        programs.guide("init", "--office", origin, "--code", code)
        first = _synced(programs, "--pictures")
        tell(f"first sync of {SHOP}: {first['pulled']:,} records in {first['seconds']} s, {first['pictures']} pictures")
        _same_figures(programs, independent, tell)
        programs.guide("login", "--guide", NUMBER, stdin=f"{PIN}\n")
        _people_are_found(programs, independent)
        client = programs.guide("clients", "add", "--name", "陈雅婷", "--phone", PHONE_NO).doc["id"]
        made = _poster(programs, client, tmp_path / "poster.png")
        _synced(programs)
        coupon = _claimed(made["url"], made["product"])
        _synced(programs)
        _redeemed(programs, coupon)
        _synced(programs)
        key = programs.office("api-key", "create", "--name", "till", "--rights", "all").doc["key"]
        receipt = _receipt(programs, brand, coupon)
        assert Till(origin, key).sell(receipt)["status"] == "applied"
        last = _synced(programs)
        _attributed(programs, tell)
        checked = programs.office("check").doc
        assert checked["ok"]
        digests = {scope["scope"]: scope["digest"] for scope in last["scopes"]}
        assert all(scope["digest"] == scope["office_digest"] for scope in last["scopes"])
        tell(f"{checked['records']:,} records in {checked['scopes']} scopes, all digests recomputed and right")
        tell(f"digests of {SHOP}'s PC, the same on both ends: {digests}")


def _synced(programs: Programs, *more: str) -> dict[str, Any]:
    """One round; nothing refused, and both ends hold the same."""
    doc = programs.guide("sync", "--once", *more).doc
    assert doc["rejected"] == 0
    assert all(scope["equal"] for scope in doc["scopes"]), doc
    return doc


def _same_figures(programs: Programs, independent: Independent, tell: Tell) -> None:
    """What the shop's PC holds adds up to what the file says of its store."""
    with open_desk(_place(programs)) as desk:
        total, receipts, lines = desk.db.query(
            lambda c: c.exec_driver_sql(
                "SELECT (SELECT sum(total_fen) FROM purchase), (SELECT count(*) FROM purchase),"
                " (SELECT sum(amount_fen) FROM purchase_line)"
            ).one()
        )
        clients = desk.clients.count(ClientFilter(), "")
    assert (total, receipts) == (independent.by_store[SHOP], independent.receipts[SHOP])
    assert lines == total
    tell(f"{SHOP} on the desktop: {receipts} receipts, £{Decimal(total) / 100:,.2f}, {clients} clients")


def _people_are_found(programs: Programs, independent: Independent) -> None:
    number = min(independent.customers[SHOP])
    found = programs.guide("clients", "search", number).doc["clients"]
    assert [client["name"] for client in found][:1] == [f"顾客 {number}"]


def _poster(programs: Programs, client: str, out: Path) -> dict[str, Any]:
    """A poster of a litemall product with a real photograph, read by another decoder than the one that checked it."""
    with open_desk(_place(programs)) as desk:
        product = next(
            p for p in desk.catalogue.products("") if p.image and p.price_fen >= 9_900 and p.status == "on_sale"
        )
        offer = next(o for o in desk.sharing.offers() if o.kind == "threshold_off")
    made = programs.guide(
        "share", "--product", product.spu, "--coupon", offer.id, "--client", client, "--out", out
    ).doc  # fmt: skip
    assert made["photo"]
    (read,) = zxingcpp.read_barcodes(Image.open(out))
    assert read.text == made["url"]
    return {**made, "price_fen": product.price_fen}


def _claimed(url: str, product: str) -> str:
    """The customer opens the poster's link and claims."""
    phone = Phone()
    page = phone.open(url)
    assert page.status == 200
    assert product in page.text
    code = normalise_code(phone.submit(page, phone=PHONE_NO).marked.get("copy", ""))
    assert is_valid_code(code)
    return code


def _redeemed(programs: Programs, code: str) -> None:
    verdict = programs.guide("coupon", "verify", code, "--amount", "20000").doc
    assert verdict["usable"], verdict
    programs.guide("coupon", "redeem", code, "--order", "REAL-1", "--amount", "20000")


def _receipt(programs: Programs, brand: Brand, code: str) -> dict[str, Any]:
    with open_desk(_place(programs)) as desk:
        now = desk.clock.now_ms()
    return {
        "store_code": brand.codes[SHOP],
        "order_no": "REAL-1",
        "at": now,
        "total_fen": 19_500,
        "coupon_code": code,
        "client": {"phone": PHONE_NO},
        "lines": [{"sku_code": "1", "title": "床垫", "qty": 1, "amount_fen": 19_500}],
    }


def _attributed(programs: Programs, tell: Tell) -> None:
    with open_desk(_place(programs)) as desk:
        (row,) = desk.performance.attributions(order_no="REAL-1")
    assert (row.guide_name, row.rule, row.amount_fen) == ("王敏", "coupon", 19_500)
    tell(f"REAL-1 belongs to {row.guide_name}: {json.loads(row.evidence)['text']}")


def _place(programs: Programs) -> Place:
    return Place(programs.folder / "pc", "", {"GUIDE_KEY_FILE": str(programs.folder / "pc.key")})
