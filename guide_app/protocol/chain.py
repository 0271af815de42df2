"""The chain over a device's mutations: two copies of one PC agree on it exactly as far as they sent the same.

A number and a stamp can coincide in a copied disk, a hash over everything sent before cannot. `chain` of a mutation is
the BLAKE2b (RFC 7693, digest size 8, hex) of the chain before it and what identifies the mutation, joined by NUL; its
data enters as JSON without spaces and with keys in code-point order.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

import msgspec

from guide_app.protocol.messages import Mutation

Chain = str
#: The chain before a device's first mutation.
EMPTY_CHAIN: Chain = "0" * 16
_canonical = msgspec.json.Encoder(order="sorted")


def chain(before: Chain, mutation: Mutation) -> Chain:
    """The chain after `mutation`, 16 hex digits."""
    m = mutation
    named = f"{before}\0{m.mid}\0{m.op}\0{m.kind}\0{m.id}\0{m.store}\0{m.stamp}\0".encode()
    return blake2b(named + _canonical.encode(m.data), digest_size=8).hexdigest()


def chain_over(before: Chain, mutations: Iterable[Mutation]) -> Chain:
    """The chain after the last of `mutations`, which follow one another."""
    for mutation in mutations:
        before = chain(before, mutation)
    return before
