"""The story of the demo, told by doing it: every step uses the real thing and checks what came of it."""

from __future__ import annotations

import json
import time
import urllib.error
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any

from guide_app.base.actor import Actor
from guide_app.base.errors import GuideError, OfficeUnreachableError
from guide_app.base.money import yuan
from guide_app.catalogue.model import ProductRow
from guide_app.cli.context import Place
from guide_app.cli.demo.customer import PageSeen, Phone
from guide_app.cli.demo.office_process import OfficeProcess
from guide_app.cli.demo.relay import Relay
from guide_app.cli.demo.till import Till
from guide_app.cli.link import OfficeLink
from guide_app.clients.model import ClientRow
from guide_app.flows.desk import Desk
from guide_app.flows.poster import poster_content
from guide_app.flows.timeline import timeline
from guide_app.protocol.coupon_code import is_valid_code, normalise_code, show_code
from guide_app.sharing.caption import caption
from guide_app.sharing.link import ShareLink
from guide_app.sharing.queries import CouponOffer
from guide_app.sharing.service import ShareDraft
from guide_app.sync.blobs import BlobStore
from guide_app.sync.report import SyncReport
from ui.kit.poster.maker import MadePoster, PosterMaker

GUIDE, PIN = "0231", "2468"
CLIENT, INITIALS = "陈雅婷", "cyt"
_MANY = 1_000


class StoryError(GuideError):
    """A step was not as it should be."""


@dataclass(frozen=True, slots=True)
class Told:
    """One step as it went: what was said, seconds, and figures for the report."""

    name: str
    said: str
    seconds: float
    figures: dict[str, Any]


@dataclass(slots=True)
class Story:
    """What the steps share. `tell` prints a line as soon as a step is done."""

    office: OfficeProcess
    cable: Relay
    place: Place
    desk: Desk
    link: OfficeLink
    maker: PosterMaker
    out: Path
    tell: Callable[[str], None]
    steps: list[Told] = field(default_factory=list)

    @contextmanager
    def step(self, name: str) -> Iterator[dict[str, Any]]:
        """Time a step; the block puts its sentence under `said` and figures beside it."""
        began = time.perf_counter()
        figures: dict[str, Any] = {}
        yield figures
        seconds = time.perf_counter() - began
        said = str(figures.pop("said"))
        self.steps.append(Told(name, said, round(seconds, 3), figures))
        self.tell(f"{len(self.steps):2d}  {name}: {said}  ({seconds:.2f} 秒)")

    def round(self) -> SyncReport:
        """One sync. Raises StoryError if it rejected anything or a digest differs."""
        report = self.link.engine.run_once()
        _must(not report.rejected, f"总部拒绝了 {report.rejected} 条修改")
        _must(all(scope.equal for scope in report.scopes), "校验不一致")
        return report


def tell_story(story: Story) -> None:
    """Play everything from the first sync to the attribution. Raises GuideError at the first step that fails."""
    first_sync(story)
    actor = begin_shift(story)
    client = find_client(story)
    product, offer = choose_product(story, client)
    share_online(story, actor, client, product, offer)
    poster, link = share_offline(story, actor, client, product, offer)
    phone, page = customer_opens(story, poster, link, product)
    back_online(story)
    code = customer_claims(story, phone, page, client, link)
    redeem(story, actor, code, product, offer)
    till = open_till(story)
    order = purchase_arrives(story, till, product, offer, code)
    attributed(story, actor, order)
    refunded(story, actor, till, order, product)
    all_equal(story)


def first_sync(story: Story) -> None:
    """Everything comes down; then the pictures, which never stand in the way."""
    with story.step("第一次同步") as told:
        report = story.round()
        _must(report.pulled > _MANY, "第一次同步收到的记录太少")
        told |= {"records": report.pulled, "per_second": round(report.pulled / report.seconds)}
        told["said"] = f"{report.pulled:,} 条记录, 每秒 {told['per_second']:,} 条, 校验一致"
    with story.step("商品图片") as told:
        count = story.link.pictures.fetch()
        _must(count > 0 and not story.link.pictures.missing(), "商品图片没有取全")
        told |= {"said": f"{count} 张, 逐张核对 SHA-256", "pictures": count}


