"""Why a tool of the map cannot be taken: rights, a past day, nothing selected or loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.model.entity import Kind
from gui.rights import why_drawn, why_no_zone, why_not

if TYPE_CHECKING:
    from geo.project import Project
    from gui.panels.base import Desk
    from gui.selection import Selection
    from gui.tool_list import Needs, ToolKind


def reason(tool: ToolKind, desk: Desk) -> tuple[str, dict[str, object]]:
    """Return the code of why a tool cannot be taken now and its parameters, or an empty code."""
    project = desk.session.project
    if tool.verb is None:
        return "", {}
    why, params = why_not(project, tool.verb)
    if why or project is None:
        return why, params
    lacking = _lacking(tool.needs, project, desk.selection)
    if lacking:
        return lacking, {}
    if tool.family == "draw":
        return why_no_zone(project, desk.moment.duty.operation_id)
    return why_drawn(project, desk.selection.one(Kind.ZONE), tool.verb)


def _lacking(needs: Needs, project: Project, selection: Selection) -> str:
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
    if selection.kind is not Kind.SITE:
        return []
    import numpy as np

    table = project.table(Kind.SITE)
    rows = [table.index[i] for i in selection.ids if i in table]
    lonlat = np.column_stack((table["lon"][rows], table["lat"][rows]))
    known = lonlat[np.isfinite(lonlat).all(axis=1)]
    return [(x, y) for x, y in known.tolist()]
