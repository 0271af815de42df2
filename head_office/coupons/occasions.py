"""自动发券: batches that are handed out by themselves, to newcomers, for birthdays, after an order.

Once for each batch, person and year (newcomers: once for ever), whichever store she is known in: the coupon's id
follows from them. Only to those who agreed to be contacted: a coupon out of the blue is a message of the brand's.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial
from typing import Literal

from sqlalchemy import Connection, Engine

from guide_app.base.clock import DAY_MS, china_date
from guide_app.base.dates import kept_on
from guide_app.base.errors import GuideError
from guide_app.base.ids import derived_id
from guide_app.protocol.coupon_code import make_code
from guide_app.protocol.scopes import scope_store_id, store_scope
from head_office.coupons.issue import NewCoupon, issue
from head_office.coupons.model import Template, is_on_offer
from head_office.coupons.persons import known_as
from head_office.coupons.queries import all_templates, locate_id
from head_office.feed.rows import Key
from head_office.feed.write import FeedWriter, in_transaction
from head_office.store.secret import OfficeSecret

Occasion = Literal["newcomer", "birthday", "after_order"]

_AGREED = ("one_to_one", "marketing")
#: A receipt that is brought in later is history, and a client registered longer ago is no newcomer any more.
FRESH_MS = 7 * DAY_MS
_AHEAD_DAYS = 7
_HOLD = "SELECT pg_advisory_xact_lock(hashtextextended(%(id)s, 0))"
_FIRST = (
    "SELECT store_id = %(store)s::uuid AND client_id = %(client)s::uuid FROM client_identity"
    " WHERE person_hash = %(person)s"
)
_WINDOW = "SELECT (value->>'days_before')::int FROM house_rule WHERE name = 'birthday_window'"
_WELCOME = "contact_state IN ('one_to_one', 'marketing') AND flag = '' AND archived_at IS NULL"
_NEW = f"SELECT store_id::text, id::text FROM client WHERE created_at >= %(since)s AND {_WELCOME} ORDER BY 1, 2"
_BORN = (
    "SELECT store_id::text, id::text FROM client WHERE birth_calendar = %(calendar)s AND birth_month = %(month)s"
    f" AND birth_day = %(day)s AND birth_leap = %(leap)s AND {_WELCOME} ORDER BY 1, 2"
)


@dataclass(frozen=True, slots=True)
class Given:
    """How many coupons a day's pass handed out."""

    newcomer: int
    birthday: int


def is_given(connection: Connection, occasion: Occasion) -> bool:
    """Whether there is a batch for this occasion at all."""
    query = "SELECT EXISTS (SELECT 1 FROM coupon_template WHERE occasion = %(occasion)s AND status = 'active')"
    return bool(connection.exec_driver_sql(query, {"occasion": occasion}).scalar_one())


def give(writer: FeedWriter, secret: OfficeSecret, occasion: Occasion, client_key: Key, *, year: int = 0) -> int:
    """Stage a coupon of every batch for this occasion that the client has not had; returns how many.

    `year` is that of the occasion, the present one unless given. A batch that is used up, or of which she has had her
    share, is passed over.
    """
    client = writer.get(client_key)
    if client is None or client.data["contact_state"] not in _AGREED or client.data["flag"]:
        return 0
    person = secret.person_hash(client.data["phone"] or client_key[2])
    if occasion == "newcomer" and not _is_new(writer.connection, client_key, client.data["phone"], person):
        return 0
    when = "" if occasion == "newcomer" else str(year or china_date(writer.now_ms).year)
    wanted = [t for t in all_templates(writer.connection) if t.occasion == occasion and is_on_offer(t, writer.now_ms)]
    marks = known_as(writer.connection, secret, client_key[0], client_key[2]) if wanted else frozenset()
    given = 0
    for template in wanted:
        coupon_id = derived_id(0, f"{occasion}:{template.id}:{person.hex()}:{when}")
        writer.connection.exec_driver_sql(_HOLD, {"id": coupon_id})
        if locate_id(writer.connection, coupon_id) is None:
            new = NewCoupon(
                coupon_id, client_key[0], make_code(), client_key[2], person, client.data["primary_guide_id"],
                writer.now_ms, known_as=marks,
            )  # fmt: skip
            given += _issue(writer, secret, template, new)
    return given


def give_of_day(engine: Engine, secret: OfficeSecret, now_ms: int) -> Given:
    """Birthdays that begin to be spoken of, and newcomers whom guides registered; each client in one transaction."""
    with engine.connect() as connection:
        occasions = {template.occasion for template in all_templates(connection)}
        born = _born(connection, now_ms) if "birthday" in occasions else {}
        since = {"since": now_ms - FRESH_MS}
        new = connection.exec_driver_sql(_NEW, since).all() if "newcomer" in occasions else []

    def one(connection: Connection, occasion: Occasion, place: tuple[str, str], year: int) -> int:
        writer = FeedWriter(connection, now_ms)
        given = give(writer, secret, occasion, (store_scope(place[0]), "client", place[1]), year=year)
        writer.flush()
        return given

    newcomer = sum(
        in_transaction(engine, partial(one, occasion="newcomer", place=(row[0], row[1]), year=0)) for row in new
    )
    birthday = sum(
        in_transaction(engine, partial(one, occasion="birthday", place=place, year=year))
        for place, year in born.items()
    )
    return Given(newcomer, birthday)


def _issue(writer: FeedWriter, secret: OfficeSecret, template: Template, new: NewCoupon) -> int:
    savepoint = writer.connection.begin_nested()
    try:
        issue(writer, secret, template, new)
    except GuideError:  # she has had her share, or the batch is used up: nobody waits for an answer
        savepoint.rollback()
        return 0
    savepoint.commit()
    writer.together(1)
    return 1


def _is_new(connection: Connection, client_key: Key, phone: str, person: bytes) -> bool:
    """Whether this record is the first that the brand has of the person."""
    if not phone:
        return True
    values = {"person": person, "store": scope_store_id(client_key[0]), "client": client_key[2]}
    found = connection.exec_driver_sql(_FIRST, values).scalar_one_or_none()
    return found is None or bool(found)


def _born(connection: Connection, now_ms: int) -> dict[tuple[str, str], int]:
    """Who has birthday from today until the days of the house rule have passed: where she is, and in which year."""
    said = connection.exec_driver_sql(_WINDOW).scalar_one_or_none()
    ahead = _AHEAD_DAYS if said is None else said
    found: dict[tuple[str, str], int] = {}
    today = china_date(now_ms)
    for day in (today + dt.timedelta(days=n) for n in range(ahead + 1)):
        for key in sorted(kept_on(day), key=lambda one: (one.calendar, one.month, one.day, one.leap_month)):
            values = {"calendar": key.calendar, "month": key.month, "day": key.day, "leap": key.leap_month}
            for store_id, client_id in connection.exec_driver_sql(_BORN, values):
                found.setdefault((store_id, client_id), day.year)
    return found
