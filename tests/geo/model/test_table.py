from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.model.codec import columns_of, to_row
from geo.model.entity import Kind, LonLat
from geo.model.site import Site
from geo.model.table import Table, columns_from_rows

IDS = [f"site-{n}" for n in range(6)]
POSITIONS = st.one_of(st.none(), st.tuples(st.floats(102, 107), st.floats(10, 14)))


def table_of(*sites: Site) -> Table:
    return Table.of(
        Kind.SITE,
        [s.id for s in sites],
        [s.version for s in sites],
        columns_from_rows([to_row(s) for s in sites]),
    )


def sites(point) -> dict[str, object]:
    lon, lat = point or (None, None)
    return {**to_row(Site(code="A")), "lon": lon, "lat": lat}


steps = st.lists(
    st.tuples(
        st.sampled_from(["insert", "update", "delete"]),
        st.sets(st.sampled_from(IDS), min_size=1),
        POSITIONS,
        st.text(max_size=5),
    ),
    max_size=12,
)


@given(steps)
def test_a_table_does_what_a_dictionary_of_rows_does(steps):
    table = Table.empty(Kind.SITE)
    rows: dict[str, tuple[int, dict[str, object]]] = {}
    for act, wanted, point, name in steps:
        there = sorted(i for i in wanted if i in rows)
        if act == "insert":
            new = sorted(set(wanted) - set(there))
            row = {**sites(point), "name_en": name}
            table = table.with_inserted(
                new, [1] * len(new), {k: [v] * len(new) for k, v in row.items()}
            )
            rows.update({i: (1, dict(row)) for i in new})
        elif act == "update":
            lon, lat = point or (None, None)
            change = {"name_en": name, "lon": lon, "lat": lat}
            versions = [rows[i][0] + 1 for i in there]
            table = table.with_updated(
                there, versions, {k: [v] * len(there) for k, v in change.items()}
            )
            rows.update({i: (rows[i][0] + 1, {**rows[i][1], **change}) for i in there})
        else:
            table = table.without(there)
            for i in there:
                del rows[i]
        assert list(table.ids) == list(rows)
        assert {i: (int(table.versions[table.index[i]]), table.row(i)) for i in table.ids} == rows


@given(steps)
def test_a_table_never_changes_in_place(steps):
    before = table_of(Site(id="first", code="1", point=LonLat(103.5, 10.6)))
    kept = before.row("first")
    for _, _, point, name in steps:
        lon, lat = point or (None, None)
        before.with_updated(["first"], [2], {"name_en": [name], "lon": [lon], "lat": [lat]})
        before.with_inserted(["second"], [1], {k: [v] for k, v in sites(point).items()})
        before.without(["first"])
    assert before.row("first") == kept
    assert list(before.ids) == ["first"]
    assert list(before.versions) == [0]


def test_a_site_without_a_point_is_nan_in_the_columns_and_none_in_the_row():
    table = table_of(Site(id="a"), Site(id="b", point=LonLat(103.5, 10.6)))
    assert table["lon"].dtype == np.float64
    assert np.isnan(table["lon"][0])
    assert table.row("a")["lon"] is None
    assert table.entity("a").point is None
    assert table.entity("b").point == LonLat(103.5, 10.6)


def test_a_point_can_be_forgotten_and_found():
    table = table_of(Site(id="a", point=LonLat(103.5, 10.6)))
    gone = table.with_updated(["a"], [2], {"lon": [None], "lat": [None]})
    assert gone.entity("a").point is None
    back = gone.with_updated(["a"], [3], {"lon": [103.5], "lat": [10.6]})
    assert back.entity("a").point == LonLat(103.5, 10.6)


def test_an_empty_table_has_every_column_of_its_kind():
    for kind in Kind:
        table = Table.empty(kind)
        assert len(table) == 0
        assert list(table.columns) == [c.name for c in columns_of(kind)]


def test_entities_come_in_the_order_of_the_rows_with_their_versions():
    table = table_of(Site(id="b", version=3), Site(id="a", version=1))
    assert [(s.id, s.version) for s in table.entities()] == [("b", 3), ("a", 1)]


def test_an_id_that_is_not_there_is_a_key_error_and_nothing_else():
    table = table_of(Site(id="a"))
    assert "b" not in table
    for ask in (table.row, table.entity):
        with pytest.raises(KeyError):
            ask("b")
    with pytest.raises(KeyError):
        table.without(["b"])
    with pytest.raises(KeyError):
        table.with_updated(["b"], [1], {"code": ["x"]})


def test_columns_of_unequal_length_are_refused():
    columns = {c.name: [None] * 2 for c in columns_of(Kind.SITE)}
    for wrong in ("lon", "code"):
        with pytest.raises(ValueError, match=wrong):
            Table.of(Kind.SITE, ["a", "b"], [1, 1], {**columns, wrong: [None]})


def test_columns_may_come_as_arrays():
    columns = {name: [value] * 2 for name, value in to_row(Site()).items()}
    columns["lon"], columns["lat"] = np.array([103.5, np.nan]), np.array([10.6, np.nan])
    columns["code"] = np.array(["1", "2"])
    table = Table.of(Kind.SITE, ["a", "b"], [1, 1], columns)
    assert table.entity("b").code == "2"
    assert table.entity("b").point is None


def test_two_threads_may_look_up_the_first_row_at_the_same_time():
    count = 3000
    columns = {name: [value] * count for name, value in to_row(Site()).items()}
    ids = [f"site-{n}" for n in range(count)]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as pool:
            for _ in range(10):
                table = Table.of(Kind.SITE, ids, [1] * count, columns)
                found = list(pool.map(lambda i, t=table: t.index[i], ids[-8:]))
                assert found == list(range(count - 8, count))
    finally:
        sys.setswitchinterval(interval)


def test_what_is_made_of_a_table_is_made_once_for_the_same_parts():
    table, other = Table.of(Kind.SITE, ["a"], [1], {}), Table.of(Kind.SITE, ["a"], [1], {})
    made = []

    def make():
        made.append(1)
        return len(made)

    assert [table.kept("n", (other, 1), make) for _ in range(2)] == [1, 1]
    assert table.kept("n", (other, 2), make) == 2
    # Tables are compared by identity, also with those of the same content.
    assert table.kept("n", (table, 2), make) == 3
    assert table.with_updated(["a"], [2], {}).kept("n", (table, 2), make) == 4
