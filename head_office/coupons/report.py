"""券的账: what became of every coupon, what it cost and who bears it, and whether the books agree.

Counted are coupons that were handed out within a time (all, unless one is given), as they stand now. Each is in one
state: redeemed, recalled, expired or in a customer's hand. `difference` compares what is written down independently:
coupons used up with the redemptions that did it, and what batches have left with what left them. It must be nothing.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection

from head_office.coupons.model import Template, worth_at_most
from head_office.coupons.queries import all_templates
from head_office.coupons.settle import OUTSIDE

_COHORT = "c.claimed_at >= %(since)s AND c.claimed_at < %(until)s"
_COUPONS = (
    "SELECT c.template_id::text AS template_id, count(*) AS issued,"
    " count(*) FILTER (WHERE state = 'redeemed') AS redeemed, count(*) FILTER (WHERE state = 'recalled') AS recalled,"
    " count(*) FILTER (WHERE state = 'expired') AS expired, count(*) FILTER (WHERE state = 'held') AS held,"
    " coalesce(sum(c.value_fen) FILTER (WHERE state = 'held'), 0)::bigint AS held_value_fen FROM (SELECT c.*,"
    " CASE WHEN c.status = 'redeemed' THEN 'redeemed'"
    "  WHEN c.status = 'void' OR t.recalled_at IS NOT NULL OR l.entries ? ('coupon:' || c.id::text)"
    "  THEN 'recalled'"
    "  WHEN c.status = 'expired' OR (c.valid_until > 0 AND c.valid_until <= %(now)s) THEN 'expired'"
    "  ELSE 'held' END AS state"
    " FROM coupon c JOIN coupon_template t ON t.id = c.template_id LEFT JOIN recall_list l ON true"
    f" WHERE {_COHORT}) c GROUP BY 1"
)
_USED = (
    "SELECT c.template_id::text AS template_id, s.code AS store, coalesce(g.number, '') AS guide,"
    " coalesce(g.name, '') AS guide_name,"
    " count(*) FILTER (WHERE r.returned_at IS NULL) AS redemptions,"
    " coalesce(sum(r.discount_fen) FILTER (WHERE r.returned_at IS NULL), 0)::bigint AS cost_fen,"
    " count(*) FILTER (WHERE r.returned_at IS NOT NULL) AS returned,"
    " coalesce(sum(r.discount_fen) FILTER (WHERE r.returned_at IS NOT NULL), 0)::bigint AS reversed_fen"
    " FROM redemption r JOIN coupon c ON c.id = r.coupon_id JOIN store s ON s.id = r.store_id"
    f" LEFT JOIN guide g ON g.id = c.guide_id WHERE r.status = 'confirmed' AND {_COHORT}"
    " GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3"
)
_CONFLICTS = (
    "SELECT c.template_id::text AS template_id, r.rule, r.borne_by,"
    " CASE r.borne_by WHEN 'store' THEN s.code WHEN 'issuer' THEN i.code ELSE '' END AS store,"
    " count(*) AS conflicts, sum(r.discount_fen)::bigint AS fen"
    " FROM redemption r JOIN coupon c ON c.id = r.coupon_id JOIN store s ON s.id = r.store_id"
    f" JOIN store i ON i.id = c.store_id WHERE r.status = 'conflict' AND r.returned_at IS NULL AND {_COHORT}"
    " GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4"
)
_OUTSIDE = (
    "SELECT c.template_id::text AS template_id, count(*) AS redemptions FROM redemption r"
    " JOIN coupon c ON c.id = r.coupon_id WHERE r.status = 'conflict' AND r.returned_at IS NULL"
    f" AND r.rule = ANY(%(outside)s) AND {_COHORT} GROUP BY 1"
)
_ALLOTMENTS = (
    "SELECT a.template_id::text AS template_id, coalesce(sum(a.count), 0)::bigint AS allotted,"
    " coalesce(sum(a.returned), 0)::bigint AS handed_back, coalesce(sum(u.n), 0)::bigint AS used,"
    " coalesce(sum(a.count - u.n) FILTER (WHERE a.state = 'open'), 0)::bigint AS in_allotments"
    " FROM allotment a CROSS JOIN LATERAL (SELECT count(*) AS n FROM coupon c WHERE c.store_id = a.store_id"
    " AND c.allotment_id = a.id) u GROUP BY 1"
)
_BATCHES = (
    "SELECT t.id::text AS template_id, q.quota - q.remaining AS taken,"
    " (SELECT count(*) FROM coupon c WHERE c.template_id = t.id AND c.allotment_id IS NULL) AS plain"
    " FROM coupon_template t JOIN coupon_quota q ON q.template_id = t.id WHERE t.quota > 0"
)
_NO_END = 1 << 62


@dataclass(frozen=True, slots=True)
class Line:
    """One batch. Counts of coupons, money in fen; `liability_fen` is the most that coupons in hands may still cost.

    `returned` redemptions were undone by refunds (`reversed_fen`); `in_allotments` lie on guides' PCs unused, of all
    times. `difference` is nothing where the books agree.
    """

    no: int
    name: str
    issued: int
    held: int
    redeemed: int
    expired: int
    recalled: int
    returned: int
    in_allotments: int
    cost_fen: int
    reversed_fen: int
    conflicts: int
    conflict_fen: int
    liability_fen: int
    difference: int


@dataclass(frozen=True, slots=True)
class Cost:
    """What coupons of a batch that one guide handed out took off in one store."""

    no: int
    store: str
    guide: str
    guide_name: str
    redemptions: int
    cost_fen: int
    returned: int
    reversed_fen: int


@dataclass(frozen=True, slots=True)
class Borne:
    """Discounts given twice: by which rule (docs/coupons.md) and who bears them; `store` empty for the brand."""

    no: int
    rule: str
    borne_by: str
    store: str
    conflicts: int
    fen: int


@dataclass(frozen=True, slots=True)
class Report:
    """All of it."""

    lines: tuple[Line, ...]
    costs: tuple[Cost, ...]
    conflicts: tuple[Borne, ...]

    @property
    def difference(self) -> int:
        """How far the books are apart, over all batches."""
        return sum(abs(line.difference) for line in self.lines)


def read_report(
    connection: Connection, now_ms: int, *, template_no: int | None = None, since: int = 0, until: int = _NO_END
) -> Report:
    """The account at `now_ms` of coupons handed out from `since` to before `until` (UTC ms)."""
    templates = [t for t in all_templates(connection) if template_no in (None, t.no)]
    values = {"now": now_ms, "since": since, "until": until, "outside": list(OUTSIDE)}
    states = {row["template_id"]: row for row in _rows(connection, _COUPONS, values)}
    used = _rows(connection, _USED, values)
    outside: dict[str, int] = {row["template_id"]: row["redemptions"] for row in _rows(connection, _OUTSIDE, values)}
    conflicts = _rows(connection, _CONFLICTS, values)
    allotted = {row["template_id"]: row for row in _rows(connection, _ALLOTMENTS, values)}
    batches = {row["template_id"]: row for row in _rows(connection, _BATCHES, values)}
    numbers = {template.id: template.no for template in templates}
    lines = tuple(
        _line(
            template,
            {**states.get(template.id, {}), "outside": outside.get(template.id, 0)},
            [row for row in used if row["template_id"] == template.id],
            [row for row in conflicts if row["template_id"] == template.id],
            allotted.get(template.id, {}),
            batches.get(template.id),
        )
        for template in templates
    )
    return Report(
        lines,
        tuple(Cost(no=numbers[row.pop("template_id")], **row) for row in used if row["template_id"] in numbers),
        tuple(Borne(no=numbers[row.pop("template_id")], **row) for row in conflicts if row["template_id"] in numbers),
    )


def as_document(report: Report) -> dict[str, Any]:
    """The report as JSON."""
    return {**asdict(report), "difference": report.difference}


def _line(
    template: Template,
    states: dict[str, Any],
    used: list[dict[str, Any]],
    conflicts: list[dict[str, Any]],
    allotted: dict[str, Any],
    batch: dict[str, Any] | None,
) -> Line:
    held, out = states.get("held", 0), allotted.get("in_allotments", 0)
    redeemed = states.get("redeemed", 0)
    redemptions = states["outside"] + sum(row["redemptions"] for row in used)
    left_batch = batch["plain"] + allotted.get("allotted", 0) - allotted.get("handed_back", 0) if batch else 0
    taken = batch["taken"] if batch else 0
    drawn = template.kind == "random_off"
    return Line(
        no=template.no,
        name=template.name,
        issued=states.get("issued", 0),
        held=held,
        redeemed=redeemed,
        expired=states.get("expired", 0),
        recalled=states.get("recalled", 0),
        returned=sum(row["returned"] for row in used),
        in_allotments=out,
        cost_fen=sum(row["cost_fen"] for row in used),
        reversed_fen=sum(row["reversed_fen"] for row in used),
        conflicts=sum(row["conflicts"] for row in conflicts),
        conflict_fen=sum(row["fen"] for row in conflicts),
        liability_fen=(states.get("held_value_fen", 0) if drawn else held * worth_at_most(template))
        + out * worth_at_most(template),
        difference=abs(redeemed - redemptions) + abs(taken - left_batch),
    )


def _rows(connection: Connection, sql: str, values: dict[str, Any]) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.exec_driver_sql(sql, values).mappings()]
