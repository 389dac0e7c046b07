"""What words on the command line mean: names to rows, texts to geometries and periods."""

from __future__ import annotations

import csv
import hashlib
import json
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

import shapely

from geo.edit import decisions
from geo.edit.merging import kept_ids
from geo.errors import GeometryError, InputError
from geo.formats.mapping import Mapping
from geo.formats.writing import write_whole
from geo.model.command import Operation, Period, Team, TeamGroup, Vehicle, Zone, new_period
from geo.model.entity import Area, Kind
from geo.model.site import Authority, Site
from geo.model.vocabulary import Grade, GroupKind, LegalStatus, VehicleKind
from geo.project import Project

N = TypeVar("N", Operation, Team, Zone)

_NO_SUCH: dict[type, str] = {
    Operation: "error.cli.no_such_operation",
    Team: "error.cli.no_such_team",
    Zone: "error.cli.no_such_zone",
}


def read_text(file: Path) -> str:
    """Return the text of a file.

    Raises:
        InputError: It cannot be read.
    """
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise InputError("error.cli.file_unreadable", file=str(file)) from None


def write_mapping(project: Project, file: Path, mapping: Mapping) -> None:
    """Write how a register was read; logged, since it holds words of the register.

    Raises:
        InputError: It cannot be written, or its name is not that of a mapping.
    """
    if file.suffix.lower() != ".json":
        # A slip of the hand must not write it over a plan or a register.
        raise InputError("error.cli.mapping_name", name=file.name)
    data = (mapping.to_json() + "\n").encode()
    details = {
        "kind": "mapping",
        "grade": Grade.COMMAND.value,
        "sha256": hashlib.sha256(data).hexdigest(),
    }
    try:
        write_whole(file, data, before=lambda: project.record("export", **details))
    except InputError as error:
        if not isinstance(error.__cause__, OSError):
            raise
        raise InputError("error.cli.file_unwritable", file=str(file)) from None


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
    except (
        *(OSError, ValueError, KeyError, AttributeError, TypeError, RecursionError),
        shapely.errors.ShapelyError,
    ):
        raise GeometryError("error.cli.geometry") from None
    if not isinstance(shape, shapely.Polygon | shapely.MultiPolygon):
        raise GeometryError("error.cli.geometry")
    return shape


def read_rulings(project: Project, file: Path) -> list[decisions.SiteRuling]:
    """Return the decisions of a CSV file.

    Its columns are code, to, reason, authority, document, decided_on.

    Raises:
        InputError: The file cannot be read, or a row names an unknown site, authority, status or
            day.
    """
    rulings = []
    try:
        rows = list(csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines(keepends=True)))
    except (OSError, UnicodeDecodeError):
        raise InputError("error.cli.file_unreadable", file=str(file)) from None
    sites = project.table(Kind.SITE)
    kept = kept_ids(sites)
    codes = {c: kept.get(i, i) for c, i in zip(sites["code"], sites.ids, strict=True)}
    for number, row in enumerate(rows, start=2):
        try:
            rulings.append(
                decisions.SiteRuling(
                    site_id=codes[row["code"]],
                    to=LegalStatus(row["to"]),
                    reason=row["reason"],
                    authority_id=authority_of(project, row["authority"]),
                    document=row["document"],
                    decided_on=date.fromisoformat(row["decided_on"]),
                )
            )
        except (KeyError, ValueError):
            raise InputError("error.cli.decision_row", row=number) from None
    return rulings


def period_from(value: str) -> Period:
    """Return the period of ``NAME=START/END``.

    Raises:
        InputError: There is none such, or it is written differently.
    """
    try:
        name, times = value.split("=", 1)
        start, end = times.split("/", 1)
        return new_period(name.strip(), datetime.fromisoformat(start), datetime.fromisoformat(end))
    except ValueError:
        raise InputError("error.cli.period", value=value) from None


def group_from(value: str) -> TeamGroup:
    """Return the group of ``KIND:CHIEF:TASK:MEMBERS``.

    Raises:
        InputError: There is none such, or it is written differently.
    """
    try:
        kind, chief, task, members = (*value.split(":"), "", "", "0")[:4]
        return TeamGroup(GroupKind(kind), chief, task, int(members or 0))
    except ValueError:
        raise InputError("error.cli.group", value=value, kinds=", ".join(GroupKind)) from None


def vehicle_from(value: str) -> Vehicle:
    """Return the vehicle of ``KIND:NAME``.

    Raises:
        InputError: There is none such, or it is written differently.
    """
    kind, _, name = value.partition(":")
    try:
        return Vehicle(VehicleKind(kind), name)
    except ValueError:
        raise InputError("error.cli.vehicle", value=value, kinds=", ".join(VehicleKind)) from None


def named(project: Project, cls: type[N], wanted: str) -> N:
    """Return the team, zone or operation with this name or id.

    Raises:
        InputError: There is none; the message lists those there are.
    """
    entities = project.all(cls)
    for entity in entities:
        if wanted in {entity.id, entity.name}:
            return entity
    names = ", ".join(e.name for e in entities) or "–"
    raise InputError(_NO_SUCH[cls], name=wanted, names=names)


def authority_of(project: Project, name: str) -> str:
    """Return the id of the authority with this name or id.

    Raises:
        InputError: There is none such, or it is written differently.
    """
    found = [a for a in project.all(Authority) if name in {a.id, a.name_en, a.name_km}]
    if not found:
        names = ", ".join(a.name_en for a in project.all(Authority))
        raise InputError("error.cli.no_such_authority", name=name, names=names)
    return found[0].id


def site_id_of(project: Project, code: str) -> str:
    """Return the id of the site with this code or id; of a merged one, that which it turned out.

    Raises:
        InputError: There is none such, or it is written differently.
    """
    sites = project.table(Kind.SITE)
    kept = kept_ids(sites)
    if project.find(Site, code) is not None:
        return kept.get(code, code)
    found = {kept.get(str(i), str(i)) for i in sites.ids[sites["code"] == code]}
    if len(found) != 1:
        raise InputError("error.cli.no_such_site", code=code, count=len(found))
    return found.pop()


def period_id_of(project: Project, zone: Zone, name: str) -> str:
    """Return the id of a period of the zone's operation.

    Raises:
        InputError: There is none such, or it is written differently.
    """
    operation = project.find(Operation, zone.operation_id) if zone.operation_id else None
    periods = operation.periods if operation else ()
    for period in periods:
        if name in {period.id, period.name}:
            return period.id
    names = ", ".join(p.name for p in periods) or "–"
    raise InputError("error.cli.no_such_period", name=name, names=names)
