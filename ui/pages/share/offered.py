"""What can be shared besides products, read in one go: coupons, scripts, and the campaigns that run."""

from dataclasses import dataclass, replace

from guide_app.campaigns.queries import CampaignCard
from guide_app.flows.desk import Desk
from guide_app.sharing.queries import CouponOffer, ScriptRow
from ui.pages.share.draft import Subject


@dataclass(frozen=True, slots=True)
class Offered:
    """Coupons that may go with a share now, scripts in use, and running campaigns, each in its order."""

    offers: tuple[CouponOffer, ...]
    scripts: tuple[ScriptRow, ...]
    campaigns: tuple[CampaignCard, ...]


def read_offered(desk: Desk) -> Offered:
    """Read what may be offered now."""
    return Offered(desk.sharing.offers(), desk.sharing.scripts(), desk.campaigns.running())


def campaign_subject(before: Subject, campaign: CampaignCard, offer_id: str) -> Subject:
    """What is shared once a campaign is chosen: to the same client as before, with this coupon (empty: none)."""
    return replace(
        before, product_id="", look_id="", campaign_id=campaign.id, about="campaign", offer_id=offer_id
    )  # fmt: skip
