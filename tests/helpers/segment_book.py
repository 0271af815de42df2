"""Random books for segments: the same people as records of the office and as plain values."""

from __future__ import annotations

import random
from typing import Any

from guide_app.base.clock import DAY_MS
from guide_app.protocol.messages import RecordFrame
from guide_app.protocol.records import Consent
from tests.helpers.book import LI, NOW, STORE, WANG, Frames, ident
from tests.helpers.segment_rules import CATEGORIES, COLOURS, SIZES, TAGS, Person

LISTS = (ident(5_000), ident(5_001))
PRODUCTS = {ident(6_000 + n): category for n, category in enumerate(CATEGORIES)}


class Crowd:
    """`frames` hold what `people` are, drawn from one seed."""

    def __init__(self, seed: int, size: int) -> None:
        self._dice = random.Random(seed)  # noqa: S311 - test data
        self._frame = Frames()
        self._next = 10_000
        self.frames: list[RecordFrame] = []
        for product, category in PRODUCTS.items():
            self._put("product", product, brand=True, name=category, category=category)
        for n, segment_id in enumerate(LISTS):
            self._put("segment", segment_id, name=f"名单{n}", mode="static", guide_id=WANG)
        self.people = [self._person() for _ in range(size)]

    def _person(self) -> Person:
        dice = self._dice
        client_id = self._id()
        birth = dice.choice([None, 1, 6, 12])
        fields: dict[str, Any] = {
            "name": f"客{client_id[-3:]}", "sex": dice.choice(["", "female", "male"]),
            "shoe_size": dice.choice(["", *SIZES]),
            "contact_state": dice.choice(["none", "one_to_one", "marketing", "marketing", "refused"]),
            "flag": dice.choice(["", "", "complaint"]), "starred": dice.random() < 0.3,
            "no_profiling": dice.random() < 0.3,
            "phone": dice.choice(["", str(13_000_000_000 + dice.randrange(10**9))]), "wechat": dice.choice(["", "wx"]),
            "birth_month": birth, "birth_day": dice.choice([None, 5]), "created_at": self._ago(),
            "primary_guide_id": dice.choice([None, WANG, LI]),
        }  # fmt: skip
        self._put("client", client_id, **fields)
        receipts, pieces = self._receipts(client_id)
        opened = [self._opened(client_id) for _ in range(dice.randrange(3))]
        return Person(
            client_id, fields, receipts, pieces, self._notes(client_id), self._shares(client_id), opened,
            self._tags(client_id), self._consents(client_id),
            frozenset(listed for listed in LISTS if dice.random() < 0.3 and self._enlist(listed, client_id)),
        )  # fmt: skip

    def _receipts(self, client_id: str) -> tuple[list[tuple[str, int, int]], list[Any]]:
        receipts, pieces = [], []
        for _ in range(self._dice.choice([0, 0, 1, 2, 4])):
            kind = self._dice.choice(["sale", "sale", "sale", "return"])
            at, fen, receipt = self._ago(), self._dice.randrange(1, 90_000), self._id()
            sign = -1 if kind == "return" else 1
            self._put("purchase", receipt, client_id=client_id, order_no=receipt[-6:], kind=kind, at=at,
                      total_fen=sign * fen, guide_id=WANG)  # fmt: skip
            receipts.append((kind, at, sign * fen))
            for _ in range(self._dice.choice([1, 1, 2])):
                product, line = self._dice.choice([*PRODUCTS]), self._id()
                size, colour, qty = self._dice.choice(SIZES), self._dice.choice(COLOURS), self._dice.choice([1, 1, 2])
                others = self._dice.random() < 0.2
                self._put("purchase_line", line, purchase_id=receipt, product_id=product, title="鞋", size=size,
                          colour=colour, qty=sign * qty, amount_fen=sign * fen)  # fmt: skip
                if others:
                    self._put("bought_for", self._id(), client_id=client_id, purchase_line_id=line, who="先生")
                pieces.append((PRODUCTS[product], product, size, colour, at, sign * qty, others))
        return receipts, pieces

    def _notes(self, client_id: str) -> list[tuple[str, int, str, bool]]:
        found = []
        for _ in range(self._dice.randrange(4)):
            kind, at = self._dice.choice(["note", "call", "visit", "message", "reply", "state"]), self._ago()
            body, private = self._dice.choice(["说了话", "想要一双靴子", "问 SALE 几号"]), self._dice.random() < 0.3
            self._put("note", self._id(), client_id=client_id, kind=kind, body=body, at=at, guide_id=WANG,
                      private=private)  # fmt: skip
            found.append((kind, at, body, private))
        return found

    def _shares(self, client_id: str) -> list[int]:
        found = [self._ago() for _ in range(self._dice.choice([0, 0, 1]))]
        for at in found:
            self._put("share", self._id(), client_id=client_id, guide_id=WANG, code="x", at=at)
        # A share to nobody in particular is nobody's event.
        self._put("share", self._id(), guide_id=WANG, code="y", at=self._ago())
        return found

    def _opened(self, client_id: str) -> tuple[str, int]:
        name, at = self._dice.choice(["scan", "claim", "redeemed", "held_coupon", "open_wish"]), self._ago()
        if name in ("scan", "claim"):
            self._put("share_event", self._id(), client_id=client_id, kind=name, at=at)
            self._put("share_event", self._id(), kind=name, at=at)
        elif name == "open_wish":
            self._put("wish", self._id(), client_id=client_id, want="靴", at=at)
            self._put("wish", self._id(), client_id=client_id, want="帽", at=at, state="dropped")
        elif name == "redeemed":
            self._put("coupon", self._id(), client_id=client_id, status="redeemed", claimed_at=1, redeemed_at=at)
        else:
            ends = self._dice.choice([0, NOW + DAY_MS])
            taken: dict[str, Any] = {"claimed_at": 1, "given_at": at} if ends else {"claimed_at": at}
            self._put("coupon", self._id(), client_id=client_id, valid_until=ends, **taken)
            self._put("coupon", self._id(), client_id=client_id, claimed_at=at, valid_until=NOW - 1)
        return name, at

    def _tags(self, client_id: str) -> list[tuple[str, str, int | None, str | None]]:
        found = []
        for group, name in self._dice.sample(TAGS, self._dice.randrange(3)):
            until = self._dice.choice([None, NOW + 1, NOW, NOW - DAY_MS])
            private_to = self._dice.choice([None, None, WANG, LI])
            self._put("client_tag", self._id(), client_id=client_id, group=group, name=name, until=until,
                      guide_id=private_to or WANG, private=private_to is not None, at=1)  # fmt: skip
            found.append((group, name, until, private_to))
        return found

    def _consents(self, client_id: str) -> list[Consent]:
        found = []
        for _ in range(self._dice.choice([0, 0, 1, 3, 5])):
            said: dict[str, Any] = {
                "client_id": client_id, "at": self._ago(), "granted": self._dice.random() < 0.6,
                "purpose": self._dice.choice(["marketing", "marketing", "service", "sensitive"]),
                "channel": self._dice.choice(["any", "any", "sms"]), "guide_id": self._dice.choice([None, WANG]),
            }  # fmt: skip
            found.append(Consent(id=self._id(), **said))
            self._put("consent", found[-1].id, **said)
        return found

    def _enlist(self, segment_id: str, client_id: str) -> bool:
        self._put("segment_member", self._id(), segment_id=segment_id, client_id=client_id)
        return True

    def _ago(self) -> int:
        """A moment of the last 400 days, often exactly whole days ago, where rules have their edges."""
        days = self._dice.randrange(400) * DAY_MS
        return NOW - days - self._dice.choice([0, 0, 1, self._dice.randrange(DAY_MS)])

    def _id(self) -> str:
        self._next += 1
        return ident(self._next)

    def _put(self, kind: str, record_id: str, /, *, brand: bool = False, **data: Any) -> None:
        plain = {name: value for name, value in data.items() if value is not None}
        self.frames.append(self._frame(kind, record_id, store="" if brand else STORE, **plain))
