"""The tables of a plan file: a GeoPackage 1.3, derived from the entities.

Registered layers are the entities. The history (``edit``, ``delta``, ``change``) and ``audit`` are
not registered: other programs do not show them, and every trigger here keeps other programs from
writing.
"""

# ruff: noqa: S608 - every name in these statements is one of ours

from __future__ import annotations

import typing
from datetime import date
from enum import StrEnum
from functools import cache

from geo.model.codec import (
    AREA_COLUMN,
    ENTITY_TYPES,
    POINT_COLUMNS,
    Column,
    Scalar,
    columns_of,
    geometry_of,
)
from geo.model.entity import Kind
from geo.store.versions import defaults

if typing.TYPE_CHECKING:
    from collections.abc import Iterator

APPLICATION_ID = 0x47504B47
"""``GPKG`` in the file's header, as GeoPackage demands."""
GPKG_VERSION = 10300

GUARD = "ucm_guard_edit_this_plan_in_unity_command_map"
"""The function that every guard trigger calls.

Only this application registers it; another program that tries to write stops with "no such
function: …", and reads there what to do instead.
"""

LOG_TABLES = ("edit", "delta", "change", "audit")
GEOMETRY = "geom"

_WGS84 = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,'
    'AUTHORITY["EPSG","7030"]],'
    'AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",'
    '0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],'
    'AUTHORITY["EPSG","4326"]]'
)

GPKG_TABLES = (
    """CREATE TABLE gpkg_spatial_ref_sys (
        srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
        organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT)""",
    """CREATE TABLE gpkg_contents (
        table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
        description TEXT DEFAULT '',
        last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
        min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
        CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id))""",
    """CREATE TABLE gpkg_geometry_columns (
        table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
        srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
        CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
        CONSTRAINT uk_gc_table_name UNIQUE (table_name),
        CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
        CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id))""",
    """CREATE TABLE gpkg_extensions (
        table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL,
        scope TEXT NOT NULL,
        CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name))""",
    f"""INSERT INTO gpkg_spatial_ref_sys VALUES
        ('WGS 84 geodetic', 4326, 'EPSG', 4326, '{_WGS84}', 'longitude/latitude in degrees'),
        ('Undefined cartesian SRS', -1, 'NONE', -1, 'undefined', 'undefined cartesian'),
        ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', 'undefined geographic')""",
)

CONTENT_TABLE = (
    "CREATE TABLE content (sha256 TEXT PRIMARY KEY NOT NULL, data BLOB NOT NULL) WITHOUT ROWID"
)
"""What attachments hold, by its digest; one photograph chosen twice is kept once."""

_OWN_TABLES = (
    "CREATE TABLE ucm_meta (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) WITHOUT ROWID",
    """CREATE TABLE edit (
        revision INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, verb TEXT NOT NULL,
        params TEXT NOT NULL, actor TEXT NOT NULL, at TEXT NOT NULL, action TEXT NOT NULL,
        "of" TEXT NOT NULL, barrier INTEGER NOT NULL, count INTEGER NOT NULL)""",
    """CREATE TABLE delta (
        revision INTEGER NOT NULL REFERENCES edit(revision), position INTEGER NOT NULL,
        kind TEXT NOT NULL, operation TEXT NOT NULL, columns TEXT NOT NULL,
        PRIMARY KEY (revision, position)) WITHOUT ROWID""",
    """CREATE TABLE change (
        seq INTEGER PRIMARY KEY, revision INTEGER NOT NULL, position INTEGER NOT NULL,
        kind TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, before TEXT, after TEXT)""",
    CONTENT_TABLE,
    "CREATE INDEX change_of_row ON change (kind, id)",
    "CREATE INDEX change_of_edit ON change (revision, position)",
    """CREATE TABLE audit (
        seq INTEGER PRIMARY KEY, at TEXT NOT NULL, actor TEXT NOT NULL, what TEXT NOT NULL,
        edit_id TEXT NOT NULL, details TEXT NOT NULL, digest TEXT NOT NULL, previous TEXT NOT NULL,
        hash TEXT NOT NULL, signature TEXT NOT NULL)""",
)


def quoted(name: str) -> str:
    """Return an identifier as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


@cache
def stored_columns(kind: Kind) -> tuple[Column, ...]:
    """Return the columns of a kind's table besides ``fid, geom, id, version, revision``."""
    hidden = {*POINT_COLUMNS} if geometry_of(kind) == "point" else set()
    if geometry_of(kind) == "area":
        hidden.add(AREA_COLUMN)
    return tuple(c for c in columns_of(kind) if c.name not in hidden)


