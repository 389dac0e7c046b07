from __future__ import annotations

import numpy as np

from geo.model.entity import Kind, LonLat
from layers import content
from layers.draw_plan import MOST_RINGS, selection_ops
from layers.layer_list import default_layers
from layers.snapshot import snapshot
from layers.view import MapView
from tests.layers.scenes import CENTRE, POIPET, allegation, project_of, site

VIEW = MapView.fit(POIPET, 900, 600)


def selected(plan, ids):
    request = snapshot(default_layers(), plan, VIEW, selection=(Kind.SITE, ids))
    (op,) = selection_ops(request, VIEW)
    return op.xy


def test_what_was_prepared_is_what_the_map_draws():
    plan = project_of(site(), allegation())
    content.prepare({kind: plan.table(kind) for kind in Kind})
    request = snapshot(default_layers(), plan, VIEW)
    first = content.sites(request), content.allegations(request)
    assert content.sites(request) is first[0]
    assert [len(f.rows) for f in first] == [1, 1]


def test_each_selected_site_in_sight_has_its_ring():
    far = site(id="far", point=LonLat(CENTRE.lon + 2, CENTRE.lat))
    plan = project_of(site(id="a"), site(id="b"), far)
    assert len(selected(plan, ["a", "b", "far"])) == 2


def test_a_selection_of_the_whole_register_is_set_off_by_fewer_rings():
    rng = np.random.default_rng(1)
    count = 20 * MOST_RINGS
    places = rng.normal((CENTRE.lon, CENTRE.lat), 0.003, (count, 2)).tolist()
    plan = project_of(*(site(id=f"s{n}", point=LonLat(*at)) for n, at in enumerate(places)))
    rings = selected(plan, [f"s{n}" for n in range(count)])
    assert 0 < len(rings) < count // 4
    # None is far from a ring: what is selected can still be told from what is not.
    symbols = VIEW.mercator_to_pixel(
        content.selected_points(
            snapshot(default_layers(), plan, VIEW, selection=(Kind.SITE, ["s7"]))
        )
    )
    assert np.hypot(*(rings - symbols[0]).T).min() < 12
