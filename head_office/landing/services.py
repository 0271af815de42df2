"""What the pages need to do their work, handed in once when the office starts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import Engine

from guide_app.base.clock import Clock
from head_office.landing.assets import Assets, load_assets
from head_office.landing.consent import Consent, consent_for
from head_office.landing.limits import Limiter, Rate
from head_office.landing.photos import PhotoShelf
from head_office.landing.render import Renderer
from head_office.landing.seal import Sealer
from head_office.landing.site import Site
from head_office.store.secret import OfficeSecret

_MINUTE_MS = 60_000


@dataclass(frozen=True, slots=True)
class Rates:
    """How often one address, or all customers of one link together, may do what. A shop's guests share one address."""

    claims_by_address: Rate = field(default_factory=lambda: Rate(30, 5 * _MINUTE_MS))
    claims_by_link: Rate = field(default_factory=lambda: Rate(300, 5 * _MINUTE_MS))
    withdrawals_by_address: Rate = field(default_factory=lambda: Rate(10, 10 * _MINUTE_MS))
    misses_by_address: Rate = field(default_factory=lambda: Rate(60, 5 * _MINUTE_MS))


@dataclass(frozen=True, slots=True)
class Limits:
    """The counters of one process."""

    claims_by_address: Limiter
    claims_by_link: Limiter
    withdrawals_by_address: Limiter
    misses_by_address: Limiter


@dataclass(frozen=True, slots=True)
class Services:
    """Everything behind the pages."""

    engine: Engine
    secret: OfficeSecret
    site: Site
    clock: Clock
    consent: Consent
    sealer: Sealer
    limits: Limits
    assets: Assets
    render: Renderer
    photos: PhotoShelf


def make_services(
    engine: Engine, secret: OfficeSecret, site: Site, clock: Clock, rates: Rates | None = None
) -> Services:
    """Services with fresh counters; `engine` stays the caller's."""
    assets = load_assets()
    return Services(
        engine=engine,
        secret=secret,
        site=site,
        clock=clock,
        consent=consent_for(site.brand),
        sealer=Sealer(secret.slip_key),
        limits=_limits(rates or Rates(), clock.now_ms),
        assets=assets,
        render=Renderer(site, assets),
        photos=PhotoShelf(),
    )


def _limits(rates: Rates, now_ms: Callable[[], int]) -> Limits:
    return Limits(
        claims_by_address=Limiter(rates.claims_by_address, now_ms),
        claims_by_link=Limiter(rates.claims_by_link, now_ms),
        withdrawals_by_address=Limiter(rates.withdrawals_by_address, now_ms),
        misses_by_address=Limiter(rates.misses_by_address, now_ms),
    )
