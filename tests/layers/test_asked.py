from __future__ import annotations

from datetime import date

import pytest

from geo.analysis.asking.ask import ask
from geo.errors import InputError
from geo.model.site import Site
from geo.model.vocabulary import Grade
from geo.privacy.grades import GRADES
from geo.question.fields import FIELDS
from geo.question.form import (
    About,
    AtLeast,
    GradeAtLeast,
    Lately,
    Near,
    OneOf,
    Period,
    Place,
    Question,
    Unseen,
)
from layers.asked import member_of, said_answers, said_condition, said_question
from layers.export.asked import demand_question, needs
from tests.geo.analysis.asking.little_plan import ON, project_of


def every_condition():
    """One condition for each field and shape that can be asked."""
    for about, fields in FIELDS.items():
        for key, field in fields.items():
            for shape in field.shape:
                if shape is OneOf:
                    yield about, OneOf(field=key, values=(next(iter(field.words)).value,))
                elif shape is Near:
                    for place in Place:
                        which = "01" if place in {Place.UNIT, Place.SITE} else ""
                        yield about, Near(near=place, which=which)
                elif shape is Lately:
                    yield about, Lately(field=key, days=3)
                elif shape is Period:
                    yield about, Period(field=key, since=date(2022, 1, 1))
                    yield about, Period(field=key, until=date(2022, 1, 1))
                elif shape is AtLeast:
                    yield about, AtLeast(field=key, value=3)
                else:
                    yield about, shape(field=key)


@pytest.mark.parametrize("language", ["en", "km"])
def test_every_condition_has_its_sentence(language):
    plan = project_of(Site(id="01", code="01"))
    said = [said_condition(plan, a, c).words(language) for a, c in every_condition()]
    assert all(said)
    assert not any("{" in words for words in said)


def test_every_condition_rests_on_fields_that_the_table_of_grades_has():
    for about, condition in every_condition():
        for kind, name in needs(about, condition):
            assert name in GRADES[kind], (kind, name)


def test_every_value_of_a_choice_has_a_label():
    for fields in FIELDS.values():
        for field in fields.values():
            for value in field.words or ():
                assert member_of(field.words, value.value).value == value.value


def test_a_question_reads_as_one_sentence():
    question = Question(
        any_of=((Near(which="TH"), GradeAtLeast(), Unseen()), (Near(metres=500.0, negated=True),))
    )
    assert said_question(project_of(), question).words("en") == (
        "Sites: within 2 km of the border with Thailand and Grade of an allegation of it: B2 or"
        " better and not inspected for 90 days; or not: within 500 m of any land border"
    )


def test_what_could_not_be_judged_is_said_with_its_reason():
    plan = project_of(Site(id="a"), Site(id="b", capacity=9))
    found = ask(plan, Question(any_of=((AtLeast(field="capacity", value=5),),)), ON)
    words = " ".join(said.words("en") for said in said_answers(plan, found))
    assert "1 of 2 answer as of 30 Sept 2022." in words
    assert "1 cannot be judged" in words
    assert "– Capacity: 5 or more: 1" in words


@pytest.mark.parametrize(
    ("condition", "allowed"),
    [
        (Near(which="TH"), True),
        (OneOf(field="kind", values=("casino",)), True),
        (GradeAtLeast(), False),
        (Unseen(), False),
        (AtLeast(field="capacity", value=1), False),
        (OneOf(field="held_now", values=("yes",)), False),
        (Near(near=Place.ZONE), True),
    ],
)
def test_partners_get_no_rows_chosen_by_what_they_may_not_know(condition, allowed):
    question = Question(about=About.SITES, any_of=((condition,),))
    demand_question(question, Grade.COMMAND)
    if allowed:
        demand_question(question, Grade.RESTRICTED)
    else:
        with pytest.raises(InputError, match=r"export\.error\.question"):
            demand_question(question, Grade.RESTRICTED)
    with pytest.raises(InputError):
        demand_question(question, Grade.PUBLIC)
