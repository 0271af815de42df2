"""A head office in memory, speaking the sync protocol over real HTTP on loopback.

Built on the wire's own merge rules and nothing else, so that the desktop's sync can be tested without PostgreSQL, and
made to fail in every way a network can. `tests/contract` holds it to the same cases as the real office.
"""

from tests.helpers.memory_office.feed import Desk, Feed, Mark
from tests.helpers.memory_office.office import Done, MemoryOffice, RefusedError
from tests.helpers.memory_office.server import Fault, OfficeServer, no_fault, serving

__all__ = [
    "Desk",
    "Done",
    "Fault",
    "Feed",
    "Mark",
    "MemoryOffice",
    "OfficeServer",
    "RefusedError",
    "no_fault",
    "serving",
]
