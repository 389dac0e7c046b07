from __future__ import annotations

import dataclasses
import json
from datetime import date
from enum import StrEnum

import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely import box

from geo.model.allegation import Allegation, NationalityCount
from geo.model.codec import (
    ENTITY_TYPES,
    KIND_OF,
    columns_of,
    from_row,
    geometry_of,
    to_row,
)
from geo.model.command import Team, TeamGroup, Zone
from geo.model.entity import Kind, LonLat
from geo.model.place import AdminUnit, BorderCrossing
from geo.model.site import Site
from geo.model.vocabulary import GroupKind, LegalStatus

UNKNOWN = float("nan")
every_kind = pytest.mark.parametrize("kind", list(Kind), ids=str)
few = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


@every_kind
@few
@given(data=st.data())
def test_an_entity_comes_back_from_a_row_that_sqlite_and_json_can_hold(kind, entities, data):
    entity = data.draw(entities(kind))
    row = to_row(entity)
    assert from_row(kind, entity.id, entity.version, row) == entity
    assert list(row) == [c.name for c in columns_of(kind)]
    types_of = {"TEXT": str, "INTEGER": int, "REAL": float, "BLOB": bytes}
    for column in columns_of(kind):
        value = row[column.name]
        if value is None:
            assert column.nullable
        else:
            assert type(value) is types_of[column.sql]


def test_every_kind_has_an_entity_and_every_entity_its_own_kind():
    assert set(ENTITY_TYPES) == set(Kind)
    assert len(KIND_OF) == len(Kind)


@every_kind
def test_every_field_of_an_entity_has_a_column(kind):
    names = {c.name for c in columns_of(kind)}
    assert len(names) == len(columns_of(kind))
    for field in dataclasses.fields(ENTITY_TYPES[kind]):
        expected = {"point": {"lon", "lat"}, "outline": {"geom"}, "id": set(), "version": set()}
        assert expected.get(field.name, {field.name}) <= names


def test_points_and_areas_are_what_the_map_draws():
    points = {kind for kind in Kind if geometry_of(kind) == "point"}
    areas = {kind for kind in Kind if geometry_of(kind) == "area"}
    assert points == {
        Kind.SITE,
        Kind.LICENCE,
        Kind.ALLEGATION,
        Kind.CROSSING,
        Kind.SUPPORT_UNIT,
    }
    assert areas == {Kind.ADMIN_UNIT, Kind.ZONE}


def test_the_footprint_of_a_site_is_no_geometry_of_its_table():
    columns = {c.name: c for c in columns_of(Kind.SITE)}
    assert columns["footprint"].sql == "BLOB"
    assert "geom" not in columns


@pytest.mark.parametrize(
    ("lon", "lat"),
    [
        (None, None),
        (UNKNOWN, UNKNOWN),
        (103.5, None),
        (None, 10.6),
        (103.5, UNKNOWN),
        (UNKNOWN, 10.6),
    ],
)
def test_half_a_position_is_no_position(lon, lat):
    row = {**to_row(Site(point=LonLat(103.5, 10.6))), "lon": lon, "lat": lat}
    assert from_row(Kind.SITE, "s", 1, row).point is None


def closed_columns():
    for kind in Kind:
        entity = ENTITY_TYPES[kind]
        for column in columns_of(kind):
            hint = entity.__dataclass_fields__.get(column.name)
            if hint is not None and isinstance(hint.default, StrEnum):
                yield kind, column.name


@pytest.mark.parametrize(("kind", "column"), list(closed_columns()))
def test_a_closed_vocabulary_refuses_an_unknown_value_and_keeps_it_out_of_the_message(kind, column):
    with pytest.raises(ValueError, match=rf"{kind.value}\.{column}") as refused:
        from_row(kind, "an-id", 1, {column: "XB-unknown-41"})
    assert "XB-unknown-41" not in str(refused.value)


def test_a_day_that_is_none_is_refused_with_its_column():
    row = {**to_row(Site()), "visited_on": "31/02/2022"}
    with pytest.raises(ValueError, match=r"site\.visited_on"):
        from_row(Kind.SITE, "s", 1, row)


def test_nothing_where_something_must_stand_is_refused_with_its_column():
    row = {**to_row(Site()), "legal_status": None}
    with pytest.raises(ValueError, match=r"site\.legal_status"):
        from_row(Kind.SITE, "s", 1, row)


@pytest.mark.parametrize("entity", [Zone, Site], ids=["outline", "footprint"])
def test_an_area_drawn_with_heights_is_kept_flat(entity):
    # A plan's GeoPackage declares its layers without z, as other programs then expect them.
    square, high = box(103, 10, 104, 11), shapely.force_3d(box(103, 10, 104, 11), 12.5)
    flat, raised = (
        to_row(Zone(name="A", outline=a) if entity is Zone else Site(footprint=a))
        for a in (square, high)
    )
    column = "geom" if entity is Zone else "footprint"
    assert raised[column] == flat[column]


def test_a_broken_outline_is_refused_with_its_column():
    row = {**to_row(Zone(name="A", outline=box(103, 10, 104, 11))), "geom": b"\x01\x03"}
    with pytest.raises(ValueError, match=r"zone\.outline"):
        from_row(Kind.ZONE, "z", 1, row)


def test_a_column_that_an_older_plan_does_not_have_takes_the_default():
    row = {k: v for k, v in to_row(Site(code="00855")).items() if k != "legal_status"}
    site = from_row(Kind.SITE, "s", 1, row)
    assert site == Site(id="s", version=1, code="00855")
    assert site.legal_status is LegalStatus.UNVERIFIED


def test_a_code_keeps_its_leading_zeros():
    assert to_row(Site(code="00855"))["code"] == "00855"


def test_structures_are_readable_json_with_khmer_as_it_is():
    team = Team(name="ក្រុម", groups=(TeamGroup(GroupKind.MINUTES, chief="ប្រធាន", members=2),))
    stored = to_row(team)["groups"]
    assert "ប្រធាន" in stored
    assert json.loads(stored) == [
        {"kind": "minutes", "chief": "ប្រធាន", "task": "", "members": 2},
    ]


def test_unknown_people_are_not_zero_people():
    unknown = to_row(Allegation(nationalities=(NationalityCount("CN", 0),)))
    assert unknown["people_min"] is None
    assert to_row(Allegation(people_min=0))["people_min"] == 0


def test_a_unit_without_an_outline_has_none():
    unit = AdminUnit(code="18", level="province")
    assert to_row(unit)["geom"] is None
    assert from_row(Kind.ADMIN_UNIT, unit.id, 0, to_row(unit)).outline is None


def test_whether_a_crossing_was_open_is_unknown_without_intervals():
    crossing = BorderCrossing(name_en="A", neighbour="TH", crossing_class="international")
    assert crossing.open_on(date(2022, 1, 1)) is None
