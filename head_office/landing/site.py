"""Who answers for the pages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Site:
    """The brand as customers meet it.

    `company` is the processor that the privacy page names, `contact` its phone or mail for complaints. `secure`:
    customers come by https, cookies are marked so. `proxies`: how many reverse proxies of ours stand in front; that
    many entries of X-Forwarded-For, counted from the right, are believed.
    """

    brand: str
    company: str
    contact: str = ""
    secure: bool = False
    proxies: int = 0
