"""Everything a front end may call, joined once. The window and the command line hold one `Desk` each."""

from __future__ import annotations

from dataclasses import dataclass

from guide_app.base.clock import Clock
from guide_app.base.tag_words import TagGuard
from guide_app.campaigns.queries import CampaignQueries
from guide_app.catalogue.missing import MissingSizes
from guide_app.catalogue.queries import CatalogueQueries
from guide_app.catalogue.requests import StockRequests
from guide_app.clients.card import CardDeeds, CardQueries, make_card_deeds
from guide_app.clients.queries import ClientQueries
from guide_app.clients.service import ClientService
from guide_app.clients.tags import TagQueries, TagService
from guide_app.coupons.allotments import Allotments
from guide_app.coupons.gifts import CouponGifts
from guide_app.coupons.holds import CouponHolds
from guide_app.coupons.queries import CouponQueries
from guide_app.coupons.service import CouponService
from guide_app.flows.asked_codes import AT_THE_COUNTER_S, AskedCodes
from guide_app.flows.auto_sops import AutoSops
from guide_app.flows.auto_tags import AutoTags
from guide_app.flows.external_coupons import ExternalCoupons
from guide_app.flows.filling import ScriptFilling
from guide_app.flows.objections import objectors
from guide_app.flows.office_door import office_door
from guide_app.flows.scanned import Scans
from guide_app.flows.sending import Sending
from guide_app.flows.till import Till
from guide_app.followup.copies import CopyBook
from guide_app.followup.doubts import OverrideLog
from guide_app.followup.queries import FollowupQueries
from guide_app.followup.scripts import ScriptLibrary
from guide_app.followup.service import FollowupService
from guide_app.followup.sop_queries import SopQueries
from guide_app.followup.sop_service import SopService
from guide_app.followup.team import TeamTasks
from guide_app.followup.touches import require_room
from guide_app.performance.queries import PerformanceQueries
from guide_app.privacy.queries import PrivacyQueries
from guide_app.privacy.service import PrivacyService
from guide_app.roster.service import Roster
from guide_app.segments.learning import Rhythm
from guide_app.segments.queries import SegmentQueries
from guide_app.segments.service import SegmentService
from guide_app.sharing.calibration import Calibration
from guide_app.sharing.log import ShareLog
from guide_app.sharing.looks import Looks
from guide_app.sharing.material import Materials
from guide_app.sharing.print_log import PrintLog
from guide_app.sharing.printers import Printers
from guide_app.sharing.queries import SharingQueries
from guide_app.sharing.service import SharingService
from guide_app.store.database import Database
from guide_app.store.search import SearchIndex


@dataclass(frozen=True, slots=True)
class Desk:
    """Queries and deeds over one book. `*_deeds` change something, the others read."""

    db: Database
    clock: Clock
    roster: Roster
    clients: ClientQueries
    client_deeds: ClientService
    card: CardQueries
    card_deeds: CardDeeds
    catalogue: CatalogueQueries
    missing: MissingSizes
    stock_requests: StockRequests
    campaigns: CampaignQueries
    followup: FollowupQueries
    followup_deeds: FollowupService
    team: TeamTasks
    sops: SopQueries
    sop_deeds: SopService
    scripts: ScriptLibrary
    filling: ScriptFilling
    copies: CopyBook
    overrides: OverrideLog
    sharing: SharingQueries
    share_deeds: SharingService
    share_log: ShareLog
    looks: Looks
    calibration: Calibration
    print_log: PrintLog
    materials: Materials
    printers: Printers
    sending: Sending
    coupons: CouponQueries
    coupon_deeds: CouponService
    coupon_holds: CouponHolds
    coupon_gifts: CouponGifts
    allotments: Allotments
    external_coupons: ExternalCoupons
    asked_codes: AskedCodes
    till: Till
    scans: Scans
    performance: PerformanceQueries
    tags: TagQueries
    tag_deeds: TagService
    segments: SegmentQueries
    segment_deeds: SegmentService
    rhythm: Rhythm
    auto_tags: AutoTags
    auto_sops: AutoSops
    privacy: PrivacyQueries
    privacy_deeds: PrivacyService


def make_desk(db: Database, index: SearchIndex, clock: Clock) -> Desk:
    """Join the trade words over an open book."""
    coupons = CouponQueries(db, clock)
    guard = TagGuard.shipped()
    segments = SegmentQueries(db, clock)
    clients, catalogue = ClientQueries(db, index, clock), CatalogueQueries(db, clock)
    sharing = SharingQueries(db, clock)
    return Desk(
        db=db,
        clock=clock,
        roster=Roster(db, clock),
        clients=clients,
        client_deeds=ClientService(db, guard, require_room),
        card=CardQueries(db, clock),
        card_deeds=make_card_deeds(db),
        catalogue=catalogue,
        missing=MissingSizes(db, clock),
        stock_requests=StockRequests(db, clock),
        campaigns=CampaignQueries(db, clock),
        followup=FollowupQueries(db, clock, objectors),
        followup_deeds=FollowupService(db),
        team=TeamTasks(db, clock),
        sops=SopQueries(db, clock, objectors),
        sop_deeds=SopService(db),
        scripts=ScriptLibrary(db),
        filling=ScriptFilling(clients, catalogue, sharing),
        copies=CopyBook(db),
        overrides=OverrideLog(db),
        sharing=sharing,
        share_deeds=SharingService(db),
        share_log=ShareLog(db, clock),
        looks=Looks(db),
        calibration=Calibration(db),
        print_log=PrintLog(db, clock),
        materials=Materials(db),
        printers=Printers(db),
        sending=Sending(db),
        coupons=coupons,
        coupon_deeds=CouponService(db, coupons, clock),
        coupon_holds=CouponHolds(db),
        coupon_gifts=CouponGifts(db, coupons, clock),
        allotments=Allotments(db, clock),
        external_coupons=ExternalCoupons(db, clock, office_door(db, clock)),
        asked_codes=AskedCodes(coupons, office_door(db, clock, AT_THE_COUNTER_S)),
        till=Till(db, coupons, clock),
        scans=Scans(db, clients, clock),
        performance=PerformanceQueries(db, clock),
        tags=TagQueries(db, clock),
        tag_deeds=TagService(db, guard),
        segments=segments,
        segment_deeds=SegmentService(db),
        rhythm=Rhythm(db, clock),
        auto_tags=AutoTags(db, segments, guard, clock),
        auto_sops=AutoSops(db),
        privacy=PrivacyQueries(db, clock),
        privacy_deeds=PrivacyService(db),
    )
