"""Deeds of sharing: take a number for a link, record that the share left the PC."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from guide_app.base.actor import Actor
from guide_app.base.errors import InvalidInputError, NotEnrolledError
from guide_app.base.phrase import Phrase
from guide_app.protocol.link import Subject
from guide_app.sharing.link import LinkKey, ShareLink, subject_link
from guide_app.store.codec import decode_json
from guide_app.store.database import Database
from guide_app.store.uow import UnitOfWork
from guide_app.store.welcome import require_unflagged

_PRIVATE = "private"
"""The sales channel of chats."""

_ON_SALE = "on_sale"
_ASKED = "SELECT name, status, sensitive, channels FROM product WHERE id = ?"


def _stays() -> None:
    """Nothing leaves with the record: it has left, or leaves after it."""


@dataclass(frozen=True, slots=True)
class ShareDraft:
    """What is shared, with or without a coupon, to a client or to nobody in particular.

    A product, or (`product_id` empty) a look or a campaign; with none it is the guide's own card, or a coupon alone.
    `price_until` (UTC ms) is how long the poster says its price holds, 0 where it says nothing. With the `gtin` of a
    variant the link is a GS1 Digital Link, which the till reads, too.
    """

    product_id: str
    product_no: int
    price_fen: int
    template: str
    coupon_template_id: str | None = None
    coupon_no: int = 0
    client_id: str | None = None
    look_id: str | None = None
    look_no: int = 0
    campaign_id: str | None = None
    campaign_no: int = 0
    price_until: int = 0
    gtin: str = ""

    @property
    def subject(self) -> tuple[Subject, int]:
        """What the link names, and by which number."""
        if self.product_id:
            return Subject.PRODUCT, self.product_no
        if self.campaign_id:
            return Subject.CAMPAIGN, self.campaign_no
        return (Subject.LOOK, self.look_no) if self.look_id else (Subject.CARD, 0)


class SharingService:
    """Makes links and records shares."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def take_number(self, actor: Actor) -> int:
        """The next share number of this PC's link key. A number taken is never given again."""

        def deed(uow: UnitOfWork) -> int:
            number = uow.conn.exec_driver_sql(
                "SELECT value FROM setting WHERE key = 'sharing.next_number'"
            ).scalar_one_or_none()
            taken = int(number or 1)
            uow.save_setting("sharing.next_number", str(taken + 1))
            return taken

        return self._db.change(deed, by=actor.guide_id, origin=actor.origin)

    def link(self, draft: ShareDraft, number: int, actor: Actor) -> ShareLink:
        """The signed link of a draft under a number taken before. Raises NotEnrolledError."""
        subject, subject_no = draft.subject
        numbers = {"guide_no": actor.guide_no, "coupon_no": draft.coupon_no, "share_no": number}
        return subject_link(self._key(), subject, subject_no, **numbers, gtin=draft.gtin)

    def record(
        self,
        draft: ShareDraft,
        link: ShareLink,
        channel: str,
        actor: Actor,
        leave: Callable[[], object] = _stays,
        author: Actor | None = None,
    ) -> str:
        """Record that the share left the PC (copied, printed, saved …); returns the share's id.

        It is the `actor`'s share; the change is the `author`'s where another, her manager, made it for her.

        `leave` lets it go (e.g. gives a file its name): where that fails nothing is recorded, and where the record is
        refused nothing leaves. Raises InvalidInputError (`product.not_shareable`, `client.flagged`).
        """

        def deed(uow: UnitOfWork) -> str:
            share_id = put_share(uow, draft, link, channel, actor)
            leave()
            return share_id

        return self._db.change(deed, by=(author or actor).guide_id, origin=actor.origin)

    def require_shareable(self, draft: ShareDraft) -> None:
        """Raise InvalidInputError with the reason if this must not be shared, or not to this client."""
        self._db.query(lambda conn: require_shareable(conn, draft))

    def require_printable(
        self, product_id: str | None, client_id: str | None, *, discreet: bool, goods: Sequence[str] = ()
    ) -> None:
        """Raise InvalidInputError if what was printed must not be printed again.

        What leads to goods (or shows them; `goods` are a look's) must still be shareable, and still to this client. A
        `discreet` label is for sensitive goods, too, but for none that are no longer sold.
        """
        asked = [product_id, *goods] if product_id is not None else [*goods]

        def ask(conn: Connection) -> None:
            if client_id is not None:
                require_unflagged(conn, client_id, Phrase("不能发送"))
            for one in asked:
                _require_printable(conn, one, discreet=discreet)

        self._db.query(ask)

    def _key(self) -> LinkKey:
        row = self._db.query(
            lambda conn: conn.exec_driver_sql("SELECT key_no, link_key, link_origin FROM device").first()
        )
        if row is None:
            raise NotEnrolledError("not_enrolled", "这台电脑还没有登记。", "运行 guide init, 或打开窗口按向导登记。")
        return LinkKey(row.key_no, row.link_key, row.link_origin)


