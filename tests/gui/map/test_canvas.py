from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from geo.edit.edit import Edit, inserting
from geo.edit.verbs import Verb
from geo.model.entity import Kind
from geo.model.vocabulary import Precision
from gui.map.canvas import MapCanvas
from gui.map.tooltip import tooltip
from gui.tools.draw_zone import DrawZoneTool
from gui.tools.select import PanTool
from layers.hit import Pick
from tests.layers.scenes import CENTRE, POIPET, allegation, project_of, request_of, site, zone

LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton


@pytest.fixture
def place():
    return site()


@pytest.fixture
def canvas(qtbot, place):
    made = MapCanvas()
    made.set_language("en")
    qtbot.addWidget(made)
    made.resize(640, 480)
    made.set_project(project_of(place, zone()))
    with qtbot.waitSignal(made.frame_ready, timeout=10_000):
        made.show()
        made.zoom_to_bounds(*POIPET)
    yield made
    made.maker.stop()


def at(canvas, lonlat=CENTRE):
    x, y = canvas.view.to_pixel(*lonlat)
    return QPoint(round(float(x)), round(float(y)))


def turn_wheel(canvas, where, notches):
    event = QWheelEvent(
        QPointF(where),
        QPointF(canvas.mapToGlobal(where)),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, event)


def test_a_click_selects_what_lies_there(canvas, qtbot, place):
    with qtbot.waitSignal(canvas.picked) as heard:
        qtbot.mouseClick(canvas, LEFT, pos=at(canvas))
    assert heard.args == [Kind.SITE, [place.id]]
    assert canvas.selection() == (Kind.SITE, frozenset({place.id}))


def test_a_click_on_nothing_clears_the_selection(canvas, qtbot, place):
    canvas.set_selection(Kind.SITE, [place.id])
    with qtbot.waitSignal(canvas.picked) as heard:
        qtbot.mouseClick(canvas, LEFT, pos=QPoint(5, 5))
    assert heard.args == [None, []]


def test_shift_adds_and_takes_away(canvas, qtbot, place):
    other = site(102.58)
    canvas.set_project(project_of(place, other))
    canvas.zoom_to_bounds(*POIPET)
    qtbot.mouseClick(canvas, LEFT, pos=at(canvas))
    shift = Qt.KeyboardModifier.ShiftModifier
    qtbot.mouseClick(canvas, LEFT, shift, pos=at(canvas, (102.58, 13.66)))
    assert canvas.selection() == (Kind.SITE, frozenset({place.id, other.id}))
    qtbot.mouseClick(canvas, LEFT, shift, pos=at(canvas))
    assert canvas.selection() == (Kind.SITE, frozenset({other.id}))


def test_a_drag_selects_in_a_rectangle(canvas, qtbot, place):
    middle = at(canvas)
    qtbot.mousePress(canvas, LEFT, pos=middle - QPoint(30, 30))
    qtbot.mouseMove(canvas, middle)
    qtbot.mouseMove(canvas, middle + QPoint(30, 30))
    qtbot.mouseRelease(canvas, LEFT, pos=middle + QPoint(30, 30))
    assert canvas.selection() == (Kind.SITE, frozenset({place.id}))


def test_the_wheel_zooms_at_the_pointer(canvas):
    where = QPoint(100, 380)
    before = canvas.view.to_lonlat(100.0, 380.0)
    turn_wheel(canvas, where, 2)
    assert canvas.view.to_pixel(*before) == pytest.approx((100, 380), abs=0.01)


def test_two_notches_double_the_scale(canvas):
    before = canvas.view.resolution
    turn_wheel(canvas, QPoint(10, 10), 2)
    assert canvas.view.resolution == pytest.approx(before / 2)


def test_the_middle_button_pans_in_every_tool(canvas, qtbot):
    before = canvas.view.to_pixel(*CENTRE)
    qtbot.mousePress(canvas, MIDDLE, pos=QPoint(200, 200))
    qtbot.mouseMove(canvas, QPoint(230, 190))
    qtbot.mouseRelease(canvas, MIDDLE, pos=QPoint(230, 190))
    after = canvas.view.to_pixel(*CENTRE)
    assert (after[0] - before[0], after[1] - before[1]) == pytest.approx((30, -10), abs=0.01)


