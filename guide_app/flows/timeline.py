"""A client's timeline: everything that happened between her and the store, from all trade words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection

from guide_app.base.money import yuan
from guide_app.base.phrase import Phrase
from guide_app.store.database import Database


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the timeline. `kind` names the record kind behind it; `author` may be empty."""

    at: int
    kind: str
    title: Phrase
    detail: Phrase
    author: str


_TITLES = {
    "note": Phrase("{text}"), "call": Phrase("电话: {text}"), "visit": Phrase("到店: {text}"),
    "message": Phrase("消息: {text}"), "reply": Phrase("回复: {text}"), "state": Phrase("跟进状态: {text}"),
    "service": Phrase("售后: {text}"), "sale": Phrase("购买 {text}"), "return": Phrase("退货 {text}"),
    "words": Phrase("话术: {text}"),
    "share": Phrase("分享「{text}」"), "share_coupon": Phrase("分享「{text}」+ 券"),
    "share_card": Phrase("分享名片与群邀请"), "scan": Phrase("打开「{text}」"),
    "claim": Phrase("通过「{text}」领券"), "coupon": Phrase("领取「{text}」"), "redeemed": Phrase("核销「{text}」"),
    "gave": Phrase("转赠「{text}」"), "got": Phrase("受赠「{text}」"),
    "promise": Phrase("答应: {text}"), "task": Phrase("任务: {text}"),
}  # fmt: skip

_PARTS = (
    ("note", """SELECT n.at, n.kind, n.body, '', g.name FROM note n LEFT JOIN guide g ON g.id = n.guide_id
                 WHERE n.client_id = :c AND (NOT n.private OR n.guide_id = :me)"""),
    ("purchase", """SELECT p.at, p.kind, (SELECT group_concat(l.title || ' ' || l.colour || ' ' || l.size, '、')
                 FROM purchase_line l WHERE l.purchase_id = p.id), p.total_fen || '|' || p.order_no, g.name
                 FROM purchase p LEFT JOIN guide g ON g.id = p.guide_id WHERE p.client_id = :c"""),
    ("service", """SELECT v.at, 'service', v.title, v.body, g.name FROM service v
                 LEFT JOIN guide g ON g.id = v.guide_id WHERE v.client_id = :c"""),
    ("share", """SELECT s.at, CASE WHEN coalesce(s.product_id, s.look_id, s.campaign_id, s.coupon_template_id) IS NULL
                 THEN 'share_card' WHEN s.coupon_template_id IS NULL
                    OR coalesce(s.product_id, s.look_id, s.campaign_id) IS NULL
                 THEN 'share' ELSE 'share_coupon' END, coalesce(p.name, k.name, m.title, t.name, ''),
                 coalesce((SELECT nullif(x.state, 'sent') FROM copied x
                    WHERE x.share_id = s.id ORDER BY x.state = 'sent' DESC, x.state = 'open' DESC LIMIT 1), s.channel),
                 g.name FROM share s
                 LEFT JOIN product p ON p.id = s.product_id LEFT JOIN look k ON k.id = s.look_id
                 LEFT JOIN campaign m ON m.id = s.campaign_id
                 LEFT JOIN coupon_template t ON t.id = s.coupon_template_id
                 LEFT JOIN guide g ON g.id = s.guide_id WHERE s.client_id = :c"""),
    ("share", """SELECT x.at, 'words', x.body, x.state, g.name FROM copied x LEFT JOIN guide g ON g.id = x.guide_id
                 WHERE x.client_id = :c AND x.share_id IS NULL AND x.state <> 'sent'"""),
    ("share_event", """SELECT e.at, e.kind, p.name, '', ''
                 FROM share_event e LEFT JOIN product p ON p.id = e.product_id
                 WHERE e.client_id = :c AND (e.kind <> 'scan' OR EXISTS (SELECT 1 FROM client w
                    WHERE w.id = :c AND w.contact_state = 'marketing' AND NOT w.no_profiling))"""),
    ("coupon", """SELECT c.claimed_at, 'coupon', t.name, c.code, g.name FROM coupon c
                 JOIN coupon_template t ON t.id = c.template_id LEFT JOIN guide g ON g.id = c.guide_id
                 WHERE c.client_id = :c AND c.given_at IS NULL"""),
    ("coupon", """SELECT c.redeemed_at, 'redeemed', t.name, c.code, '' FROM coupon c
                 JOIN coupon_template t ON t.id = c.template_id
                 WHERE c.client_id = :c AND c.status = 'redeemed' AND c.redeemed_at IS NOT NULL"""),
    ("coupon_gift", """SELECT m.at, m.side, t.name, m.side || '|' || coalesce(k.name, ''), g.name FROM coupon_gift m
                 JOIN coupon_template t ON t.id = m.template_id LEFT JOIN guide g ON g.id = m.guide_id
                 LEFT JOIN coupon_gift o ON o.deed_id = m.deed_id AND o.id <> m.id
                 LEFT JOIN client k ON k.id = o.client_id WHERE m.client_id = :c"""),
    ("coupon", """SELECT r.at, 'redeemed', r.source_name, r.coupon_code, g.name FROM redemption r
                 JOIN purchase p ON p.order_no = r.order_no AND p.order_no <> '' AND p.kind = 'sale'
                 LEFT JOIN guide g ON g.id = r.guide_id
                 WHERE p.client_id = :c AND r.source <> '' AND r.returned_at IS NULL AND r.store_id = p.store_id"""),
    ("task", """SELECT coalesce(t.done_at, t.created_at), CASE t.kind WHEN 'promise' THEN 'promise' ELSE 'task' END,
                 t.title, t.status, g.name
                 FROM task t LEFT JOIN guide g ON g.id = t.guide_id WHERE t.client_id = :c"""),
)  # fmt: skip

