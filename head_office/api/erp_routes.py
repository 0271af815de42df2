"""`/erp/v1/…`: tills and the brand's other systems write stores, guides, products, stock and receipts.

Every write needs a key with the right and an Idempotency-Key. A batch is one transaction: all of it counts, or none.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Generic, TypeVar

import msgspec
from msgspec import Meta, Struct
from sqlalchemy import Connection

from guide_app.base.errors import InvalidInputError
from guide_app.protocol.records import Ms, Short
from guide_app.protocol.scopes import store_scope
from head_office.api.call import JSON, Answer, Call, RefusalError, json_answer
from head_office.api.idempotency import HEADER, LONGEST_KEY, Once
from head_office.api.operation import MEGABYTE, Operation
from head_office.api.services import Services
from head_office.api.sync_routes import bearer, decode
from head_office.catalogue.nearby import refresh
from head_office.catalogue.products import LARGEST_PICTURE, ProductIn, SkuIn, save_picture, save_products
from head_office.catalogue.stock import StockIn, StockItem, StockSaved, save_stock
from head_office.coupons.redeem import Redemption, redeem
from head_office.coupons.returns import hold_orders, settle_returns
from head_office.enrolment.api_keys import Caller, identify
from head_office.feed.decide import holds_nul
from head_office.feed.keyed import Upserted
from head_office.feed.write import FeedWriter
from head_office.purchases.ingest import take_receipts
from head_office.purchases.model import ClientRef, OrderNo, Paid, PurchaseIn, ReceiptLine, RefundIn, Taken
from head_office.purchases.quote import QuoteLine, RefundQuote, RefundQuoteIn, quote_refund
from head_office.roster.queries import guide_ids, store_ids
from head_office.roster.service import GuideIn, StoreIn, save_guides, save_stores
from head_office.store.audit import new_id

T = TypeVar("T")
MOST_ITEMS = 500


class Items(Struct, Generic[T], frozen=True, forbid_unknown_fields=True):
    """A batch."""

    items: Annotated[list[T], Meta(min_length=1, max_length=MOST_ITEMS)]


class Saved(Struct, frozen=True):
    """The record id behind each business key, and which keys are new."""

    ids: dict[str, str]
    created: list[str]


class Receipts(Struct, frozen=True):
    """What became of each receipt, in the order sent."""

    results: list[Taken]


class StockDone(Struct, frozen=True):
    """How many figures were written, and how many were older than what is held."""

    written: int
    stale: int


class RedemptionIn(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A coupon used at a till. `amount_fen` is the bill before the coupon, 0 if unknown."""

    store_code: Short
    code: Short
    at: Ms
    order_no: OrderNo
    amount_fen: Paid = 0
    guide_number: Short = ""


class RedemptionDone(Struct, frozen=True):
    """What became of a coupon: `problem` is empty when it is used up, else a code of the problem table."""

    code: str
    redeemed: bool
    problem: str = ""


class PictureSaved(Struct, frozen=True):
    """The SHA-256 under which a picture is kept."""

    sha256: str


def put_stores(services: Services, call: Call) -> Answer:
    """Take in stores."""
    return _upserting(services, call, "stores", Items[StoreIn], lambda w, m: save_stores(w, m.items))


def put_guides(services: Services, call: Call) -> Answer:
    """Take in guides."""
    return _upserting(services, call, "guides", Items[GuideIn], lambda w, m: save_guides(w, m.items))


def put_products(services: Services, call: Call) -> Answer:
    """Take in products and variants."""
    return _upserting(services, call, "products", Items[ProductIn], lambda w, m: save_products(w, m.items))


def post_stock(services: Services, call: Call) -> Answer:
    """Take in stock, then let the neighbours see it."""
    saved: list[StockSaved] = []

    def work(connection: Connection, message: StockIn, now_ms: int) -> StockDone:
        writer = FeedWriter(connection, now_ms)
        saved[:] = [save_stock(writer, message)]
        writer.flush()
        return StockDone(saved[0].written, saved[0].stale)

    answer = _once(services, call, "stock", StockIn, work, lambda message: len(message.items))
    for one in saved:
        refresh(services.engine, services.clock.now_ms(), one.store_ids, one.sku_ids)
    return answer


def post_purchases(services: Services, call: Call) -> Answer:
    """Take in sales."""
    return _receiving(services, call, "purchases", Items[PurchaseIn])


