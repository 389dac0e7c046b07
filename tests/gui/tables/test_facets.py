"""Columns that are sorted and filtered in short steps."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.model.entity import Kind
from geo.model.table import Table
from gui.models import facet as facet_module
from gui.models.column import Form, number_column, text_column
from gui.models.facet import Facet, folded, sorted_in_steps
from gui.models.filters import FieldFilter, mask_of

NAME = text_column("name_en", "panel.column.name")
CAPACITY = number_column("capacity", "panel.column.capacity")


def table(names, capacities=None):
    count = len(names)
    columns = {"name_en": names, "capacity": capacities or [None] * count}
    return Table.of(Kind.SITE, [f"site-{n}" for n in range(count)], [1] * count, columns)


def full(spec, rows):
    made = Facet(spec)
    for _ in made.fill(None, rows):
        pass
    for _ in made.ranking():
        pass
    return made


def last(steps):
    found = None
    for found in steps:  # noqa: B007 - the last one is the answer
        pass
    return found


@given(st.lists(st.text(max_size=3), max_size=60))
def test_sorting_in_steps_sorts(keys):
    order = last(sorted_in_steps(len(keys), keys.__getitem__))
    assert [keys[i] for i in order] == sorted(keys)


def test_sorting_in_steps_is_stable_over_many_chunks(monkeypatch):
    monkeypatch.setattr(facet_module, "CHUNK", 7)
    keys = [n % 5 for n in range(100)]
    order = last(sorted_in_steps(len(keys), keys.__getitem__))
    assert all(keys[a] < keys[b] or (keys[a] == keys[b] and a < b) for a, b in pairwise(order))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mango", "mANGO"),
        ("ស្វាយ\u200bសាកល្បង", "ស្វាយសាកល្បង"),
        ("\ufeffនាគ\u200cរាជ\u2060", "នាគរាជ"),
        ("លេខ ១២", "លេខ 12"),
        ("ÉCOLE", "école"),
    ],
)
def test_what_looks_the_same_is_found_the_same(one, other):
    assert folded(one) == folded(other)


def test_each_distinct_value_is_kept_once():
    made = full(NAME, table(["b", "a", "b", "", "a"]))
    assert made.words == ["b", "a", ""]
    assert made.codes.tolist() == [0, 1, 0, 2, 1]


def test_rows_without_a_value_sort_last_in_either_direction():
    for spec, rows in (
        (NAME, table(["b", "", "a"])),
        (CAPACITY, table(["", "", ""], [5, None, 2])),
    ):
        made = full(spec, rows)
        assert np.argsort(made.keys(ascending=True)).tolist() == [2, 0, 1]
        assert np.argsort(made.keys(ascending=False)).tolist() == [0, 2, 1]


def test_a_changed_row_changes_one_code_and_a_new_word_finds_its_place():
    rows = table(["b", "d", "b"])
    made = full(NAME, rows)
    later = rows.with_updated(["site-0"], [2], {"name_en": ["c"]})
    made.update(None, later, np.array([0]))
    for _ in made.ranking():
        pass
    assert np.argsort(made.keys(ascending=True)).tolist() == [2, 0, 1]


def test_rows_at_the_end_are_taken_in_without_the_others():
    rows = table(["b", "a"])
    made = full(NAME, rows)
    more = rows.with_inserted(["site-2"], [1], {"name_en": ["c"]})
    for _ in made.fill(None, more):
        pass
    assert made.codes.tolist() == [0, 1, 2]


@pytest.mark.parametrize(
    ("wanted", "passed"),
    [
        (FieldFilter(values=frozenset({"a"})), [1]),
        (FieldFilter(part="B"), [0]),
        (FieldFilter(filled=False), [2]),
        (FieldFilter(filled=True), [0, 1]),
        (FieldFilter(), [0, 1, 2]),
        (FieldFilter(values=frozenset({"a"}), part="b"), []),
    ],
)
def test_a_filter_of_a_text_lets_through(wanted, passed):
    made = full(NAME, table(["b", "a", ""]))
    assert np.flatnonzero(last(mask_of(made, wanted))).tolist() == passed


@pytest.mark.parametrize(
    ("low", "high", "passed"),
    [(2, None, [0, 2]), (None, 4, [2]), (2, 2, [2]), (9, None, []), (None, None, [0, 1, 2])],
)
def test_a_range_of_numbers_never_lets_through_what_is_unknown(low, high, passed):
    made = full(CAPACITY, table(["", "", ""], [5, None, 2]))
    assert np.flatnonzero(last(mask_of(made, FieldFilter(low=low, high=high)))).tolist() == passed


def test_a_range_of_days_compares_days():
    from gui.models.column import date_column

    spec = date_column("visited_on", "panel.column.visited")
    assert spec.form is Form.DATE
    days = ["2022-09-17", None, "2021-01-01"]
    rows = Table.of(Kind.SITE, ["a", "b", "c"], [1, 1, 1], {"visited_on": days})
    made = full(spec, rows)
    assert np.flatnonzero(last(mask_of(made, FieldFilter(low="2022-01-01")))).tolist() == [0]
    assert np.flatnonzero(last(mask_of(made, FieldFilter(high="2022-01-01")))).tolist() == [2]
