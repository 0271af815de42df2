"""`/s/<code>`: the page behind a link, and the scan that opening it is."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import Response

from guide_app.base.clock import DAY_MS, china_date, day_start_ms
from guide_app.base.errors import NotFoundError
from head_office.feed.write import in_transaction
from head_office.landing.answers import after, redirect
from head_office.landing.services import Services
from head_office.landing.showing import Visit, show_page, visit
from head_office.landing.visitor import is_person
from head_office.sharing.events import record_scan

#: Says only that this browser opened this link today; it names nobody and goes at midnight.
SEEN_COOKIE = "seen"


#: A code and what a chat took for a part of the address: `/`, a full stop, the words behind it.
_WITH_TAIL = re.compile(r"([A-Za-z0-9_-]{27})(?=.)/?([^A-Za-z0-9_/-].*)?", re.DOTALL)


def get_page(services: Services, request: Request) -> Response:
    """Show the page. A person's first look of the day is a scan; reloads, previews and HEAD are not."""
    if found := _WITH_TAIL.fullmatch(request.path_params["code"]):
        return redirect(f"/s/{found[1]}")
    with services.engine.connect() as connection:
        seen = visit(services, connection, request)
    response = show_page(services, seen)
    if is_person(request.method, request.headers) and SEEN_COOKIE not in request.cookies:
        return _count_scan(services, seen, response)
    return response


def get_rest(_services: Services, request: Request) -> Response:
    """What no other door is for: a link with something behind it leads to its page. Raises NotFoundError."""
    if found := _WITH_TAIL.fullmatch(request.path_params["rest"]):
        return redirect(f"/s/{found[1]}")
    raise NotFoundError("not_found", "没有这个页面。")


def get_claim(_services: Services, request: Request) -> Response:
    """Whoever comes back to the address of the form finds the page again."""
    return redirect(f"/s/{request.path_params['code']}")


def _count_scan(services: Services, seen: Visit, response: Response) -> Response:
    now = services.clock.now_ms()
    midnight = day_start_ms(china_date(now)) + DAY_MS
    response.set_cookie(
        SEEN_COOKIE,
        "1",
        max_age=max(1, (midnight - now) // 1000),
        path=f"/s/{seen.opened.code}",
        secure=services.site.secure,
        httponly=True,
        samesite="lax",
    )
    slip = seen.slip
    visitor = slip.client_id if slip is not None and slip.store_id == seen.opened.store_id else None

    def record() -> str:
        return in_transaction(services.engine, lambda c: record_scan(c, seen.opened, now, visitor))

    return after(response, record)
