"""The shop's till: hands receipts to head office over the adapters' interface, as a POS would."""

from __future__ import annotations

import json
import urllib.request
from typing import Any

_TIMEOUT = 15


class Till:
    """A POS with an API key of head office."""

    def __init__(self, origin: str, key: str) -> None:
        self._origin = origin
        self._key = key

    def sell(self, receipt: dict[str, Any]) -> dict[str, Any]:
        """Hand one receipt in. Raises urllib.error.HTTPError."""
        return self._post("/erp/v1/purchases", receipt, f"sale-{receipt['order_no']}")

    def refund(self, receipt: dict[str, Any]) -> dict[str, Any]:
        """Hand one return in. Raises urllib.error.HTTPError."""
        return self._post("/erp/v1/refunds", receipt, f"refund-{receipt['order_no']}")

    def _post(self, path: str, receipt: dict[str, Any], key: str) -> dict[str, Any]:
        request = urllib.request.Request(  # noqa: S310 - the demo's own office on the loopback
            self._origin + path,
            data=json.dumps({"items": [receipt]}).encode(),
            headers={
                "Authorization": f"Bearer {self._key}",
                "Content-Type": "application/json",
                "Idempotency-Key": key,
            },
        )
        with urllib.request.urlopen(request, timeout=_TIMEOUT) as answer:  # noqa: S310 - same
            result: dict[str, Any] = json.loads(answer.read())["results"][0]
            return result
