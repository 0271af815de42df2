"""The verb `share`: posters, links and captions, one or many."""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from guide_app.base.actor import Actor
from guide_app.base.clock import china_datetime
from guide_app.base.errors import GuideError, InvalidInputError, NotFoundError
from guide_app.base.flagged import flagged
from guide_app.base.phrase import Phrase
from guide_app.catalogue.model import ProductCard, ProductRow, not_shareable
from guide_app.cli.outcome import Exit, Outcome
from guide_app.cli.signals import asked_to_end
from guide_app.flows.desk import Desk
from guide_app.flows.for_guides import chosen, folder_name
from guide_app.flows.objections import objects
from guide_app.flows.poster import poster_content, price_until
from guide_app.sharing.caption import caption
from guide_app.sharing.check import PosterRefused
from guide_app.sharing.link import ShareLink
from guide_app.sharing.queries import CouponOffer
from guide_app.sharing.service import ShareDraft
from ui.kit.poster.maker import Commission, Format, PosterMaker
from ui.kit.poster.press import Claim, PosterLost, Press, PressHere, begun_ahead, press_for
from ui.kit.poster.signs import missing_signs

_NO_PICTURE = "商品图还没有取回本机。联网后用 guide sync --once --pictures 取回, 再做一次。"
_NAMED = (InvalidInputError, NotFoundError, PosterRefused, PosterLost)
"""What stops one poster of many and not the others."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A product's share with a link of its own, and its poster under way."""

    card: ProductCard
    draft: ShareDraft
    link: ShareLink
    photo: Path | None
    claim: Claim


@dataclass(frozen=True, slots=True)
class ShareRun:
    """One call of the verb: what all its posters have in common."""

    desk: Desk
    picture: Callable[[str], Path | None]
    maker: PosterMaker
    actor: Actor
    offer: CouponOffer | None
    template: str
    format: Format
    client_id: str | None
    gs1: bool = False
    author: Actor | None = None

    def begin(self, code: str, press: Press) -> Begun:
        """Sign a link for one product and begin its poster. Raises GuideError where it must not be shared."""
        desk, offer, actor = self.desk, self.offer, self.actor
        row = desk.catalogue.find(code)
        _refuse_unshareable(row)
        card = desk.catalogue.card(row.id, actor.store_id)
        until = price_until(offer, desk.clock.now_ms(), desk.sharing.poster_days())
        draft = ShareDraft(
            product_id=row.id,
            product_no=row.no,
            price_fen=row.chat_price_fen,
            template=self.template,
            coupon_template_id=offer.id if offer else None,
            coupon_no=offer.no if offer else 0,
            client_id=self.client_id,
            price_until=until,
            gtin=_gtin(card, code) if self.gs1 else "",
        )
        desk.share_deeds.require_shareable(draft)
        link = desk.share_deeds.link(draft, desk.share_deeds.take_number(actor), actor)
        sender, named = desk.sharing.sender(actor), _named_gtin(card, code)
        content = poster_content(card, offer, sender, link.url, None, until, named)
        photo = self.picture(row.image) if row.image else None
        claim = press.begin(Commission(self.template, content, photo, self.format))
        return Begun(card, draft, link, photo, claim)

    def keep(self, begun: Begun, out: Path | None) -> dict[str, Any]:
        """Wait for the poster, read back; write the file and record the share: both or neither."""
        desk, actor, offer = self.desk, self.actor, self.offer
        draft, link, row = begun.draft, begun.link, begun.card.row
        poster = begun.claim()
        file = out or Path(f"{row.spu}-{self.template}.{self.format}")
        fresh = file.with_name(f"{file.name}.part")
        try:
            fresh.write_bytes(poster.data)
            if poster.drawing.url:
                share_id = desk.share_deeds.record(
                    draft, link, "cli", actor, leave=lambda: fresh.replace(file), author=self.author
                )
            else:  # a label for the till: nothing on it leads to her
                share_id = None
                fresh.replace(file)
        finally:
            fresh.unlink(missing_ok=True)
        return {
            "share_id": share_id,
            "product": row.name,
            "guide": actor.name,
            "url": link.url,
            "code": link.code,
            "file": str(file),
            "bytes": len(poster.data),
            "photo": begun.photo is not None,
            "price_until": china_datetime(draft.price_until).isoformat(timespec="seconds"),
            "missing_signs": list(missing_signs(poster.drawing, self.maker.renderer.families)),
            "caption": caption(
                product=row.name,
                price_fen=row.chat_price_fen,
                coupon=offer.name if offer else None,
                guide=actor.name,
                store=actor.store_name,
                url=link.url,
            ),
            "decoded": [{"variant": r.variant, "read": list(r.texts)} for r in poster.report.readings],
        }


