"""`/sync/v1/hint`: a PC waits here until there is something to fetch. `/sync/v1/devices`: the PCs of its stores."""

from __future__ import annotations

from guide_app.protocol.envelope import SCHEMA_HEADER, SPREAD_HEADER
from guide_app.protocol.messages import StorePc, StorePcs
from head_office.api.call import Answer, Call, RefusalError, json_answer
from head_office.api.front import Front
from head_office.api.operation import Operation, Query
from head_office.api.services import Services
from head_office.api.sync_routes import bearer, check_schema, read_cursors, read_waiting
from head_office.enrolment.devices import authenticate
from head_office.enrolment.store_pcs import list_store_pcs
from head_office.feed.read import is_up_to_date

_LONGEST_S = 55
_WORTHWHILE_S = 0.1
_USUAL_S = 50
_EXAMPLE = StorePcs([StorePc("0190f5e2-7c00-7000-8000-0000000000d1", "收银台 1", "0190f5e2", 1_780_000_000_000, 3)])


async def wait_for_news(front: Front, call: Call) -> Answer | None:
    """204 as soon as the device has something to fetch, 304 when the time is up."""
    token = bearer(call)
    check_schema(call)
    cursors, seconds = read_cursors(call), _wait(call)
    who = await front.looks.look(token, read_waiting(call))
    if not is_up_to_date(cursors, who.heads):
        return Answer(204)
    news = await front.heads.wait(who, seconds)
    if news is None:
        return Answer(304)
    return Answer(204, headers={SPREAD_HEADER: f"{news.spread_s:.1f}"} if news.spread_s >= _WORTHWHILE_S else {})


def list_pcs(services: Services, call: Call) -> Answer:
    """The PCs of the stores that the device may see: when each was heard of, and what it had not handed in."""
    check_schema(call)
    with services.engine.connect() as connection:
        who = authenticate(connection, bearer(call), services.clock.now_ms())
        return json_answer(StorePcs(list_store_pcs(connection, who.granted)), sealed=True)


def _wait(call: Call) -> int:
    text = next((value for name, value in call.query if name == "wait"), str(_USUAL_S))
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= _LONGEST_S:
        raise RefusalError("request.malformed", f"wait 是 1 至 {_LONGEST_S} 的整数。")
    return int(text)


OPERATIONS = (
    Operation(
        "GET",
        "/sync/v1/hint",
        None,
        "等到有新内容: 只说“来取”, 不给内容",
        "sync",
        auth="device",
        query=(
            Query("c", "`scope~epoch~seq`, once for each scope held", many=True),
            Query("wait", f"seconds to wait at most, 1-{_LONGEST_S}", whole=True),
            Query("w", "changes not handed in yet, if any", whole=True),
        ),
        headers=((SCHEMA_HEADER, "schema of the records"),),
        problems=("device.revoked", "schema.unsupported", "office.busy"),
        statuses=(
            (204, f"There is something to pull; `{SPREAD_HEADER}` says over how many seconds to spread the pulls."),
            (304, "Nothing moved while it waited."),
        ),
        early=wait_for_news,
    ),
    Operation(
        "GET",
        "/sync/v1/devices",
        list_pcs,
        "本店的电脑: 上次联系, 未上交的修改数",
        "sync",
        auth="device",
        response=StorePcs,
        response_example=_EXAMPLE,
        headers=((SCHEMA_HEADER, "schema of the records"),),
        problems=("device.revoked", "schema.unsupported"),
    ),
)
