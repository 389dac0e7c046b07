"""Entities of every kind, drawn from the dataclasses themselves: a new field is tried at once."""

from __future__ import annotations

import dataclasses
import types
import typing
from datetime import date, datetime, time, timedelta, timezone
from enum import StrEnum

import pytest
from hypothesis import strategies as st
from shapely import MultiPolygon, Polygon, box

from geo.model.codec import ENTITY_TYPES
from geo.model.entity import Kind, LonLat

LONGITUDES = st.floats(-180, 180, allow_nan=False)
LATITUDES = st.floats(-90, 90, allow_nan=False)
ZONES = st.sampled_from([None, timezone.utc, timezone(timedelta(hours=7))])  # noqa: UP017


@st.composite
def areas(draw: st.DrawFn) -> Polygon | MultiPolygon:
    west, south = draw(st.floats(102, 107)), draw(st.floats(10, 14))
    first = box(west, south, west + draw(st.floats(0.001, 0.5)), south + 0.25)
    if draw(st.booleans()):
        return first
    return MultiPolygon([first, box(west + 1, south, west + 1.5, south + 0.5)])


SIMPLE: dict[object, st.SearchStrategy[object]] = {
    str: st.text(max_size=20),
    int: st.integers(-(2**62), 2**62),
    float: st.floats(allow_nan=False, allow_infinity=False),
    bool: st.booleans(),
    date: st.dates(),
    time: st.times(),
    datetime: st.datetimes(timezones=ZONES),
    LonLat: st.builds(LonLat, LONGITUDES, LATITUDES),
}


def values_of(hint: object) -> st.SearchStrategy[object]:
    if hint in SIMPLE:
        return SIMPLE[hint]
    arguments = typing.get_args(hint)
    if Polygon in arguments:
        return st.one_of(areas(), st.none()) if type(None) in arguments else areas()
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        return st.one_of([st.none() if a is type(None) else values_of(a) for a in arguments])
    if typing.get_origin(hint) is tuple:
        return st.lists(values_of(arguments[0]), max_size=3).map(tuple)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return st.sampled_from(list(hint))
    assert dataclasses.is_dataclass(hint), f"no strategy for {hint}"
    return st.builds(hint, **fields_of(hint))


def fields_of(cls: type) -> dict[str, st.SearchStrategy[object]]:
    hints = typing.get_type_hints(cls)
    return {f.name: values_of(hints[f.name]) for f in dataclasses.fields(cls)}


def entities_of(kind: Kind) -> st.SearchStrategy:
    fields = fields_of(ENTITY_TYPES[kind])
    fields["id"] = st.uuids(version=4).map(str)
    fields["version"] = st.integers(0, 1000)
    return st.builds(ENTITY_TYPES[kind], **fields)


@pytest.fixture(scope="session")
def entities() -> typing.Callable[[Kind], st.SearchStrategy]:
    """A strategy of the entities of a kind."""
    return entities_of
