"""What the map shows of what is selected."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from geo.gazetteer import Gazetteer
from geo.model.entity import Kind


def test_what_is_known_by_its_commune_is_shown_by_its_area(window, bench):
    window.desk.selection.select(Kind.ALLEGATION, ["allegation-2"], zoom=True)
    QApplication.processEvents()
    west, south, east, north = bench.map.canvas.view.bounds_lonlat
    w, s, e, n = Gazetteer.load().extent("18")
    assert west < e
    assert east > w
    assert south < n
    assert north > s
    assert not window.toast.isVisible()
