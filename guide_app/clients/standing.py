"""How things stand with a client: the follow-up state and its history; a complaint or a block."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from guide_app.base.actor import Actor
from guide_app.base.errors import InvalidInputError
from guide_app.clients.known import known_client
from guide_app.clients.model import Edit
from guide_app.store.database import Database
from guide_app.store.uow import UnitOfWork

Flag = Literal["", "complaint", "blocked"]
#: The follow-up states in the order in which one key walks through them; empty: not followed.
FOLLOW_STATES = ("", "待跟进", "跟进中", "已赢单", "已输单", "已流失")


def next_state(state: str, step: int = 1) -> str:
    """The follow-up state `step` places on, round and round; from an unknown one the first."""
    place = FOLLOW_STATES.index(state) if state in FOLLOW_STATES else 0
    return FOLLOW_STATES[(place + step) % len(FOLLOW_STATES)]


def require_standing(after: Mapping[str, Any], before: Mapping[str, Any], actor: Actor) -> None:
    """Raise InvalidInputError unless the actor may bring a client from `before` to `after` (fields of the record).

    For a state there is not, a flag without its reason, and a block lifted by a guide who is no manager; what stays as
    another system wrote it is not asked.
    """
    state = after["follow_state"]
    if state != before["follow_state"] and state not in FOLLOW_STATES:
        raise InvalidInputError(
            "follow.state", "没有跟进状态「{state}」。", "、".join(filter(None, FOLLOW_STATES)), state=state
        )
    if (after["flag"], after["flag_why"]) == (before["flag"], before["flag_why"]):
        return
    if after["flag"] and not after["flag_why"]:
        raise InvalidInputError("flag.reason", "没有写原因。", "例如「鞋底开胶, 等厂家回复」。")
    if before["flag"] == "blocked" and after["flag"] != "blocked" and not actor.is_manager:
        raise InvalidInputError("flag.not_manager", "停止服务由店长解除。", "请店长登录后再办。")


def note_step(uow: UnitOfWork, client: Mapping[str, Any], state: str, actor: Actor) -> None:
    """Write onto the timeline that the follow-up state of this client (as she was) is another one, if it is."""
    before = str(client["follow_state"])
    if before != state:
        note = {
            "client_id": client["id"], "guide_id": actor.guide_id, "kind": "state", "at": uow.now_ms,
            "body": f"{before or '未跟进'} → {state or '未跟进'}",
        }  # fmt: skip
        uow.put("note", note, store_id=str(client["store_id"]))


class StandingService:
    """Moves the follow-up state and sets the flag."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def follow(self, client_id: str, state: str, actor: Actor) -> Edit:
        """Set the follow-up state and write the step onto the timeline; returns what it was, for undo.

        Raises NotFoundError; InvalidInputError for a state there is not.
        """

        def deed(uow: UnitOfWork) -> Edit:
            client = known_client(uow.conn, client_id)
            require_standing({**client, "follow_state": state}, client, actor)
            uow.patch("client", client_id, {"follow_state": state})
            note_step(uow, client, state, actor)
            return Edit(client_id, {"follow_state": str(client["follow_state"])}, {"follow_state": state})

        return self._db.change(deed, by=actor.guide_id, origin=actor.origin)

    def flag(self, client_id: str, flag: Flag, why: str, actor: Actor) -> Edit:
        """Say that a complaint is open or that she is blocked, and why; empty lifts it. Returns what it was, for undo.

        Raises NotFoundError; InvalidInputError without a reason, and if a guide who is no manager lifts a block.
        """
        after = {"flag": flag, "flag_why": why.strip() if flag else ""}

        def deed(uow: UnitOfWork) -> Edit:
            client = known_client(uow.conn, client_id)
            require_standing({**client, **after}, client, actor)
            before = {"flag": client["flag"], "flag_why": client["flag_why"]}
            uow.patch("client", client_id, after)
            return Edit(client_id, before, after)

        return self._db.change(deed, by=actor.guide_id, origin=actor.origin)
