from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.model.vocabulary import Precision
from layers.draw_findings import EDGES_FROM_PX, chosen_ops, finding_at, finding_ops
from layers.drawlist import Areas, Halos, Lines, Symbols
from layers.findings import (
    FindingClass,
    Findings,
    found_areas,
    found_cells,
    found_lines,
    found_points,
)
from layers.ramps import COLD, HOT, ON_DARK, SEQUENTIAL, area_style, dressed, steps
from layers.said import Named, Said
from layers.style import Hatch, LineStyle, Shape, SymbolSpec
from layers.view import MapView

SIDE = 0.02


def square(west: float, south: float, side: float = SIDE) -> np.ndarray:
    east, north = west + side, south + side
    return np.array([(west, south), (east, south), (east, north), (west, north), (west, south)])


def findings_of(**shapes) -> Findings:
    classes = (
        FindingClass(label=Named("ក", "much"), area=area_style(HOT[2])),
        FindingClass(label=Named("ខ", "unsure"), area=area_style(HOT[0], unsure=True)),
        FindingClass(label=Named("គ", "line"), line=LineStyle("#8C510A", 3.0)),
        FindingClass(label=Named("ឃ", "point"), symbol=SymbolSpec(Shape.SQUARE, "#01665E")),
    )
    return Findings(section="test", title=Named("ច", "test"), classes=classes, **shapes)


VIEW = MapView.fit((103.0, 11.0, 103.2, 11.1), 800, 400, 0)


def pixel(lon: float, lat: float) -> tuple[float, float]:
    px, py = VIEW.to_pixel(lon, lat)
    return float(px), float(py)


def test_the_uppermost_shape_under_the_pointer_is_meant_points_before_lines_before_areas():
    found = findings_of(
        areas=found_areas([[square(103.05, 11.03, 0.06)]], ["area"], [0]),
        lines=found_lines([np.array([(103.05, 11.06), (103.11, 11.06)])], ["line"], [2]),
        points=found_points(np.array([(103.08, 11.06)]), ["point"], [3]),
    )
    assert finding_at(found, VIEW, *pixel(103.08, 11.06)) == "point"
    assert finding_at(found, VIEW, *pixel(103.06, 11.0601)) == "line"
    assert finding_at(found, VIEW, *pixel(103.06, 11.04)) == "area"
    assert finding_at(found, VIEW, *pixel(103.01, 11.01)) == ""


def test_a_hole_in_an_area_is_not_the_area():
    found = findings_of(
        areas=found_areas(
            [[square(103.05, 11.03, 0.06), square(103.07, 11.05, 0.02)]], ["ring"], [0]
        )
    )
    assert finding_at(found, VIEW, *pixel(103.06, 11.04)) == "ring"
    assert finding_at(found, VIEW, *pixel(103.08, 11.06)) == ""


def test_cells_too_small_to_be_told_apart_are_drawn_as_one_without_edges():
    cells = [square(103.0 + i * SIDE, 11.0 + j * SIDE) for i in range(8) for j in range(4)]
    found = findings_of(areas=found_cells(cells, [str(i) for i in range(32)], [0] * 32))
    (near,) = finding_ops(found, VIEW, "light")
    assert isinstance(near, Areas)
    assert near.style.edge is not None
    assert len(near.shapes) == 32
    far = MapView.fit((100.0, 9.0, 108.0, 15.0), 800, 600)
    assert SIDE * 111_000 / far.ground_resolution < EDGES_FROM_PX
    (one,) = finding_ops(found, far, "light")
    assert isinstance(one, Areas)
    assert one.style.edge is None
    assert len(one.shapes) < 5


