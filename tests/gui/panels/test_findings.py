from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel
from shapely import box

from geo.edit.zones import draw_zone
from geo.model.command import Zone
from geo.model.entity import Kind, LonLat
from gui import i18n
from gui.panels.findings_legend import FindingsLegend
from gui.panels.left_side import LEAST_LIST, LOW_PX
from layers.findings import FindingClass, Findings, found_areas, found_points
from layers.layer import LayerId
from layers.ramps import HOT, area_style
from layers.said import Named, Said
from layers.style import Hatch, Shape, SymbolSpec

LEFT = Qt.MouseButton.LeftButton
CELLS = {"west": (103.40, 10.50), "east": (103.50, 10.50), "unsure": (103.45, 10.60)}
"""South-west corners of squares of 0.05°, where the plan on the stage has no symbol."""


def square(west: float, south: float) -> np.ndarray:
    return np.array(box(west, south, west + 0.05, south + 0.05).exterior.coords)


@pytest.fixture
def findings(window):
    """Three cells, one of them unsure, computed from the allegations as they are now."""
    project = window.session.project
    return Findings(
        section="overview",
        title=Named("លទ្ធផលសាកល្បង", "Demo result"),
        classes=(
            FindingClass(label=Named("ច្រើន", "Much"), area=area_style(HOT[2]), count=2),
            FindingClass(
                label=Named("មិនប្រាកដ", "Unsure"), area=area_style(HOT[0], unsure=True), count=1
            ),
            FindingClass(
                label=Named("ចំណុច", "Point"), symbol=SymbolSpec(Shape.SQUARE, "#01665E"), count=1
            ),
        ),
        note=(Said("panel.analyse.kinds_note", {"n": 1234}),),
        areas=found_areas([[square(*at)] for at in CELLS.values()], tuple(CELLS), [0, 0, 1]),
        points=found_points(np.array([[103.45, 10.45]]), ["point"], [2]),
        tell=lambda key: (Named(f"គន្លឹះ {key}", f"Cell {key}"),),
        made_of=(project.table(Kind.ALLEGATION),),
    )


@pytest.fixture
def shown(window, bench, findings, qtbot):
    """The result on a map that has settled."""
    bench.show_workspace("analyse")
    bench.map.canvas.zoom_to_bounds(103.35, 10.40, 103.62, 10.70)
    window.desk.findings.show(findings)
    qtbot.waitUntil(lambda: bench.map.canvas.settled, timeout=10_000)
    return findings


def middle(bench, key: str) -> QPoint:
    lon, lat = CELLS[key]
    px, py = bench.map.canvas.view.to_pixel(lon + 0.025, lat + 0.025)
    return QPoint(round(float(px)), round(float(py)))


def legend_of(bench):
    from gui.acts.findings import FindingsActs

    return next(act for act in bench.acts if isinstance(act, FindingsActs)).legend


def words_of(widget) -> str:
    return " ".join(w.text() for w in widget.findChildren(QLabel) if w.isVisibleTo(widget))


# --- map ------------------------------------------------------------------------------------------


def test_a_click_chooses_a_cell_or_none_and_the_pointer_is_told_what_it_says(
    window, bench, shown, qtbot
):
    with qtbot.waitSignal(window.desk.findings.chosen) as told:
        qtbot.mouseClick(bench.map.canvas, LEFT, pos=middle(bench, "east"))
    assert told.args == ["east"]
    assert bench.map.canvas.chosen_finding == "east"
    qtbot.mouseMove(bench.map.canvas, middle(bench, "west"))
    qtbot.waitUntil(lambda: bench.map.canvas.note is not None, timeout=5_000)
    assert bench.map.canvas.note[0] == ("Cell west",)
    nowhere = bench.map.canvas.view.to_pixel(103.37, 10.66)
    qtbot.mouseClick(bench.map.canvas, LEFT, pos=QPoint(*(round(float(v)) for v in nowhere)))
    assert window.desk.findings.shape == ""


def test_a_symbol_of_the_plan_lies_above_the_result(window, bench, findings, qtbot):
    site = LonLat(103.51, 10.62)
    bench.map.canvas.zoom_to_bounds(103.45, 10.58, 103.55, 10.66)
    under = found_areas([[np.array(box(103.4, 10.5, 103.6, 10.7).exterior.coords)]], ["all"], [0])
    from dataclasses import replace

    window.desk.findings.show(replace(findings, areas=under, points=None))
    qtbot.waitUntil(lambda: bench.map.canvas.settled, timeout=10_000)
    px, py = bench.map.canvas.view.to_pixel(*site)
    qtbot.mouseClick(bench.map.canvas, LEFT, pos=QPoint(round(float(px)), round(float(py))))
    assert window.desk.selection.ids
    assert window.desk.findings.shape == ""


def test_esc_lets_go_of_the_cell_first_and_of_the_row_after(window, bench, shown, qtbot):
    window.desk.selection.select(Kind.SITE, ["site-1"])
    window.desk.findings.choose("west")
    bench.escape()
    assert (window.desk.findings.shape, window.desk.selection.ids) == ("", ("site-1",))
    bench.escape()
    assert window.desk.selection.ids == ()


def test_a_row_of_a_table_brings_its_cell_into_view(window, bench, shown, qtbot):
    bench.map.canvas.zoom_to_bounds(104.8, 11.4, 105.0, 11.6)
    window.desk.findings.choose("unsure", zoom=True)
    west, south, east, north = bench.map.canvas.view.bounds_lonlat
    assert west < 103.45
    assert east > 103.50
    assert south < 10.60
    assert north > 10.65


