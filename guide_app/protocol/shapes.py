"""What the fields of records are made of, and the base of all kinds."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

Id = Annotated[str, Meta(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")]
Short = Annotated[str, Meta(max_length=64)]
Line = Annotated[str, Meta(max_length=300)]
Text = Annotated[str, Meta(max_length=4000)]
Fen = Annotated[int, Meta(ge=-(1 << 53), le=1 << 53)]
Ms = Annotated[int, Meta(ge=0, lt=1 << 48)]
Count = Annotated[int, Meta(ge=-(1 << 31), lt=1 << 31)]


class Record(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Base of all kinds: the id within its scope."""

    id: Id = "00000000-0000-0000-0000-000000000000"
