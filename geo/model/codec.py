"""Entities to rows and back, derived from the dataclasses so that no field is listed twice.

A row is a flat mapping of column name to a scalar that SQLite, PostgreSQL and JSON all hold. A
point becomes the two columns ``lon`` and ``lat`` (a million of them never become objects), the area
of a zone or unit becomes ``geom`` (WKB), and every other structure becomes JSON text.
"""

from __future__ import annotations

import dataclasses
import json
import math
import types
import typing
from collections.abc import Mapping
from datetime import date, datetime, time
from enum import StrEnum
from functools import cache
from typing import Any

import shapely
from shapely import MultiPolygon, Polygon

from geo.model import (
    allegation,
    asking,
    command,
    evidence,
    network,
    place,
    plan,
    result,
    site,
    support,
)
from geo.model.entity import Area, Entity, Kind, LonLat

Scalar = None | str | int | float | bytes
Row = Mapping[str, Scalar]

ENTITY_TYPES: dict[Kind, type[Entity]] = {
    Kind.PLAN: plan.PlanInfo,
    Kind.USER: plan.User,
    Kind.AUTHORITY: site.Authority,
    Kind.ADMIN_UNIT: place.AdminUnit,
    Kind.SITE: site.Site,
    Kind.LICENCE: site.Licence,
    Kind.STATUS_DECISION: site.StatusDecision,
    Kind.INDICATOR_CHECK: site.IndicatorCheck,
    Kind.ALLEGATION: allegation.Allegation,
    Kind.SOURCE: allegation.Source,
    Kind.CROSSING: place.BorderCrossing,
    Kind.LINK: network.Link,
    Kind.PERSON_REF: network.PersonRef,
    Kind.TEAM: command.Team,
    Kind.OPERATION: command.Operation,
    Kind.ZONE: command.Zone,
    Kind.ASSIGNMENT: command.Assignment,
    Kind.COORDINATION: command.Coordination,
    Kind.RETURN: result.MonthlyReturn,
    Kind.INSPECTION: result.Inspection,
    Kind.OUTCOME: result.Outcome,
    Kind.FINE: result.Fine,
    Kind.FINE_RATE: result.FineRate,
    Kind.IMPORT_BATCH: plan.ImportBatch,
    Kind.IMPORT_ROW: plan.ImportRow,
    Kind.ATTACHMENT: evidence.Attachment,
    Kind.DISTINCT_PAIR: evidence.DistinctPair,
    Kind.SUPPORT_UNIT: support.SupportUnit,
    Kind.OVERRIDE: command.Override,
    Kind.LOG_ENTRY: command.LogEntry,
    Kind.PERSON_DECISION: network.PersonDecision,
    Kind.LIVE_LAYER: asking.LiveLayer,
}
KIND_OF: dict[type[Entity], Kind] = {cls: kind for kind, cls in ENTITY_TYPES.items()}

POINT_COLUMNS = ("lon", "lat")
AREA_COLUMN = "geom"


@dataclasses.dataclass(frozen=True, slots=True)
class Column:
    """A column of a kind's table.

    Attributes:
        name: Column name.
        sql: ``TEXT``, ``INTEGER``, ``REAL`` or ``BLOB``.
        nullable: Whether None is a value of it.
    """

    name: str
    sql: str
    nullable: bool


@dataclasses.dataclass(frozen=True, slots=True)
class _Field:
    name: str
    base: Any
    nullable: bool


def _fields(cls: type[Entity]) -> tuple[_Field, ...]:
    return _fields_of_kind(KIND_OF[cls])


@cache
def _fields_of_kind(kind: Kind) -> tuple[_Field, ...]:
    cls = ENTITY_TYPES[kind]
    hints = typing.get_type_hints(cls)
    found = []
    for item in dataclasses.fields(cls):
        base, nullable = _strip_none(hints[item.name])
        found.append(_Field(item.name, base, nullable))
    return tuple(found)


def _strip_none(hint: Any) -> tuple[Any, bool]:  # noqa: ANN401 - a type hint is any object
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        args = [a for a in typing.get_args(hint) if a is not type(None)]
        nullable = len(args) < len(typing.get_args(hint))
        if set(args) == {Polygon, MultiPolygon}:
            return Polygon, nullable
        return args[0], nullable
    return hint, False


def geometry_of(kind: Kind) -> str | None:
    """Return ``"point"``, ``"area"`` or None: what kind of geometry a kind's table carries."""
    for item in _fields(ENTITY_TYPES[kind]):
        if item.base is LonLat:
            return "point"
        if item.base is Polygon and item.name == "outline":
            return "area"
    return None


