"""What happened to one row, found the same way in every store."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from geo.edit.edit import Edit, inserting, updating
from geo.edit.verbs import Verb
from geo.model.entity import Kind
from geo.model.plan import User
from geo.model.site import Site
from geo.model.vocabulary import Role
from geo.project import Project
from geo.store.memory import MemoryStore
from geo.store.plans import create_plan
from geo.store.row_history import row_history
from geo.store.seed import first_edit
from tests.gui.stage import INFO

PLANNER = User(id="u-planner", name="Demo planner", role=Role.PLANNER, public_key="ab" * 32)


@pytest.fixture(params=["memory", "file"])
def plan(request, tmp_path):
    if request.param == "memory":
        store = MemoryStore()
        store.commit(first_edit(INFO, (PLANNER,), crossings=False))
    else:
        store = create_plan(
            tmp_path / "plan.gpkg",
            name="Demo",
            province_code="18",
            users=[PLANNER],
            actor=PLANNER,
        )
    project = Project(store, PLANNER)
    yield project
    project.close()


def test_a_row_has_its_own_changes_in_order_and_those_of_no_other(plan):
    sites = [Site(id=f"s{n}", name_en=f"Demo {n}") for n in range(3)]
    added = Edit(
        verb=Verb.ADD_SITE,
        params={"name": "Demo"},
        deltas=(inserting(sites),),
        at=datetime.now(UTC),
    )
    plan.commit(added)
    for number in (1, 0):
        old = plan.get(Site, f"s{number}")
        delta = updating(old, replace(old, owner="Demo owner"))
        plan.commit(Edit(verb=Verb.EDIT_SITE, params={"name": "Demo"}, deltas=(delta,)))
    plan.undo()
    found = row_history(plan.store, [(Kind.SITE, "s0")])
    assert [change.operation for change in found] == ["insert", "update", "update"]
    assert found[0].after["name_en"] == "Demo 0"
    assert [(c.before.get("owner"), c.after.get("owner")) for c in found[1:]] == [
        ("", "Demo owner"),
        ("Demo owner", ""),
    ]
    assert [change.head.action for change in found] == ["do", "do", "undo"]
    assert {change.head.actor for change in found} == {PLANNER.id}
    both = row_history(plan.store, [(Kind.SITE, "s0"), (Kind.SITE, "s1")])
    assert [change.row_id for change in both] == ["s0", "s1", "s1", "s0", "s0"]
