"""Allegations that turn out to repeat another."""

from __future__ import annotations

from datetime import date

import pytest

from geo.edit.apart import keep_apart, pairs_apart
from geo.edit.edit import Edit, inserting
from geo.edit.repeating import merge_allegations, preferred_allegation
from geo.edit.verbs import Verb
from geo.errors import InputError
from geo.model.allegation import Allegation
from geo.model.entity import Kind
from geo.model.vocabulary import AllegationStatus, Answer
from tests.geo.project_plan import content, new_project


@pytest.fixture
def plan():
    made = new_project()
    rows = [
        Allegation(id="first", reference="A-1", received_on=date(2022, 9, 1), people_min=3),
        Allegation(id="second", reference="A-2", received_on=date(2022, 9, 2), people_min=5),
        Allegation(id="held", received_on=date(2022, 9, 3), held_now=Answer.YES),
        Allegation(id="proven", status=AllegationStatus.CORROBORATED),
    ]
    made.commit(Edit(verb=Verb.IMPORT, deltas=(inserting(rows),)))
    return made


def test_the_duplicate_stays_as_it_came_in(plan):
    before = plan.get(Allegation, "second")
    plan.commit(merge_allegations(plan, "first", "second"))
    after = plan.get(Allegation, "second")
    assert (after.status, after.duplicate_of) == (AllegationStatus.DUPLICATE, "first")
    assert (after.people_min, after.reference) == (before.people_min, before.reference)
    assert plan.get(Allegation, "first").people_min == 3


def test_what_repeated_the_duplicate_repeats_the_first(plan):
    plan.commit(merge_allegations(plan, "first", "second"))
    state = content(plan)
    plan.commit(merge_allegations(plan, "held", "first"))
    assert {i: plan.get(Allegation, i).duplicate_of for i in ("first", "second")} == {
        "first": "held", "second": "held",
    }  # fmt: skip
    plan.undo()
    assert content(plan) == state


@pytest.mark.parametrize(
    ("keep", "drop", "code"),
    [
        ("first", "first", "error.merge.same"),
        ("first", "nobody", "error.merge.allegation_gone"),
        ("first", "proven", "error.merge.not_open"),
        ("first", "held", "error.merge.held"),
    ],
)
def test_what_cannot_be_a_duplicate_is_refused(plan, keep, drop, code):
    with pytest.raises(InputError) as refused:
        merge_allegations(plan, keep, drop)
    assert refused.value.code == code


def test_a_duplicate_is_no_first_one(plan):
    plan.commit(merge_allegations(plan, "first", "second"))
    for keep, drop in (("second", "held"), ("held", "second")):
        with pytest.raises(InputError) as refused:
            merge_allegations(plan, keep, drop)
        assert refused.value.code == "error.merge.duplicate_already"


@pytest.mark.parametrize(
    ("pair", "kept"),
    [
        (("second", "first"), "first"),
        (("first", "held"), "held"),
        (("first", "proven"), "proven"),
    ],
)
def test_the_one_that_stays_is_that_of_people_held_now_then_the_further_then_the_earlier(
    plan, pair, kept
):
    assert preferred_allegation(plan, *pair)[0] == kept


def test_allegations_are_kept_apart_like_sites(plan):
    plan.commit(keep_apart(plan, Kind.ALLEGATION, "second", "first"))
    assert pairs_apart(plan, Kind.ALLEGATION) == {("first", "second")}
    plan.commit(merge_allegations(plan, "first", "second"))
    assert pairs_apart(plan, Kind.ALLEGATION) == frozenset()