def begin_shift(story: Story) -> Actor:
    """王敏 gives her PIN."""
    with story.step("当班") as told:
        try:
            story.desk.roster.login(GUIDE, "0000")
        except GuideError as e:
            told["wrong_pin"] = e.code
        actor = story.desk.roster.login(GUIDE, PIN, "demo")
        today = story.desk.followup.today(actor.guide_id)
        told |= {"guide": actor.name, "suggestions": len(today)}
        why = "; ".join(str(reason) for reason in today[0].reasons) if today else ""
        _must(bool(today), "今天没有建议")
        told["said"] = (
            f"{actor.name} ({actor.number}) 用 PIN 登录; 今天联系 {len(today)} 位, 首位 {today[0].name}: {why}"
        )
    return actor


def find_client(story: Story) -> ClientRow:
    """Found by the initials of her name."""
    with story.step("找客户") as told:
        began = time.perf_counter()
        found = [row for row in story.desk.clients.search(INITIALS) if row.name == CLIENT]
        spent = (time.perf_counter() - began) * 1000
        _must(bool(found), f"拼音首字母 {INITIALS} 没有找到 {CLIENT}")
        client = found[0]
        told |= {"query": INITIALS, "ms": round(spent, 1)}
        told["said"] = f"输入 {INITIALS} → {client.name} {client.phone}, 累计 {yuan(client.total_fen)}"
    return client


def choose_product(story: Story, client: ClientRow) -> tuple[ProductRow, CouponOffer]:
    """A product on sale with stock in this store, and a coupon that it reaches."""
    with story.step("选商品和券") as told:
        stocked = [p for p in story.desk.catalogue.products("乐福") if p.available and not p.sensitive]
        offers = [o for o in story.desk.sharing.offers() if o.kind == "threshold_off"]
        pairs = [(p, o) for o in offers for p in stocked if p.status == "on_sale" and p.price_fen >= o.min_spend_fen]
        _must(bool(pairs), "没有够门槛又有货的乐福鞋")
        product, offer = pairs[0]
        told |= {"product": product.spu, "offer": offer.name}
        told["said"] = f"{product.name} {yuan(product.price_fen)}, 本店可售 {product.available}; 券「{offer.name}」"
        del client
    return product, offer


def share_online(story: Story, actor: Actor, client: ClientRow, product: ProductRow, offer: CouponOffer) -> None:
    """A poster to the client, as PNG and PDF, read back by another maker's decoder."""
    with story.step("海报") as told:
        link, draft = _draft(story, actor, client, product, offer, "moments")
        poster = _poster(story, actor, product, offer, link, "moments", "png")
        (story.out / "poster.png").write_bytes(poster.data)
        pdf = _poster(story, actor, product, offer, link, "a4", "pdf")
        (story.out / "poster-a4.pdf").write_bytes(pdf.data)
        story.desk.share_deeds.record(draft, link, "copy", actor)
        words = caption(
            product=product.name, price_fen=product.price_fen, coupon=offer.name, guide=actor.name,
            store=actor.store_name, url=link.url,
        )  # fmt: skip
        (story.out / "caption.txt").write_text(words + "\n", encoding="utf-8")
        told |= {"url": link.url, "png_bytes": len(poster.data), "pdf_bytes": len(pdf.data)}
        variants = ", ".join(reading.variant for reading in poster.report.readings)
        told["said"] = f"PNG {len(poster.data) >> 10} KiB, PDF {len(pdf.data) >> 10} KiB; 读回一致 ({variants})"
    with story.step("同步分享") as told:
        report = story.round()
        _must(report.pushed > 0, "分享没有上交")
        told |= {"said": f"上交 {report.pushed} 条", "pushed": report.pushed}


def share_offline(
    story: Story, actor: Actor, client: ClientRow, product: ProductRow, offer: CouponOffer
) -> tuple[MadePoster, ShareLink]:
    """The cable is pulled; the work goes on."""
    with story.step("拔掉网线") as told:
        story.cable.unplug()
        try:
            story.link.engine.run_once()
        except OfficeUnreachableError as e:
            told |= {"code": e.code, "said": f"联系不上总部, 工作照常: {e.sentence}"}
        else:
            raise StoryError("demo.cable", "网线拔了还能同步。")
    with story.step("断网时分享") as told:
        link, draft = _draft(story, actor, client, product, offer, "square")
        poster = _poster(story, actor, product, offer, link, "square", "png")
        (story.out / "poster-offline.png").write_bytes(poster.data)
        story.desk.share_deeds.record(draft, link, "copy", actor)
        story.desk.client_deeds.note(client.id, "鞋跟略紧, 建议放鞋撑", actor, kind="message")
        told |= {"url": link.url, "said": f"新链接 {link.code} 在本机签名, 记一笔也已保存"}
    return poster, link


