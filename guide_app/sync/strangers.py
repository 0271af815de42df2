"""Asks head office after clients whom only refused changes here still name.

A refused change stays on the list until somebody deals with it. If the client of it lives in a store that this PC may
not see any more, no frame will tell of her erasure: what is left here of her words would outlive her.
"""

from __future__ import annotations

from guide_app.base.ids import is_id
from guide_app.protocol.messages import GoneFrame
from guide_app.protocol.scopes import store_scope
from guide_app.store import outbox
from guide_app.store.apply import Applier
from guide_app.store.database import Database
from guide_app.sync.office import Office

#: Ids to a question, so that its address stays short.
_TOGETHER = 50


def forget_erased_strangers(db: Database, office: Office) -> None:
    """Purge what refused changes say of clients erased elsewhere. Raises what the office's answers raise."""
    strangers = db.query(outbox.strangers)
    ids = sorted(client for client in strangers if is_id(client))  # what is no id may be why it was refused
    erased = [client for i in range(0, len(ids), _TOGETHER) for client in office.erased_among(ids[i : i + _TOGETHER])]
    if erased:

        def work(applier: Applier) -> None:
            applier.apply(GoneFrame(store_scope(strangers[client]), "client", client, 0) for client in erased)

        db.apply(work)