@cache
def field_types(kind: Kind) -> dict[str, type]:
    """Return the plain types (an enumeration, bool, date, str …) of a kind's fields."""
    found: dict[str, type] = {}
    for name, hint in typing.get_type_hints(ENTITY_TYPES[kind]).items():
        plain = [a for a in typing.get_args(hint) if a is not type(None)] or [hint]
        if isinstance(plain[0], type) and typing.get_origin(hint) is not tuple:
            found[name] = plain[0]
    return found


@cache
def vocabulary(kind: Kind) -> dict[str, frozenset[str]]:
    """Return the permitted values of each column of a kind that has a closed vocabulary."""
    return {
        name: frozenset(member.value for member in hint)
        for name, hint in field_types(kind).items()
        if issubclass(hint, StrEnum)
    }


def statements() -> Iterator[str]:
    """Yield every statement that makes an empty plan file, in order."""
    yield from GPKG_TABLES
    yield from _OWN_TABLES
    for kind in Kind:
        yield from kind_statements(kind)
    yield "CREATE INDEX decision_of_site ON status_decision (site_id, decided_on, recorded_at)"
    yield from triggers().values()


def kind_statements(kind: Kind) -> Iterator[str]:
    """Yield what makes the empty table of a kind, without its triggers."""
    yield _entity_table(kind)
    yield from _registration(kind)


def column_definition(kind: Kind, column: Column) -> str:
    """Return how a column stands in the statement that makes or adds it."""
    null = "" if column.nullable else " NOT NULL"
    if column.name in defaults(kind) and not column.nullable:
        # The same in a new plan as in one that was brought up to date.
        null += f" DEFAULT {_literal(defaults(kind)[column.name])}"
    return f"{quoted(column.name)} {_sql_type(kind, column)}{null}{_check(kind, column)}"


def _literal(value: Scalar) -> str:
    return (
        str(value) if isinstance(value, int | float) else "'" + str(value).replace("'", "''") + "'"
    )


def _entity_table(kind: Kind) -> str:
    lines = ["fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL"]
    if geometry_of(kind) is not None:
        # Exactly as it was drawn: a zone of one part comes back as a Polygon, not as a
        # MultiPolygon.
        lines.append(f"{GEOMETRY} {_geometry_type(kind)}")
    lines += ["id TEXT UNIQUE NOT NULL", "version INTEGER NOT NULL", "revision INTEGER NOT NULL"]
    lines += [column_definition(kind, column) for column in stored_columns(kind)]
    return f"CREATE TABLE {quoted(kind.value)} (\n  " + ",\n  ".join(lines) + ")"


def _geometry_type(kind: Kind) -> str:
    return "POINT" if geometry_of(kind) == "point" else "GEOMETRY"


def _sql_type(kind: Kind, column: Column) -> str:
    hint = field_types(kind).get(column.name)
    if hint is bool:
        return "BOOLEAN"
    # `date` only: a datetime's text carries an offset that GeoPackage's DATETIME does not know.
    return "DATE" if hint is date else column.sql


def _check(kind: Kind, column: Column) -> str:
    name = quoted(column.name)
    words = vocabulary(kind).get(column.name)
    if words is not None:
        return f" CHECK ({name} IN ({', '.join(repr(w) for w in sorted(words))}))"
    if field_types(kind).get(column.name) is bool:
        return f" CHECK ({name} IN (0, 1))"
    return ""


def _registration(kind: Kind) -> Iterator[str]:
    table = kind.value
    geometry = geometry_of(kind)
    data_type, srs = ("attributes", 0) if geometry is None else ("features", 4326)
    yield (
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) "
        f"VALUES ('{table}', '{data_type}', '{table}', {srs})"
    )
    if geometry is None:
        return
    yield (
        f"INSERT INTO gpkg_geometry_columns VALUES ('{table}', '{GEOMETRY}', "
        f"'{_geometry_type(kind)}', 4326, 0, 0)"
    )
    yield (
        f"INSERT INTO gpkg_extensions VALUES ('{table}', '{GEOMETRY}', 'gpkg_rtree_index', "
        "'http://www.geopackage.org/spec130/#extension_rtree', 'write-only')"
    )
    yield f"CREATE VIRTUAL TABLE {rtree(kind)} USING rtree(id, minx, maxx, miny, maxy)"


def rtree(kind: Kind) -> str:
    """Return the name of a kind's R-tree."""
    return f"rtree_{kind.value}_{GEOMETRY}"


