from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import msgspec
import pytest

from guide_app.protocol.coupon_code import make_code
from head_office.api.erp_routes import OPERATIONS
from head_office.api.operation import Operation
from head_office.deeds import push_rules
from head_office.feed.check import check_feed
from tests.head_office.api.conftest import House
from tests.head_office.kit import NOW, SECRET, Pc, enrol_device, make_guide, make_template, new_id, rows_of

STORES = {"items": [{"code": "SH001", "name": "南京西路店", "region": "上海"}]}
SHOWN = [operation for operation in OPERATIONS if operation.example is not None]
WRITES = [operation for operation in SHOWN if operation.headers]


def _sale(**changes: Any) -> dict[str, Any]:
    line = {"qty": 1, "amount_fen": 42_900, "title": "短靴"}
    return {"store_code": "SH01", "order_no": "A1", "at": NOW, "total_fen": 42_900, "lines": [line], **changes}


def test_the_published_examples_work_in_order(house: House) -> None:
    till = house.till()
    for n, operation in enumerate(SHOWN):
        reply = till.write(operation.method, operation.path, msgspec.to_builtins(operation.example), f"k{n}")
        assert reply.status == 200, (operation.path, reply.body)
    assert len(rows_of(house.engine, "purchase")) == 2
    assert check_feed(house.engine).ok


def test_a_repeated_write_is_answered_from_memory_and_counts_once(house: House) -> None:
    till = house.till("products", "stock")
    till.write("PUT", "/erp/v1/products", {"items": [{"spu": "S", "skus": [{"code": "S-38"}]}]}, "p")
    item = {"store_code": "SH01", "sku_code": "S-38", "on_hand": 2, "available": 2}
    message = {"as_of": NOW, "mode": "delta", "items": [item]}
    first = till.write("POST", "/erp/v1/stock", message)
    again = till.write("POST", "/erp/v1/stock", message)
    assert (again.body, again.headers["idempotent-replayed"]) == (first.body, "true")
    assert [row["on_hand"] for row in rows_of(house.engine, "stock")] == [2]
    other = till.write("POST", "/erp/v1/stock", {**message, "as_of": NOW + 1})
    assert (other.status, other.code) == (422, "idempotency.reused")
    assert till.write("POST", "/erp/v1/stock", message, "k2").status == 200
    assert [row["on_hand"] for row in rows_of(house.engine, "stock")] == [4]


def test_two_requests_with_one_key_at_once_count_once(house: House) -> None:
    till = house.till("products", "stock")
    till.write("PUT", "/erp/v1/products", {"items": [{"spu": "S", "skus": [{"code": "S-38"}]}]}, "p")
    item = {"store_code": "SH01", "sku_code": "S-38", "on_hand": 1, "available": 1}
    message = {"as_of": NOW, "mode": "delta", "items": [item]}
    with ThreadPoolExecutor(4) as pool:
        replies = list(pool.map(lambda _: till.write("POST", "/erp/v1/stock", message), range(4)))
    assert {reply.status for reply in replies} == {200}
    assert [row["on_hand"] for row in rows_of(house.engine, "stock")] == [1]


def test_keys_of_two_systems_do_not_meet(house: House) -> None:
    one, two = house.till("stores"), house.till("stores", "guides")
    assert one.write("PUT", "/erp/v1/stores", STORES).status == 200
    other = {"items": [{"code": "SH002"}]}
    assert two.write("PUT", "/erp/v1/stores", other).status == 200
    again = one.write("PUT", "/erp/v1/stores", STORES)
    assert (again.status, again.headers["idempotent-replayed"]) == (200, "true")
    assert "SH002" not in again.json["ids"]


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.path)
def test_every_write_asks_who_and_whether_she_may(house: House, operation: Operation) -> None:
    body = msgspec.json.encode(operation.example)
    right = operation.path.rpartition("/")[2]
    other = "stores" if right != "stores" else "guides"
    headers = {"Idempotency-Key": "k"}
    nobody = house.anyone().call(operation.method, operation.path, body, headers)
    assert (nobody.status, nobody.code) == (401, "auth.missing")
    stranger = house.anyone().call(operation.method, operation.path, body, {**headers, "Authorization": "Bearer gdk_x"})
    assert (stranger.status, stranger.code) == (401, "auth.invalid")
    device = house.pc().call(operation.method, operation.path, body, headers)
    assert (device.status, device.code) == (401, "auth.invalid")
    confined = house.till(other).call(operation.method, operation.path, body, headers)
    assert (confined.status, confined.code) == (403, "auth.forbidden")


def test_a_key_out_of_use_opens_nothing(house: House) -> None:
    till = house.till("stores")
    with house.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE api_key SET revoked_ms = %s", (NOW,))
    reply = till.write("PUT", "/erp/v1/stores", STORES)
    assert (reply.status, reply.code) == (401, "auth.invalid")


