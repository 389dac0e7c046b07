"""What every map tool is: gestures in, geometry out. It changes no plan, opens no dialog."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Protocol

from PySide6.QtCore import QObject, Qt, Signal

if TYPE_CHECKING:
    from geo.catalogue import Language
    from geo.model.entity import Kind
    from layers.hit import Pick
    from layers.view import MapView

Corner = tuple[float, float]
"""Longitude and latitude in degrees."""


@dataclass(frozen=True, slots=True)
class MapPointer:
    """Where the pointer is and what is pressed.

    Attributes:
        px: Logical pixels from the left edge.
        py: Logical pixels from the top edge.
        lonlat: The place in degrees.
        button: The button that this is about; none for a plain move.
        buttons: All buttons that are down.
        modifiers: Shift, Control …
    """

    px: float
    py: float
    lonlat: Corner
    button: Qt.MouseButton = Qt.MouseButton.NoButton
    buttons: Qt.MouseButton = Qt.MouseButton.NoButton
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier

    @property
    def shift(self) -> bool:
        """Whether Shift is down."""
        return bool(self.modifiers & Qt.KeyboardModifier.ShiftModifier)


@dataclass(frozen=True, slots=True)
class Sketch:
    """What a tool shows over the map while it works; positions in degrees.

    Attributes:
        lines: Each its corners in order.
        closed: The lines are the edges of an area.
        corners: Corners with a handle.
        midpoints: Places where a corner can be added.
        active: Index into `corners` of the one that is held or selected.
        snapped: Where the pointer is caught by an existing corner, or None.
        rectangle: Left, top, right, bottom in pixels, or None.
        refused: The outline cannot be finished as it is; it is drawn in the colour of a refusal.
    """

    lines: Sequence[Sequence[Corner]] = ()
    closed: bool = False
    corners: Sequence[Corner] = ()
    midpoints: Sequence[Corner] = ()
    active: int | None = None
    snapped: Corner | None = None
    rectangle: tuple[float, float, float, float] | None = None
    refused: bool = False


EMPTY = Sketch()


class Surface(Protocol):
    """What a tool may ask of the map that it works on."""

    @property
    def view(self) -> MapView:
        """The part of the world that is shown."""

    @property
    def language(self) -> Language:
        """The language of read-outs."""

    def set_view(self, view: MapView) -> None:
        """Show another part of the world."""

    def pick(self, px: float, py: float) -> Pick | None:
        """Return what lies at a pixel."""

    def pick_rectangle(self, x0: float, y0: float, x1: float, y1: float) -> Pick | None:
        """Return what lies in a rectangle of pixels."""

    def snap(self, px: float, py: float, exclude: Collection[Corner] = ()) -> Corner | None:
        """Return an existing corner within reach of a pixel, but none of `exclude`."""

    def selection(self) -> tuple[Kind, frozenset[str]] | None:
        """Return what is selected."""

    def picked_rows(self, kind: Kind | None, ids: Sequence[str]) -> None:
        """Take what the user selected; None for nothing."""


class MapTool(QObject):
    """A tool of the map.

    Attributes:
        hint: Code of the line that says what the next click does.
        finished: What was made: a geometry in degrees, or a measurement.
        readout_changed: Live numbers, in the map's language.
        hint_changed: Another hint's code.
        refused: Code of why it could not be done; nothing was lost.
        sketch_changed: What is shown over the map has changed.
    """

    finished = Signal(object)
    readout_changed = Signal(str)
    hint_changed = Signal(str)
    refused = Signal(str)
    sketch_changed = Signal()

    cursor: ClassVar[Qt.CursorShape] = Qt.CursorShape.ArrowCursor
    zooms_on_double_click: ClassVar[bool] = False
    # Whether the map may tell what lies under the pointer; while drawing that is in the way.
    tells_what_lies_here: ClassVar[bool] = False

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._surface: Surface | None = None

    @property
    def hint(self) -> str:
        """Code of the line that says what the next click does."""
        return ""

    @property
    def surface(self) -> Surface:
        """The map that the tool works on.

        Raises:
            RuntimeError: It works on none yet.
        """
        if self._surface is None:
            message = "the tool is not on a map"
            raise RuntimeError(message)
        return self._surface

    def attach(self, surface: Surface) -> None:
        """Begin to work on a map."""
        self._surface = surface

    def detach(self) -> None:
        """Leave the map; unfinished work is dropped."""
        self.cancel()

    def sketch(self) -> Sketch:
        """Return what is shown over the map now."""
        return EMPTY

    def press(self, at: MapPointer) -> None:
        """A button went down."""

    def move(self, at: MapPointer) -> None:
        """The pointer moved."""

    def release(self, at: MapPointer) -> None:
        """A button went up."""

    def double_click(self, at: MapPointer) -> None:
        """The second press of a double click; its first press and release came before."""

    def key(self, key: int) -> bool:
        """Take a key (`Qt.Key`) and tell whether it meant something to the tool."""
        return False

    def cancel(self) -> None:
        """Step back to the beginning."""


@dataclass(slots=True)
class Drag:
    """A press that may become a drag once the pointer has moved far enough."""

    start: MapPointer
    moved: bool = False
    threshold: float = field(default=4.0)

    def follow(self, at: MapPointer) -> bool:
        """Take a move and tell whether this is a drag by now."""
        if abs(at.px - self.start.px) + abs(at.py - self.start.py) >= self.threshold:
            self.moved = True
        return self.moved