def require_shareable(conn: Connection, draft: ShareDraft) -> None:
    """Raise InvalidInputError for a product that must not be shared (any more), or a client whom nothing is sent.

    Asked of the book at the moment of the deed: what was drafted an hour ago may have been stopped meanwhile.
    """
    if draft.client_id is not None:
        require_unflagged(conn, draft.client_id, Phrase("不能发送"))
    row = conn.exec_driver_sql(_ASKED, (draft.product_id,)).first() if draft.product_id else None
    if row is not None and (why := _barred(row.status, sensitive=row.sensitive, channels=row.channels)):
        raise InvalidInputError(
            "product.not_shareable", "「{name}」{why}, 不能分享。", "请换一件商品。", name=row.name, why=why
        )


def _require_printable(conn: Connection, product_id: str, *, discreet: bool) -> None:
    row = conn.exec_driver_sql(_ASKED, (product_id,)).first()
    if row is None:
        raise InvalidInputError("print.not_again", "这件商品已经不在目录里, 不能再打。", "请换一件商品。")
    why = _barred(row.status, sensitive=row.sensitive and not discreet, channels=None if discreet else row.channels)
    if why is None:
        return
    if row.sensitive and row.status == _ON_SALE:
        raise InvalidInputError(
            "print.not_again",
            "「{name}」{why}, 不能再打。",
            "在商品上按 Ctrl+P, 可以只打隐私货签。",
            name=row.name,
            why=why,
        )
    raise InvalidInputError("print.not_again", "「{name}」{why}, 不能再打。", "请换一件商品。", name=row.name, why=why)


def _barred(status: str, *, sensitive: bool, channels: str | None) -> Phrase | None:
    """Why a product must not go into a chat; None if it may."""
    if status != _ON_SALE:
        return Phrase("已停售")
    if sensitive:
        return Phrase("属于敏感商品")
    allowed = decode_json(channels) if channels else []
    return Phrase("不在私域渠道销售") if allowed and _PRIVATE not in allowed else None


def put_share(
    uow: UnitOfWork, draft: ShareDraft, link: ShareLink, channel: str, actor: Actor, *, left: bool = False
) -> str:
    """Record a share in a change under way; returns its id.

    What has `left` already is recorded whatever speaks against it: the book tells what happened. Raises
    InvalidInputError otherwise.
    """
    if not left:
        require_shareable(uow.conn, draft)
    record = {
        "guide_id": actor.guide_id, "client_id": draft.client_id, "product_id": draft.product_id or None,
        "look_id": draft.look_id, "campaign_id": draft.campaign_id, "price_until": draft.price_until,
        "coupon_template_id": draft.coupon_template_id, "key_no": link.key_no, "share_no": link.share_no,
        "code": link.code, "template": draft.template, "channel": channel, "price_fen": draft.price_fen,
        "at": uow.now_ms,
    }  # fmt: skip
    return uow.put("share", record)
