from __future__ import annotations

import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.export.chart_shapes import Fill, Stroke, Word, shapes
from layers.export.chart_svg import chart_svg
from layers.export.charts import Chart, Series, look, runs, steps_to

SVG = "{http://www.w3.org/2000/svg}"


def chart(values=(3.0, None, None, 0.0, 5.0), **changes) -> Chart:
    n = len(values)
    given = {
        "title": "Allegations <by> month",
        "unit": "per month",
        "labels": tuple(f"month {i}" for i in range(n)),
        "ticks": ((0, "2021"), (n - 1, "2022")),
        "series": (
            Series(
                name="All & more",
                colour="#882E72",
                values=values,
                low=tuple(None if v is None else v / 2 for v in values),
                high=tuple(None if v is None else v + 3 for v in values),
            ),
        ),
        "unknown": ((1, 2),),
        "unknown_word": "no data",
        "notes": ("n = 8",),
    }
    return Chart(**given | changes)


def test_what_is_not_known_breaks_the_line_instead_of_touching_zero():
    lines = [i for i in shapes(chart(), 400, 200) if isinstance(i, Stroke) and i.width == 1.8]
    assert [len(line.points) for line in lines] == [2]
    assert runs((3.0, None, None, 0.0, 5.0)) == (range(1), range(3, 5))


def test_every_stretch_of_known_values_has_its_band():
    bands = [i for i in shapes(chart(), 400, 200) if isinstance(i, Fill) and i.colour == "#882E72"]
    assert len(bands) == 2


def test_the_stretch_of_which_nothing_is_known_is_hatched_and_named():
    drawn = shapes(chart(), 400, 200)
    assert any(isinstance(i, Fill) and i.colour != "#882E72" for i in drawn)
    assert "no data" in {i.text for i in drawn if isinstance(i, Word)}


def test_svg_is_well_formed_and_says_everything_as_text():
    root = ET.fromstring(chart_svg(chart()))  # noqa: S314 - made here
    words = {e.text for e in root.iter(f"{SVG}text")}
    assert {"Allegations <by> month", "All & more", "2021", "per month"} <= words
    assert root.get("aria-label") == "Allegations <by> month n = 8"


def test_numbers_of_a_khmer_chart_have_khmer_digits():
    root = ET.fromstring(chart_svg(chart(language="km")))  # noqa: S314 - made here
    assert "០" in {e.text for e in root.iter(f"{SVG}text")}


@given(st.floats(0.5, 1e7))
def test_the_grid_reaches_the_highest_value_in_few_even_steps(top):
    steps = steps_to(top)
    assert steps[0] == 0
    assert steps[-1] >= top
    assert 2 <= len(steps) <= 6
    assert steps[1] >= 1
    assert len({round(b - a, 6) for a, b in pairwise(steps)}) == 1


def test_no_two_of_many_series_look_alike():
    assert len({look(i) for i in range(32)}) == 32


@pytest.mark.parametrize("n", [1, 2, 300])
def test_a_chart_of_any_length_stays_inside_its_rectangle(n):
    drawn = shapes(chart(tuple(float(i % 7) for i in range(n)), unknown=()), 500, 240)
    xs = [x for i in drawn if isinstance(i, Stroke | Fill) for x, _ in i.points]
    ys = [y for i in drawn if isinstance(i, Stroke | Fill) for _, y in i.points]
    assert 0 <= min(xs) <= max(xs) <= 500
    assert 0 <= min(ys) <= max(ys) <= 240