@pytest.mark.parametrize("operation", WRITES, ids=lambda operation: operation.path)
def test_every_write_needs_a_key_of_its_own(house: House, operation: Operation) -> None:
    till, body = house.till(), msgspec.json.encode(operation.example)
    for headers in ({}, {"Idempotency-Key": " "}, {"Idempotency-Key": "x" * 201}, {"Idempotency-Key": "a\x07"}):
        reply = till.call(operation.method, operation.path, body, headers)
        assert (reply.status, reply.code) == (400, "request.malformed")


@pytest.mark.parametrize(
    ("path", "message", "status", "code", "words"),
    [
        ("purchases", {"items": []}, 422, "request.invalid", "items"),
        ("purchases", {"items": [_sale(total_fen=1)]}, 422, "request.invalid", "合计 42900"),
        ("purchases", {"items": [_sale(total_fen="42900")]}, 422, "request.invalid", "total_fen"),
        ("purchases", {"items": [_sale(surprise=1)]}, 422, "request.invalid", "surprise"),
        ("purchases", {"items": [_sale(lines=[])]}, 422, "request.invalid", "lines"),
        ("purchases", {"items": [_sale(store_code="NOWHERE")]}, 422, "request.invalid", "NOWHERE"),
        ("purchases", {"items": [_sale(channel="a\0b")]}, 422, "request.invalid", "U+0000"),
        ("stock", {"as_of": NOW, "mode": "guess", "items": []}, 422, "request.invalid", "mode"),
        ("refunds", [], 422, "request.invalid", "object"),
    ],
)
def test_a_wrong_message_is_named(house: House, path: str, message: Any, status: int, code: str, words: str) -> None:
    reply = house.till().write("POST", f"/erp/v1/{path}", message)
    assert (reply.status, reply.code) == (status, code)
    assert words in reply.json["detail"]
    assert rows_of(house.engine, "purchase") == []


def test_a_refused_write_may_be_mended_under_its_key(house: House) -> None:
    till = house.till("purchases")
    assert till.write("POST", "/erp/v1/purchases", {"items": [_sale(total_fen=1)]}).status == 422
    assert till.write("POST", "/erp/v1/purchases", {"items": [_sale()]}).status == 200


def test_a_batch_with_too_many_lines_is_too_large(house: House) -> None:
    line = {"qty": 1, "amount_fen": 0, "title": "x"}
    items = [_sale(order_no=f"A{i}", total_fen=0, lines=[line] * 500) for i in range(5)]
    reply = house.till("purchases").write("POST", "/erp/v1/purchases", {"items": items})
    assert (reply.status, reply.code) == (413, "request.too_large")


def test_redemptions_say_what_became_of_each_coupon(house: House) -> None:
    item = {"store_code": "SH01", "code": "7KQ2-M9RT-X4HD-3J", "at": NOW, "order_no": "A1"}
    reply = house.till("redemptions").write("POST", "/erp/v1/redemptions", {"items": [item]})
    assert reply.json["items"] == [{"code": item["code"], "redeemed": False, "problem": "coupon.unknown"}]


def test_a_coupon_told_after_its_goods_came_back_is_hers_again(house: House) -> None:
    guide, client, code = make_guide(house.engine, house.store_id), new_id(), make_code()
    pc = Pc(house.engine, enrol_device(house.engine), push_rules(SECRET))
    issued: dict[str, Any] = {"template_id": make_template(house.engine), "code": code, "client_id": client}
    pc.push(
        pc.mutation("put", "client", client, name="王姐"),
        pc.mutation("command", "coupon.issue", new_id(), **issued, guide_id=guide, claimed_at=NOW),
    )
    till = house.till()
    till.write("POST", "/erp/v1/purchases", {"items": [_sale()]}, "sale")
    till.write("POST", "/erp/v1/refunds", {"items": [_sale(order_no="R1", origin_order_no="A1")]}, "refund")
    used = {"store_code": "SH01", "code": code, "at": NOW, "order_no": "A1", "amount_fen": 47_900}
    assert till.write("POST", "/erp/v1/redemptions", {"items": [used]}, "use").json["items"][0]["redeemed"]
    ((coupon,), (use,)) = rows_of(house.engine, "coupon"), rows_of(house.engine, "redemption")
    assert (coupon["status"], use["refunded_fen"], use["returned_at"] is None) == ("claimed", 42_900, False)


def test_a_picture_is_kept_by_its_sum(house: House) -> None:
    picture = b"\xff\xd8\xff rest"
    reply = house.till("pictures").call("POST", "/erp/v1/pictures", picture)
    assert reply.status == 200
    assert house.pc().get(f"/sync/v1/blobs/{reply.json['sha256']}").plain == picture
    assert house.till("pictures").call("POST", "/erp/v1/pictures", b"<svg>").code == "request.invalid"


def test_json_must_be_json(house: House) -> None:
    till = house.till("stores")
    for body in (b"", b"nope", json.dumps(STORES).encode()[:-1]):
        reply = till.call("PUT", "/erp/v1/stores", body, {"Idempotency-Key": "k"})
        assert (reply.status, reply.code) == (400, "request.malformed")
