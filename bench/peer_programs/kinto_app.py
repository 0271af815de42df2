"""Kinto as its documentation runs it, for a WSGI server: batches of 25, pages of 100, accounts with passwords.

The storage's address is taken from KINTO_STORAGE. Run as a program it only makes the tables.
"""

import os

from kinto import main  # type: ignore[import-not-found]  # of the peers' environment
from kinto.authorization import RouteFactory  # type: ignore[import-not-found]  # same
from kinto.core.scripts import migrate  # type: ignore[import-not-found]  # same
from pyramid.config import Configurator  # type: ignore[import-not-found]  # same

_SETTINGS = {
    "kinto.includes": "kinto.plugins.accounts",
    "kinto.storage_backend": "kinto.core.storage.postgresql",
    "kinto.storage_url": os.environ["KINTO_STORAGE"],
    "kinto.permission_backend": "kinto.core.permission.postgresql",
    "kinto.permission_url": os.environ["KINTO_STORAGE"],
    "kinto.cache_backend": "kinto.core.cache.memory",
    "kinto.userid_hmac_secret": "of a measurement on the loopback",
    "multiauth.policies": "account",
    "multiauth.policy.account.use": "kinto.plugins.accounts.AccountsPolicy",
    "kinto.account_create_principals": "system.Everyone",
    "kinto.account_cache_ttl_seconds": "3600",
    "kinto.bucket_create_principals": "system.Authenticated",
    "kinto.batch_max_requests": "25",
    "kinto.paginate_by": "100",
}

configurator = Configurator(settings=_SETTINGS, root_factory=RouteFactory)
application = main({}, config=configurator, **_SETTINGS)

if __name__ == "__main__":
    migrate({"registry": configurator.registry})
