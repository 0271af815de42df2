"""配着买: what customers of this store bought together with a product, by a rule that anybody can check.

Of the store's receipts of a year those are looked at that hold both. A product is proposed when at least three buyers
took it with the other (a receipt without a client is a buyer of its own), and on more receipts than if the two had
nothing to do with each other (lift above 1: Brin, Motwani, Ullman, Tsur, Dynamic itemset counting and implication
rules, SIGMOD 1997). Most receipts together come first; of as many, what is rarer otherwise. What is of the same kind
(the first word of the category) is a second choice, not a match. Receipts of clients who want no profiling are not
looked at (个人信息保护法 art. 24).
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from guide_app.base.clock import DAY_MS

LOOK_BACK_MS = 365 * DAY_MS
FEWEST_BUYERS = 3

_RECEIPTS = """
    SELECT b.id, coalesce(b.client_id, b.id) FROM purchase b LEFT JOIN client c ON c.id = b.client_id
    WHERE b.kind = 'sale' AND b.at > :since AND b.at <= :now AND b.store_id = :store
        AND NOT coalesce(c.no_profiling, 0)"""
_TOGETHER = f"""
    WITH receipt (id, buyer) AS MATERIALIZED ({_RECEIPTS}),
    hers (id, buyer) AS MATERIALIZED (SELECT DISTINCT r.id, r.buyer FROM purchase_line l
        JOIN receipt r ON r.id = l.purchase_id WHERE l.product_id = :product),
    pair (product_id, times) AS (SELECT l.product_id, count(DISTINCT l.purchase_id)
        FROM hers CROSS JOIN purchase_line l ON l.purchase_id = hers.id
        WHERE l.product_id <> :product GROUP BY l.product_id HAVING count(DISTINCT hers.buyer) >= :fewest)
    SELECT p.id, pair.times, (SELECT count(*) FROM hers), (SELECT count(*) FROM receipt),
        (SELECT count(DISTINCT l.purchase_id) FROM purchase_line l
            WHERE l.product_id = p.id AND l.purchase_id IN (SELECT id FROM receipt))
    FROM pair JOIN product p ON p.id = pair.product_id JOIN product me ON me.id = :product
    WHERE p.status = 'on_sale' AND NOT p.sensitive
        AND (p.channels = '[]' OR EXISTS (SELECT 1 FROM json_each(p.channels) WHERE value = 'private'))
        AND substr(p.category || '/', 1, instr(p.category || '/', '/'))
            <> substr(me.category || '/', 1, instr(me.category || '/', '/'))
    ORDER BY p.no"""


@dataclass(frozen=True, slots=True)
class Pair:
    """A product that stands on `times` of the `of` receipts that hold another one; `own` hold it, `all` exist."""

    product_id: str
    times: int
    of: int
    all: int
    own: int

    @property
    def is_match(self) -> bool:
        """Whether the two meet on more receipts than by chance."""
        return self.times * self.all > self.of * self.own


def ranked(pairs: list[Pair]) -> list[Pair]:
    """The matches among them, the best first; of two alike the one that came first stays first."""
    return sorted((one for one in pairs if one.is_match), key=lambda one: (-one.times, one.own))


def bought_together(conn: Connection, product_id: str, store_id: str, now_ms: int) -> list[Pair]:
    """What was bought in a store together with a product that may be shared now, the best first."""
    asked = {
        "product": product_id, "store": store_id, "now": now_ms, "since": now_ms - LOOK_BACK_MS,
        "fewest": FEWEST_BUYERS,
    }  # fmt: skip
    return ranked([Pair(*row) for row in conn.exec_driver_sql(_TOGETHER, asked)])
