"""What is made of a plan's rows on the way to the screen goes with the plan."""

from __future__ import annotations

import gc
import weakref
from datetime import date

import numpy as np
from shapely import box

from geo.model.entity import Kind
from geo.model.vocabulary import Activity
from gui import facts
from gui.models.columns import COLUMNS
from gui.moment import MomentModel
from layers.content import prepare
from layers.filters import MapFilter, SiteFilter
from layers.moment import Mode, Moment

CLOSED = MapFilter(sites=SiteFilter(activities=frozenset((Activity.CLOSED,))))


def looked_at(project, moment):
    """Have a plan's columns, counts, symbols and a past day made."""
    for kind, specs in COLUMNS.items():
        table = project.table(kind)
        for spec in specs:
            spec.values(project, table, np.arange(len(table)))
    facts.count_inside(project, Kind.SITE, box(103, 10, 104, 11))
    prepare({kind: project.table(kind) for kind in Kind})
    moment.filter(CLOSED)
    moment.show(Moment(Mode.DECIDED, date(2022, 9, 5)))
    return moment.project(project)


def test_no_table_outlives_its_plan(session):
    moment = MomentModel()
    shown = looked_at(session.project, moment)
    # An array can be watched; a table has no place for it.
    watched = {kind: weakref.ref(session.project.table(kind).versions) for kind in Kind}
    of_the_day = weakref.ref(shown.table(Kind.SITE)["legal_status"])
    del shown
    session.close()
    moment.forget()
    gc.collect()
    assert [kind for kind, versions in watched.items() if versions() is not None] == []
    assert of_the_day() is None