def customer_opens(story: Story, poster: MadePoster, link: ShareLink, product: ProductRow) -> tuple[Phone, PageSeen]:
    """The customer scans the poster made without network; head office has not heard of the share yet."""
    with story.step("客户扫码") as told:
        read = poster.report.readings[0].texts[0]
        _must(read == link.url, "海报上的码不是这个链接")
        phone = Phone()
        page = phone.open(read)
        _must(product.name in page.text, "落地页上没有这件商品")
        _must("王敏" in page.text, "落地页上没有导购")
        told |= {
            "status": page.status,
            "said": f"{page.status} · 分享还没上交, 总部已认得签名: 现价、库存、导购名片、券",
        }
    with story.step("伪造的链接") as told:
        forged = link.url[:-1] + ("A" if link.url[-1] != "A" else "B")
        try:
            phone.open(forged)
        except urllib.error.HTTPError as e:
            _must(e.code == HTTPStatus.NOT_FOUND, f"伪造的链接得到 {e.code}")
            told |= {"status": e.code, "said": "改一个字符就不认: 404, 页面说明不是真链接"}
            e.close()
        else:
            raise StoryError("demo.forged", "伪造的链接被接受了。")
    return phone, page


def back_online(story: Story) -> None:
    """The cable is put back; what was done meanwhile goes up."""
    with story.step("插回网线") as told:
        story.cable.plug()
        report = story.round()
        _must(report.pushed > 1, "断网时的修改没有上交")
        told |= {"pushed": report.pushed, "pulled": report.pulled}
        told["said"] = f"上交 {report.pushed} 条, 收到 {report.pulled} 条 (含客户的扫码)"


def customer_claims(story: Story, phone: Phone, page: PageSeen, client: ClientRow, link: ShareLink) -> str:
    """The coupon is claimed with the phone number, without consent to marketing."""
    with story.step("客户领券") as told:
        number = story.desk.clients.phone(client.id)
        claimed = phone.submit(page, phone=number)
        code = normalise_code(claimed.marked.get("copy", ""))
        _must(is_valid_code(code), "领券页上没有券码")
        again = phone.submit(page, phone=number)
        _must(normalise_code(again.marked.get("copy", "")) == code, "再点一次得到了第二张券")
        told |= {"code": code, "said": f"{show_code(code)}, 没有勾选营销同意也能领; 再点一次还是同一张"}
    with story.step("领券回到本店") as told:
        report = story.round()
        entries = [str(entry.title) for entry in timeline(story.desk.db, client.id, 8)]
        _must(any("领券" in entry for entry in entries), "时间线上没有领券")
        told |= {"pulled": report.pulled, "said": f"时间线: {entries[0]}"}
        del link
    return code


def redeem(story: Story, actor: Actor, code: str, product: ProductRow, offer: CouponOffer) -> None:
    """The guide redeems at the counter; head office confirms."""
    with story.step("核销") as told:
        held, verdict = story.desk.coupons.verify(code, product.price_fen)
        _must(verdict.usable, "券不能用")
        story.desk.coupon_deeds.redeem(code, actor, order_no="DEMO-0001", amount_fen=product.price_fen)
        try:
            story.desk.coupon_deeds.redeem(code, actor)
        except GuideError as e:
            told["again"] = e.code
        story.round()
        after = story.desk.coupons.by_code(code)
        _must(after.status == "redeemed", "总部没有确认核销")
        told["said"] = f"「{held.terms.name}」-{yuan(verdict.discount_fen)}, 总部已确认; 再核销被拒"
        del offer


def open_till(story: Story) -> Till:
    """Head office gives the till a key of its own."""
    with story.step("收银接口") as told:
        key = story.office.run("api-key", "create", "--name", "demo-till", "--rights", "all")["key"]
        told["said"] = "总部发给收银机一把接口密钥"
    return Till(story.office.origin, key)


