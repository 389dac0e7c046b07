"""Adding official boundaries in the window."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt

from geo.gazetteer import Gazetteer
from geo.model.entity import Kind
from geo.model.place import AdminUnit
from gui.acts.boundaries import BoundaryActs
from gui.dialogs.boundaries import BoundariesDialog


def write(path, rows):
    features = [
        {
            "type": "Feature",
            "properties": properties,
            "geometry": {
                "type": "Polygon",
                "coordinates": [
                    [
                        [103.5 + i * 0.05 + x, 10.6 + y]
                        for x, y in ((0, 0), (0.05, 0), (0.05, 0.05), (0, 0.05), (0, 0))
                    ]
                ],
            },
        }
        for i, properties in enumerate(rows)
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return path


@pytest.fixture
def opened(window, bench, qtbot):
    """Opens a file as the command does after the user chose it."""

    def open_file(path):
        next(a for a in bench.acts if isinstance(a, BoundaryActs)).open(path)
        dialog = window.findChild(BoundariesDialog)
        qtbot.waitUntil(lambda: dialog.states.state != "loading", timeout=20_000)
        return dialog

    return open_file


def test_what_matched_and_what_did_not_is_shown_before_the_plan_changes(
    window, opened, qtbot, tmp_path
):
    units = Gazetteer.load().children("18")
    rows = [{"code": u.code, "name": u.name_en} for u in units]
    rows[0] = {"code": units[0].code, "name": "Somewhere Else"}
    dialog = opened(write(tmp_path / "districts.geojson", rows))
    assert dialog.table.rowCount() == 1
    assert dialog.table.height() < 3 * dialog.table.rowHeight(0)  # no empty table below one row
    assert "Somewhere Else" in dialog.table.item(0, 2).text()
    assert len(window.session.project.table(Kind.ADMIN_UNIT)) == 0
    with qtbot.waitSignal(window.session.changed):
        qtbot.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    units_now = window.session.project.all(AdminUnit)
    assert {u.code for u in units_now} == {u.code for u in units[1:]} | {"18"}
    assert not any(u.approximate for u in units_now)
    with qtbot.waitSignal(window.session.changed):
        window.session.undo()
    assert len(window.session.project.table(Kind.ADMIN_UNIT)) == 0


def test_a_file_of_something_else_says_so_and_cannot_be_taken(opened, tmp_path):
    dialog = opened(write(tmp_path / "x.geojson", [{"name": f"Demo {i}"} for i in range(5)]))
    assert dialog.states.state == "error"
    assert not dialog.accept_button.isEnabled()


def test_the_map_says_approximate_until_every_province_is_official(window, opened, tmp_path):
    from layers.units import all_official, official_provinces

    table = window.session.project.table(Kind.ADMIN_UNIT)
    assert official_provinces(table) == frozenset()
    assert not all_official(table)
