"""Open allegations of each zone by what their grade weighs."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from shapely import box

from geo.analysis.split.grades import by_strength
from geo.analysis.split.job import split
from geo.analysis.split.order import Wish, order_area
from geo.edit.edit import Edit, inserting
from geo.edit.verbs import Verb
from geo.model.allegation import Allegation
from geo.model.entity import LonLat
from geo.model.vocabulary import AllegationKind, Credibility, Precision, Reliability
from geo.progress import NoProgress
from geo.project import Project
from tests.gui.stage import plan_store

GROUND = box(103.50, 10.60, 103.60, 10.70)
GRADES = [
    (Reliability.A, Credibility.ONE),
    (Reliability.B, Credibility.TWO),
    (Reliability.C, Credibility.TWO),
    (Reliability.F, Credibility.SIX),
    (Reliability.E, Credibility.THREE),
]


@pytest.fixture
def plan():
    store = plan_store(empty=True)
    rows = [
        Allegation(
            reference=f"DEMO-{n}",
            received_on=date(2022, 9, 1),
            kinds=(AllegationKind.FORCED_LABOUR,),
            point=LonLat(103.51 + n / 100, 10.65),
            precision=Precision.POINT,
            reliability=reliability,
            credibility=credibility,
        )
        for n, (reliability, credibility) in enumerate(GRADES)
    ]
    store.commit(Edit(verb=Verb.IMPORT, params={"file": "d"}, deltas=(inserting(rows),)))
    return Project(store)


def test_each_open_allegation_counts_once_with_its_grade(plan):
    order = order_area(plan, GROUND, Wish(into=2, candidates=2))
    result = split(order, NoProgress())
    found = by_strength(plan, result, order)
    assert found.shape == (2, 3)
    assert found.sum(axis=0).tolist() == pytest.approx([2.0, 2.0, 1.0])
    every = [zone.count[1] for zone in result.zones]
    assert np.allclose(found.sum(axis=1), every)
