from __future__ import annotations

from PySide6.QtWidgets import QToolButton

from gui.map.controls import MapControls


def test_what_cannot_be_gone_to_says_why(qtbot):
    controls = MapControls()
    qtbot.addWidget(controls)
    controls.retext("en")
    button = controls.findChild(QToolButton, "map.fit_selection")
    controls.set_can_fit(plan=True, selection=False)
    assert "Nothing is selected" in button.toolTip()
    assert button.accessibleName() == "What is selected"
    controls.set_can_fit(plan=True, selection=True)
    assert "Nothing is selected" not in button.toolTip()