@given(st.lists(st.booleans(), min_size=16, max_size=16))
def test_merged_cells_cover_as_much_as_the_cells_do(which):
    cells = [square(103.0 + (i % 4) * SIDE, 11.0 + (i // 4) * SIDE) for i in range(16)]
    found = found_cells(cells, [str(i) for i in range(16)], [int(w) for w in which])

    def area(shapes) -> float:
        total = 0.0
        for i in range(len(shapes)):
            for place, ring in enumerate(shapes.rings_of(i)):
                x, y = (ring - ring[0]).T
                size = abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2
                total += size if place == 0 else -size
        return total

    for (_, alone), merged in zip(found.by_class, found.merged, strict=True):
        assert area(merged) == pytest.approx(area(alone), rel=1e-6)


def test_a_line_is_as_wide_as_it_was_given_and_else_as_its_class():
    paths = [
        np.array([(103.02, 11.02), (103.1, 11.02)]),
        np.array([(103.02, 11.04), (103.1, 11.05)]),
    ]
    own = findings_of(lines=found_lines(paths, ["a", "b"], [2, 2], np.array([2.0, 6.0])))
    widths = [op.style.width for op in finding_ops(own, VIEW, "light") if isinstance(op, Lines)]
    assert widths == [2.0, 6.0]
    alike = findings_of(lines=found_lines(paths, ["a", "b"], [2, 2]))
    (op,) = finding_ops(alike, VIEW, "light")
    assert isinstance(op, Lines)
    assert op.style.width == 3.0
    assert len(op.runs) == 2


def test_what_is_chosen_is_set_off_whatever_it_is():
    found = findings_of(
        areas=found_areas([[square(103.05, 11.03)]], ["area"], [0]),
        points=found_points(np.array([(103.08, 11.06)]), ["point"], [3]),
    )
    assert all(isinstance(op, Lines) for op in chosen_ops(found, "area", VIEW, "light"))
    (ring,) = chosen_ops(found, "point", VIEW, "light")
    assert isinstance(ring, Halos)
    assert list(chosen_ops(found, "gone", VIEW, "light")) == []


def test_points_keep_the_sign_of_their_class():
    found = findings_of(points=found_points(np.array([(103.08, 11.06)]), ["point"], [3]))
    (op,) = finding_ops(found, VIEW, "light")
    assert isinstance(op, Symbols)
    assert op.specs[0].shape is Shape.SQUARE
    assert len(op.xy) == 1


def test_shapes_keys_and_classes_must_be_as_many():
    with pytest.raises(ValueError, match="1 shapes, 2 keys"):
        found_areas([[square(103, 11)]], ["a", "b"], [0])


def test_no_colour_of_a_result_is_red():
    for colour in (*HOT, *COLD, *SEQUENTIAL, *ON_DARK.values()):
        red, green = (int(colour[i : i + 2], 16) for i in (1, 3))
        assert red < 1.8 * green + 20, colour  # brown at most


def test_on_a_dark_ground_the_strongest_is_the_brightest():
    def light(colour: str) -> float:
        return sum(int(colour[i : i + 2], 16) * w for i, w in ((1, 0.3), (3, 0.6), (5, 0.1)))

    for ramp in (HOT, COLD, SEQUENTIAL):
        by_day = [light(c) for c in ramp]
        by_night = [light(dressed(area_style(c), "dark").fill) for c in ramp]
        assert by_day == sorted(by_day, reverse=True)
        assert by_night == sorted(by_night)


def test_a_ramp_has_as_many_colours_as_are_wanted_or_says_so():
    assert steps(2) == (SEQUENTIAL[0], SEQUENTIAL[-1])
    assert len(set(steps(5))) == 5
    with pytest.raises(ValueError, match="has not 6"):
        steps(6)


def test_unsure_is_paler_and_hatched_in_both_themes():
    for theme in ("light", "dark"):
        sure, unsure = (dressed(area_style(HOT[1], unsure=u), theme) for u in (False, True))
        assert unsure.alpha < sure.alpha
        assert (sure.hatch, unsure.hatch) == (Hatch.NONE, Hatch.RISING)


def test_a_sentence_is_worded_in_the_language_that_reads_it():
    said = Said("evidence.left_out.duplicate", {"n": 1234})
    assert "1,234" in said.words("en")
    assert "១,២៣៤" in said.words("km")
    nested = Said("hot.cluster.grades", {"grades": (Said("hot.grade_n", {"grade": "B2", "n": 3}),)})
    assert nested.words("en") == "Grades: B2 3"
    period = Said("hotspots.said.period", {"since": date(2022, 9, 1), "until": date(2022, 9, 17)})
    assert "17 Sept 2022" in period.words("en")
    assert Said("hot.sure", {"name": Precision.POINT}).words("en").startswith("Exact point")
    assert Named("ភូមិ", "").words("en") == "ភូមិ"


@pytest.mark.parametrize(
    ("value", "words"),
    [(0.5, "0.50"), (0.00123, "0.0012"), (12.34, "12.3"), (345.6, "346"), (7.0, "7")],
)
def test_a_number_has_as_many_decimals_as_it_bears(value, words):
    said = Said("hot.density.edge", {"n": value}).words("en")
    assert f" {words} " in f"{said} "