@cache
def triggers() -> dict[str, str]:
    """Return every trigger of a plan file by its name.

    Opening compares them with those in the file: one that is missing, altered or added to these
    tables could change rows unseen.
    """
    found: dict[str, str] = {}
    for kind in Kind:
        found |= kind_triggers(kind)
    for table in LOG_TABLES:
        found |= _append_only(table)
    found |= _guards("ucm_meta")
    found |= _guards("content")
    found |= _status_triggers()
    return found


def kind_triggers(kind: Kind) -> dict[str, str]:
    """Return the triggers of one kind's table by their names."""
    found = _guards(kind.value)
    return found if geometry_of(kind) is None else found | _rtree_triggers(kind)


def _guards(table: str) -> dict[str, str]:
    return {
        f"ucm_guard_{table}_{act.lower()}": (
            f"CREATE TRIGGER ucm_guard_{table}_{act.lower()} BEFORE {act} ON {quoted(table)} "
            f"BEGIN SELECT RAISE(ABORT, 'edit this plan in Unity Command Map') "
            f"WHERE {GUARD}() IS NOT 1; END"
        )
        for act in ("INSERT", "UPDATE", "DELETE")
    }


def _append_only(table: str) -> dict[str, str]:
    guards = _guards(table)
    insert = f"ucm_guard_{table}_insert"
    return {insert: guards[insert]} | {
        f"ucm_keep_{table}_{act.lower()}": (
            f"CREATE TRIGGER ucm_keep_{table}_{act.lower()} BEFORE {act} ON {quoted(table)} "
            f"BEGIN SELECT RAISE(ABORT, 'the history of a plan only grows'); END"
        )
        for act in ("UPDATE", "DELETE")
    }


def _status_triggers() -> dict[str, str]:
    latest = (
        "COALESCE((SELECT to_status FROM status_decision WHERE site_id = NEW.id "
        "ORDER BY decided_on DESC, recorded_at DESC, fid DESC LIMIT 1), 'unverified')"
    )
    refuse = "BEGIN SELECT RAISE(ABORT, 'ucm_status_without_decision'); END"
    return {
        "ucm_status_insert": (
            f"CREATE TRIGGER ucm_status_insert BEFORE INSERT ON site "
            # The first test spares an import of 100,000 sites the search in the ledger.
            f"WHEN (NEW.legal_status IS NOT 'unverified' OR EXISTS "
            f"(SELECT 1 FROM status_decision WHERE site_id = NEW.id)) "
            f"AND NEW.legal_status IS NOT {latest} {refuse}"
        ),
        "ucm_status_update": (
            f"CREATE TRIGGER ucm_status_update BEFORE UPDATE OF legal_status ON site "
            f"WHEN NEW.legal_status IS NOT {latest} {refuse}"
        ),
    }


def _rtree_triggers(kind: Kind) -> dict[str, str]:
    """Return the triggers of GeoPackage 1.3, annex F.3, word for word but for the names."""
    table, tree, geom = quoted(kind.value), rtree(kind), GEOMETRY
    there = f"(NEW.{geom} NOTNULL AND NOT ST_IsEmpty(NEW.{geom}))"
    gone = f"(NEW.{geom} ISNULL OR ST_IsEmpty(NEW.{geom}))"
    put = (
        f"INSERT OR REPLACE INTO {tree} VALUES (NEW.fid, ST_MinX(NEW.{geom}), "
        f"ST_MaxX(NEW.{geom}), ST_MinY(NEW.{geom}), ST_MaxY(NEW.{geom}));"
    )
    drop = f"DELETE FROM {tree} WHERE id = OLD.fid;"
    parts = {
        "insert": f"AFTER INSERT ON {table} WHEN {there} BEGIN {put} END",
        "update1": f"AFTER UPDATE OF {geom} ON {table} WHEN OLD.fid = NEW.fid AND {there} "
        f"BEGIN {put} END",
        "update2": f"AFTER UPDATE OF {geom} ON {table} WHEN OLD.fid = NEW.fid AND {gone} "
        f"BEGIN {drop} END",
        "update3": f"AFTER UPDATE ON {table} WHEN OLD.fid != NEW.fid AND {there} "
        f"BEGIN {drop} {put} END",
        "update4": f"AFTER UPDATE ON {table} WHEN OLD.fid != NEW.fid AND {gone} "
        f"BEGIN DELETE FROM {tree} WHERE id IN (OLD.fid, NEW.fid); END",
        "delete": f"AFTER DELETE ON {table} WHEN OLD.{geom} NOTNULL BEGIN {drop} END",
    }
    return {
        f"{tree}_{name}": f"CREATE TRIGGER {tree}_{name} {body}" for name, body in parts.items()
    }