def share(desk: Desk, picture: Callable[[str], Path | None], maker: PosterMaker, args: argparse.Namespace) -> Outcome:
    """`share --product SKU | --batch FILE`: renders, reads back, records, prints link and caption.

    `picture` says where a product's picture lies by its SHA-256; None for one that is not to be had.
    """
    maker.learn(desk.materials.centre(maker.shipped).templates())
    maker.template(args.template)
    offer = desk.sharing.offer(args.coupon) if args.coupon else None
    if args.client:
        _refuse_recipient(desk, args.client)
    actor = desk.roster.acting()
    run = ShareRun(desk, picture, maker, actor, offer, args.template, args.format, args.client, args.gs1)
    if args.batch is None and not args.guides:
        begun = run.begin(args.product, PressHere(maker))
        made = run.keep(begun, args.out)
        told = [_NO_PICTURE] if begun.card.row.image and begun.photo is None else []
        return Outcome(made, [made["file"], made["caption"], *told])
    codes, folder = [args.product] if args.batch is None else _codes(args.batch), args.out or Path.cwd()
    if not args.guides:
        return _many([(run, folder)], codes)
    guides = chosen(desk.roster, actor, args.guides.split(","))
    if args.client:
        raise InvalidInputError("batch.client", "替多位导购做海报时不能指定客户。", "去掉 --client。")
    return _many([(replace(run, actor=guide, author=actor), folder / folder_name(guide)) for guide in guides], codes)


def _many(runs: Sequence[tuple[ShareRun, Path]], codes: Sequence[str]) -> Outcome:
    """Each guide's posters in her folder, with progress on standard error; Ctrl+C keeps what was made and says so.

    What gets no poster (not shared any more, unknown, not to be read back) is named with its reason, once for all
    guides, and the others go on.
    """
    shares: list[dict[str, Any]] = []
    refused: dict[tuple[str, str], dict[str, str]] = {}
    total, seen = len(runs) * len(codes), 0
    for _, folder in runs:
        folder.mkdir(parents=True, exist_ok=True)
    wanted = [(run, folder, code) for run, folder in runs for code in codes]
    with asked_to_end() as over, press_for(runs[0][0].maker, total) as press:
        coming = begun_ahead(wanted, lambda one: _begun(one[0], one[2], press), press.ahead)
        for (run, folder, code), begun in zip(wanted, coming, strict=False):
            if over.is_set():
                break
            try:
                if isinstance(begun, GuideError):
                    raise begun
                shares.append(run.keep(begun, folder / f"{code}.{run.format}"))
            except _NAMED as e:
                refused[code, e.code] = {
                    "product": code, "code": e.code, "sentence": e.sentence, "way_out": e.way_out,
                }  # fmt: skip
            seen += 1
            sys.stderr.write(f"{seen}/{total}\n")
    stopped = seen < total
    lines = [f"{s['file']}  {s['url']}" for s in shares]
    lines += [f"没有做: {one['product']}  {one['sentence']} {one['way_out']}".rstrip() for one in refused.values()]
    lines += [f"已停止: 做好 {len(shares)} / {total} 张"] if stopped else []
    doc = {"shares": shares, "refused": list(refused.values()), "stopped": stopped}
    return Outcome(doc, lines, Exit.ATTENTION if stopped or refused else Exit.DONE)


def _begun(run: ShareRun, code: str, press: Press) -> Begun | GuideError:
    """One product's poster under way, or why it is not."""
    try:
        return run.begin(code, press)
    except _NAMED as e:
        return e


def _named_gtin(card: ProductCard, code: str) -> str:
    """The bar code of the variant that `code` names; empty where it names the product."""
    return next((sku.gtin for sku in card.skus if code in (sku.code, sku.gtin)), "")


def _gtin(card: ProductCard, code: str) -> str:
    """The bar code of the variant that `code` names, else of the product's first one. Raises InvalidInputError."""
    named = [sku for sku in card.skus if code in (sku.code, sku.gtin)] or card.skus
    found = next((sku.gtin for sku in named if sku.gtin), "")
    if not found:
        raise InvalidInputError("gtin.missing", f"「{code}」没有条码, 做不了 GS1 码。", "去掉 --gs1, 或先补条码。")
    return found


def _refuse_unshareable(row: ProductRow) -> None:
    if why := not_shareable(row):
        raise InvalidInputError("product.not_shareable", str(why), "请换一件商品。")


def _refuse_recipient(desk: Desk, client_id: str) -> None:
    portrait = desk.clients.portrait(client_id)
    fields = portrait.fields
    if (refused := flagged(fields["name"], fields["flag"], fields["flag_why"], Phrase("不能发送"))) is not None:
        raise refused
    if portrait.fields["contact_state"] == "refused" or objects(desk.privacy, client_id, "wechat", desk.clock.now_ms()):
        raise InvalidInputError(
            "consent.refused", f"{portrait.fields['name']} 不接受营销信息, 不能发送。", "只有客户本人可以重新同意。"
        )


def _codes(file: Path) -> list[str]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return [row[0].strip() for row in csv.reader(lines) if row and row[0].strip()]
