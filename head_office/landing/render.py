"""Fills the templates. Every value is escaped, an undefined name is an error."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from head_office.landing.assets import Assets
from head_office.landing.photos import WIDTHS
from head_office.landing.site import Site


def photo_url(sha256: str, width: int) -> str:
    """Where a product's picture is served at a width."""
    return f"/s/blob/{sha256}/{width}"


def srcset(sha256: str) -> str:
    """All widths of a picture, as `img srcset` takes them."""
    return ", ".join(f"{photo_url(sha256, width)} {width}w" for width in WIDTHS)


class Renderer:
    """Makes HTML of view models. `site` and the addresses of assets are known to every template."""

    def __init__(self, site: Site, assets: Assets) -> None:
        self._environment = Environment(
            loader=PackageLoader("head_office.landing"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals.update(
            site=site, asset=assets.url, theme=assets.theme, photo=photo_url, srcset=srcset
        )

    def __call__(self, template: str, **values: Any) -> bytes:
        """The page in UTF-8."""
        return self._environment.get_template(f"{template}.html").render(values).encode()