def purchase_arrives(story: Story, till: Till, product: ProductRow, offer: CouponOffer, code: str) -> str:
    """The till reports the receipt."""
    with story.step("收银小票") as told:
        store = story.desk.roster.store_code()
        card = story.desk.catalogue.card(product.id, story.desk.roster.acting().store_id)
        sku = next(s for s in card.skus if any(f.own and f.available > 0 for f in s.figures))
        paid = product.price_fen - offer.discount_fen
        order = "DEMO-0001"
        result = till.sell({
            "store_code": store, "order_no": order, "at": story.desk.clock.now_ms(), "total_fen": paid,
            "discount_fen": offer.discount_fen, "coupon_code": code,
            "lines": [{"sku_code": sku.code, "qty": 1, "amount_fen": paid, "discount_fen": offer.discount_fen}],
        })  # fmt: skip
        _must(result["status"] == "applied", f"小票没有被接受: {result}")
        told |= {"order": order, "paid_fen": paid, "result": result, "said": f"{order} 实付 {yuan(paid)}"}
    return order


def attributed(story: Story, actor: Actor, order: str) -> None:
    """The sale finds its way back to the guide, with the reason."""
    with story.step("归属") as told:
        story.round()
        rows = story.desk.performance.attributions(order_no=order)
        _must(len(rows) == 1 and rows[0].guide_id == actor.guide_id, "这单没有归到王敏")
        evidence = json.loads(rows[0].evidence)
        touches = len(evidence["touches"])
        told |= {"rule": rows[0].rule, "amount_fen": rows[0].amount_fen, "evidence": evidence}
        told["said"] = (
            f"{order} {yuan(rows[0].amount_fen)} 归 {rows[0].guide_name}: {evidence['text']} ({touches} 个触点)"
        )


def refunded(story: Story, actor: Actor, till: Till, order: str, product: ProductRow) -> None:
    """The goods come back: a negative row, nothing is edited."""
    with story.step("退货") as told:
        sold = story.desk.performance.attributions(order_no=order)[0].amount_fen
        result = till.refund({
            "store_code": story.desk.roster.store_code(), "order_no": "DEMO-0001R", "origin_order_no": order,
            "at": story.desk.clock.now_ms(), "total_fen": sold,
            "lines": [{"title": product.name, "qty": 1, "amount_fen": sold}],
        })  # fmt: skip
        _must(result["status"] == "applied", f"退货没有被接受: {result}")
        story.round()
        back = story.desk.performance.attributions(order_no="DEMO-0001R")
        _must([(r.guide_id, r.amount_fen) for r in back] == [(actor.guide_id, -sold)], "退货没有冲回归属")
        told |= {"amount_fen": -sold, "said": f"{yuan(-sold)} 冲回同一位导购, 原行不改"}


def all_equal(story: Story) -> None:
    """Desktop and office hold the same, to the last record."""
    with story.step("对账") as told:
        report = story.round()
        checked = story.office.run("check")
        _must(bool(checked.get("ok")), "总部自检没有通过")
        told |= {"scopes": {s.scope: [s.seq, s.held_digest] for s in report.scopes}, "office_ok": True}
        total = sum(scope.n_live for scope in report.scopes)
        told["said"] = f"{total:,} 条记录, 两端摘要逐一相等; 总部自检通过"


def _draft(
    story: Story, actor: Actor, client: ClientRow, product: ProductRow, offer: CouponOffer, template: str
) -> tuple[ShareLink, ShareDraft]:
    draft = ShareDraft(product.id, product.no, product.price_fen, template, offer.id, offer.no, client.id)
    return story.desk.share_deeds.link(draft, story.desk.share_deeds.take_number(actor), actor), draft


def _poster(
    story: Story, actor: Actor, product: ProductRow, offer: CouponOffer, link: ShareLink, template: str, fmt: Any
) -> MadePoster:
    card = story.desk.catalogue.card(product.id, actor.store_id)
    photo = story.maker.photo(BlobStore(story.place.pictures).path(product.image))
    content = poster_content(card, offer, story.desk.sharing.sender(actor), link.url, photo)
    return story.maker.make(template, content, fmt)


def _must(condition: bool, sentence: str) -> None:
    if not condition:
        raise StoryError("demo.step", f"{sentence}。")
