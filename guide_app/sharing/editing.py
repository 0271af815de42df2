"""A template in work: elements, changes that can be undone, and what head office locked. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec

from guide_app.base.errors import GuideError, InvalidInputError
from guide_app.base.phrase import Phrase
from guide_app.protocol.misfit import field_misfit, fits
from guide_app.protocol.poster_layers import Layer, Stack, Template
from guide_app.protocol.poster_rules import Problem, body_of, is_locked, lock_problems, problems
from guide_app.sharing.element_names import field_name
from guide_app.sharing.misread import misread

Path = tuple[int, ...]
"""Which element: the layer's number, and the item's in a stack. Empty for the template itself."""

_MOST_STEPS = 200

S = TypeVar("S", bound=msgspec.Struct)


@dataclass(frozen=True, slots=True)
class Element:
    """One line of the list: where it stands in the template, and whether it can be changed."""

    path: Path
    layer: Layer
    locked: bool


class Editing:
    """Changes a template step by step. `base` is what it must keep to; None for a draft of head office's."""

    def __init__(self, template: Template, base: Template | None) -> None:
        self._past: list[Template] = [template]
        self._future: list[Template] = []
        self.base = base

    @property
    def template(self) -> Template:
        """As it is now."""
        return self._past[-1]

    @property
    def changed(self) -> bool:
        """Whether there is something to undo."""
        return len(self._past) > 1

    @property
    def undone(self) -> bool:
        """Whether there is something to do again."""
        return bool(self._future)

    def undo(self) -> None:
        """Take the last step back."""
        if self.changed:
            self._future.append(self._past.pop())

    def redo(self) -> None:
        """Do the step last taken back again."""
        if self._future:
            self._past.append(self._future.pop())

    def elements(self) -> list[Element]:
        """Layers in the order they are painted, each stack followed by its items."""
        found = []
        for number, layer in enumerate(self.template.layers):
            locked = self._locked(layer)
            found.append(Element((number,), layer, locked))
            if isinstance(layer, Stack):
                found += [Element((number, n), item, locked) for n, item in enumerate(layer.items)]
        return found

    def problems(self) -> list[Problem]:
        """All that keeps this from being published."""
        found = list(problems(self.template))
        if self.base is not None:
            found += lock_problems(self.base, self.template)
        return found

    # -- changes -----------------------------------------------------------------------------------------

    def set(self, path: Path, **fields: Any) -> None:
        """Give fields of an element (of the template for an empty path) other values.

        Raises GuideError for a locked one, InvalidInputError for a value that the field cannot have.
        """
        if not path:
            self._set_template(fields)
            return
        self._require_free(path[0])
        layer = self.template.layers[path[0]]
        if len(path) == 1:
            self._replace(path[0], _changed(layer, fields))
            return
        stack = _stack(layer)
        items = list(stack.items)
        items[path[1]] = _changed(items[path[1]], fields)
        self._replace(path[0], msgspec.structs.replace(stack, items=tuple(items)))

    def move(self, path: Path, dx: float, dy: float) -> None:
        """Move a layer by so many px or mm. Raises GuideError for a locked one or a part of a stack."""
        layer = self.template.layers[path[0]]
        if len(path) > 1 or layer.box is None:
            raise InvalidInputError("template.place", "这一项的位置由它所在的一组决定。", "请移动整组。")
        x, y, width, height = layer.box
        self.set(path, box=(round(x + dx, 3), round(y + dy, 3), width, height))

    def reorder(self, number: int, by: int) -> int:
        """Paint a layer earlier (negative) or later; returns its new number. Raises GuideError for a locked one."""
        self._require_free(number)
        layers = list(self.template.layers)
        to = max(0, min(len(layers) - 1, number + by))
        layers.insert(to, layers.pop(number))
        self._keep(layers)
        return to

    def add(self, layer: Layer, after: int | None = None) -> int:
        """Put a new layer over the one with the number `after` (none: over all); returns its number."""
        layers = list(self.template.layers)
        place = len(layers) if after is None else after + 1
        layers.insert(place, layer)
        self._keep(layers)
        return place

    def copy(self, number: int) -> int:
        """Put a copy of a layer over it, a little aside; returns its number. Raises GuideError for a locked one."""
        self._require_free(number)
        layer = self.template.layers[number]
        if layer.box is not None:
            x, y, width, height = layer.box
            step = self.template.safe / 2
            layer = msgspec.structs.replace(layer, box=(x + step, y + step, width, height))
        return self.add(layer, number)

    def remove(self, number: int) -> None:
        """Take a layer away. Raises GuideError for a locked one."""
        self._require_free(number)
        layers = list(self.template.layers)
        del layers[number]
        self._keep(layers)

    def replace(self, template: Template) -> None:
        """Take over a whole template, e.g. from a file, as one step."""
        self._step(msgspec.structs.replace(template, name=self.template.name))

    # -- steps -------------------------------------------------------------------------------------------

    def _locked(self, layer: Layer) -> bool:
        return self.base is not None and layer in self.base.layers and is_locked(layer)

    def _require_free(self, number: int) -> None:
        if self._locked(self.template.layers[number]):
            raise GuideError("template.locked_part", "总部锁定了这一项, 门店不能移动或修改。", "请改别的元素。")

    def _set_template(self, fields: dict[str, Any]) -> None:
        self._step(_changed(self.template, fields))

    def _replace(self, number: int, layer: Layer) -> None:
        layers = list(self.template.layers)
        layers[number] = layer
        self._keep(layers)

    def _keep(self, layers: list[Layer]) -> None:
        self._step(msgspec.structs.replace(self.template, layers=tuple(layers)))

    def _step(self, template: Template) -> None:
        if template != self.template:
            self._past.append(template)
            del self._past[: -_MOST_STEPS - 1]
            self._future.clear()


def export(template: Template) -> bytes:
    """A template as its file."""
    return msgspec.json.format(msgspec.json.encode(body_of(template)), indent=2) + b"\n"


def bring(data: bytes, name: str) -> Template:
    """A template out of a file. Raises InvalidInputError, naming the place, for one whose types are wrong."""
    try:
        body = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"), type=dict[str, Any])
        template = msgspec.convert(body, Template)
    except msgspec.DecodeError as e:
        why = misread(e)
        raise InvalidInputError("template.json", "这不是版式文件: {why}。", "请选导出的 JSON 文件。", why=why) from e
    return msgspec.structs.replace(template, name=name)


def _stack(layer: Layer) -> Stack:
    if not isinstance(layer, Stack):
        raise InvalidInputError("template.place", "这一项里没有别的元素。", "请选另一项。")
    return layer


def _changed(struct: S, fields: dict[str, Any]) -> S:
    """The struct with other values, each checked against its field's type."""
    wanted = msgspec.structs.replace(struct, **fields)
    try:
        return msgspec.json.decode(msgspec.json.encode(wanted), type=type(struct))
    except msgspec.ValidationError as e:
        raise InvalidInputError("template.value", _refusal(type(struct), fields), "请换一个值。") from e


def _refusal(struct: type[msgspec.Struct], fields: dict[str, Any]) -> Phrase:
    """Which of the values its field cannot have, and what it could."""
    for side, length in zip(("width", "height"), fields.get("box", ())[2:], strict=False):
        if length <= 0:
            return field_misfit(Template, side, f"{length:g}", field_name(side))
    name = next((name for name in fields if not fits(struct, name, fields[name])), next(iter(fields)))
    return field_misfit(struct, name, fields[name], field_name(name))
