"""Head office's rules, as a sync would bring them."""

from __future__ import annotations

from typing import Any

from guide_app.flows.desk import Desk
from guide_app.protocol.messages import RecordFrame
from guide_app.protocol.scopes import BRAND
from tests.helpers.book import ident

_FIELDS = {"reveal_limit": "per_day", "export_limit": "rows", "retention_days": "days"}


def set_rule(desk: Desk, name: str, value: object, seq: int = 900) -> None:
    """Head office sets a figure."""

    def bring(applier: Any) -> None:
        applier.apply(
            [RecordFrame(BRAND, "house_rule", ident(seq), seq, {"name": name, "value": {_FIELDS[name]: value}})]
        )

    desk.db.apply(bring)
