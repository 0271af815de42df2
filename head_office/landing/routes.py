"""All doors of the landing pages: below `/s`, and `/01` for the bar codes of products."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from head_office.landing.answers import Message, guarded, message_page
from head_office.landing.claiming import get_coupon, post_claim
from head_office.landing.files import get_blob, get_static
from head_office.landing.forms import MOST_BYTES, read_fields
from head_office.landing.gtin_page import get_product
from head_office.landing.link_page import get_claim, get_page, get_rest
from head_office.landing.privacy_page import get_privacy, post_privacy
from head_office.landing.services import Services
from head_office.landing.visitor import is_own_form

_FOREIGN = Message(403, "没有办成", "这个请求不是从我们的页面发出的。", "请重新扫码打开页面再试。")
_UNREADABLE = Message(400, "没有办成", "表单的内容读不懂。", "请重新扫码打开页面再试。")
_TOO_LARGE = Message(413, "没有办成", "表单的内容太长。", "请重新扫码打开页面再试。")

PostHandler = Callable[[Services, Request, Mapping[str, str]], Response]


def routes(services: Services) -> list[Route | Mount]:
    """The routes to mount in the office's application."""

    def get(path: str, handler: Callable[[Services, Request], Response]) -> Route:
        return Route(path, guarded(services, handler), methods=["GET"])

    doors = [
        get("/static/{name}", get_static),
        get("/blob/{sha256}", get_blob),
        get("/blob/{sha256}/{width:int}", get_blob),
        get("/{code}", get_page),
        get("/{code}/claim", get_claim),
        Route("/{code}/claim", _post(services, post_claim), methods=["POST"]),
        get("/{code}/c/{slip}", get_coupon),
        get("/{code}/privacy", get_privacy),
        Route("/{code}/privacy", _post(services, post_privacy), methods=["POST"]),
        get("/{rest:path}", get_rest),
    ]
    return [Mount("/s", routes=doors), get("/01/{item:path}", get_product)]


def _post(services: Services, handler: PostHandler) -> Callable[[Request], Awaitable[Response]]:
    """Read a form of ours, capped, and let the handler work off the event loop."""

    async def answer(request: Request) -> Response:
        if not is_own_form(request.headers):
            return message_page(services, _FOREIGN)
        body = bytearray()
        try:
            async for chunk in request.stream():
                body += chunk
                if len(body) > MOST_BYTES:
                    return message_page(services, _TOO_LARGE)
            fields = read_fields(bytes(body))
        except (ValueError, ClientDisconnect):  # whoever hung up meanwhile does not read this
            return message_page(services, _UNREADABLE)
        work = guarded(services, lambda inner, asked: handler(inner, asked, fields))
        return await run_in_threadpool(work, request)

    return answer
