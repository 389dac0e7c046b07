from __future__ import annotations

import json

import pytest

from geo.errors import InputError
from geo.question.form import About, GradeAtLeast, Lately, Near, Period, Place, Question, Unseen
from geo.question.wire import checked, from_json, to_json

EXAMPLE = {
    "version": 1,
    "about": "sites",
    "any_of": [
        [
            {"field": "place", "near": "border", "which": "TH", "metres": 2000},
            {"field": "grade", "least": "B2"},
            {"field": "visited", "days": 90},
        ]
    ],
}


def with_condition(**condition) -> str:
    return json.dumps({**EXAMPLE, "any_of": [[condition]]})


def refused(text: str) -> InputError:
    with pytest.raises(InputError) as told:
        from_json(text)
    return told.value


def test_the_example_of_the_guide_is_understood():
    assert from_json(json.dumps(EXAMPLE)) == Question(
        about=About.SITES,
        any_of=((Near(near=Place.BORDER, which="TH", metres=2000.0), GradeAtLeast(), Unseen()),),
    )


@pytest.mark.parametrize("text", ["", "[]", "no", "[" * 5000, '{"version": NaN', "null"])
def test_what_is_no_form_is_refused(text):
    assert refused(text).code == "error.ask.no_json"


def test_a_form_of_a_later_version_is_refused_by_its_number():
    error = refused(json.dumps({**EXAMPLE, "version": 2}))
    assert error.code == "error.ask.version"
    assert error.params == {"version": "2", "known": 1}


def test_a_key_that_nobody_knows_is_refused_by_its_name():
    assert refused(json.dumps({**EXAMPLE, "limit": 3})).params["name"] == "limit"
    error = refused(with_condition(field="grade", least="B2", most="A1"))
    assert (error.code, error.params["name"]) == ("error.ask.unknown", "most")


def test_a_field_of_other_rows_is_refused():
    error = refused(with_condition(field="received_on", days=3))
    assert (error.code, error.params["field"]) == ("error.ask.field", "received_on")


@pytest.mark.parametrize(
    ("condition", "name"),
    [
        ({"field": "kind", "values": ["palace"]}, "kind"),
        ({"field": "kind", "values": []}, "kind"),
        ({"field": "kind", "values": "casino"}, "values"),
        ({"field": "grade", "least": "F2"}, "least"),
        ({"field": "grade", "least": "B6"}, "least"),
        ({"field": "grade", "least": "good"}, "least"),
        ({"field": "visited", "days": 0}, "days"),
        ({"field": "visited", "days": True}, "days"),
        ({"field": "visited", "days": 90, "unrecorded": "yes"}, "unrecorded"),
        ({"field": "place", "near": "border", "which": "FR"}, "which"),
        ({"field": "place", "near": "border", "metres": 0}, "metres"),
        ({"field": "place", "near": "border", "metres": 1e12}, "metres"),
        ({"field": "place", "near": "moon"}, "near"),
        ({"field": "place", "near": "unit", "metres": 0}, "which"),
        ({"field": "allegations", "value": -1}, "allegations"),
        ({"field": "capacity", "value": 2.5}, "value"),
        ({"field": "grade", "least": "B2", "not": 1}, "not"),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_the_name_of_its_key(condition, name):
    error = refused(with_condition(**condition))
    assert (error.code, error.params["name"]) == ("error.ask.value", name)


def test_a_condition_that_lacks_its_value_is_refused():
    assert refused(with_condition(field="kind")).code == "error.ask.incomplete"


def test_a_question_without_conditions_asks_nothing():
    assert refused(json.dumps({**EXAMPLE, "any_of": []})).code == "error.ask.empty"
    assert refused(json.dumps({**EXAMPLE, "any_of": [[]]})).code == "error.ask.empty"


def test_a_question_of_hundreds_of_conditions_is_refused():
    with pytest.raises(InputError, match="too_many"):
        checked(Question(any_of=((Unseen(),) * 41,)))


def test_a_day_is_asked_as_a_period_or_as_lately():
    form = {"version": 1, "about": "allegations", "any_of": [[], []]}
    form["any_of"] = [
        [{"field": "received_on", "days": 30}],
        [{"field": "received_on", "since": "2022-01-01"}],
    ]
    question = from_json(json.dumps(form))
    assert [type(c) for c in question.conditions] == [Lately, Period]
    assert from_json(to_json(question)) == question


def test_a_period_that_ends_before_it_begins_is_refused():
    form = {"version": 1, "about": "allegations"}
    form["any_of"] = [[{"field": "received_on", "since": "2022-02-01", "until": "2022-01-01"}]]
    assert refused(json.dumps(form)).code == "error.ask.value"
