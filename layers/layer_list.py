"""The layers of a map in their order, top first; views subscribe to its one signal."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from psygnal import Signal

from layers.layer import Layer, LayerId

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class LayerList:
    """Layers in the order of the panel: the first lies on top.

    Attributes:
        changed: Emitted after any layer changed or moved.
    """

    changed = Signal()

    def __init__(self, layers: Iterable[Layer]) -> None:
        self._layers = tuple(layers)

    def __iter__(self) -> Iterator[Layer]:
        return iter(self._layers)

    def __len__(self) -> int:
        return len(self._layers)

    def __getitem__(self, layer_id: str) -> Layer:
        """Return a layer by its id.

        Raises:
            KeyError: There is none.
        """
        for layer in self._layers:
            if layer.id == layer_id:
                return layer
        raise KeyError(layer_id)

    def set_visible(self, layer_id: str, visible: bool) -> None:  # noqa: FBT001 - a setter
        """Show or hide a layer."""
        self._replace(replace(self[layer_id], visible=visible))

    def set_opacity(self, layer_id: str, opacity: float) -> None:
        """Set how much a layer covers, 0 to 1; values beyond are brought to the nearest end."""
        self._replace(replace(self[layer_id], opacity=min(max(opacity, 0.0), 1.0)))

    def move(self, layer_id: str, position: int) -> None:
        """Put a layer at a position from the top, 0 first."""
        layer = self[layer_id]
        rest = [other for other in self._layers if other.id != layer_id]
        rest.insert(min(max(position, 0), len(rest)), layer)
        self._set(tuple(rest))

    def copy(self) -> LayerList:
        """Return an independent list of the same layers, for an export."""
        return LayerList(self._layers)

    def _replace(self, layer: Layer) -> None:
        self._set(tuple(layer if old.id == layer.id else old for old in self._layers))

    def _set(self, layers: tuple[Layer, ...]) -> None:
        if layers != self._layers:
            self._layers = layers
            self.changed.emit()


def default_layers() -> LayerList:
    """Return all layers as a new map has them."""
    return LayerList(Layer(layer_id) for layer_id in LayerId)