def test_space_and_a_drag_pan_in_every_tool(canvas, qtbot):
    before = canvas.view.to_pixel(*CENTRE)
    qtbot.keyPress(canvas, Qt.Key.Key_Space)
    qtbot.mousePress(canvas, LEFT, pos=QPoint(200, 200))
    qtbot.mouseMove(canvas, QPoint(180, 200))
    qtbot.mouseRelease(canvas, LEFT, pos=QPoint(180, 200))
    qtbot.keyRelease(canvas, Qt.Key.Key_Space)
    assert canvas.view.to_pixel(*CENTRE)[0] - before[0] == pytest.approx(-20, abs=0.01)
    assert canvas.selection() is None


def test_the_pan_tool_moves_the_map(canvas, qtbot):
    canvas.set_tool(PanTool())
    before = canvas.view.to_pixel(*CENTRE)
    qtbot.mousePress(canvas, LEFT, pos=QPoint(200, 200))
    qtbot.mouseMove(canvas, QPoint(250, 220))
    qtbot.mouseRelease(canvas, LEFT, pos=QPoint(250, 220))
    after = canvas.view.to_pixel(*CENTRE)
    assert (after[0] - before[0], after[1] - before[1]) == pytest.approx((50, 20), abs=0.01)


@pytest.mark.parametrize(
    ("key", "dx", "dy"),
    [
        (Qt.Key.Key_Left, 1, 0),
        (Qt.Key.Key_Right, -1, 0),
        (Qt.Key.Key_Up, 0, 1),
        (Qt.Key.Key_Down, 0, -1),
    ],
)
def test_arrows_pan(canvas, qtbot, key, dx, dy):
    before = canvas.view.to_pixel(*CENTRE)
    qtbot.keyClick(canvas, key)
    after = canvas.view.to_pixel(*CENTRE)
    assert (after[0] - before[0]) * dx >= 0
    assert (after[1] - before[1]) * dy >= 0
    assert after != pytest.approx(before)


def test_plus_and_minus_zoom_and_home_shows_the_plan(canvas, qtbot):
    before = canvas.view
    qtbot.keyClick(canvas, Qt.Key.Key_Plus)
    assert canvas.view.resolution == pytest.approx(before.resolution / 2)
    qtbot.keyClick(canvas, Qt.Key.Key_Minus)
    assert canvas.view.resolution == pytest.approx(before.resolution)
    qtbot.keyClick(canvas, Qt.Key.Key_Home)
    x, y = canvas.view.to_pixel(*CENTRE)
    assert 0 < x < 640
    assert 0 < y < 480


def test_a_double_click_on_empty_ground_comes_closer(canvas, qtbot):
    before = canvas.view.resolution
    qtbot.mouseDClick(canvas, LEFT, pos=QPoint(20, 20))
    assert canvas.view.resolution == pytest.approx(before / 2)


def test_a_double_click_on_a_row_opens_it(canvas, qtbot, place):
    with qtbot.waitSignal(canvas.activated) as heard:
        qtbot.mouseDClick(canvas, LEFT, pos=at(canvas))
    assert heard.args == [Kind.SITE, place.id]


def test_escape_lets_go_of_the_selection(canvas, qtbot, place):
    canvas.set_selection(Kind.SITE, [place.id])
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert canvas.selection() is None


def test_a_change_of_the_plan_becomes_a_new_frame(canvas, qtbot, place):
    project = project_of(place)
    with qtbot.waitSignal(canvas.frame_ready, timeout=10_000):
        canvas.set_project(project)
        canvas.zoom_to_bounds(*POIPET)
    more = Edit(verb=next(iter(Verb)), deltas=(inserting([site(102.581)]),))
    with qtbot.waitSignal(canvas.frame_ready, timeout=10_000):
        project.absorb(more)
    assert canvas.maker.frame.content.tables[Kind.SITE] is project.table(Kind.SITE)