#: One part with its columns named.
_AS_ENTRIES = "SELECT * FROM (WITH part(at, what, text, detail, author) AS ({}) SELECT * FROM part)"

_CHANNELS = {
    "copy": Phrase("复制图片"), "link": Phrase("复制链接"), "save": Phrase("存为文件"), "print": Phrase("打印"),
    "cli": Phrase("命令行"), "not_sent": Phrase("复制了, 没有发出"), "open": Phrase("复制了, 还没说发出没有"),
}  # fmt: skip
_STATES = {"open": Phrase("未完成"), "done": Phrase("已完成"), "cancelled": Phrase("已取消")}


def timeline(
    db: Database,
    client_id: str,
    limit: int = 60,
    *,
    guide_id: str = "",
    kinds: frozenset[str] = frozenset(),
    author: str = "",
) -> list[Entry]:
    """The latest entries of a client, newest first.

    Only of these record `kinds`, and of the guide of this name (`author`), if any are given. Private notes are there
    only for their author, `guide_id`.
    """

    def read(conn: Connection) -> list[Entry]:
        entries: list[Entry] = []
        for kind, statement in _PARTS:
            if kinds and kind not in kinds:
                continue
            rows = conn.exec_driver_sql(
                f"{_AS_ENTRIES.format(statement)} WHERE :by = '' OR author = :by ORDER BY 1 DESC LIMIT :n",
                {"c": client_id, "n": limit, "me": guide_id, "by": author},
            )
            for at, what, text, detail, who in rows:
                title = _TITLES[what].given(text=text or "")
                entries.append(Entry(at, kind, title, _DETAILS.get(kind, _plain)(detail or ""), who or ""))
        entries.sort(key=lambda e: -e.at)
        return entries[:limit]

    return db.query(read)


_TOUCHES = """SELECT max(at) FROM (
    SELECT at FROM note WHERE client_id = :c AND kind IN ('call', 'visit', 'message')
    UNION ALL SELECT at FROM share WHERE client_id = :c
        AND NOT EXISTS (SELECT 1 FROM copied WHERE share_id = share.id))"""


def last_contact(db: Database, client_id: str) -> int:
    """When the client was last written to, called, seen or sent something (UTC ms); 0 if never."""
    return int(db.query(lambda conn: conn.exec_driver_sql(_TOUCHES, {"c": client_id}).scalar_one()) or 0)


def authors(db: Database, client_id: str, guide_id: str = "") -> list[str]:
    """The names of all who stand on a client's timeline as `guide_id` sees it, in order."""
    every = " UNION ".join(f"SELECT author FROM ({_AS_ENTRIES.format(statement)})" for _, statement in _PARTS)
    given = {"c": client_id, "me": guide_id}
    return db.query(lambda conn: [name for (name,) in conn.exec_driver_sql(f"{every} ORDER BY 1", given) if name])


def _plain(text: str) -> Phrase:
    return Phrase("{text}", {"text": text}) if text else Phrase("")


def _purchase(text: str) -> Phrase:
    total, order_no = text.split("|", 1)
    return Phrase("{amount} · 小票 {order}", {"amount": yuan(int(total)), "order": order_no})


def _gift(text: str) -> Phrase:
    """Who stands at the other end; nobody where she was erased or is in another store."""
    side, name = text.split("|", 1)
    return _TO[side].given(name=name) if name else Phrase("")


_TO = {"gave": Phrase("给 {name}"), "got": Phrase("来自 {name}")}
_DETAILS: dict[str, Callable[[str], Phrase]] = {
    "purchase": _purchase,
    "share": _CHANNELS.__getitem__,
    "task": _STATES.__getitem__,
    "coupon_gift": _gift,
}
