"""What rows were chosen by is told by a copy of them, whichever of their columns leave."""

from __future__ import annotations

import pytest

from geo.errors import InputError
from geo.model.entity import Kind
from geo.model.vocabulary import Grade
from geo.privacy.grades import ROW_RULES, rule
from geo.question.chosen import Chosen
from geo.question.form import GradeAtLeast, Question
from layers.export.chosen import demand_chosen, in_order

HEADS = {"allegations": "table.column.allegations", "owner": "table.column.owner"}
BY_GRADE = Question(any_of=((GradeAtLeast(),),))


def refused(chosen: Chosen, grade: Grade, kind: Kind = Kind.SITE) -> str:
    try:
        demand_chosen(kind, chosen, grade, HEADS)
    except InputError as error:
        return error.code
    return ""


@pytest.mark.parametrize(
    ("chosen", "code"),
    [
        (Chosen(), ""),
        (Chosen(columns=("kind", "legal_status")), ""),
        (Chosen(columns=("kind", "allegations")), "export.error.chosen_by"),
        (Chosen(sought=("name", "code")), ""),
        (Chosen(sought=("name", "owner")), "export.error.chosen_text"),
        (Chosen(question=BY_GRADE), "export.error.question"),
        (Chosen(figure=True), "export.error.chosen_figure"),
    ],
)
def test_partners_get_no_rows_whose_choice_tells_what_they_may_not_know(chosen, code):
    assert refused(chosen, Grade.RESTRICTED) == code
    assert not refused(chosen, Grade.COMMAND)


def test_who_complained_is_told_to_nobody_by_a_filter():
    told = Chosen(columns=("reference",))
    assert refused(told, Grade.COMMAND, Kind.ALLEGATION) == "export.error.chosen_by"


def test_no_row_leaves_for_the_public_however_it_was_chosen():
    assert refused(Chosen(), Grade.PUBLIC) == "export.error.public"


def test_an_order_that_tells_too_much_becomes_that_of_the_plan():
    place = {"a": 0, "b": 1, "c": 2}
    most_first = ("c", "a", "b")

    def ordered(by, grade):
        return in_order(Kind.SITE, most_first, by, grade, place)

    assert ordered("allegations", Grade.RESTRICTED) == ("a", "b", "c")
    assert ordered("allegations", Grade.COMMAND) == most_first
    assert ordered("name", Grade.RESTRICTED) == most_first
    assert ordered("", Grade.RESTRICTED) == most_first


@pytest.mark.parametrize(
    "needs",
    [
        (Kind.SITE, "kind"),
        (Kind.SITE, "legal_status"),
        (Kind.SITE, "activity"),
        (Kind.LICENCE, "site_id"),
        (Kind.CROSSING, "crossing_class"),
        (Kind.CROSSING, "open_intervals"),
    ],
)
def test_the_filter_of_the_map_rests_on_fields_that_partners_may_know(needs):
    assert rule(*needs, Grade.RESTRICTED) in ROW_RULES
