"""Where a person puts something: refused outside Cambodia, its unit never guessed."""

from __future__ import annotations

import pytest
from shapely import box

from geo.errors import InputError
from geo.model.codec import to_row
from geo.model.entity import Kind
from geo.model.place import AdminUnit
from geo.model.table import Table, columns_from_rows
from geo.model.vocabulary import AdminLevel
from geo.placing import exchanged, look_at, read_place

NONE = Table.empty(Kind.ADMIN_UNIT)


def units(*made):
    columns = columns_from_rows([to_row(unit) for unit in made])
    return Table.of(Kind.ADMIN_UNIT, [u.id for u in made], [1] * len(made), columns)


def test_without_outlines_the_unit_is_the_approximate_province():
    found = look_at(NONE, 103.52, 10.61)
    assert (found.admin_code, found.approximate) == ("18", True)


def test_the_smallest_outline_that_holds_the_point_is_its_unit():
    outline = box(103.5, 10.6, 103.55, 10.65)
    table = units(
        AdminUnit(code="1801", level=AdminLevel.DISTRICT, outline=outline, approximate=False),
        AdminUnit(code="180104", level=AdminLevel.COMMUNE, outline=outline, approximate=False),
        AdminUnit(code="180105", level=AdminLevel.COMMUNE, outline=None),
        AdminUnit(code="180106", level=AdminLevel.COMMUNE, outline=box(103.6, 10.6, 103.7, 10.7)),
    )
    found = look_at(table, 103.52, 10.61)
    assert (found.admin_code, found.approximate) == ("180104", False)


@pytest.mark.parametrize("where", [(100.5, 13.7), (106.7, 10.8), (0.0, 0.0)])
def test_a_point_outside_is_refused(where):
    with pytest.raises(InputError) as refused:
        look_at(NONE, *where)
    assert refused.value.code == "error.place.outside"


def test_just_across_the_border_is_let_through():
    look_at(NONE, 102.551, 13.661)


@pytest.mark.parametrize("text", ["10.61 103.52", "103.52, 10.61", "10°36′36″N 103°31′12″E"])
def test_positions_are_read_as_people_write_them(text):
    assert read_place(text) == pytest.approx((103.52, 10.61), abs=1e-3)


@pytest.mark.parametrize(
    ("wrong", "helps"),
    [
        ("10.61 E 103.52 N", True),
        ("48P 1173000 338000", True),
        ("13.7 100.5", False),
        ("nothing", False),
    ],
)
def test_exchanging_is_offered_only_where_it_helps(wrong, helps):
    with pytest.raises(InputError):
        read_place(wrong)
    found = exchanged(wrong)
    assert bool(found) is helps
    if helps:
        read_place(found)
