"""Sites that hold most of what was alleged, on the map."""

from __future__ import annotations

import numpy as np

from geo.model.entity import Kind, LonLat
from geo.model.site import Site
from geo.model.vocabulary import Precision
from layers.site_findings import site_findings
from tests.geo.analysis.asking.little_plan import project_of

SOMEWHERE = LonLat(102.55, 13.65)


def test_a_site_that_is_known_by_its_commune_is_drawn_at_no_point():
    exact = Site(id="exact", code="D-1", point=SOMEWHERE, precision=Precision.POINT)
    vague = Site(id="vague", code="D-2", point=SOMEWHERE, precision=Precision.COMMUNE)
    sites = project_of(exact, vague).table(Kind.SITE)
    found = site_findings(sites, np.arange(2), np.array([3, 2]), ())
    assert found.points is not None
    assert list(found.points.keys) == ["exact"]
    assert sum(each.count for each in found.classes) == 1
