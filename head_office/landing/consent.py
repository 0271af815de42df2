"""The marketing consent that a customer may give on the page: its words and their version.

PIPL 14-17: informed, voluntary, explicit, as easily withdrawn as given; claiming a coupon never depends on it. When
the words change, so does the version, and a form that still shows the old words is asked again.
"""

from __future__ import annotations

from dataclasses import dataclass

#: Changes with every change of the words below.
VERSION = "landing-1"


@dataclass(frozen=True, slots=True)
class Consent:
    """The words that stand beside the box, and what they are filed as."""

    version: str
    text: str


def consent_for(brand: str) -> Consent:
    """The consent asked for in a brand's name."""
    return Consent(VERSION, f"我同意{brand}和为我服务的导购通过这个手机号向我发送新品与优惠信息，可随时撤回。")