@cache
def columns_of(kind: Kind) -> tuple[Column, ...]:
    """Return the columns of a kind's rows, without ``id`` and ``version``, in a fixed order."""
    columns: list[Column] = []
    for item in _fields(ENTITY_TYPES[kind]):
        if item.name in {"id", "version"}:
            continue
        if item.base is LonLat:
            columns += [Column("lon", "REAL", True), Column("lat", "REAL", True)]  # noqa: FBT003 - nullable
        elif item.base is Polygon:
            name = AREA_COLUMN if item.name == "outline" else item.name
            columns.append(Column(name, "BLOB", item.nullable))
        else:
            columns.append(Column(item.name, _sql_type(item.base), item.nullable))
    return tuple(columns)


def _sql_type(base: Any) -> str:  # noqa: ANN401 - a type hint is any object
    if base in {int, bool}:
        return "INTEGER"
    if base is float:
        return "REAL"
    return "TEXT"


def to_row(entity: Entity) -> dict[str, Scalar]:
    """Return the row of an entity, without ``id`` and ``version``."""
    row: dict[str, Scalar] = {}
    for item in _fields(type(entity)):
        if item.name in {"id", "version"}:
            continue
        value = getattr(entity, item.name)
        if item.base is LonLat:
            row["lon"], row["lat"] = value if value is not None else (None, None)
        elif item.base is Polygon:
            name = AREA_COLUMN if item.name == "outline" else item.name
            row[name] = None if value is None else _flat_wkb(value)
        else:
            row[item.name] = _encode(value)
    return row


def _flat_wkb(area: Area) -> bytes:
    """Return an area as WKB without heights: the plan's layers are declared without z."""
    return shapely.to_wkb(shapely.force_2d(area), byte_order=1)


def _encode(value: object) -> Scalar:
    if value is None:
        return None
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, str | int | float | bytes):
        return value
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))


def _plain(value: object) -> object:
    if isinstance(value, tuple | list):
        return [_plain(v) for v in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    return value


@cache
def absent(kind: Kind) -> dict[str, Scalar]:
    """Return what each column with a default holds in a row from before the column existed."""
    found: dict[str, Scalar] = {}
    for item in dataclasses.fields(ENTITY_TYPES[kind]):
        if item.default is not dataclasses.MISSING:
            found[item.name] = _encode(item.default)
    return found


def from_row(kind: Kind, entity_id: str, version: int, row: Row) -> Entity:
    """Return the entity that a row stands for; a column that is missing takes its field's default.

    Raises:
        ValueError: A value is outside its closed vocabulary, no valid date or outline, or missing
            where there must be one. The message names the column, never the value.
    """
    values: dict[str, Any] = {"id": entity_id, "version": version}
    for item in _fields(ENTITY_TYPES[kind]):
        if item.name in {"id", "version"}:
            continue
        column = AREA_COLUMN if item.name == "outline" and item.base is Polygon else item.name
        if item.base is LonLat:
            values[item.name] = _position(row.get("lon"), row.get("lat"))
        elif column in row:
            try:
                values[item.name] = _decoded(row[column], item)
            except (ValueError, TypeError, KeyError, shapely.GEOSException):
                message = f"{kind.value}.{item.name}: not a value of this column"
                raise ValueError(message) from None
    return ENTITY_TYPES[kind](**values)


def _position(lon: Scalar, lat: Scalar) -> LonLat | None:
    """Return a position only if both halves of it are known."""
    if not isinstance(lon, int | float) or not isinstance(lat, int | float):
        return None
    return None if math.isnan(lon) or math.isnan(lat) else LonLat(float(lon), float(lat))


def _decoded(value: Scalar, item: _Field) -> Any:  # noqa: ANN401 - the field's own type
    if value is None:
        if not item.nullable:
            raise ValueError(item.name)
        return None
    if item.base is Polygon:
        return shapely.from_wkb(typing.cast("bytes", value))
    return _decode(value, item.base)


def _decode(value: Scalar, base: Any) -> Any:  # noqa: ANN401 - the field's own type
    if base is bool:
        return bool(value)
    if isinstance(base, type) and issubclass(base, StrEnum):
        return base(str(value))
    if base in {datetime, date, time}:
        return base.fromisoformat(str(value))
    if base in {str, int, float}:
        return base(value)
    return _build(json.loads(str(value)), base)


@cache
def _hints(base: type) -> dict[str, Any]:
    return typing.get_type_hints(base)


def _build(value: Any, base: Any) -> Any:  # noqa: ANN401 - JSON in, the field's own type out
    if base is str and type(value) is str:  # thousands of them: the sites of one letter
        return value
    base, _ = _strip_none(base)
    if value is None:
        return None
    if typing.get_origin(base) is tuple:
        inner = typing.get_args(base)[0]
        return tuple(_build(v, inner) for v in value)
    if dataclasses.is_dataclass(base) and isinstance(base, type):
        hints = _hints(base)
        return base(**{k: _build(v, hints[k]) for k, v in value.items() if k in hints})
    return _decode(value, base)
