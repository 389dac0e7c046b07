"""What every map tool is: gestures in, geometry out. It changes no plan, opens no dialog."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Literal, Protocol

from PySide6.QtCore import QObject, Qt, Signal

from gui.tools.options import Option, ToolOptions
from layers.snap import Snap

if TYPE_CHECKING:
    from geo.catalogue import Language
    from geo.model.entity import Kind
    from layers.ground import Unit
    from layers.hit import Pick
    from layers.view import MapView

Takes = Literal["", "corner", "radius", "shift"]
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

    @property
    def alt(self) -> bool:
        """Whether Alt is down, which suspends snapping."""
        return bool(self.modifiers & Qt.KeyboardModifier.AltModifier)


@dataclass(frozen=True, slots=True)
class Sketch:
    """What a tool shows over the map while it works; positions in degrees.

    Attributes:
        lines: Each its corners in order.
        closed: The lines are the edges of an area, those of holes among them.
        corners: Corners with a handle.
        midpoints: Places where a corner can be added.
        active: Index into `corners` of the one that is held or selected.
        snapped: What the pointer is caught by, or None.
        rectangle: Left, top, right, bottom in pixels, or None.
        refused: The outline cannot be finished as it is; it is drawn in the colour of a refusal.
        ghosts: Lines that are not part of what is drawn: a traced way, the outline before.
        marked: Rings of areas that are meant, such as chosen communes.
        hatched: Rings of ground that two zones would hold.
        lever: From the middle of an area to the handle that turns it, or None.
    """

    lines: Sequence[Sequence[Corner]] = ()
    closed: bool = False
    corners: Sequence[Corner] = ()
    midpoints: Sequence[Corner] = ()
    active: int | None = None
    snapped: Snap | None = None
    rectangle: tuple[float, float, float, float] | None = None
    refused: bool = False
    ghosts: Sequence[Sequence[Corner]] = ()
    marked: Sequence[Sequence[Corner]] = ()
    hatched: Sequence[Sequence[Corner]] = ()
    lever: tuple[Corner, Corner] | None = None


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

    def snap(self, px: float, py: float, exclude: Collection[Corner] = ()) -> Snap | None:
        """Return what a pointer at a pixel is drawn to, but none of `exclude`."""

    def way(self, start: Corner, end: Corner) -> list[Corner]:
        """Return the way along the lines in view between two places near them.

        Raises:
            GeometryError: There is none.
        """

    def inside(self, rings: Sequence[Sequence[Corner]]) -> tuple[int, int]:
        """Return how many sites and allegations are known to lie inside rings."""

    def unit_at(self, lonlat: Corner) -> Unit | None:
        """Return the smallest administrative unit that is known to hold a place."""

    def zone_at(self, lonlat: Corner) -> str:
        """Return the id of the zone that holds a place, or an empty one."""

    def selection(self) -> tuple[Kind, frozenset[str]] | None:
        """Return what is selected."""

    def picked_rows(self, kind: Kind | None, ids: Sequence[str]) -> None:
        """Take what the user selected; None for nothing."""

    def finding_at(self, px: float, py: float) -> str:
        """Return the shape of a result at a pixel where no symbol lies above it, or empty."""

    def picked_finding(self, key: str) -> None:
        """Take the shape of a result that the user chose; empty for none."""


class MapTool(QObject):
    """A tool of the map.

    Attributes:
        hint: Code of the line that says what the next click does.
        finished: What was made: a geometry in degrees, or a measurement.
        readout_changed: Live numbers, in the map's language.
        hint_changed: Another hint's code.
        refused: Code of why it could not be done; nothing was lost.
        sketch_changed: What is shown over the map has changed.
        stepped: There is another step to take back, or to put back, or it can be finished.
        options: What the user switched on for all tools.
    """

    finished = Signal(object)
    readout_changed = Signal(str)
    hint_changed = Signal(str)
    refused = Signal(str)
    sketch_changed = Signal()
    stepped = Signal()

    cursor: ClassVar[Qt.CursorShape] = Qt.CursorShape.ArrowCursor
    zooms_on_double_click: ClassVar[bool] = False
    # Whether the map may tell what lies under the pointer; while drawing that is in the way.
    tells_what_lies_here: ClassVar[bool] = False
    # What can be typed instead of being pointed at, and which of the options mean anything here.
    takes: ClassVar[Takes] = ""
    heeds: ClassVar[frozenset[Option]] = frozenset()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._surface: Surface | None = None
        self.options = ToolOptions()

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

    def key(self, key: int, *, shift: bool = False) -> bool:
        """Take a key (`Qt.Key`) and tell whether it meant something to the tool."""
        return False

    def wants(self, key: int) -> bool:
        """Tell whether a key without Control is for the tool even if it is a command's too."""
        return False

    def type_in(self, text: str) -> None:
        """Take what was typed.

        Raises:
            InputError: It cannot be read, or means nothing now.
        """

    @property
    def can_finish(self) -> bool:
        """Whether what there is would do."""
        return False

    def finish(self) -> None:
        """End with what there is, or say why that cannot be."""

    @property
    def can_undo(self) -> bool:
        """Whether a step of the drawing can be taken back."""
        return False

    @property
    def can_redo(self) -> bool:
        """Whether a step that was taken back can be put back."""
        return False

    def undo(self) -> None:
        """Take the last step back."""

    def redo(self) -> None:
        """Put back the step that was taken back last."""

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
