"""What a request says about who sent it: a person with a browser, a preview machine, or another site's form."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

#: Machines that open a link to preview or judge it, and programs that crawl. (Cubot is a make of phone.)
_MACHINES = re.compile(
    r"(?<!cu)bot\b|spider|crawl|slurp|preview|prefetch|facebookexternalhit|whatsapp/|wechatshareextension|qq-url-manager"
    r"|qqurlmanager|tencent.?security|safedog|monitor|pingdom|uptime|lighthouse",
    re.IGNORECASE,
)


def is_person(method: str, headers: Mapping[str, str]) -> bool:
    """Whether opening the page counts as a scan: a GET for showing now, by no known machine."""
    if method != "GET" or _MACHINES.search(headers.get("user-agent", "")) or not headers.get("user-agent"):
        return False
    purpose = headers.get("sec-purpose", "") + headers.get("purpose", "") + headers.get("x-moz", "")
    return "prefetch" not in purpose and "preview" not in purpose


def is_own_form(headers: Mapping[str, str]) -> bool:
    """Whether a POST may come from our own page.

    Browsers say themselves where a form stands (Fetch Metadata, and the Origin of RFC 6454); programs that are no
    browsers say neither, and carry no customer's cookies either. The same rule as Go's `http.CrossOriginProtection`.
    """
    site = headers.get("sec-fetch-site", "")
    if site:
        return site in ("same-origin", "none")
    origin = headers.get("origin", "")
    try:
        return not origin or urlsplit(origin).netloc == headers.get("host", "")
    except ValueError:  # no address at all
        return False


def client_address(peer: str, headers: Mapping[str, str], proxies: int) -> str:
    """Who is counted: the peer, or what the outermost of our `proxies` saw; an IPv6 customer by its /64 network."""
    hops = [hop.strip() for hop in headers.get("x-forwarded-for", "").split(",") if hop.strip()] if proxies > 0 else []
    host = hops[-min(proxies, len(hops))] if hops else peer
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
