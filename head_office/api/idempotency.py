"""A write of another system counts once per Idempotency-Key: its answer is stored in the transaction that did the work.

After draft-ietf-httpapi-idempotency-key-header: same key and same content, same answer; other content, 422.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, Engine

from head_office.api.call import RefusalError
from head_office.feed.write import in_transaction

HEADER = "Idempotency-Key"
LONGEST_KEY = 200
_RESERVE = (
    "INSERT INTO idempotency (api_key_id, key, request_hash, status, body, at_ms)"
    " VALUES (%(caller)s::uuid, %(key)s, %(hash)s, 0, '', %(now_ms)s)"
    " ON CONFLICT (api_key_id, key) DO NOTHING RETURNING key"
)
_READ = "SELECT request_hash, body FROM idempotency WHERE api_key_id = %(caller)s::uuid AND key = %(key)s"
_STORE = "UPDATE idempotency SET status = 200, body = %(body)s WHERE api_key_id = %(caller)s::uuid AND key = %(key)s"


@dataclass(frozen=True, slots=True)
class Once:
    """A write to be done once: whose, under which key, for what request."""

    caller_id: str
    key: str
    request: bytes
    now_ms: int

    def run(self, engine: Engine, work: Callable[[Connection], bytes]) -> tuple[bytes, bool]:
        """Do `work` in one transaction and store its answer, or return the stored one.

        Returns the body and whether it is a repetition. Two requests with one key wait for each other. Raises
        RefusalError `idempotency.reused` if the key was used for another request.
        """
        return in_transaction(engine, lambda connection: self._run(connection, work))

    def _run(self, connection: Connection, work: Callable[[Connection], bytes]) -> tuple[bytes, bool]:
        digest = hashlib.sha256(self.request).digest()
        values = {"caller": self.caller_id, "key": self.key, "hash": digest, "now_ms": self.now_ms}
        if connection.exec_driver_sql(_RESERVE, values).one_or_none() is None:
            stored = connection.exec_driver_sql(_READ, values).one()
            if bytes(stored.request_hash) != digest:
                raise RefusalError("idempotency.reused")
            return bytes(stored.body), True
        body = work(connection)
        connection.exec_driver_sql(_STORE, {**values, "body": body})
        return body, False