def test_a_pan_ends_in_the_frame_that_a_fresh_map_would_show(canvas, qtbot):
    for _ in range(5):
        canvas.set_view(canvas.view.panned(37, -21))
        QApplication.processEvents()
    with qtbot.waitSignal(canvas.frame_ready, timeout=10_000):
        canvas.set_view(canvas.view.panned(60, 0))
    qtbot.waitUntil(lambda: canvas.settled, timeout=10_000)
    panned = canvas.grab().toImage()
    canvas.maker.frame = None
    with qtbot.waitSignal(canvas.frame_ready, timeout=10_000):
        canvas.refresh()
    qtbot.waitUntil(lambda: canvas.settled, timeout=10_000)
    fresh = canvas.grab().toImage()
    differing = sum(
        panned.pixel(x, y) != fresh.pixel(x, y) for x in range(0, 640, 4) for y in range(0, 480, 4)
    )
    assert differing < 160 * 120 * 0.01


def test_the_true_frame_follows_a_zoom(canvas, qtbot):
    with qtbot.waitSignal(canvas.frame_ready, timeout=10_000):
        canvas.zoom_in()
    assert canvas.maker.frame.view.resolution == canvas.view.resolution


def test_the_place_under_the_pointer_is_told(canvas, qtbot):
    with qtbot.waitSignal(canvas.cursor_moved) as heard:
        qtbot.mouseMove(canvas, QPoint(10, 10))
        qtbot.mouseMove(canvas, at(canvas))
    assert len(heard.args) == 2


def test_the_buttons_zoom_and_name_themselves_in_both_languages(canvas, qtbot):
    before = canvas.view.resolution
    button = canvas.controls.findChild(object, "map.zoom_in")
    qtbot.mouseClick(button, LEFT)
    assert canvas.view.resolution == pytest.approx(before / 2)
    english = button.accessibleName()
    canvas.set_language("km")
    assert button.accessibleName() != english


def test_both_themes_and_languages_can_be_changed_while_it_shows(canvas, qtbot):
    for theme, language in (("dark", "km"), ("light", "en")):
        with qtbot.waitSignal(canvas.frame_ready, timeout=10_000):
            canvas.set_theme(theme)
            canvas.set_language(language)
        assert not canvas.grab().isNull()


def test_a_closed_plan_leaves_the_basemap(canvas, qtbot):
    with qtbot.waitSignal(canvas.frame_ready, timeout=10_000):
        canvas.set_project(None)
    assert canvas.pick(320, 240) is None


# --- the note under the pointer ----------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "km"])
def test_the_note_names_a_site_and_its_status(language):
    place = site(name_en="Demo <b>shop</b>")
    request = request_of(project_of(place))
    lines = tooltip(request, Pick(Kind.SITE, (place.id,)), language)
    assert lines[0] == "Demo <b>shop</b>"
    assert len(lines) == 3


def test_the_note_of_an_allegation_calls_it_one_and_never_speaks_its_text():
    alleged = allegation(text="secret words", grade="A1")
    request = request_of(project_of(alleged))
    lines = tooltip(request, Pick(Kind.ALLEGATION, (alleged.id,)), "en")
    assert "not a finding" in lines[0]
    assert "A1" in " ".join(lines)
    assert "secret" not in " ".join(lines)


def test_the_note_of_a_doubtful_place_says_how_many_and_that_the_place_is_not_known():
    row = allegation(precision=Precision.VILLAGE)
    request = request_of(project_of(row))
    lines = tooltip(request, Pick(Kind.ALLEGATION, (row.id,), exact=False), "en")
    assert lines == ("Allegations about somewhere here: 1", "The exact place is not known")


def test_there_is_no_note_about_what_is_gone():
    assert tooltip(request_of(project_of()), Pick(Kind.SITE, ("gone",)), "en") == ()


def test_while_a_zone_is_drawn_no_note_stands_in_the_way(canvas, qtbot):
    qtbot.mouseMove(canvas, at(canvas))
    qtbot.waitUntil(lambda: canvas.note is not None)
    canvas.set_tool(DrawZoneTool())
    canvas.note = None
    qtbot.mouseMove(canvas, at(canvas) + QPoint(1, 0))
    qtbot.mouseMove(canvas, at(canvas))
    canvas._show_note()  # noqa: SLF001 - what the timer of the hover does
    assert canvas.note is None
