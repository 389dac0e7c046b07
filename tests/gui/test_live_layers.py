from __future__ import annotations

import pytest

from geo.edit.live_layers import delete_live_layer, save_question
from geo.edit.sites import add_site
from geo.model.asking import LiveLayer
from geo.model.entity import LonLat
from geo.model.site import Site
from geo.model.vocabulary import Precision
from geo.question.form import AtLeast, Near, OneOf, Place, Question
from layers.draw import draw_ops
from layers.drawlist import Symbols
from layers.filters import MapFilter, SiteFilter
from layers.layer import LayerId
from layers.legend import legend
from layers.live import LIVE_SPECS

LARGE = Question(any_of=((AtLeast(field="capacity", value=7_000),),))
ALL = Question(any_of=((OneOf(field="precision", values=("point",)),),))


@pytest.fixture
def save(window, qtbot):
    def act(name, question):
        with qtbot.waitSignal(window.session.changed, timeout=20_000):
            window.session.do(lambda p: save_question(p, name, question))
        qtbot.waitUntil(lambda: name in [r.name for r in window.desk.live.rows], timeout=20_000)

    return act


def rows_of(window, name):
    return next(r for r in window.desk.live.rows if r.name == name)


def rings(bench):
    request = bench.map.canvas.request()
    ops = [op for op in draw_ops(request, request.view) if isinstance(op, Symbols)]
    return sum(len(op.xy) for op in ops if op.specs[0] in LIVE_SPECS)


def test_a_saved_question_is_drawn_named_in_the_legend_and_follows_the_plan(
    window, bench, save, qtbot
):
    save("Large", LARGE)
    assert rows_of(window, "Large").answers.n == 0
    assert rings(bench) == 0
    large = Site(code="L", capacity=9_000, precision=Precision.POINT, point=LonLat(103.5, 10.6))
    window.session.do(lambda _plan: add_site(large))
    qtbot.waitUntil(lambda: rows_of(window, "Large").answers.n == 1, timeout=20_000)
    assert rings(bench) == 1
    live = bench.map.canvas.request().live
    groups = legend(bench.layer_panel.layers, window.session.project, live=live)
    group = next(g for g in groups if g.layer is LayerId.LIVE)
    assert [(e.name, e.count) for e in group.entries] == [("Large", 1)]
    window.session.undo()
    qtbot.waitUntil(lambda: rows_of(window, "Large").answers.n == 0, timeout=20_000)


def test_rings_show_what_the_map_shows_and_a_hidden_layer_has_none(window, bench, save, qtbot):
    save("Exact", ALL)
    whole = rows_of(window, "Exact").answers.n
    assert rings(bench) > 0
    window.desk.live.set_visible(rows_of(window, "Exact").id, False)
    assert rings(bench) == 0
    window.desk.live.set_visible(rows_of(window, "Exact").id, True)
    window.desk.moment.filter(MapFilter(sites=SiteFilter(licensed=True)))
    qtbot.waitUntil(lambda: rows_of(window, "Exact").answers.n < whole, timeout=20_000)


def test_a_question_that_can_no_longer_be_asked_says_why_and_the_others_are_shown(
    window, bench, save, qtbot
):
    save("Gone", Question(any_of=((Near(near=Place.ZONE, which="Nowhere"),),)))
    save("Exact", ALL)
    gone = rows_of(window, "Gone")
    assert gone.answers is None
    assert gone.error.code == "error.ask.no_such"
    assert rows_of(window, "Exact").answers.n > 0
    layer = next(x for x in window.session.project.all(LiveLayer) if x.name == "Exact")
    window.session.do(lambda p: delete_live_layer(p, layer.id))
    qtbot.waitUntil(lambda: len(window.desk.live.rows) == 1, timeout=20_000)