# --- legend ---------------------------------------------------------------------------------------


def test_the_legend_says_what_each_colour_means_how_many_there_are_and_how(bench, shown, qtbot):
    words = words_of(legend_of(bench))
    assert "Demo result" in words
    assert "Much 2" in words
    assert "Unsure 1" in words
    assert "n = 1,234" not in words
    qtbot.mouseClick(legend_of(bench).fold.head, LEFT)
    assert "n = 1,234" in words_of(legend_of(bench))
    i18n.set_language("km")
    assert "លទ្ធផលសាកល្បង" in words_of(legend_of(bench))


def test_the_legend_is_seen_while_the_layers_are_folded(bench, shown, qtbot):
    assert not bench.layer_panel.is_open
    legend = legend_of(bench)
    qtbot.waitUntil(lambda: legend.height() >= legend.minimumSizeHint().height(), timeout=2_000)
    assert legend.geometry().bottom() <= bench.layer_panel.height()


def test_the_eye_hides_a_result_the_x_removes_it_and_nothing_else_does(window, bench, shown, qtbot):
    bench.show_workspace("plan")
    legend = legend_of(bench)
    assert legend.isVisible()
    assert bench.map.canvas.request().findings is shown
    qtbot.mouseClick(legend.eye, LEFT)
    assert bench.map.canvas.request().findings is None
    assert window.desk.findings.shown is shown
    qtbot.mouseClick(legend.eye, LEFT)
    assert bench.map.canvas.request().findings is shown
    qtbot.mouseClick(legend.remove, LEFT)
    assert window.desk.findings.shown is None
    assert not legend.isVisible()


def test_an_edit_of_what_it_was_computed_from_makes_it_old(window, bench, shown, qtbot):
    ring = box(104.0, 11.0, 104.1, 11.1)
    with qtbot.waitSignal(window.session.changed):
        window.session.do(lambda plan: draw_zone(plan, ring, "Elsewhere"), lambda _edit: None)
    assert not window.desk.findings.stale
    assert window.session.project.all(Zone)
    with qtbot.waitSignal(window.session.changed):
        window.session.do(_answered, lambda _edit: None)
    assert window.desk.findings.stale
    assert "compute again" in words_of(legend_of(bench))
    window.session.close()
    assert window.desk.findings.shown is None


def _answered(plan):
    from geo.edit.allegations import unlink

    return unlink(plan, "allegation-1")


# --- look -----------------------------------------------------------------------------------------


def test_a_result_lies_above_the_ground_and_below_the_symbols(bench, shown):
    sure, unsure = (each.area for each in shown.classes[:2])
    assert (sure.hatch, unsure.hatch) == (Hatch.NONE, Hatch.RISING)
    assert unsure.alpha < sure.alpha
    from layers.draw import draw_ops
    from layers.drawlist import Areas, Symbols

    request = bench.map.canvas.request()
    ops = draw_ops(request, request.view)
    cells = next(i for i, op in enumerate(ops) if isinstance(op, Areas) and op.style.hatch)
    symbols = [i for i, op in enumerate(ops) if isinstance(op, Symbols)]
    assert cells < max(symbols)
    bench.layers.move(LayerId.ALLEGATIONS, 99)  # whatever the order, symbols stay above
    request = bench.map.canvas.request()
    ops = draw_ops(request, request.view)
    cells = next(i for i, op in enumerate(ops) if isinstance(op, Areas) and op.style.hatch)
    assert cells < min(i for i, op in enumerate(ops) if isinstance(op, Symbols))


# --- sections -------------------------------------------------------------------------------------


def test_a_section_is_made_when_it_is_first_opened(make_window, qtbot):
    fresh = make_window()
    with qtbot.waitSignal(fresh.session.opened, timeout=20_000):
        fresh.open_plan(Path("demo.gpkg"))
    bench = fresh.workbench
    assert bench.analyse.made("overview") is None
    bench.show_workspace("analyse")
    QApplication.processEvents()
    assert bench.analyse.made("overview") is bench.analyse.stack.currentWidget()


def test_a_section_that_nobody_has_filled_is_not_shown(bench):
    from gui.actions import ANALYSES
    from gui.panels.analyse.sections import SECTIONS

    assert tuple(s.key for s in SECTIONS) == tuple(ANALYSES)
    filled = [s.key for s in SECTIONS if s.make is not None]
    assert list(bench.analyse.buttons) == filled
    for name in ANALYSES:
        assert bench.commands[f"analyse_{name}"].isVisible() == (name in filled)


def test_a_section_is_reached_from_the_search_and_by_its_keys(window, bench, qtbot):
    found = [f.title for f in bench.finder.find(window.session.project, "Analyse: overview")]
    assert found == ["Analyse: overview"]
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert bench.workspace == "analyse"
    assert bench.analyse.shown == "overview"


def test_the_legend_keeps_its_height_beside_open_layers_and_an_open_page(bench, shown, qtbot):
    legend = bench.layer_panel.findChild(FindingsLegend)
    bench.layer_panel.set_open(is_open=True)
    bench.drawers.show_page("tables")
    qtbot.waitUntil(lambda: bench.left.height() < LOW_PX)
    bench.split.setSizes([300, 400])
    qtbot.waitUntil(lambda: legend.height() >= legend.sizeHint().height())
    assert bench.stack.height() >= LEAST_LIST
