"""The edits of one row: what its dossier tells of who changed what, and when."""

from __future__ import annotations

from dataclasses import replace

from geo.edit.edit import Action, Edit, inserting, updating
from geo.edit.verbs import Verb
from geo.model.entity import Kind
from geo.model.site import Site
from geo.project import Project


def test_the_edits_of_a_row_carry_that_row_alone(store, planner):
    project = Project(store, planner)
    sites = [Site(code=code) for code in "ABC"]
    project.commit(
        Edit(verb=Verb.IMPORT, params={"file": "a.csv"}, deltas=(inserting(sites),), barrier=False)
    )
    old = project.get(Site, sites[1].id)
    new = replace(old, name_en="Named")
    project.commit(Edit(verb=Verb.EDIT_SITE, params={"name": "B"}, deltas=(updating(old, new),)))
    project.commit(
        Edit(
            verb=Verb.EDIT_SITE,
            params={"name": "C"},
            deltas=(updating(project.get(Site, sites[2].id), replace(sites[2], name_en="Other")),),
        )
    )
    found = store.edits_of(Kind.SITE, sites[1].id)
    assert [(e.verb, e.actor, e.action) for e in found] == [
        (Verb.IMPORT, planner.id, Action.DO),
        (Verb.EDIT_SITE, planner.id, Action.DO),
    ]
    assert [d.ids for e in found for d in e.deltas] == [(sites[1].id,)] * 2
    assert found[1].deltas[0].after == {"name_en": ("Named",)}
    assert found[1].at == store.log()[-2].at


def test_a_row_of_another_kind_or_of_nobody_has_no_edits(store, planner):
    site = Site(code="A")
    project = Project(store, planner)
    project.commit(Edit(verb=Verb.ADD_SITE, params={"name": "A"}, deltas=(inserting([site]),)))
    assert store.edits_of(Kind.ALLEGATION, site.id) == store.edits_of(Kind.SITE, "nobody") == ()
