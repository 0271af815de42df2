"""What the routes need to do their work, handed in once when the office starts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Engine

from guide_app.base.clock import Clock
from head_office.api.limits import AttemptLimit
from head_office.api.metrics import Metrics
from head_office.coupons.external.port import ExternalCoupons
from head_office.feed.buckets import BucketReader
from head_office.feed.rules import PushRules
from head_office.store.secret import OfficeSecret


@dataclass(frozen=True, slots=True)
class Services:
    """Everything behind the routes. `brand` and `link_origin` are told to desktops when they enrol.

    `external` are the systems whose coupons are redeemed besides our own, by source.
    """

    engine: Engine
    secret: OfficeSecret
    clock: Clock
    rules: PushRules
    brand: str
    link_origin: str
    metrics: Metrics
    enrolments: AttemptLimit
    buckets: BucketReader = field(default_factory=BucketReader)
    external: Mapping[str, ExternalCoupons] = field(default_factory=dict)
