"""Answers to customers: always HTML in words they understand, with the right status and the same strict headers."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from guide_app.base.errors import GuideError, NotFoundError
from head_office.landing.people_view import CardView
from head_office.landing.services import Services
from head_office.landing.visitor import client_address
from head_office.sharing.link_rules import LinkRevokedError
from head_office.store.engine import is_transient

logger = logging.getLogger(__name__)

_POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'"
)
_HEADERS = MappingProxyType(
    {
        "Content-Security-Policy": _POLICY,
        # Not no-referrer: with that, browsers send `Origin: null` with our own form.
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
)
_FOREVER = "public, max-age=31536000, immutable"
_BUSY_S = 5


@dataclass(frozen=True, slots=True)
class Message:
    """A page that only says something. `back` is where its button leads, empty for none."""

    status: int
    title: str
    sentence: str
    way_out: str = ""
    back: str = ""
    retry_after_s: int = 0


NOT_GENUINE = Message(
    404,
    "链接未通过核验",
    "它不是本品牌的导购发出的，或者在转发时缺了几个字符。",
    "请重新扫一次二维码；如果是别人发给你的，请不要填写任何信息。",
)
_BUSY = Message(503, "现在人有点多", "请稍等几秒，再打开一次。", retry_after_s=_BUSY_S)
_BROKEN = Message(500, "页面出错了", "我们已记下这个错误。请稍后再打开一次。")


def page(services: Services, status: int, template: str, /, **values: object) -> Response:
    """One of the templates as an answer that no cache between us and the customer keeps."""
    response = Response(services.render(template, **values), status, media_type="text/html")
    response.headers.update({**_HEADERS, "Cache-Control": "private, no-store"})
    return response


def message_page(services: Services, message: Message, code: str = "", card: CardView | None = None) -> Response:
    """A message as an answer; under a genuine link with its store's card."""
    response = page(services, message.status, "message", message=message, code=code, card=card)
    if message.retry_after_s:
        response.headers["Retry-After"] = str(message.retry_after_s)
    return response


def too_often(services: Services, wait_ms: int, code: str = "") -> Response:
    """The 429 page."""
    seconds = max(1, -(-wait_ms // 1000))
    sentence = f"请在 {seconds} 秒后再试。" if seconds < 90 else f"请在 {-(-seconds // 60)} 分钟后再试。"  # noqa: PLR2004
    back = f"/s/{code}" if code else ""
    return message_page(services, Message(429, "操作太频繁了", sentence, back=back, retry_after_s=seconds), code)


def redirect(url: str, status: int = 303) -> Response:
    """After a POST: look there (so that a reload does not send the form again). 307: what is asked for lies there."""
    response = RedirectResponse(url, status)
    response.headers.update({**_HEADERS, "Cache-Control": "no-store"})
    return response


def file(request: Request, media_type: str, content: bytes, tag: str) -> Response:
    """Content whose address names it: kept for ever, and 304 to whoever asks again with its tag."""
    headers = {**_HEADERS, "Cache-Control": _FOREVER, "ETag": f'"{tag}"'}
    if not_modified(request, tag):
        return Response(None, 304, headers)
    return Response(content, 200, headers, media_type)


def not_modified(request: Request, tag: str) -> bool:
    """Whether the browser holds what carries this tag."""
    return f'"{tag}"' in request.headers.get("if-none-match", "")


def after(response: Response, work: Callable[[], object]) -> Response:
    """Do `work` when the answer is out; if the office is too busy for it, it is only logged."""

    def run() -> None:
        try:
            work()
        except (DBAPIError, PoolTimeoutError) as e:
            if not is_transient(e):
                raise
            logger.warning("left undone after a landing page: %s", type(e).__name__)

    response.background = BackgroundTask(run)
    return response


def address_of(services: Services, request: Request) -> str:
    """Under what the sender of a request is counted."""
    return client_address(request.client.host if request.client else "", request.headers, services.site.proxies)


Handler = Callable[[Request], Response]


def guarded(services: Services, handler: Callable[[Services, Request], Response]) -> Handler:
    """The handler with every failure turned into a page: forged links 404, a busy office 503, our mistakes 500."""

    @functools.wraps(handler)
    def answer(request: Request) -> Response:
        try:
            return handler(services, request)
        except NotFoundError:
            wait = services.limits.misses_by_address.take(address_of(services, request))
            return too_often(services, wait) if wait else message_page(services, NOT_GENUINE)
        except GuideError as e:
            code = str(request.path_params.get("code", "")) if isinstance(e, LinkRevokedError) else ""
            return message_page(services, _told(e), code)
        except (DBAPIError, PoolTimeoutError) as e:
            if is_transient(e):
                return message_page(services, _BUSY)
            logger.exception("landing page failed")
            return message_page(services, _BROKEN)
        except Exception:  # the outermost border: a customer must not meet a stack trace or a bare connection reset
            logger.exception("landing page failed")
            return message_page(services, _BROKEN)

    return answer


def _told(error: GuideError) -> Message:
    status, title = (410, "这个链接已停用") if isinstance(error, LinkRevokedError) else (409, "没有办成")
    return Message(status, title, error.sentence, error.way_out)
