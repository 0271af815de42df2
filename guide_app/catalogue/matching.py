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

#: Of so many, those most often on one receipt with it, it is asked how often they are sold anyway.
_LOOKED_AT = 50
_COUNTS = """b.kind = 'sale' AND b.at > :since AND b.at <= :now AND b.store_id = :store
        AND NOT EXISTS (SELECT 1 FROM client c WHERE c.id = b.client_id AND c.no_profiling)"""
# From a product's lines to their receipts and never the other way: a year has a hundred times as many.
_TOGETHER = f"""
    WITH hers (id, buyer) AS MATERIALIZED (SELECT DISTINCT b.id, coalesce(b.client_id, b.id)
        FROM purchase_line l CROSS JOIN purchase b ON b.id = l.purchase_id WHERE l.product_id = :product AND {_COUNTS}),
    pair (product_id, times) AS MATERIALIZED (SELECT p.id, count(DISTINCT l.purchase_id) AS times
        FROM hers CROSS JOIN purchase_line l ON l.purchase_id = hers.id CROSS JOIN product p ON p.id = l.product_id
        WHERE p.status = 'on_sale' AND NOT p.sensitive
            AND (p.channels = '[]' OR EXISTS (SELECT 1 FROM json_each(p.channels) WHERE value = 'private'))
            AND substr(p.category || '/', 1, instr(p.category || '/', '/'))
                <> (SELECT substr(category || '/', 1, instr(category || '/', '/')) FROM product WHERE id = :product)
        GROUP BY p.id HAVING count(DISTINCT hers.buyer) >= :fewest ORDER BY times DESC, p.no LIMIT :most)
    SELECT product_id, times, (SELECT count(*) FROM hers), (SELECT count(*) FROM purchase b WHERE {_COUNTS}),
        (SELECT count(DISTINCT b.id) FROM purchase_line l CROSS JOIN purchase b ON b.id = l.purchase_id
            WHERE l.product_id = pair.product_id AND {_COUNTS})
    FROM pair"""


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
        "fewest": FEWEST_BUYERS, "most": _LOOKED_AT,
    }  # fmt: skip
    return ranked([Pair(*row) for row in conn.exec_driver_sql(_TOGETHER, asked)])
