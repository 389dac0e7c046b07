"""Pairs that only look alike: noted once, never proposed again, and merged after all."""

from __future__ import annotations

from datetime import date

import pytest

from geo.edit.apart import keep_apart, pairs_apart
from geo.edit.edit import Edit, inserting
from geo.edit.merging import merge_sites
from geo.edit.repeating import merge_allegations
from geo.edit.verbs import Verb
from geo.errors import InputError, NotAllowedError
from geo.model.allegation import Allegation
from geo.model.entity import Kind
from geo.model.vocabulary import Role
from tests.geo.project_plan import new_project


def test_a_pair_that_is_kept_apart_is_known_whichever_is_named_first():
    plan = new_project()
    plan.commit(keep_apart(plan, Kind.SITE, "site-1", "site-0", " Two floors "))
    assert pairs_apart(plan, Kind.SITE) == {("site-0", "site-1")}
    assert pairs_apart(plan, Kind.ALLEGATION) == frozenset()
    with pytest.raises(InputError) as refused:
        keep_apart(plan, Kind.SITE, "site-0", "site-1")
    assert refused.value.code == "error.merge.apart_already"
    plan.undo()
    assert pairs_apart(plan, Kind.SITE) == frozenset()


def test_who_merges_a_pair_after_all_takes_back_that_it_is_kept_apart():
    plan = new_project()
    plan.commit(keep_apart(plan, Kind.SITE, "site-1", "site-0"))
    plan.commit(merge_sites(plan, "site-0", "site-1"))
    assert pairs_apart(plan, Kind.SITE) == frozenset()
    plan.undo()
    assert pairs_apart(plan, Kind.SITE) == {("site-0", "site-1")}


def test_an_analyst_merges_nothing():
    plan = new_project(Role.ANALYST)
    with pytest.raises(NotAllowedError):
        plan.commit(merge_sites(plan, "site-0", "site-1"))


def test_the_history_calls_allegations_by_their_day_and_never_by_a_complainants_number():
    plan = new_project()
    rows = [
        Allegation(id=f"a-{n}", reference=f"HOTLINE-{n}", received_on=date(2022, 9, n))
        for n in (1, 2)
    ]
    plan.commit(Edit(verb=Verb.IMPORT, deltas=(inserting(rows),)))
    edits = (
        keep_apart(plan, Kind.ALLEGATION, "a-1", "a-2"),
        merge_allegations(plan, "a-1", "a-2"),
    )
    assert [e.params["name"] for e in edits] == ["2022-09-01 · 2022-09-02", "2022-09-01"]
