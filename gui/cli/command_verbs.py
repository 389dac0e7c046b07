"""The planner's and commander's acts, one edit each: operation, zone, team, assign, decide."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, TypeVar

import shapely
import typer

from geo.catalogue import text
from geo.edit import assign as assigning
from geo.edit import decisions, operations, teams, zones
from geo.edit.edit import Edit
from geo.errors import GeometryError, InputError
from geo.model.command import Operation, Period, Team, TeamGroup, Vehicle, Zone, new_period
from geo.model.entity import Area, Entity, Kind
from geo.model.site import Authority, Site
from geo.model.vocabulary import GroupKind, LegalStatus, VehicleKind
from geo.project import Project
from gui.cli import console
from gui.cli.opening import ActorOption, JsonOption, PassphraseOption, PlanArgument, opened
from gui.cli.plan_verbs import edit_sentence

E = TypeVar("E", bound=Entity)


@console.verb
def operation(
    plan: PlanArgument,
    *,
    name: Annotated[str, typer.Option(help="Name of the operation.")],
    period: Annotated[
        list[str] | None,
        typer.Option(help="NAME=START/END in local time, e.g. 'Day 1=2022-10-20T06:00/2022-10-20T18:00'."),
    ] = None,
    commander: Annotated[str, typer.Option(help="Office of the commander.")] = "",
    actor: ActorOption = "",
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make an operation with its operational periods."""
    with opened(plan, actor=actor, passphrase_file=passphrase_file, acts=True) as project:
        new = Operation(
            name=name,
            province_code=project.info.province_code,
            periods=tuple(_period(p) for p in period or ()),
            commander=commander,
        )
        _done(project.commit(operations.add_operation(project, new)), new.id, as_json=as_json)


