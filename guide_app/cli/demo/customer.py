"""The customer's phone: opens the link of a decoded QR code over HTTP and claims the coupon, without JavaScript."""

from __future__ import annotations

import http.cookiejar
import urllib.parse
import urllib.request
from dataclasses import dataclass
from html.parser import HTMLParser

_TIMEOUT = 15
_AGENT = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Mobile Safari/537.36"


@dataclass(frozen=True, slots=True)
class PageSeen:
    """A page as the customer sees it: address after redirects, status, text without markup, hidden form fields."""

    url: str
    status: int
    text: str
    action: str
    hidden: dict[str, str]
    marked: dict[str, str]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.action = ""
        self.hidden: dict[str, str] = {}
        self.marked: dict[str, str] = {}
        self._skip = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        if tag in ("script", "style"):
            self._skip += 1
        if tag == "form" and named.get("method", "").lower() == "post" and not self.action:
            self.action = named.get("action", "")
        if tag == "input" and named.get("type") == "hidden":
            self.hidden[named.get("name", "")] = named.get("value", "")
        self.marked |= {name.removeprefix("data-"): value for name, value in named.items() if name.startswith("data-")}

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._skip -= 1

    def handle_data(self, data: str) -> None:
        if not self._skip and data.strip():
            self.text.append(data.strip())


class Phone:
    """A browser with cookies."""

    def __init__(self) -> None:
        jar = http.cookiejar.CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        self._opener.addheaders = [("User-Agent", _AGENT), ("Accept", "text/html")]

    def open(self, url: str) -> PageSeen:
        """Open a page. Raises urllib.error.HTTPError for an error status."""
        return self._read(urllib.request.Request(url))  # noqa: S310 - the demo's own office on the loopback

    def submit(self, page: PageSeen, **fields: str) -> PageSeen:
        """Fill the page's form in and send it."""
        body = urllib.parse.urlencode({**page.hidden, **fields}).encode()
        target = urllib.parse.urljoin(page.url, page.action)
        parts = urllib.parse.urlsplit(page.url)
        headers = {"Origin": f"{parts.scheme}://{parts.netloc}"}
        return self._read(urllib.request.Request(target, data=body, headers=headers))  # noqa: S310 - same

    def _read(self, request: urllib.request.Request) -> PageSeen:
        with self._opener.open(request, timeout=_TIMEOUT) as answer:
            reader = _Reader()
            reader.feed(answer.read().decode())
            return PageSeen(
                answer.url, answer.status, " ".join(reader.text), reader.action, reader.hidden, reader.marked
            )
