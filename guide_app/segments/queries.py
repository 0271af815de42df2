"""Reads of segments: who fits, how many, who of them may be addressed, and what two have in common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from sqlalchemy import Connection, RowMapping

from guide_app.base.clock import DAY_MS, Clock
from guide_app.base.errors import NotFoundError
from guide_app.segments import grids
from guide_app.segments import model as m
from guide_app.segments.compile import LAST_CONTACT, RHYTHM, Condition, compile_rule
from guide_app.segments.house import house_limits
from guide_app.segments.learning import kept_model
from guide_app.segments.parse import parse
from guide_app.segments.rhythm import History, Model, left_percent, likely_orders
from guide_app.store.codec import decode_json
from guide_app.store.database import Database
from guide_app.store.shown_tags import SHOWN_TAGS

#: Of `all`, who is archived fits no rule: the same as `store`.
Book = Literal["mine", "store", "all"]
QUIET_DAYS = 7

_BOOK = """FROM client c JOIN client_figure f ON f.client_id = c.id
    WHERE c.archived_at IS NULL AND c.merged_into IS NULL"""
_LINES_MOST = 5_000
_MINE = " AND c.primary_guide_id = :viewer"
_KEPT = """SELECT id, name, rule, mode, shared, guide_id, at FROM segment
    WHERE ended_at IS NULL AND (shared OR guide_id = :viewer)"""

_REFUSED = """c.contact_state = 'refused'
    OR c.id IN (SELECT client_id FROM company_view WHERE refused AND client_id IS NOT NULL)"""
_BLOCKED = f"c.id IN (SELECT client_id FROM {SHOWN_TAGS} WHERE blocks)"
# Also what colleagues of other stores wrote to the same person.
_ELSEWHERE = """c.id IN (SELECT v.client_id FROM company_view v, json_each(v.contacts) k
    WHERE v.client_id IS NOT NULL AND k.value > :quiet)"""


class SegmentQueries:
    """Answers over the live book; `viewer` is the guide who asks: she sees her own private tags and segments."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    def count(self, rule: m.Rule, viewer: str, book: Book = "store") -> int:
        """How many clients fit."""
        condition = self._condition(rule, viewer)
        statement = f"SELECT count(*) {_BOOK}{_MINE if book == 'mine' else ''} AND {condition.sql}"
        return int(self._db.query(lambda conn: _scalar(conn, statement, condition.params)))

    def members(
        self, rule: m.Rule, viewer: str, book: Book = "store", limit: int = 200, offset: int = 0
    ) -> tuple[m.Member, ...]:
        """Who fits, the latest buyers first."""
        condition = self._condition(rule, viewer)
        statement = f"""SELECT c.id, c.name, f.last_at, f.orders, f.total_fen {_BOOK}
            {_MINE if book == "mine" else ""} AND {condition.sql}
            ORDER BY f.last_at DESC, c.id LIMIT :limit OFFSET :offset"""
        params = {**condition.params, "limit": limit, "offset": offset}
        rows = self._db.query(lambda conn: conn.exec_driver_sql(statement, params).all())
        return tuple(m.Member(*row) for row in rows)

    def lines(self, rule: m.Rule, viewer: str, book: Book = "store", limit: int = _LINES_MOST) -> tuple[m.Line, ...]:
        """Who fits, with days, rhythm and outlook, and why some are left out; those of the greatest gain first.

        Of more than `limit` those with the most money spent.
        """
        statement, params = self._sorted_out(rule, viewer, "marketing", QUIET_DAYS)
        now = self._clock.now_ms()
        asked = f"""SELECT c.id, c.name, f.first_at, f.last_at, f.orders, f.total_fen, {LAST_CONTACT} AS contact_at,
                ({RHYTHM}) AS rhythm, s.why, c.no_profiling
            FROM ({statement}) s JOIN client c ON c.id = s.id JOIN client_figure f ON f.client_id = c.id
            {"WHERE c.primary_guide_id = :viewer" if book == "mine" else ""}
            ORDER BY f.total_fen DESC, c.id LIMIT :limit"""

        def read(conn: Connection) -> tuple[m.Line, ...]:
            rows = conn.exec_driver_sql(asked, {**params, "limit": limit}).all()
            model = kept_model(conn)
            return tuple(_line(row, model, now) for row in rows)

        return tuple(sorted(self._db.query(read), key=lambda line: -(line.gain_fen or 0)))

    def ids(self, rule: m.Rule, viewer: str | None) -> tuple[str, ...]:
        """The ids of all who fit, in order of id."""
        condition = self._condition(rule, viewer)
        statement = f"SELECT c.id {_BOOK} AND {condition.sql} ORDER BY c.id"
        rows = self._db.query(lambda conn: conn.exec_driver_sql(statement, dict(condition.params)).all())
        return tuple(row[0] for row in rows)

    def overlap(self, first: m.Rule, second: m.Rule, viewer: str) -> m.Overlap:
        """How many fit one, the other, and both, in one moment."""
        a, b = self._condition(first, viewer, "a"), self._condition(second, viewer, "b")
        # Materialized, lest both conditions are worked out twice for each client.
        statement = f"""WITH both AS MATERIALIZED (SELECT {a.sql} AS x, {b.sql} AS y {_BOOK})
            SELECT coalesce(sum(x), 0), coalesce(sum(y), 0), coalesce(sum(x AND y), 0) FROM both"""
        params = {**a.params, **b.params}
        return m.Overlap(*self._db.query(lambda conn: conn.exec_driver_sql(statement, params).one()))

    def reach(self, rule: m.Rule, viewer: str, purpose: str = "marketing", quiet_days: int = QUIET_DAYS) -> m.Reach:
        """How many of those who fit may be addressed for `purpose`, and why the others are left out."""
        statement, params = self._sorted_out(rule, viewer, purpose, quiet_days)
        grouped = f"SELECT why, count(*) FROM ({statement}) GROUP BY why"
        found = dict(self._db.query(lambda conn: [tuple(r) for r in conn.exec_driver_sql(grouped, params)]))
        left_out = {reason: found[reason] for reason in m.REASONS if reason in found}
        reached = found.get("", 0)
        return m.Reach(reached + sum(left_out.values()), reached, left_out)

    def reached(
        self, rule: m.Rule, viewer: str, purpose: str = "marketing", quiet_days: int = QUIET_DAYS
    ) -> tuple[str, ...]:
        """The ids of those who fit and may be addressed, in order of id: whom a task, coupon or poster goes to."""
        statement, params = self._sorted_out(rule, viewer, purpose, quiet_days)
        wanted = f"SELECT id FROM ({statement}) WHERE why = '' ORDER BY id"
        return tuple(row[0] for row in self._db.query(lambda conn: conn.exec_driver_sql(wanted, params).all()))

    def kept(self, viewer: str) -> tuple[m.Kept, ...]:
        """The segments that she keeps and those that colleagues share, by name."""
        rows = self._db.query(lambda conn: conn.exec_driver_sql(f"{_KEPT} ORDER BY name, id", {"viewer": viewer})
                              .mappings().all())  # fmt: skip
        return tuple(_kept(row, viewer) for row in rows)

    def one(self, segment_id: str, viewer: str) -> m.Kept:
        """A segment that she may see. Raises NotFoundError."""
        params = {"viewer": viewer, "id": segment_id}
        row = self._db.query(
            lambda conn: conn.exec_driver_sql(f"{_KEPT} AND id = :id", params).mappings().one_or_none()
        )
        if row is None:
            raise NotFoundError(
                "segment.unknown", "没有编号为 {id} 的分群。", "先用 segments list 查看。", id=segment_id
            )
        return _kept(row, viewer)

    def limits(self) -> grids.Limits:
        """The limits of cells and stages that head office set."""
        return self._db.query(house_limits)

    def grid(self, viewer: str, limits: grids.Limits = grids.LIMITS, book: Book = "store") -> dict[str, int]:
        """Buyers in each of the nine cells of the RFM grid, by the cell's key; each cell's rule is `grids.cells`."""
        return self._spread(grids.cells(limits), viewer, book)

    def stages(self, viewer: str, limits: grids.Limits = grids.LIMITS, book: Book = "store") -> dict[str, int]:
        """Clients in each stage of life, by the stage's key; each stage's rule is `grids.stages`."""
        return self._spread(grids.stages(limits), viewer, book)

    def _spread(self, rules: Mapping[str, m.Rule], viewer: str, book: Book) -> dict[str, int]:
        conditions = [self._condition(rule, viewer, f"r{n}_") for n, rule in enumerate(rules.values())]
        sums = ", ".join(f"coalesce(sum({condition.sql}), 0)" for condition in conditions)
        params = {name: value for condition in conditions for name, value in condition.params.items()}
        statement = f"SELECT {sums} {_BOOK}{_MINE if book == 'mine' else ''}"
        row = self._db.query(lambda conn: conn.exec_driver_sql(statement, params).one())
        return dict(zip(rules, row, strict=True))

    def _sorted_out(self, rule: m.Rule, viewer: str, purpose: str, quiet_days: int) -> tuple[str, dict[str, Any]]:
        fits = self._condition(rule, viewer)
        consents = self._condition(m.Consented(purpose), viewer, "k")
        contacted = self._condition(m.Event("contact", quiet_days), viewer, "q")
        params = {**fits.params, **consents.params, **contacted.params}
        params["quiet"] = self._clock.now_ms() - quiet_days * DAY_MS
        checks: dict[m.Reason, str] = {
            "refused": _REFUSED,
            "flagged": "c.flag <> ''",
            "blocked": _BLOCKED,
            "no_consent": f"NOT {consents.sql}",
            "no_profiling": "c.no_profiling" if m.profiles(rule) else "0",
            "contacted": f"{contacted.sql} OR {_ELSEWHERE}",
        }
        cases = " ".join(f"WHEN {checks[reason]} THEN '{reason}'" for reason in m.REASONS)
        return f"SELECT c.id, CASE {cases} ELSE '' END AS why {_BOOK} AND {fits.sql}", params

    def _condition(self, rule: m.Rule, viewer: str | None, prefix: str = "p") -> Condition:
        asks_model = any(isinstance(leaf, m.Figure) and leaf.name == "left_percent" for leaf in m.leaves(rule))
        model = self._db.query(kept_model) if asks_model else None
        return compile_rule(rule, self._clock.now_ms(), viewer, prefix, model)


def _scalar(conn: Connection, statement: str, params: Mapping[str, Any]) -> int:
    return int(conn.exec_driver_sql(statement, dict(params)).scalar_one())


def _line(row: Any, model: Model | None, now: int) -> m.Line:
    left = gain = None
    if model is not None and row.orders > 1 and not row.no_profiling:
        hers = History(row.first_at, row.last_at, row.orders)
        left = left_percent(model, hers, now)
        gain = round(likely_orders(model, hers, now) * max(0, row.total_fen) / row.orders)
    return m.Line(row.id, row.name, row.last_at, row.orders, row.total_fen, row.contact_at, row.rhythm, left, gain,
                  row.why)  # fmt: skip


def _kept(row: RowMapping, viewer: str) -> m.Kept:
    static = row["mode"] == "static"
    rule = m.Listed(row["id"]) if static else parse(decode_json(row["rule"]))
    mine = row["guide_id"] == viewer
    return m.Kept(row["id"], row["name"], rule, row["mode"], bool(row["shared"]), row["guide_id"], row["at"], mine)
