"""Accepting: the deputy governor sees what he takes over and with whose key it is signed."""

from __future__ import annotations

import pytest

from geo.model.command import Assignment
from geo.model.vocabulary import AssignmentState, OperationState
from gui.dialogs.accept import AcceptDialog
from gui.widgets.texts import Data
from tests.gui.command_stage import (
    ANALYST,
    AUDITOR,
    DEPUTY,
    GOVERNOR,
    PLANNER,
    command_store,
    open_as,
)


@pytest.fixture
def opened(make_window, qtbot, tmp_path):
    def make(user):
        store = command_store(OperationState.RELEASED)
        window = open_as(make_window, qtbot, tmp_path, store, user)
        window.workbench.show_workspace("operate")
        window.workbench.operate.accept_asked.emit("raid-duty")
        return window

    return make


def test_the_duty_and_the_signing_are_shown_before_it_is_accepted(opened, qtbot):
    window = opened(DEPUTY)
    (dialog,) = window.findChildren(AcceptDialog)
    words = " ".join(d.text() for d in dialog.findChildren(Data))
    for part in ("Demo Raid Team", "Demo East", "Demo raid", "Signed with the key of Demo Deputy"):
        assert part in words
    with qtbot.waitSignal(window.session.changed):
        dialog.accept_button.click()
    duty = window.session.project.get(Assignment, "raid-duty")
    assert (duty.state, duty.accepted_by) == (AssignmentState.ACCEPTED, DEPUTY.id)


@pytest.mark.parametrize("user", [PLANNER, GOVERNOR, ANALYST, AUDITOR])
def test_nobody_else_is_asked(opened, user):
    window = opened(user)
    assert not window.findChildren(AcceptDialog)
    assert window.toast.isVisible()
