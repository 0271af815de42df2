"""同意 as given or taken back on the brand's own pages, kept as facts beside the client's present state."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from head_office.feed.rows import Key
from head_office.feed.write import FeedWriter
from head_office.store.audit import new_id

Purpose = Literal["service", "marketing"]


def stage_consents(
    writer: FeedWriter, client: Key, purposes: Iterable[Purpose], *, granted: bool, version: str, proof: str
) -> None:
    """Stage one fact a purpose, for all channels: by her own hand, on a page, now.

    `version` names the words that she read, `proof` the page (at most 300 characters). The law asks for both: that she
    was informed (个人信息保护法 art. 14), and that the brand can show it (art. 69).
    """
    scope, _, client_id = client
    for purpose in purposes:
        fact = {
            "client_id": client_id,
            "purpose": purpose,
            "granted": granted,
            "version": version,
            "way": "page",
            "proof": proof,
            "at": writer.now_ms,
        }
        writer.put((scope, "consent", new_id(writer.now_ms)), fact)
