"""Style sheet, script and icon of the pages, served under names that carry their own hash and so never grow stale."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType

_HERE = files("head_office.landing") / "assets"
_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
_HASH = 12
#: What keeps its colours in the dark: coupons are printed red, and scanners want dark on light.
_ALWAYS_LIGHT = {
    "ticket_from": "red",
    "ticket_to": "warm",
    "ticket_ink": "panel",
    "ticket_off": "ink_2",
    "by": "accent",
    "paper": "panel",
    "paper_ink": "ink",
}


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it goes out; `name` carries its hash."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Assets:
    """All files by the name a browser asks for, the name of each by its plain one, and the ground of each scheme."""

    by_name: Mapping[str, Asset]
    names: Mapping[str, str]
    theme: Mapping[str, str]

    def url(self, plain: str) -> str:
        """Address of `landing.css` and the like. Raises KeyError."""
        return f"/s/static/{self.names[plain]}"


def load_assets() -> Assets:
    """Read the files; colours of the style sheet come from the token file that the desktop is painted from."""
    tokens = json.loads((files("resources") / "theme" / "tokens.json").read_text("utf-8"))
    css = theme_css(tokens) + (_HERE / "landing.css").read_text("utf-8")
    contents = {"landing.css": css.encode()}
    contents |= {name: (_HERE / name).read_bytes() for name in ("landing.js", "icon.svg")}
    made = {plain: _asset(plain, content) for plain, content in contents.items()}
    return Assets(
        MappingProxyType({asset.name: asset for asset in made.values()}),
        MappingProxyType({plain: asset.name for plain, asset in made.items()}),
        MappingProxyType({scheme: tokens[scheme]["ground"] for scheme in ("light", "dark")}),
    )


def theme_css(tokens: Mapping[str, Mapping[str, object]]) -> str:
    """Custom properties for both schemes: `--ink`, `--accent` and so on, and the font chain."""
    fonts = tokens["font"]["families"]
    if not isinstance(fonts, list):
        raise TypeError("font.families of the tokens is no list")
    chain = ", ".join(f'"{name}"' if " " in name else str(name) for name in fonts)
    fixed = {name: tokens["light"][source] for name, source in _ALWAYS_LIGHT.items()}
    return (
        f":root{{color-scheme:light dark;--font:{chain};{_properties(fixed)}{_properties(tokens['light'])}}}\n"
        f"@media (prefers-color-scheme:dark){{:root{{{_properties(tokens['dark'])}}}}}\n"
    )


def _properties(colours: Mapping[str, object]) -> str:
    return "".join(f"--{name.replace('_', '-')}:{value};" for name, value in colours.items())


def _asset(plain: str, content: bytes) -> Asset:
    stem, dot, kind = plain.rpartition(".")
    digest = hashlib.sha256(content).hexdigest()[:_HASH]
    return Asset(f"{stem}.{digest}{dot}{kind}", _TYPES[dot + kind], content)