def post_refunds(services: Services, call: Call) -> Answer:
    """Take in returns."""
    return _receiving(services, call, "refunds", Items[RefundIn])


def post_redemptions(services: Services, call: Call) -> Answer:
    """Use up coupons."""

    def work(connection: Connection, message: Items[RedemptionIn], now_ms: int) -> Items[RedemptionDone]:
        writer = FeedWriter(connection, now_ms)
        stores = store_ids(connection, {item.store_code for item in message.items})
        guides = guide_ids(connection, {item.guide_number for item in message.items})
        done = []
        for i, item in enumerate(message.items, 1):
            if item.store_code not in stores:
                raise InvalidInputError("request.invalid", f"第 {i} 项: 没有代码为「{item.store_code}」的门店。")
            asked = Redemption(
                id=new_id(item.at),
                scope=store_scope(stores[item.store_code]),
                code=item.code,
                order_no=item.order_no,
                amount_fen=item.amount_fen,
                at=item.at,
                guide_id=guides.get(item.guide_number),
            )
            hold_orders(connection, asked.scope, [asked.order_no])
            outcome = redeem(writer, asked)
            if not outcome.problem:
                settle_returns(writer, services.secret, asked.scope, [asked.order_no])
            done.append(RedemptionDone(item.code, not outcome.problem, outcome.problem))
        writer.flush()
        return Items(done)

    return _once(services, call, "redemptions", Items[RedemptionIn], work, lambda message: len(message.items))


def post_refund_quote(services: Services, call: Call) -> Answer:
    """Say what a refund should pay back; writes nothing."""
    _caller(services, call, "refunds")
    message = decode(call.body, RefundQuoteIn)
    if holds_nul(msgspec.to_builtins(message)):
        raise RefusalError("request.invalid", "文字不能含 U+0000。")
    with services.engine.begin() as connection:
        return json_answer(quote_refund(connection, message, services.clock.now_ms()))


def post_picture(services: Services, call: Call) -> Answer:
    """Keep a picture."""
    _caller(services, call, "pictures")
    with services.engine.begin() as connection:
        return json_answer(PictureSaved(save_picture(connection, call.body)))


def _upserting(
    services: Services, call: Call, right: str, shape: Any, save: Callable[[FeedWriter, Any], Upserted]
) -> Answer:
    def work(connection: Connection, message: Any, now_ms: int) -> Saved:
        writer = FeedWriter(connection, now_ms)
        saved = save(writer, message)
        writer.flush()
        return Saved(dict(saved.ids), sorted(saved.created))

    return _once(services, call, right, shape, work, lambda message: len(message.items))


def _receiving(services: Services, call: Call, right: str, shape: Any) -> Answer:
    def work(connection: Connection, message: Any, now_ms: int) -> Receipts:
        return Receipts(take_receipts(connection, services.secret, message.items, now_ms))

    return _once(services, call, right, shape, work, lambda message: len(message.items))


def _once(
    services: Services,
    call: Call,
    right: str,
    shape: Any,
    work: Callable[[Connection, Any, int], Struct],
    size: Callable[[Any], int],
) -> Answer:
    """Authorise, read, do the work once, answer."""
    caller = _caller(services, call, right)
    key = call.headers.get(HEADER.lower(), "").strip()
    if not key or len(key) > LONGEST_KEY or not key.isascii() or not key.isprintable():
        raise RefusalError("request.malformed", f"写入需要 {HEADER} (1 至 {LONGEST_KEY} 个 ASCII 字符)。")
    message = decode(call.body, shape)
    if holds_nul(msgspec.to_builtins(message)):
        raise RefusalError("request.invalid", "文字不能含 U+0000。")
    now = services.clock.now_ms()
    once = Once(caller.id, key, right.encode() + b"\0" + call.body, now)
    body, repeated = once.run(services.engine, lambda connection: msgspec.json.encode(work(connection, message, now)))
    if not repeated:
        services.metrics.add("guide_erp_records_total", size(message), route=right)
    return Answer(200, body, JSON, {"Idempotent-Replayed": "true"} if repeated else {})


def _caller(services: Services, call: Call, right: str) -> Caller:
    key = bearer(call)
    with services.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        caller = identify(connection, key)
    if not caller.may(right):
        raise RefusalError("auth.forbidden", f"这个密钥没有 {right} 权限。")
    return caller


