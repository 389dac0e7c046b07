"""The states of an allegation: possible steps only, and what corroboration rests upon."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from geo.edit.allegation_states import TRANSITIONS, Basis
from geo.edit.allegations import add_allegation, edit_allegation, set_state
from geo.edit.sources import add_source
from geo.errors import InputError
from geo.model.allegation import Allegation, Source
from geo.model.vocabulary import AllegationKind, AllegationStatus, Answer
from tests.geo.edit.intake import NOW, current, refusal, taken_in, walk

RECEIVED = Allegation(
    received_on=date(2022, 9, 12),
    received_at=time(13, 30),
    kinds=(AllegationKind.FORCED_LABOUR,),
)
_S = AllegationStatus


@pytest.fixture
def allegation(plan) -> Allegation:
    return taken_in(plan, RECEIVED)


@pytest.mark.parametrize("state", list(AllegationStatus))
def test_every_state_is_reached_and_can_be_left_but_by_its_ways_only(plan, allegation, state):
    other = add_allegation(plan, replace(RECEIVED, id="other"), now=NOW)
    plan.commit(other)
    way = {
        _S.RECEIVED: (),
        _S.TRIAGED: (_S.TRIAGED,),
        _S.DUPLICATE: (_S.TRIAGED,),
        _S.INSUFFICIENT: (_S.TRIAGED, _S.INSUFFICIENT),
        _S.ASSESSING: (_S.TRIAGED, _S.ASSESSING),
        _S.CORROBORATED: (_S.TRIAGED, _S.ASSESSING, _S.CORROBORATED),
        _S.UNSUBSTANTIATED: (_S.TRIAGED, _S.ASSESSING, _S.UNSUBSTANTIATED),
        _S.ACTIONED: (_S.TRIAGED, _S.ASSESSING, _S.UNSUBSTANTIATED, _S.ACTIONED),
        _S.CLOSED: (_S.TRIAGED, _S.ASSESSING, _S.UNSUBSTANTIATED, _S.ACTIONED, _S.CLOSED),
    }[state]
    walk(plan, allegation, *way)
    if state is _S.DUPLICATE:
        plan.commit(set_state(plan, allegation.id, state, duplicate_of="other"))
    for to in AllegationStatus:
        if to in TRANSITIONS[state]:
            set_state(plan, allegation.id, to, duplicate_of="other", basis=Basis.DOCUMENT)
        else:
            assert refusal(lambda to=to: set_state(plan, allegation.id, to)) == (
                "error.allegation.no_such_way"
            )


def test_a_refusal_names_what_is_possible(plan, allegation):
    with pytest.raises(InputError) as refused:
        set_state(plan, allegation.id, _S.CLOSED)
    assert refused.value.params["ways"] == ("triaged",)


def test_every_state_after_the_receipt_is_left_again():
    assert all(TRANSITIONS[state] for state in AllegationStatus)


def test_who_is_held_now_is_not_put_away_as_a_duplicate_of_one_that_does_not_say_so(
    plan, allegation
):
    held = replace(current(plan, allegation), held_now=Answer.YES)
    plan.commit(edit_allegation(plan, held, now=NOW))
    other = replace(RECEIVED, id="other", held_now=Answer.UNKNOWN)
    plan.commit(add_allegation(plan, other, now=NOW))
    walk(plan, allegation, _S.TRIAGED)
    walk(plan, other, _S.TRIAGED)
    assert refusal(lambda: set_state(plan, allegation.id, _S.DUPLICATE, duplicate_of="other")) == (
        "error.merge.held"
    )
    plan.commit(set_state(plan, "other", _S.DUPLICATE, duplicate_of=allegation.id))


def test_a_duplicate_says_of_what_and_never_in_a_circle(plan, allegation):
    plan.commit(add_allegation(plan, replace(RECEIVED, id="other"), now=NOW))
    walk(plan, allegation, _S.TRIAGED)
    walk(plan, plan.get(Allegation, "other"), _S.TRIAGED)

    def repeat(one, of):
        return set_state(plan, one, _S.DUPLICATE, duplicate_of=of)

    assert refusal(lambda: repeat(allegation.id, "")) == "error.allegation.duplicate_of_what"
    assert refusal(lambda: repeat(allegation.id, "none")) == "error.allegation.gone"
    assert refusal(lambda: repeat("other", "other")) == "error.allegation.duplicate_circle"
    plan.commit(repeat(allegation.id, "other"))
    assert refusal(lambda: repeat("other", allegation.id)) == "error.allegation.duplicate_circle"
    plan.commit(set_state(plan, allegation.id, _S.TRIAGED))
    assert current(plan, allegation).duplicate_of == ""


def test_one_voice_alone_corroborates_nothing(plan, allegation):
    walk(plan, allegation, _S.TRIAGED, _S.ASSESSING)
    with pytest.raises(InputError) as refused:
        set_state(plan, allegation.id, _S.CORROBORATED)
    assert refused.value.code == "error.allegation.not_corroborated"
    assert refused.value.params == {"n": 1, "needed": 2}
    assert refusal(
        lambda: set_state(plan, allegation.id, _S.CORROBORATED, basis=Basis.INDEPENDENT_SOURCES)
    ) == ("error.allegation.not_corroborated")


def test_what_corroborates_besides_sources_stays_in_the_signed_history_as_a_code(plan, allegation):
    walk(plan, allegation, _S.TRIAGED, _S.ASSESSING)
    plan.commit(set_state(plan, allegation.id, _S.CORROBORATED, basis=Basis.DOCUMENT))
    kept = plan.store.log()[-1].params
    assert kept == {
        "what": "state",
        "from": "assessing",
        "to": "corroborated",
        "basis": "document",
        "sources": 1,
    }


def test_two_independent_sources_corroborate(plan):
    plan.commit(add_source(plan))
    first = plan.all(Source)[0]
    plan.commit(add_source(plan, independent_of=[first.id]))
    second = plan.all(Source)[1]
    for source in (first, second):
        said = replace(RECEIVED, id=source.pseudonym, source_id=source.id)
        plan.commit(add_allegation(plan, replace(said, site_id=plan.site("A").id), now=NOW))
    walk(plan, plan.get(Allegation, "S-001"), _S.TRIAGED, _S.ASSESSING)
    edit = set_state(plan, "S-001", _S.CORROBORATED)
    assert (edit.params["basis"], edit.params["sources"]) == ("independent_sources", 2)


def test_a_state_is_never_a_field(plan, allegation):
    wrong = replace(allegation, status=_S.CLOSED)
    assert refusal(lambda: edit_allegation(plan, wrong)) == "error.allegation.state_is_an_act"


def test_undo_takes_back_a_state(plan, allegation):
    walk(plan, allegation, _S.TRIAGED)
    plan.undo()
    assert current(plan, allegation).status is _S.RECEIVED
