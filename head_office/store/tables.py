"""Every table of head office: one a record kind, made from the wire's own structs, and the system tables.

Rules that keep the same SQL running on a distributed PostgreSQL are held by
tests/head_office/store/test_growth_rules.py: `store_id` leads every key of store-owned tables, ids are made by
programs and never by sequences, nothing hangs on triggers, and shared tables point to no store-owned table.
"""

from __future__ import annotations

from types import MappingProxyType

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from guide_app.protocol.kinds import KINDS
from head_office.store.record_tables import kind_table, uuid_type

METADATA = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

#: The table of each kind, by the kind's name.
KIND_TABLES = MappingProxyType({name: kind_table(kind, METADATA) for name, kind in KINDS.items()})

# --- the feed ----------------------------------------------------------------------------------------------------

#: Where each scope stands; the nil UUID is the brand. The row's lock orders all writers of the scope.
feed_head = sa.Table(
    "feed_head",
    METADATA,
    sa.Column("store_id", uuid_type(), primary_key=True),
    sa.Column("epoch", sa.Text, nullable=False),
    sa.Column("seq", sa.BigInteger, nullable=False),
    sa.Column("floor_seq", sa.BigInteger, nullable=False),
    sa.Column("n_live", sa.BigInteger, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
)

#: What is no longer in a scope: `x` deleted for good, `l` moved to the scope of store `to_store`.
gone = sa.Table(
    "gone",
    METADATA,
    sa.Column("store_id", uuid_type(), nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("id", uuid_type(), nullable=False),
    sa.Column("seq", sa.BigInteger, nullable=False),
    sa.Column("mark", sa.Text, nullable=False),
    sa.Column("at_ms", sa.BigInteger, nullable=False),
    sa.Column("to_store", uuid_type()),
    sa.PrimaryKeyConstraint("store_id", "kind", "id"),
    sa.UniqueConstraint("store_id", "seq"),
)

# --- prices ------------------------------------------------------------------------------------------------------

#: What each product was offered at, and from when: the newest line is what holds (规范促销行为暂行规定 art. 21).
product_price = sa.Table(
    "product_price",
    METADATA,
    sa.Column("product_id", uuid_type(), nullable=False),
    sa.Column("since_ms", sa.BigInteger, nullable=False),
    sa.Column("price_fen", sa.BigInteger, nullable=False),
    sa.PrimaryKeyConstraint("product_id", "since_ms"),
)

# --- devices -----------------------------------------------------------------------------------------------------

#: A store PC. The token is kept as SHA-256, the escrowed recovery key sealed with the office's secret.
#: `first_mid` and `moves` describe the last batch, so that its replay is answered alike; `last_chain` is the chain at
#: `last_mid`, by which a second copy of the PC betrays itself; `last_effective` is the stamp its last change was
#: counted with. `waiting` is what it said it had not handed in, `wiped_ms` when it reported to have destroyed its book.
device = sa.Table(
    "device",
    METADATA,
    sa.Column("store_id", uuid_type(), nullable=False),
    sa.Column("id", uuid_type(), nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("token_hash", sa.LargeBinary, nullable=False),
    sa.Column("tag", sa.Text, nullable=False),
    sa.Column("key_no", sa.BigInteger, nullable=False),
    sa.Column("signing_key", sa.Text, nullable=False),
    sa.Column("recovery_key", sa.LargeBinary, nullable=False),
    sa.Column("app_version", sa.Text, nullable=False),
    sa.Column("last_mid", sa.BigInteger, nullable=False),
    sa.Column("first_mid", sa.BigInteger, nullable=False),
    sa.Column("moves", JSONB, nullable=False),
    sa.Column("enrolled_ms", sa.BigInteger, nullable=False),
    sa.Column("last_contact_ms", sa.BigInteger, nullable=False),
    sa.Column("revoked_ms", sa.BigInteger),
    sa.Column("last_chain", sa.Text, nullable=False),
    sa.Column("last_effective", sa.Text, nullable=False),
    sa.Column("waiting", sa.BigInteger, nullable=False),
    sa.Column("wiped_ms", sa.BigInteger),
    sa.PrimaryKeyConstraint("store_id", "id"),
)

#: Scopes a device may read and write; `scope_id` is a store or nil for the brand. An ended grant stays for the record:
#: what was done before its end is still taken.
device_grant = sa.Table(
    "device_grant",
    METADATA,
    sa.Column("store_id", uuid_type(), nullable=False),
    sa.Column("device_id", uuid_type(), nullable=False),
    sa.Column("scope_id", uuid_type(), nullable=False),
    sa.Column("granted_ms", sa.BigInteger, nullable=False),
    sa.Column("ended_ms", sa.BigInteger),
    sa.PrimaryKeyConstraint("store_id", "device_id", "scope_id"),
)

#: What became of commands and of mutations that were not plainly applied; a replayed push is answered from here.
#: `touched` lists [scope, kind, id] of the records that a command wrote.
push_result = sa.Table(
    "push_result",
    METADATA,
    sa.Column("store_id", uuid_type(), nullable=False),
    sa.Column("device_id", uuid_type(), nullable=False),
    sa.Column("mid", sa.BigInteger, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("detail", sa.Text, nullable=False),
    sa.Column("lost", JSONB, nullable=False),
    sa.Column("touched", JSONB, nullable=False),
    sa.Column("at_ms", sa.BigInteger, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("record_id", sa.Text, nullable=False),
    sa.PrimaryKeyConstraint("store_id", "device_id", "mid"),
)

#: Refused mutations as they came (`mutation` is their JSON text), for staff to look at, mend the cause and replay.
#: `state`: open, replayed, dismissed. `client_id` is whom it is about, so that erasure reaches it.
quarantine = sa.Table(
    "quarantine",
    METADATA,
    sa.Column("store_id", uuid_type(), nullable=False),
    sa.Column("id", uuid_type(), nullable=False),
    sa.Column("device_id", uuid_type(), nullable=False),
    sa.Column("mid", sa.BigInteger, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("record_id", sa.Text, nullable=False),
    sa.Column("client_id", sa.Text, nullable=False),
    sa.Column("mutation", sa.Text, nullable=False),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("detail", sa.Text, nullable=False),
    sa.Column("at_ms", sa.BigInteger, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("settled_ms", sa.BigInteger),
    sa.Column("settled_by", sa.Text, nullable=False),
    sa.PrimaryKeyConstraint("store_id", "id"),
    sa.UniqueConstraint("store_id", "device_id", "mid"),
)

#: Erasures by law: who asked, and (below) which PCs have confirmed. The tombstone's place in the feed is `seq`.
erasure = sa.Table(
    "erasure",
    METADATA,
    sa.Column("store_id", uuid_type(), nullable=False),
    sa.Column("client_id", uuid_type(), nullable=False),
    sa.Column("at_ms", sa.BigInteger, nullable=False),
    sa.Column("by_guide", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.PrimaryKeyConstraint("store_id", "client_id"),
)

erasure_confirmation = sa.Table(
    "erasure_confirmation",
    METADATA,
    sa.Column("store_id", uuid_type(), nullable=False),
    sa.Column("client_id", uuid_type(), nullable=False),
    sa.Column("device_id", uuid_type(), nullable=False),
    sa.Column("confirmed_ms", sa.BigInteger, nullable=False),
    sa.PrimaryKeyConstraint("store_id", "client_id", "device_id"),
)

#: Keyed hashes of the ids of the erased, kept for good: a PC that was away for years cannot bring them back.
erased_id = sa.Table(
    "erased_id",
    METADATA,
    sa.Column("store_id", uuid_type(), nullable=False),
    sa.Column("id_hash", sa.LargeBinary, nullable=False),
    sa.Column("at_ms", sa.BigInteger, nullable=False),
    sa.PrimaryKeyConstraint("store_id", "id_hash"),
)

#: Clients that turned out to be one: what moved to the survivor (`moved`: [kind, id]), which of her fields it filled.
merge_log = sa.Table(
    "merge_log",
    METADATA,
    sa.Column("store_id", uuid_type(), nullable=False),
    sa.Column("loser_id", uuid_type(), nullable=False),
    sa.Column("survivor_id", uuid_type(), nullable=False),
    sa.Column("by_guide", sa.Text, nullable=False),
    sa.Column("moved", JSONB, nullable=False),
    sa.Column("filled", JSONB, nullable=False),
    sa.Column("at_ms", sa.BigInteger, nullable=False),
    sa.Column("undone_ms", sa.BigInteger),
    sa.PrimaryKeyConstraint("store_id", "loser_id"),
)

#: Clients handed over: one row a deed (a single client, or a whole book with `planned` and `done` counting).
transfer = sa.Table(
    "transfer",
    METADATA,
    sa.Column("store_id", uuid_type(), nullable=False),
    sa.Column("id", uuid_type(), nullable=False),
    sa.Column("to_store", uuid_type(), nullable=False),
    sa.Column("from_guide", uuid_type()),
    sa.Column("to_guide", uuid_type()),
    sa.Column("client_id", uuid_type()),
    sa.Column("by_guide", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("planned", sa.BigInteger, nullable=False),
    sa.Column("done", sa.BigInteger, nullable=False),
    sa.Column("records", sa.BigInteger, nullable=False),
    sa.Column("late", sa.BigInteger, nullable=False),
    sa.Column("refused", sa.BigInteger, nullable=False),
    sa.Column("created_ms", sa.BigInteger, nullable=False),
    sa.Column("finished_ms", sa.BigInteger),
    sa.PrimaryKeyConstraint("store_id", "id"),
)

#: Which device signs links with which key; the number travels in the link.
link_key = sa.Table(
    "link_key",
    METADATA,
    sa.Column("key_no", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("store_id", uuid_type(), nullable=False),
    sa.Column("device_id", uuid_type(), nullable=False),
    sa.Column("retired_ms", sa.BigInteger),
)

#: What head office decreed of links that are out: lead elsewhere, or nowhere; kept after its end, as a history.
link_rule = sa.Table(
    "link_rule",
    METADATA,
    sa.Column("id", uuid_type(), primary_key=True),
    sa.Column("what", sa.Text, nullable=False),
    sa.Column("ref", sa.Text, nullable=False),
    sa.Column("deed", sa.Text, nullable=False),
    sa.Column("product_id", uuid_type()),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("by_name", sa.Text, nullable=False),
    sa.Column("at_ms", sa.BigInteger, nullable=False),
    sa.Column("ended_ms", sa.BigInteger),
    sa.Column("ended_by", sa.Text, nullable=False),
)
_in_force = link_rule.c.ended_ms.is_(None)
sa.Index(None, link_rule.c.what, link_rule.c.ref, link_rule.c.deed, unique=True, postgresql_where=_in_force)

#: One-time codes for taking a PC in, as SHA-256.
enrol_code = sa.Table(
    "enrol_code",
    METADATA,
    sa.Column("code_hash", sa.LargeBinary, primary_key=True),
    sa.Column("store_id", uuid_type(), nullable=False),
    sa.Column("made_ms", sa.BigInteger, nullable=False),
    sa.Column("expires_ms", sa.BigInteger, nullable=False),
    sa.Column("used_ms", sa.BigInteger),
    sa.Column("device_id", uuid_type()),
)

# --- adapters ----------------------------------------------------------------------------------------------------

api_key = sa.Table(
    "api_key",
    METADATA,
    sa.Column("id", uuid_type(), primary_key=True),
    sa.Column("name", sa.Text, nullable=False, unique=True),
    sa.Column("key_hash", sa.LargeBinary, nullable=False),
    sa.Column("rights", JSONB, nullable=False),
    sa.Column("made_ms", sa.BigInteger, nullable=False),
    sa.Column("revoked_ms", sa.BigInteger),
)

#: Answers to writes of adapters, by their Idempotency-Key.
idempotency = sa.Table(
    "idempotency",
    METADATA,
    sa.Column("api_key_id", uuid_type(), nullable=False),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("request_hash", sa.LargeBinary, nullable=False),
    sa.Column("status", sa.BigInteger, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.Column("at_ms", sa.BigInteger, nullable=False),
    sa.PrimaryKeyConstraint("api_key_id", "key"),
)

#: Receipts taken in from tills: one purchase an order number, whoever sends it how often.
receipt = sa.Table(
    "receipt",
    METADATA,
    sa.Column("store_id", uuid_type(), nullable=False),
    sa.Column("order_no", sa.Text, nullable=False),
    sa.Column("purchase_id", uuid_type(), nullable=False),
    sa.Column("content_hash", sa.LargeBinary, nullable=False),
    sa.PrimaryKeyConstraint("store_id", "order_no"),
)

# --- brand-wide uniqueness, in identity tables of its own ----------------------------------------------------------

#: Pictures by their SHA-256.
blob = sa.Table(
    "blob",
    METADATA,
    sa.Column("sha256", sa.Text, primary_key=True),
    sa.Column("media_type", sa.Text, nullable=False),
    sa.Column("bytes", sa.LargeBinary, nullable=False),
)

#: Pictures that PCs sent up, each by the record that names it: a client's, or of a receipt noted by hand.
photo = sa.Table(
    "photo",
    METADATA,
    sa.Column("store_id", uuid_type(), nullable=False),
    sa.Column("record_id", uuid_type(), nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("device_id", uuid_type(), nullable=False),
    sa.Column("at_ms", sa.BigInteger, nullable=False),
    sa.Column("bytes", sa.LargeBinary, nullable=False),
    sa.PrimaryKeyConstraint("store_id", "record_id"),
    sa.Index(None, "store_id", "device_id", "at_ms"),
)

#: How many coupons of a template may still be handed out; `quota` is what `remaining` was counted from.
coupon_quota = sa.Table(
    "coupon_quota",
    METADATA,
    sa.Column("template_id", uuid_type(), primary_key=True),
    sa.Column("quota", sa.BigInteger, nullable=False),
    sa.Column("remaining", sa.BigInteger, nullable=False),
)

#: How many coupons of a template a person holds; the person is a keyed hash of her phone number or client id.
coupon_claim = sa.Table(
    "coupon_claim",
    METADATA,
    sa.Column("template_id", uuid_type(), nullable=False),
    sa.Column("person_hash", sa.LargeBinary, nullable=False),
    sa.Column("claims", sa.BigInteger, nullable=False),
    sa.PrimaryKeyConstraint("template_id", "person_hash"),
)

#: What a batch has handed out against its further limits: `what` is day, store, guide or budget, `ref` which one.
coupon_tally = sa.Table(
    "coupon_tally",
    METADATA,
    sa.Column("template_id", uuid_type(), nullable=False),
    sa.Column("what", sa.Text, nullable=False),
    sa.Column("ref", sa.Text, nullable=False),
    sa.Column("used", sa.BigInteger, nullable=False),
    sa.PrimaryKeyConstraint("template_id", "what", "ref"),
)

#: Coupons of other systems, each asked for under a number of ours before the other system hears of it: `asked` until
#: its answer is known, then `used`, `refused` (why: `reason`) or `returned`. `asks`: how often it was asked. Moments in
#: UTC ms, money in fen.
external_use = sa.Table(
    "external_use",
    METADATA,
    sa.Column("request_no", uuid_type(), primary_key=True),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("stock_id", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("store_id", uuid_type(), nullable=False),
    sa.Column("device_id", uuid_type(), nullable=False),
    sa.Column("guide_id", uuid_type()),
    sa.Column("order_no", sa.Text, nullable=False),
    sa.Column("amount_fen", sa.BigInteger, nullable=False),
    sa.Column("discount_fen", sa.BigInteger, nullable=False),
    sa.Column("asked_ms", sa.BigInteger, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("settled_ms", sa.BigInteger),
    sa.Column("asks", sa.BigInteger, nullable=False),
    sa.Index(None, "source", "code"),
    sa.Index(None, "store_id", "order_no"),
)

#: Every entry of the recall list, and since when it stands there (UTC ms): what a counter could know.
recall_entry = sa.Table(
    "recall_entry",
    METADATA,
    sa.Column("entry", sa.Text, primary_key=True),
    sa.Column("at", sa.BigInteger, nullable=False),
)

#: Where the coupon with a code lives.
coupon_code = sa.Table(
    "coupon_code",
    METADATA,
    sa.Column("code", sa.Text, primary_key=True),
    sa.Column("store_id", uuid_type(), nullable=False),
    sa.Column("coupon_id", uuid_type(), nullable=False),
    sa.Index(None, "coupon_id"),
)

#: The first client record of a person in the brand, by the keyed hash of her phone number.
client_identity = sa.Table(
    "client_identity",
    METADATA,
    sa.Column("person_hash", sa.LargeBinary, primary_key=True),
    sa.Column("store_id", uuid_type(), nullable=False),
    sa.Column("client_id", uuid_type(), nullable=False),
)

#: Scans and claims whose share record has not arrived yet.
waiting_event = sa.Table(
    "waiting_event",
    METADATA,
    sa.Column("store_id", uuid_type(), nullable=False),
    sa.Column("key_no", sa.BigInteger, nullable=False),
    sa.Column("share_no", sa.BigInteger, nullable=False),
    sa.Column("event_id", uuid_type(), nullable=False),
    sa.PrimaryKeyConstraint("store_id", "key_no", "share_no", "event_id"),
)

#: How this office calls itself: brand, company, contact, link_origin.
office_setting = sa.Table(
    "office_setting",
    METADATA,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

#: Batches of tasks as they were published (`entry`), and whether they wait for a second person or went out.
task_batch = sa.Table(
    "task_batch",
    METADATA,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("entry", JSONB, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("asked_by", sa.Text, nullable=False),
    sa.Column("at_ms", sa.BigInteger, nullable=False),
    sa.Column("approved_by", sa.Text, nullable=False),
    sa.Column("approved_ms", sa.BigInteger),
)

#: Who did what that must be answerable for: enrolments, revocations, keys, imports, restores.
audit = sa.Table(
    "audit",
    METADATA,
    sa.Column("store_id", uuid_type(), nullable=False),
    sa.Column("id", uuid_type(), nullable=False),
    sa.Column("at_ms", sa.BigInteger, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("deed", sa.Text, nullable=False),
    sa.Column("detail", JSONB, nullable=False),
    sa.PrimaryKeyConstraint("store_id", "id"),
    sa.Index(None, "store_id", "deed", "at_ms"),
)

#: Tables shared by all stores: found by a key of their own, never pointing to store-owned rows by foreign key.
SHARED_TABLES = frozenset(
    {name for name, kind in KINDS.items() if kind.scope == "brand"}
    | {
        t.name
        for t in (
            link_key, link_rule, enrol_code, api_key, idempotency, blob, coupon_quota, coupon_claim, coupon_tally,
            coupon_code, client_identity, office_setting, product_price, recall_entry, task_batch,
            external_use,
        )
    }
)  # fmt: skip
