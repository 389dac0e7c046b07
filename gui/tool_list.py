"""Every tool of the map: its family, icon and key, what it changes and what it needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from geo.edit.verbs import Verb

Family = Literal["select", "pan", "draw", "change", "measure"]
Needs = Literal["", "zone", "hole", "neighbour", "sites", "units"]


@dataclass(frozen=True, slots=True)
class ToolKind:
    """A tool of the palette.

    Attributes:
        name: ``action.<name>`` is its text in the catalogue.
        icon: Its picture.
        keys: Shortcut as it is written on the keys.
        family: The button of the palette under which it is found.
        verb: What it changes, if anything.
        needs: What must be there or selected.
    """

    name: str
    icon: str
    keys: str
    family: Family
    verb: Verb | None = None
    needs: Needs = ""


TOOLS: Final = (
    ToolKind("select", "pointer", "S", "select"),
    ToolKind("pan", "hand-stop", "H", "pan"),
    ToolKind("draw_zone", "polygon", "Z", "draw", Verb.DRAW_ZONE),
    ToolKind("draw_freehand", "pencil", "F", "draw", Verb.DRAW_ZONE),
    ToolKind("draw_rectangle", "square", "R", "draw", Verb.DRAW_ZONE),
    ToolKind("draw_circle", "circle", "C", "draw", Verb.DRAW_ZONE),
    ToolKind("draw_around", "target", "B", "draw", Verb.DRAW_ZONE, "sites"),
    ToolKind("draw_units", "building-community", "U", "draw", Verb.DRAW_ZONE, "units"),
    ToolKind("edit_vertices", "vector", "V", "change", Verb.EDIT_ZONE, "zone"),
    ToolKind("move_zone", "arrows-move", "G", "change", Verb.EDIT_ZONE, "zone"),
    ToolKind("reshape_zone", "line", "L", "change", Verb.EDIT_ZONE, "zone"),
    ToolKind("divide_zone", "scissors", "K", "change", Verb.DIVIDE_ZONE, "zone"),
    ToolKind("merge_zones", "layers-union", "J", "change", Verb.MERGE_ZONES, "neighbour"),
    ToolKind("add_hole", "circle-dot", "O", "change", Verb.EDIT_ZONE, "zone"),
    ToolKind("fill_hole", "layers-intersect", "P", "change", Verb.EDIT_ZONE, "hole"),
    ToolKind("measure", "ruler-measure", "M", "measure"),
)
BY_NAME: Final = {tool.name: tool for tool in TOOLS}
FAMILIES: Final[dict[Family, tuple[ToolKind, ...]]] = {
    family: tuple(tool for tool in TOOLS if tool.family == family)
    for family in ("select", "pan", "draw", "change", "measure")
}
