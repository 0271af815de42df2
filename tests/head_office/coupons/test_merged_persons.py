"""A batch's limit a person holds for her under every number and record that turned out to be hers."""

from __future__ import annotations

from typing import Any

from guide_app.protocol.coupon_code import make_code
from tests.head_office.kit import NOW, Pc, new_id

_A, _B = "13800000001", "13800000002"


def _client(pc: Pc, phone: str = "") -> str:
    client = new_id()
    pc.push(pc.mutation("put", "client", client, name="王姐", phone=phone))
    return client


def _issue(pc: Pc, guide_id: str, template_id: str, client_id: str) -> str:
    """The code of the refusal, empty if she got one."""
    asked: dict[str, Any] = {
        "template_id": template_id,
        "code": make_code(),
        "client_id": client_id,
        "guide_id": guide_id,
    }
    refused = pc.push(pc.mutation("command", "coupon.issue", new_id(), claimed_at=NOW, **asked)).results
    return refused[0].code if refused else ""


def _merge(pc: Pc, ends: str, stays: str) -> None:
    pc.push(pc.mutation("command", "client.merge", ends, into=stays))


def test_who_was_merged_does_not_claim_once_more_by_her_other_number(pc: Pc, guide_id: str, template_id: str) -> None:
    ends, stays = _client(pc, _A), _client(pc, _B)
    assert _issue(pc, guide_id, template_id, ends) == ""
    _merge(pc, ends, stays)
    assert _issue(pc, guide_id, template_id, stays) == "coupon.limit"
    pc.push(pc.mutation("command", "client.unmerge", ends))
    assert _issue(pc, guide_id, template_id, stays) == "", "two persons after all"
