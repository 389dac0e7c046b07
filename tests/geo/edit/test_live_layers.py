from __future__ import annotations

import pytest

from geo.edit.live_layers import (
    MOST,
    change_live_layer,
    delete_live_layer,
    question_of,
    save_question,
)
from geo.errors import InputError, NotAllowedError
from geo.model.asking import LiveLayer
from geo.model.entity import Kind
from geo.model.vocabulary import Role
from geo.question.form import About, OneOf, Question, Unseen

SEEN = Question(any_of=((Unseen(days=30),),))
OPEN = Question(about=About.CROSSINGS, any_of=((OneOf(field="open", values=("yes",)),),))


def saved(plan, name: str = "Unseen", question: Question = SEEN) -> LiveLayer:
    plan.commit(save_question(plan, name, question))
    return plan.all(LiveLayer)[-1]


def test_a_question_is_kept_with_its_name_and_who_saved_it(plan):
    layer = saved(plan, "  Unseen ")
    assert (layer.name, layer.of, layer.made_by) == ("Unseen", Kind.SITE, plan.user.id)
    assert question_of(layer) == SEEN


def test_layers_have_different_colours_as_long_as_there_are_any(plan):
    assert len({saved(plan, f"Layer {i}").colour for i in range(6)}) == 6


def test_a_layer_gets_another_name_and_another_question(plan):
    layer = saved(plan)
    plan.commit(change_live_layer(plan, layer.id, name="Open", question=OPEN))
    changed = plan.get(LiveLayer, layer.id)
    assert (changed.name, changed.of, question_of(changed)) == ("Open", Kind.CROSSING, OPEN)


def test_a_deleted_layer_comes_back_with_undo(plan):
    layer = saved(plan)
    plan.commit(delete_live_layer(plan, layer.id))
    assert plan.find(LiveLayer, layer.id) is None
    plan.undo()
    assert question_of(plan.get(LiveLayer, layer.id)) == SEEN


@pytest.mark.parametrize("name", ["", "   ", "x" * 81])
def test_a_name_must_be_one(plan, name):
    with pytest.raises(InputError, match=r"live\.name"):
        save_question(plan, name, SEEN)


def test_two_layers_cannot_have_one_name(plan):
    saved(plan)
    with pytest.raises(InputError, match=r"live\.taken"):
        save_question(plan, "UNSEEN", SEEN)


def test_more_layers_than_could_be_told_apart_are_refused(plan):
    for number in range(MOST):
        saved(plan, f"Layer {number}")
    with pytest.raises(InputError, match="too_many"):
        save_question(plan, "One more", SEEN)


def test_what_cannot_be_asked_is_not_kept(plan):
    with pytest.raises(InputError, match=r"ask\.empty"):
        save_question(plan, "Nothing", Question())


def test_what_somebody_deleted_is_not_changed(plan):
    with pytest.raises(InputError, match=r"live\.gone"):
        change_live_layer(plan, "gone", name="X")
    with pytest.raises(InputError, match=r"live\.gone"):
        delete_live_layer(plan, "gone")


def test_an_analyst_keeps_questions_and_an_auditor_does_not(plan):
    plan.act_as(Role.ANALYST)
    saved(plan)
    plan.act_as(Role.AUDITOR)
    with pytest.raises(NotAllowedError):
        plan.commit(save_question(plan, "Mine", SEEN))


def test_the_number_of_a_telephone_does_not_become_a_name(plan):
    assert "012 345 678" not in saved(plan, "Call 012 345 678").name
