"""What is typed as a number or a day, and filters in words."""

from __future__ import annotations

import pytest

from geo.model.entity import Kind
from gui import i18n
from gui.models.columns import COLUMNS, SORTED_AT_FIRST
from gui.models.filters import FieldFilter
from gui.tables.layout import TableLayout
from gui.tables.wording import described, typed_bound, typed_day, typed_number
from layers.export.cells import LEAVING

SPECS = {spec.key: spec for spec in COLUMNS[Kind.SITE]}


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("17/9/2022", "2022-09-17"),
        ("១៧/៩/២០២២", "2022-09-17"),
        ("2022-09-17", "2022-09-17"),
        ("31.12.2021", "2021-12-31"),
        ("31/2/2022", None),
        ("17/9", None),
        ("yesterday", None),
    ],
)
def test_a_day_is_read_as_people_write_it(written, day):
    assert typed_day(written) == day


@pytest.mark.parametrize(
    ("written", "number"),
    [("1,200", 1200.0), ("១២", 12.0), ("2.5", 2.5), ("many", None), ("", None), ("inf", None)],
)
def test_a_number_is_read_as_people_write_it(written, number):
    assert typed_number(written) == number


def test_what_was_typed_is_shown_again_as_it_was_typed(dressed):
    assert typed_bound(SPECS["visited_on"], "2022-09-17") == "17/9/2022"
    assert typed_bound(SPECS["capacity"], 12.0) == "12"


@pytest.mark.parametrize(
    ("key", "wanted", "words"),
    [
        ("legal_status", FieldFilter(values=frozenset({"legal"})), "Legal status: Legal"),
        ("capacity", FieldFilter(low=10, high=20), "Capacity: 10 – 20"),
        ("capacity", FieldFilter(low=10), "Capacity: ≥ 10"),
        ("source", FieldFilter(part="x"), "Source: “x”"),
        ("source", FieldFilter(filled=False), "Source: Without"),
        ("visited_on", FieldFilter(high="2022-09-17"), "Visited: ≤ 17 Sept 2022"),
        (
            "kind",
            FieldFilter(values=frozenset({"casino", "shop", "other", "factory"})),
            "Kind: 4 values",
        ),
    ],
)
def test_a_filter_is_put_into_words(dressed, key, wanted, words):
    i18n.set_language("en")
    assert described(SPECS[key], wanted) == words


@pytest.mark.parametrize("kind", COLUMNS)
def test_keys_and_heads_of_a_kind_are_unambiguous(kind):
    keys = [spec.key for spec in COLUMNS[kind]]
    assert len(set(keys)) == len(keys)
    assert {key for key, _up in SORTED_AT_FIRST.get(kind, ())} <= set(keys)
    assert any(spec.at_first for spec in COLUMNS[kind])


@pytest.mark.parametrize("kind", COLUMNS)
def test_what_leaves_has_the_name_that_the_table_gives_it(kind):
    heads = {spec.key: spec.head for spec in COLUMNS[kind]}
    assert {key: column.head for key, column in LEAVING[kind].items()}.items() <= heads.items()


class TestLayout:
    specs = COLUMNS[Kind.SITE]

    def test_it_begins_with_the_columns_shown_at_first(self):
        shown = TableLayout(self.specs).shown
        assert shown == tuple(s.key for s in self.specs if s.at_first)

    def test_it_survives_the_settings(self):
        layout = TableLayout(self.specs).without("code")
        layout = layout.arranged([*layout.order[1:], layout.order[0]], {"name": 300})
        again = TableLayout.from_json(self.specs, layout.as_json())
        assert (again.order, again.hidden, again.width("name")) == (
            layout.order,
            layout.hidden,
            300,
        )

    def test_the_last_column_stays(self):
        layout = TableLayout(self.specs).choose(["name"], [s.key for s in self.specs])
        assert layout.without("name").shown == ("name",)

    @pytest.mark.parametrize(
        "kept",
        [
            None,
            "x",
            {"order": 3, "hidden": "x", "widths": []},
            {"order": ["nonsense"], "hidden": ["nonsense"], "widths": {"nonsense": 3}},
            {"hidden": [s.key for s in COLUMNS[Kind.SITE]]},
            {"order": [["name"]]},
        ],
    )
    def test_damaged_settings_are_as_at_first(self, kept):
        layout = TableLayout.from_json(self.specs, kept)
        assert layout.shown == TableLayout(self.specs).shown

    def test_no_width_makes_a_column_unusable(self):
        layout = TableLayout.from_json(self.specs, {"widths": {"name": 0, "code": 99999}})
        assert 40 < layout.width("name") < layout.width("code") < 1000
