"""What the columns of sites count, and of which day they speak."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np

from geo.edit.edit import Edit, inserting
from geo.edit.verbs import Verb
from geo.model.entity import Kind
from geo.model.site import Site, StatusDecision
from geo.model.vocabulary import AllegationStatus, Grade, LegalStatus
from geo.project import Project
from gui.models.columns import COLUMNS
from layers.export.rows import rows_copy
from layers.read_only import ShownPlan
from tests.gui.stage import ALLEGATIONS, PLANNER, plan_store

SPECS = {spec.key: spec for spec in COLUMNS[Kind.SITE]}


def plan_with(*rows):
    store = plan_store()
    edit = Edit(verb=Verb.IMPORT, deltas=tuple(inserting([row]) for row in rows), actor=PLANNER.id)
    store.commit(edit)
    return Project(store)


def shown(plan, key):
    table = plan.table(Kind.SITE)
    values = SPECS[key].values(plan, table, np.arange(len(table)))
    return dict(zip(table.ids, values, strict=True))


def test_what_repeats_an_allegation_is_not_counted_twice_on_the_screen_or_in_a_copy():
    again = replace(
        ALLEGATIONS[0],
        id="again",
        status=AllegationStatus.DUPLICATE,
        duplicate_of=ALLEGATIONS[0].id,
    )
    plan = plan_with(again)
    assert shown(plan, "allegations")["site-1"] == 1
    before = ShownPlan(plan, {}, ALLEGATIONS[0].received_on - timedelta(days=1))
    assert shown(before, "allegations")["site-1"] == 0
    copy = rows_copy(plan, Kind.SITE, Grade.COMMAND, "en", keys=["allegations"], ids=["site-1"])
    assert copy.sheet.rows == [(1,)]


def test_a_past_day_shows_no_day_of_a_decision_that_came_later():
    decisions = [
        StatusDecision(
            id=f"d-{year}",
            site_id="site-9",
            from_status=LegalStatus.UNVERIFIED,
            to_status=LegalStatus.UNDER_REVIEW,
            reason="r",
            authority_id="court",
            document="d",
            decided_on=date(year, 5, 1),
            recorded_at=datetime(year, 5, 1, tzinfo=UTC),
            decided_by=PLANNER.id,
        )
        for year in (2020, 2022)
    ]
    plan = plan_with(
        Site(id="site-9", code="S9", legal_status=LegalStatus.UNDER_REVIEW), *decisions
    )
    assert shown(plan, "decided_on")["site-9"] == "2022-05-01"
    assert shown(ShownPlan(plan, {}, date(2021, 1, 1)), "decided_on")["site-9"] == "2020-05-01"
