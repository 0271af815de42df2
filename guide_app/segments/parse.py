"""Rules to and from their form on the wire: head office checks the same grammar, so it lies in the protocol."""

from guide_app.protocol.segment_grammar import MOST_DEPTH, MOST_LEAVES, dump, parse

__all__ = ["MOST_DEPTH", "MOST_LEAVES", "dump", "parse"]
