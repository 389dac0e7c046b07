"""Every tool of the map: its family, icon and key, what it changes and what it needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from geo.edit.verbs import Verb
from gui.rights import why_not

if TYPE_CHECKING:
    from geo.project import Project
    from gui.selection import Selection

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


def reason(
    tool: ToolKind, project: Project | None, selection: Selection
) -> tuple[str, dict[str, object]]:
    """Return the code of why a tool cannot be taken now and its parameters, or an empty code."""
    if tool.verb is not None:
        why, params = why_not(project, tool.verb)
        if why:
            return why, params
    return (_lacking(tool.needs, project, selection) if project is not None else ""), {}


def _lacking(needs: Needs, project: Project, selection: Selection) -> str:
    from geo.model.entity import Kind

    if needs == "sites":
        return "" if selected_sites(project, selection) else "tool.why.no_sites"
    if needs == "units":
        from layers.ground import has_units

        return "" if has_units(project.table(Kind.ADMIN_UNIT)) else "tool.why.no_units"
    if not needs:
        return ""
    zone_id = selection.one(Kind.ZONE)
    if zone_id not in project.table(Kind.ZONE):
        return "window.error.choose_zone"
    return _lacks_more(needs, project, zone_id)


def _lacks_more(needs: Needs, project: Project, zone_id: str) -> str:
    from geo.model.command import Zone
    from geo.model.entity import Kind

    if needs == "neighbour":
        zones = project.table(Kind.ZONE)
        mine = zones["operation_id"][zones.index[zone_id]]
        alone = int((zones["operation_id"] == mine).sum()) < 2  # noqa: PLR2004 - it takes two
        return "tool.why.no_neighbour" if alone else ""
    if needs == "hole":
        import shapely

        parts = shapely.get_parts(project.get(Zone, zone_id).outline)
        return "" if shapely.get_num_interior_rings(parts).any() else "tool.why.no_hole"
    return ""


def selected_sites(project: Project, selection: Selection) -> list[tuple[float, float]]:
    """Return where the selected sites are, in degrees; those without a position are left out."""
    from geo.model.entity import Kind

    if selection.kind is not Kind.SITE:
        return []
    import numpy as np

    table = project.table(Kind.SITE)
    rows = [table.index[i] for i in selection.ids if i in table]
    lonlat = np.column_stack((table["lon"][rows], table["lat"][rows]))
    known = lonlat[np.isfinite(lonlat).all(axis=1)]
    return [(x, y) for x, y in known.tolist()]
