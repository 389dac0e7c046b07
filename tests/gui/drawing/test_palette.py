"""What the palette of the map offers and why not."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from geo.edit.operations import submit_operation
from geo.model.command import Zone
from gui.acts.time import FROZEN
from tests.gui.drawing.map_hand import LEFT
from tests.gui.stage import ANALYST, OPERATION

# --- the palette ----------------------------------------------------------------------------------


def rows_of(hand, family):
    palette = hand.bench.map.palette_box
    hand.qtbot.mouseClick(palette.families[family], LEFT)
    QApplication.processEvents()
    return palette.flyouts[family].rows


def test_a_family_opens_its_list_and_the_map_closes_it(hand):
    rows = rows_of(hand, "draw")
    assert hand.bench.tools.name == "draw_zone"
    flyout = hand.bench.map.palette_box.flyouts["draw"]
    assert flyout.isVisible()
    hand.qtbot.mouseClick(rows["draw_circle"], LEFT)
    assert hand.bench.tools.name == "draw_circle"
    assert not flyout.isVisible()
    rows_of(hand, "draw")
    hand.click(103.6, 10.7)
    assert not flyout.isVisible()


def test_tools_that_lack_something_say_what(hand):
    hand.bench.desk.selection.clear()
    draw = rows_of(hand, "draw")
    assert "Select the sites first" in draw["draw_around"].toolTip()
    assert "Ctrl+Shift+B" in draw["draw_units"].toolTip()
    assert draw["draw_circle"].isEnabled()
    change = rows_of(hand, "change")
    assert all(not row.isEnabled() for row in change.values())
    assert "Choose the zone first" in change["move_zone"].toolTip()


def test_tools_look_again_when_something_is_selected(hand):
    change = rows_of(hand, "change")
    hand.choose("zone-1")
    assert change["edit_vertices"].isEnabled()
    assert "no hole" in change["fill_hole"].toolTip()


def test_whoever_may_not_draw_is_told_so_by_every_tool(hand):
    hand.project.user = ANALYST
    draw = rows_of(hand, "draw")
    assert all("Analyst" in row.toolTip() for row in draw.values())
    assert hand.bench.tools.name == "select"


def test_zones_of_what_was_submitted_stay_and_every_tool_says_so(hand, side_by_side):
    hand.bench.desk.session.do(lambda plan: submit_operation(plan, OPERATION.id))
    hand.settled()
    hand.bench.desk.moment.look_at(OPERATION.id)
    change = rows_of(hand, "change")
    lacking = {name for name, row in change.items() if "is submitted" not in row.toolTip()}
    assert lacking == {"fill_hole"}, "which has no hole, and says that first"
    drawn = rows_of(hand, "draw")["draw_circle"]
    assert not drawn.isEnabled()
    assert "is submitted" in drawn.toolTip()
    hand.bench.tools.edit_zone(side_by_side[0])
    assert hand.bench.tools.name == "select"
    hand.bench.desk.moment.look_at("")
    assert rows_of(hand, "draw")["draw_circle"].isEnabled(), "a proposal belongs to no operation"


def test_on_a_past_day_every_tool_says_that_nothing_is_changed(hand):
    hand.project.frozen = FROZEN
    hand.choose("zone-1")
    for family in ("draw", "change"):
        rows = rows_of(hand, family)
        assert all("today" in row.toolTip() for row in rows.values())
    hand.project.frozen = ""


def test_a_list_of_tools_goes_when_another_tool_is_taken(hand):
    rows_of(hand, "draw")
    hand.take("measure")
    assert not hand.bench.map.palette_box.flyouts["draw"].isVisible()


def test_every_zone_of_the_plan_is_as_before_when_a_tool_is_put_away(hand, side_by_side):
    before = {z.id: z.outline for z in hand.project.all(Zone)}
    hand.take("move_zone")
    hand.drag((103.55, 10.63), (103.56, 10.65), (103.57, 10.66))
    hand.bench.tools.take("select")
    assert {z.id: z.outline for z in hand.project.all(Zone)} == before
