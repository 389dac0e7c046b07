from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import InputError
from geo.measure import distance_m
from gui.tools.typed import beyond, read_corners, read_length, read_step, read_turn

HERE = (102.55, 13.65)


@pytest.mark.parametrize(
    ("text", "metres", "bearing"),
    [
        ("500 m 45°", 500, 45),
        ("500m 45", 500, 45),
        ("1.2 km NE", 1200, 45),
        ("1,2 km, 270°", 1200, 270),
        ("500 @ 45", 500, 45),
        ("500 < 90", 500, 90),
        ("2 km s", 2000, 180),
        ("៥០០ ម ៤៥°", 500, 45),
        ("២ គម ៩០", 2000, 90),
        ("100 m 360", 100, 0),
    ],
)
def test_a_distance_with_a_bearing_is_read(text, metres, bearing):
    assert read_step(text) == (pytest.approx(metres), pytest.approx(bearing))


@pytest.mark.parametrize("text", ["13.65 102.55", "500 m", "500 m XX", "north", ""])
def test_what_is_no_distance_with_a_bearing_is_none(text):
    assert read_step(text) is None


@pytest.mark.parametrize(
    "text", ["13.65 N 102.55 E", "13.65, 102.55", "13°39'00\"N 102°33'00\"E", "១៣.៦៥ N ១០២.៥៥ E"]
)
def test_a_position_is_read_in_any_format(text):
    assert read_corners(text, None)[0] == pytest.approx(HERE, abs=1e-9)


def test_a_distance_needs_a_corner_to_go_on_from():
    with pytest.raises(InputError, match="no_corner_yet"):
        read_corners("500 m 45°", None)


def test_what_cannot_be_read_says_what_was_typed():
    with pytest.raises(InputError, match="typed_corner") as caught:
        read_corners("over there", HERE)
    assert caught.value.params["text"] == "over there"


@pytest.mark.parametrize(("text", "metres"), [("500", 500), ("1.5 km", 1500), ("២ គម", 2000)])
def test_a_length_is_read(text, metres):
    assert read_length(text) == pytest.approx(metres)


@pytest.mark.parametrize("text", ["0", "-5 m", "far", ""])
def test_what_is_no_length_is_refused(text):
    with pytest.raises(InputError, match="typed_length"):
        read_length(text)


@pytest.mark.parametrize(("text", "degrees"), [("15°", 15), ("-15°", -15), ("+7.5 °", 7.5)])
def test_a_turn_is_read(text, degrees):
    assert read_turn(text) == pytest.approx(degrees)


def test_a_number_alone_is_no_turn():
    assert read_turn("15") is None


@given(st.floats(1, 50_000), st.floats(0, 359))
def test_a_step_is_as_long_as_it_says(metres, bearing):
    assert distance_m(HERE, beyond(HERE, metres, bearing)) == pytest.approx(metres, rel=1e-6)
