"""Zones on the command line: drawing, changing, dividing, merging, deleting."""

from __future__ import annotations

from typing import Annotated

import shapely
import typer

from geo.edit import kept_units, zone_divide, zones
from geo.edit.edit import Edit
from geo.errors import GeometryError
from geo.model.command import Operation, Zone
from geo.project import Project
from gui.cli import console
from gui.cli.acts import demand_given, demand_one, done
from gui.cli.lookup import named, read_outline
from gui.cli.opening import ActorOption, JsonOption, PassphraseOption, PlanArgument, opened


@console.verb
def zone(
    plan: PlanArgument,
    *,
    name: Annotated[str, typer.Option(help="Its name, or with --of its new name.")] = "",
    geometry: Annotated[
        str,
        typer.Option(help="Polygon as WKT in lon/lat degrees, or a GeoJSON file with one polygon."),
    ] = "",
    of: Annotated[str, typer.Option(help="Change this zone instead of drawing one.")] = "",
    operation_name: Annotated[
        str, typer.Option("--operation", help="Its operation, or with --of where it goes.")
    ] = "",
    priority: Annotated[int | None, typer.Option(help="1 is first.")] = None,
    cut: Annotated[
        bool, typer.Option("--cut", help="Leave out what neighbours hold, instead of refusing.")
    ] = False,
    divide: Annotated[
        str, typer.Option(help="With --of: divide it by this line, as WKT in lon/lat degrees.")
    ] = "",
    merge: Annotated[
        list[str] | None,
        typer.Option(help="With --of: make one zone with this neighbour; may be given again."),
    ] = None,
    keep: Annotated[
        list[str] | None,
        typer.Option(
            help="With --of: this unit stays in it when it is split anew; may be repeated."
        ),
    ] = None,
    let_go: Annotated[
        list[str] | None,
        typer.Option(help="With --of: this unit need not stay any more; may be repeated."),
    ] = None,
    delete: Annotated[bool, typer.Option("--delete", help="With --of: delete it.")] = False,
    actor: ActorOption = "",
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Draw a zone from a geometry, or change one: one act each time."""
    with opened(plan, actor=actor, passphrase_file=passphrase_file, acts=True) as project:
        found = named(project, Operation, operation_name) if operation_name else None
        if not of:
            demand_given("--name", name)
            edit = zones.draw_zone(
                project,
                read_outline(demand_given("--geometry", geometry)),
                name,
                operation_id=found.id if found else "",
                priority=1 if priority is None else priority,
                cut=cut,
            )
            drawn = project.commit(edit)
            done(drawn, drawn.deltas[0].ids[0], as_json=as_json)
            return
        old = named(project, Zone, of)
        if merge:
            ids = [old.id, *(named(project, Zone, m).id for m in merge)]
            demand_one(
                {
                    "--merge": True,
                    "--geometry": bool(geometry),
                    "--operation": found is not None,
                    "--priority": priority is not None,
                    "--divide": bool(divide),
                    "--keep": bool(keep),
                    "--let-go": bool(let_go),
                    "--delete": delete,
                }
            )
            edit = zone_divide.merge_zones(project, ids, name or old.name)
        else:
            act = demand_one(
                {
                    "--name": bool(name),
                    "--geometry": bool(geometry),
                    "--operation": found is not None,
                    "--priority": priority is not None,
                    "--divide": bool(divide),
                    "--merge": False,
                    "--keep": bool(keep),
                    "--let-go": bool(let_go),
                    "--delete": delete,
                }
            )
            edit = _changing(project, old, act, name, geometry, divide, cut=cut) or (
                kept_units.keep_units(project, old.id, keep or let_go or (), kept=bool(keep))
                if keep or let_go
                else zones.place_in_operation(project, [old.id], found.id, cut=cut)
                if found is not None
                else zones.set_zone(project, old.id, priority=priority)
            )
        done(project.commit(edit), old.id, as_json=as_json)


def _changing(
    project: Project, old: Zone, act: str, name: str, geometry: str, line: str, *, cut: bool
) -> Edit | None:
    if act == "--name":
        return zones.rename_zone(project, old.id, name)
    if act == "--geometry":
        return zones.reshape_zone(project, old.id, read_outline(geometry), cut=cut)
    if act == "--divide":
        return zone_divide.divide_zone(project, old.id, shapely.get_coordinates(_line(line)))
    if act == "--delete":
        return zones.delete_zone(project, old.id)
    return None


def _line(value: str) -> shapely.LineString:
    try:
        line = shapely.from_wkt(value)
    except shapely.errors.ShapelyError:
        raise GeometryError("error.cli.line") from None
    if not isinstance(line, shapely.LineString) or line.is_empty:
        raise GeometryError("error.cli.line")
    return line