def _write(method: str, path: str, handler: Any, summary: str, request: Any, response: Any, example: Any) -> Operation:
    return Operation(
        method,
        f"/erp/v1/{path}",
        handler,
        summary,
        "erp",
        auth="api_key",
        request=request,
        response=response,
        example=example,
        headers=((HEADER, "names this write; repeating it with the same body returns the stored answer"),),
        problems=("auth.forbidden", "request.invalid", "idempotency.reused"),
        body_limit=8 * MEGABYTE,
    )


_AT = 1_795_000_000_000
_SALE = PurchaseIn(
    store_code="SH001",
    order_no="SH001-20261118-0042",
    at=_AT,
    total_fen=85_800,
    discount_fen=3_000,
    guide_number="G1024",
    client=ClientRef(phone="13812345678"),
    coupon_code="7KQ2M9RTX4HD3J",
    channel="pos",
    lines=[
        ReceiptLine(qty=1, amount_fen=42_900, sku_code="RM-2411-BK-38"),
        ReceiptLine(qty=1, amount_fen=42_900, gtin="06901234567892", title="短靴 黑 39"),
    ],
)
_RETURN = RefundIn(
    store_code="SH001",
    order_no="SH001-20261120-0007",
    origin_order_no="SH001-20261118-0042",
    at=_AT + 172_800_000,
    total_fen=42_900,
    lines=[ReceiptLine(qty=1, amount_fen=42_900, sku_code="RM-2411-BK-38")],
)
_PRODUCT = ProductIn(
    spu="RM-2411",
    name="羊皮短靴",
    category="女鞋/短靴",
    price_fen=42_900,
    tag_price_fen=59_900,
    skus=[SkuIn("RM-2411-BK-38", gtin="06901234567885", colour="黑", size="38", price_fen=42_900)],
)
_STOCK = StockIn(_AT, "absolute", [StockItem("SH001", "RM-2411-BK-38", on_hand=3, available=2, reserved=1)])

OPERATIONS = (
    _write(
        "PUT",
        "stores",
        put_stores,
        "门店: 按 code 新增或修改",
        Items[StoreIn],
        Saved,
        Items([StoreIn("SH001", name="南京西路店", region="上海")]),
    ),
    _write(
        "PUT",
        "guides",
        put_guides,
        "导购: 按 number 新增或修改",
        Items[GuideIn],
        Saved,
        Items([GuideIn("G1024", name="林晓", role="guide", store_code="SH001")]),
    ),
    _write(
        "PUT",
        "products",
        put_products,
        "商品和规格: 按 spu、code 新增或修改",
        Items[ProductIn],
        Saved,
        Items([_PRODUCT]),
    ),
    _write("POST", "stock", post_stock, "库存: 绝对数或增减数, 带时点", StockIn, StockDone, _STOCK),
    _write("POST", "purchases", post_purchases, "小票: 每个单号只收一次", Items[PurchaseIn], Receipts, Items([_SALE])),
    Operation(
        "POST",
        "/erp/v1/refund-quotes",
        post_refund_quote,
        "退货试算: 应退多少, 哪些券退回 (不写入)",
        "erp",
        auth="api_key",
        request=RefundQuoteIn,
        response=RefundQuote,
        example=RefundQuoteIn("SH001", "SH001-20261118-0042", [QuoteLine(1, "RM-2411-BK-38")]),
        problems=("auth.forbidden", "request.invalid"),
        body_limit=8 * MEGABYTE,
    ),
    _write("POST", "refunds", post_refunds, "退货: 冲回原单归属", Items[RefundIn], Receipts, Items([_RETURN])),
    _write(
        "POST",
        "redemptions",
        post_redemptions,
        "核销优惠券",
        Items[RedemptionIn],
        Items[RedemptionDone],
        Items([RedemptionIn("SH001", "7KQ2M9RTX4HD3J", _AT, "SH001-20261118-0042", 85_800)]),
    ),
    Operation(
        "POST",
        "/erp/v1/pictures",
        post_picture,
        "图片: 以 SHA-256 存放 (JPEG、PNG、WebP)",
        "erp",
        auth="api_key",
        request="image/*",
        response=PictureSaved,
        problems=("auth.forbidden", "request.invalid"),
        body_limit=LARGEST_PICTURE,
    ),
)
