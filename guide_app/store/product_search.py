"""The index of products: derived from `product`, `sku` and `stock`, written with them, made anew at will.

An FTS5 table of tokens (`product_words`), contentless as the index of clients is, and three small tables: which row is
which product's; whose a variant was, so that one that is gone takes its words along; and how many pieces of a product a
store has in all (NULL if none were ever reported), as old as the oldest figure in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection

from guide_app.store.codec import encode_json, json_list
from guide_app.store.product_words import product_tokens

_VERSION = 2
_SETTING = "product_search.version"
_CHUNK = 1_000
_TABLES = ("search_product", "product_place", "product_variant", "product_stock")
_SCHEMA = (
    "CREATE TABLE product_place (rid INTEGER PRIMARY KEY, product_id TEXT NOT NULL UNIQUE)",
    "CREATE TABLE product_variant (sku_id TEXT PRIMARY KEY, product_id TEXT NOT NULL) WITHOUT ROWID",
    """CREATE TABLE product_stock (product_id TEXT NOT NULL, store_id TEXT NOT NULL, available INTEGER NOT NULL,
        as_of INTEGER NOT NULL, PRIMARY KEY (product_id, store_id)) WITHOUT ROWID""",
    """CREATE VIRTUAL TABLE search_product USING fts5(
        t, content='', contentless_delete=1, detail=none, prefix='2 3 4 5', tokenize='ascii')""",
)
#: What of each kind is searchable.
_WORDED = {
    "product": frozenset({"spu", "name", "category"}),
    "sku": frozenset({"product_id", "code", "gtin", "colour", "size"}),
    "stock": frozenset({"available", "as_of"}),
}
#: The products (`product_id`) that an FTS5 query `:match` finds (`product_words.match_of`).
FOUND = """
    SELECT place.product_id FROM (SELECT rowid AS rid FROM search_product WHERE search_product MATCH :match) AS hit
    CROSS JOIN product_place place ON place.rid = hit.rid"""
_LISTED = "IN (SELECT value FROM json_each(?))"


def ensure(conn: Connection) -> None:
    """Make the index if it is missing or was made by another version."""
    made = conn.exec_driver_sql("SELECT value FROM setting WHERE key = ?", (_SETTING,)).scalar_one_or_none()
    if made != str(_VERSION):
        rebuild(conn)


def rebuild(conn: Connection) -> None:
    """Throw the index away and make it anew from the records."""
    for table in _TABLES:
        conn.exec_driver_sql(f"DROP TABLE IF EXISTS {table}")
    for statement in _SCHEMA:
        conn.exec_driver_sql(statement)
    ids = [row[0] for row in conn.exec_driver_sql("SELECT id FROM product ORDER BY id")]
    for start in range(0, len(ids), _CHUNK):
        _refresh(conn, ids[start : start + _CHUNK])
    conn.exec_driver_sql(
        "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (_SETTING, str(_VERSION)),
    )


def changed(conn: Connection, kind: str, ids: Sequence[str], fields: frozenset[str] | None) -> None:
    """Follow a change of these records, which may be gone. `fields` that changed; None: any may have."""
    worded = _WORDED.get(kind)
    if worded is None or not ids or (fields is not None and fields.isdisjoint(worded)):
        return
    if kind == "product":
        _refresh(conn, ids)
        return
    wanted = json_list(ids)
    if kind == "stock":
        held = conn.exec_driver_sql(f"SELECT DISTINCT product_id FROM sku WHERE id {_LISTED}", (wanted,)).all()
        _count(conn, json_list([row[0] for row in held if row[0] is not None]))
        return
    rows = conn.exec_driver_sql(
        f"SELECT product_id FROM sku WHERE id {_LISTED} UNION SELECT product_id FROM product_variant"
        f" WHERE sku_id {_LISTED}",
        (wanted, wanted),
    ).all()
    conn.exec_driver_sql(f"DELETE FROM product_variant WHERE sku_id {_LISTED}", (wanted,))
    _refresh(conn, [row[0] for row in rows if row[0] is not None])


def _refresh(conn: Connection, product_ids: Sequence[str]) -> None:
    wanted = json_list(product_ids)
    gone = conn.exec_driver_sql(
        f"SELECT rid FROM product_place WHERE product_id {_LISTED} AND product_id NOT IN (SELECT id FROM product)",
        (wanted,),
    ).all()
    if gone:
        rids = [(row[0],) for row in gone]
        conn.exec_driver_sql("DELETE FROM search_product WHERE rowid = ?", rids)
        conn.exec_driver_sql("DELETE FROM product_place WHERE rid = ?", rids)
    conn.exec_driver_sql(
        "INSERT INTO product_place (product_id) SELECT value FROM json_each(?)"
        " WHERE value IN (SELECT id FROM product) ON CONFLICT DO NOTHING",
        (wanted,),
    )
    conn.exec_driver_sql(
        f"INSERT OR REPLACE INTO product_variant (sku_id, product_id) SELECT id, product_id FROM sku"
        f" WHERE product_id {_LISTED}",
        (wanted,),
    )
    _count(conn, wanted)
    variants: dict[str, list[tuple[str, str, str, str]]] = defaultdict(list)
    for product_id, *said in conn.exec_driver_sql(
        f"SELECT product_id, code, gtin, colour, size FROM sku WHERE product_id {_LISTED}", (wanted,)
    ):
        variants[product_id].append((said[0], said[1], said[2], said[3]))
    rows = conn.exec_driver_sql(
        "SELECT l.rid, p.id, p.spu, p.name, p.category FROM product p JOIN product_place l ON l.product_id = p.id"
        f" WHERE p.id {_LISTED}",
        (wanted,),
    )
    tokens = {row[0]: product_tokens(row[2], row[3], row[4], variants[row[1]]) for row in rows}
    conn.exec_driver_sql(
        "INSERT OR REPLACE INTO search_product (rowid, t) SELECT CAST(key AS INTEGER), value FROM json_each(?)",
        (encode_json(tokens).decode(),),
    )


def _count(conn: Connection, wanted: str) -> None:
    """Sum the stock of these products up anew, store by store."""
    conn.exec_driver_sql(f"DELETE FROM product_stock WHERE product_id {_LISTED}", (wanted,))
    conn.exec_driver_sql(
        "INSERT INTO product_stock SELECT k.product_id, s.store_id, sum(s.available), min(s.as_of)"
        f" FROM sku k JOIN stock s ON s.id = k.id WHERE k.product_id {_LISTED} GROUP BY k.product_id, s.store_id",
        (wanted,),
    )
