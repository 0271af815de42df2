"""Figures that head office may set for all stores, with the house's defaults and the bounds that the law draws."""

from __future__ import annotations

from guide_app.store.house_rules import Figure, figure

__all__ = ("EXPORT_LIMIT", "RETENTION_DAYS", "REVEAL_LIMIT", "Figure", "figure")

#: How many clients' numbers a guide may look at on one business day.
REVEAL_LIMIT = Figure("reveal_limit", "per_day", 30, 0, 1_000)
#: Rows that leave within 24 hours by one hand. 250 records taken by somebody in her job are a crime already (criminal
#: interpretation of 2017 on art. 253-1, arts. 5 and 6), so head office may narrow the limit but not reach that number.
EXPORT_LIMIT = Figure("export_limit", "rows", 200, 0, 249)
#: Days without purchase and contact after which somebody has to say why a client is still kept (个人信息保护法 19).
RETENTION_DAYS = Figure("retention_days", "days", 1_095, 30, 3_650)
