from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from layers.drawlist import TextLine
from layers.labels import Frame, LabelWish, place
from layers.style import TextStyle

STYLE = TextStyle(12.0, "#000000", "#FFFFFF")
FRAME = Frame(50, 50, 450, 350)

wishes = st.lists(
    st.builds(
        LabelWish,
        lines=st.sampled_from([("Poipet",), ("ប៉ោយប៉ែត", "Poipet"), ("Serei Saophoan",)]).map(
            lambda texts: tuple(TextLine(text, STYLE) for text in texts)
        ),
        x=st.floats(0, 500),
        y=st.floats(0, 400),
        priority=st.integers(0, 9).map(float),
        offset=st.sampled_from([None, 4.0]),
    ),
    max_size=40,
)


def box(label):
    return (
        label.x - label.width / 2,
        label.y - label.height / 2,
        label.x + label.width / 2,
        label.y + label.height / 2,
    )


@given(wishes)
def test_no_label_lies_on_another(asked):
    for a, b in combinations([box(label) for label in place(asked, FRAME)], 2):
        assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


@given(wishes)
def test_no_label_is_cut_by_the_edge_of_what_is_seen(asked):
    for left, top, right, bottom in (box(label) for label in place(asked, FRAME)):
        inside = left >= 50 and top >= 50 and right <= 450 and bottom <= 350
        outside = right < 50 or bottom < 50 or left > 450 or top > 350
        assert inside or outside


def wish(text, x, y, priority, **more):
    return LabelWish((TextLine(text, STYLE),), x, y, priority, **more)


def test_the_more_important_name_wins_the_place():
    placed = place([wish("village", 200, 200, 5.0), wish("capital", 202, 201, 1.0)], FRAME)
    assert [label.lines[0].text for label in placed] == ["capital"]


def test_a_name_goes_to_the_other_side_when_its_own_is_taken():
    placed = place([wish("first", 200, 200, 1.0), wish("second", 178, 200, 2.0, offset=4.0)], FRAME)
    assert len(placed) == 2


def test_a_name_of_two_lines_does_with_one_where_there_is_no_room():
    two = LabelWish((TextLine("ប៉ោយប៉ែត", STYLE), TextLine("Poipet", STYLE)), 200, 66, 1.0)
    (label,) = place([two], FRAME)
    assert len(label.lines) == 1


def test_the_same_name_is_not_written_twice_in_one_place():
    placed = place([wish("Poipet", 200, 200, 1.0), wish("Poipet", 240, 250, 2.0)], FRAME)
    assert len(placed) == 1
    far = place([wish("Poipet", 100, 100, 1.0), wish("Poipet", 400, 300, 2.0)], FRAME)
    assert len(far) == 2