@console.verb
def zone(
    plan: PlanArgument,
    *,
    name: Annotated[str, typer.Option(help="Name of the zone.")],
    geometry: Annotated[
        str, typer.Option(help="Polygon as WKT in lon/lat degrees, or a GeoJSON file with one polygon.")
    ],
    operation_name: Annotated[str, typer.Option("--operation", help="Its operation.")] = "",
    priority: Annotated[int, typer.Option(help="1 is first.")] = 1,
    actor: ActorOption = "",
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Draw a zone from a geometry."""
    with opened(plan, actor=actor, passphrase_file=passphrase_file, acts=True) as project:
        found = _named(project, Operation, operation_name, "operation") if operation_name else None
        edit = zones.draw_zone(
            project,
            read_outline(geometry),
            name,
            operation_id=found.id if found else "",
            priority=priority,
        )
        done = project.commit(edit)
        _done(done, done.deltas[0].ids[0], as_json=as_json)


@console.verb
def team(
    plan: PlanArgument,
    *,
    name: Annotated[str, typer.Option(help="Name of the team.")],
    lead: Annotated[str, typer.Option(help="Office of the deputy governor who leads it.")] = "",
    short_name: Annotated[str, typer.Option(help="A few characters, written into its zones.")] = "",
    group: Annotated[
        list[str] | None,
        typer.Option(help="KIND:CHIEF:TASK:MEMBERS, e.g. 'minutes:Chief of minutes:Write the minutes:2'."),
    ] = None,
    vehicle: Annotated[list[str] | None, typer.Option(help="KIND:NAME, e.g. 'car:Car 1'.")] = None,
    contact: Annotated[str, typer.Option(help="Radio channel or duty telephone.")] = "",
    actor: ActorOption = "",
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make a team."""
    with opened(plan, actor=actor, passphrase_file=passphrase_file, acts=True) as project:
        groups = tuple(_group(g) for g in group or ())
        empty = teams.new_team(name, province_code=project.info.province_code)
        new = Team(
            name=name,
            short_name=short_name,
            lead=lead,
            province_code=empty.province_code,
            groups=groups or empty.groups,
            vehicles=tuple(_vehicle(v) for v in vehicle or ()),
            contact=contact,
        )
        _done(project.commit(teams.add_team(project, new)), new.id, as_json=as_json)


@console.verb
def assign(
    plan: PlanArgument,
    *,
    zone_name: Annotated[str, typer.Option("--zone", help="Name or id of the zone.")],
    team_name: Annotated[str, typer.Option("--team", help="Name or id of the team.")],
    period: Annotated[str, typer.Option(help="Name of an operational period; else all of it.")] = "",
    task: Annotated[list[str] | None, typer.Option(help="A task; may be given again.")] = None,
    actor: ActorOption = "",
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Give a zone a team for a period."""
    with opened(plan, actor=actor, passphrase_file=passphrase_file, acts=True) as project:
        chosen = _named(project, Zone, zone_name, "zone")
        whom = _named(project, Team, team_name, "team")
        period_id = _period_id(project, chosen, period) if period else ""
        edit = assigning.assign_team(project, chosen.id, whom.id, period_id, tuple(task or ()))
        done = project.commit(edit)
        _done(done, done.deltas[-1].ids[0], as_json=as_json)


@console.verb
def decide(
    plan: PlanArgument,
    *,
    site: Annotated[str, typer.Option(help="Code or id of the site.")] = "",
    to: Annotated[LegalStatus | None, typer.Option(help="The status decided.")] = None,
    reason: Annotated[str, typer.Option(help="The authority's reason.")] = "",
    authority: Annotated[str, typer.Option(help="An authority of the plan's list.")] = "",
    document: Annotated[str, typer.Option(help="Reference of its document.")] = "",
    on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day of it.")] = None,
    file: Annotated[
        Path | None,
        typer.Option(help="CSV of decisions: code, to, reason, authority, document, decided_on."),
    ] = None,
    actor: ActorOption = "",
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Enter an authority's decision on a site's legal status, or a file of decisions."""
    with opened(plan, actor=actor, passphrase_file=passphrase_file, acts=True) as project:
        if file is not None:
            rulings = read_rulings(project, file)
        else:
            if to is None or on is None:
                raise InputError("error.cli.decide_needs")
            rulings = [
                decisions.Ruling(
                    site_id=_site(project, site),
                    to=to,
                    reason=reason,
                    authority_id=_authority(project, authority),
                    document=document,
                    decided_on=on.date(),
                )
            ]
        done = project.commit(decisions.decide_many(project, rulings))
        _done(done, done.deltas[0].ids[0], as_json=as_json)


def read_outline(geometry: str) -> Area:
    """Return the polygon of a WKT text or of a GeoJSON file with one polygon.

    Raises:
        GeometryError: It is neither, or holds no polygon.
    """
    file = Path(geometry)
    try:
        if geometry.lstrip().upper().startswith(("POLYGON", "MULTIPOLYGON")):
            shape = shapely.from_wkt(geometry)
        else:
            found = json.loads(file.read_text(encoding="utf-8-sig"))
            if found.get("type") == "FeatureCollection":
                (found,) = found["features"]
            shape = shapely.from_geojson(json.dumps(found.get("geometry", found)))
    except (OSError, ValueError, KeyError, AttributeError, shapely.errors.ShapelyError):
        raise GeometryError("error.cli.geometry") from None
    if not isinstance(shape, shapely.Polygon | shapely.MultiPolygon):
        raise GeometryError("error.cli.geometry")
    return shape


def read_rulings(project: Project, file: Path) -> list[decisions.Ruling]:
    """Return the decisions of a CSV file with the columns code, to, reason, authority, document, decided_on.

    Raises:
        InputError: The file cannot be read, or a row names an unknown site, authority, status or day.
    """
    rulings = []
    try:
        rows = list(csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines(keepends=True)))
    except (OSError, UnicodeDecodeError):
        raise InputError("error.cli.file_unreadable", file=str(file)) from None
    sites = project.table(Kind.SITE)
    codes = dict(zip(sites["code"], sites.ids, strict=True))
    for number, row in enumerate(rows, start=2):
        try:
            rulings.append(
                decisions.Ruling(
                    site_id=codes[row["code"]],
                    to=LegalStatus(row["to"]),
                    reason=row["reason"],
                    authority_id=_authority(project, row["authority"]),
                    document=row["document"],
                    decided_on=date.fromisoformat(row["decided_on"]),
                )
            )
        except (KeyError, ValueError):
            raise InputError("error.cli.decision_row", row=number) from None
    return rulings


def _period(value: str) -> Period:
    try:
        name, times = value.split("=", 1)
        start, end = times.split("/", 1)
        return new_period(name.strip(), datetime.fromisoformat(start), datetime.fromisoformat(end))
    except ValueError:
        raise InputError("error.cli.period", value=value) from None


def _group(value: str) -> TeamGroup:
    try:
        kind, chief, task, members = (*value.split(":"), "", "", "0")[:4]
        return TeamGroup(GroupKind(kind), chief, task, int(members or 0))
    except ValueError:
        raise InputError("error.cli.group", value=value, kinds=", ".join(GroupKind)) from None


def _vehicle(value: str) -> Vehicle:
    kind, _, name = value.partition(":")
    try:
        return Vehicle(VehicleKind(kind), name)
    except ValueError:
        raise InputError("error.cli.vehicle", value=value, kinds=", ".join(VehicleKind)) from None


def _named(project: Project, cls: type[E], name: str, word: str) -> E:
    return _one(project.all(cls), name, lambda e: getattr(e, "name", ""), word)


def _one(entities: tuple[E, ...], wanted: str, name_of: Callable[[E], str], word: str) -> E:
    for entity in entities:
        if wanted in {entity.id, name_of(entity)}:
            return entity
    names = ", ".join(name_of(e) for e in entities) or "–"
    raise InputError(f"error.cli.no_such_{word}", name=wanted, names=names)


def _authority(project: Project, name: str) -> str:
    found = [a for a in project.all(Authority) if name in {a.id, a.name_en, a.name_km}]
    if not found:
        names = ", ".join(a.name_en for a in project.all(Authority))
        raise InputError("error.cli.no_such_authority", name=name, names=names)
    return found[0].id


def _site(project: Project, code: str) -> str:
    if project.find(Site, code) is not None:
        return code
    sites = project.table(Kind.SITE)
    found = sites.ids[sites["code"] == code]
    if len(found) != 1:
        raise InputError("error.cli.no_such_site", code=code, count=len(found))
    return str(found[0])


def _period_id(project: Project, zone: Zone, name: str) -> str:
    operation = project.find(Operation, zone.operation_id) if zone.operation_id else None
    periods = operation.periods if operation else ()
    for period in periods:
        if name in {period.id, period.name}:
            return period.id
    names = ", ".join(p.name for p in periods) or "–"
    raise InputError("error.cli.no_such_period", name=name, names=names)


def _done(edit: Edit, entity_id: str, *, as_json: bool) -> None:
    if as_json:
        console.emit({"id": entity_id, "edit": edit.id, "what": edit_sentence(edit)})
    else:
        console.say(text("cli.done", console.language(), what=edit_sentence(edit)))
