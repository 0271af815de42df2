"""Joins trade words to the push: the commands devices may send, and what follows when certain records arrive."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from head_office.catalogue.requests import answer_command, request_command
from head_office.clients.commands import EraseCommand, MergeCommand, TransferCommand, UnmergeCommand
from head_office.clients.erased import erased_among
from head_office.clients.identity import IdentityKeeper
from head_office.clients.relatives import RelationKeeper
from head_office.coupons.allot import LeaseCommand, return_command
from head_office.coupons.commands import IssueCommand, RedeemCommand
from head_office.coupons.give import GiveCommand
from head_office.feed.rules import PushRules
from head_office.followup.complete import complete_command
from head_office.purchases.manual import lines_arrived, notes_arrived
from head_office.purchases.photo import photo_command
from head_office.sharing.events import shares_arrived
from head_office.store.secret import OfficeSecret


def push_rules(secret: OfficeSecret) -> PushRules:
    """All rules of this office."""

    def erased(connection: Connection, store_id: str, ids: Iterable[str]) -> set[str]:
        return erased_among(connection, secret, store_id, ids)

    return PushRules(
        commands={
            "coupon.redeem": RedeemCommand(secret),
            "coupon.issue": IssueCommand(secret),
            "coupon.give": GiveCommand(secret),
            "allotment.lease": LeaseCommand(secret),
            "allotment.return": return_command,
            "client.erase": EraseCommand(secret),
            "client.merge": MergeCommand(secret),
            "client.unmerge": UnmergeCommand(secret),
            "client.transfer": TransferCommand(secret),
            "task.complete": complete_command,
            "stock.request": request_command,
            "stock.answer": answer_command,
            "receipt.photo": photo_command,
        },
        arrivals={
            "client": IdentityKeeper(secret).clients_arrived,
            "relation": RelationKeeper(erased).relations_arrived,
            "share": shares_arrived,
            "purchase": notes_arrived,
            "purchase_line": lines_arrived,
        },
        erased=erased,
    )
