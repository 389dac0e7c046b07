from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from geo.analysis.asking.ask import ask
from geo.question.wire import from_json, to_json
from tests.geo.analysis.asking.little_plan import ON, plans, questions, slowly


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plans(), questions)
def test_whole_columns_answer_as_rows_do_one_by_one(plan, question):
    found = ask(plan, question, ON)
    assert dict(zip(found.ids.tolist(), found.state.tolist(), strict=True)) == slowly(
        plan, question
    )


@settings(max_examples=40)
@given(questions)
def test_a_question_comes_back_from_its_text_as_it_was(question):
    text = to_json(question)
    assert from_json(text) == question
    assert to_json(from_json(text)) == text


@settings(max_examples=15, deadline=None)
@given(plans(), questions)
def test_every_row_asked_is_counted_once(plan, question):
    found = ask(plan, question, ON)
    no = found.asked - found.n - found.perhaps - found.unjudged
    assert no >= 0
    assert len(found.found) == found.n
    assert not set(found.found) & set(found.perhaps_ids)
    assert len(found.unjudged_by) == len(question.conditions)
    assert max(found.unjudged_by) <= found.unjudged
