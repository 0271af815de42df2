"""What a client says of being contacted, filed as a fact beside her record: her state never changes without one.

Deeds of several trades change it (a new record, a call that ends in a refusal), so it is written here, once
(个人信息保护法 13-15: for what, by which words, how she said it, who heard it, when; the record's store is where).
"""

from __future__ import annotations

from types import MappingProxyType

from guide_app.base.errors import InvalidInputError
from guide_app.base.said import Said
from guide_app.store.uow import UnitOfWork

#: The longest proof that the record takes, in characters.
PROOF_LIMIT = 200
_PURPOSE = MappingProxyType({"one_to_one": "service", "marketing": "marketing", "refused": "service"})


def file_said(uow: UnitOfWork, client_id: str, said: Said, guide_id: str, *, store_id: str | None = None) -> None:
    """File what she said and bring her record in step.

    For a client of whom nothing was filed that speaks against it. A refusal needs no reason and no proof. Raises
    InvalidInputError (`consent.unproven`) for an agreement without version or proof.
    """
    version, proof = said.version.strip(), said.proof.strip()
    agreed = said.state != "refused"
    if agreed and not (version and proof):
        raise unproven()
    fact = {
        "client_id": client_id, "purpose": _PURPOSE[said.state], "channel": "any", "granted": agreed,
        "version": version if agreed else "", "way": said.way, "proof": proof, "guide_id": guide_id, "at": uow.now_ms,
    }  # fmt: skip
    uow.put("consent", fact, store_id=store_id)
    consent_at = uow.now_ms if agreed else None
    fields = {"contact_state": said.state, "consent_version": fact["version"], "consent_at": consent_at}
    uow.patch("client", client_id, fields)


def unproven() -> InvalidInputError:
    """The refusal of an agreement of which nothing tells how it was given."""
    return InvalidInputError(
        "consent.unproven",
        "同意要写明告知书版本和凭据 (个人信息保护法第 14 条)。",
        "例如版本 2026-1, 凭据「告知书编号 0231」; 命令行用 guide privacy grant。",
    )
