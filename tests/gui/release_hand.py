"""How each act on the way to a release is tried in the window, and what its refusal says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from geo.edit.assign import accept
from geo.edit.operations import step_operation, submit_operation, withdraw_operation
from geo.edit.overrides import override_gap
from geo.model.command import Assignment, Operation, Override
from geo.model.entity import Kind
from geo.model.gaps import GapCode
from geo.model.vocabulary import AssignmentState, OperationState
from geo.releasing import release
from gui.dialogs.accept import AcceptDialog
from gui.dialogs.operation_step import StepDialog
from gui.dialogs.override import OverrideDialog
from gui.dialogs.release import ReleaseDialog
from tests.gui.command_stage import (
    ANALYST,
    ASKED,
    AUDITOR,
    DEPUTY,
    GOVERNOR,
    OTHER_DEPUTY,
    OWN_GOVERNOR,
    PLANNER,
)
from tests.who_may import REFUSED, Act, Person

S = OperationState
WHY = "The hospital sends its own car (demo)"
USER = {
    Person.PLANNER: PLANNER,
    Person.GOVERNOR: GOVERNOR,
    Person.OWN_GOVERNOR: OWN_GOVERNOR,
    Person.LEADER: DEPUTY,
    Person.OTHER_DEPUTY: OTHER_DEPUTY,
    Person.ANALYST: ANALYST,
    Person.AUDITOR: AUDITOR,
}


@dataclass(frozen=True)
class Tried:
    """How an act is tried in the window.

    Attributes:
        state: Of the operation before it.
        words: On its button.
        edit: What it would do to the plan.
        asks: Names under which acts answer that could bring it about, each with what it is about.
        dialog: What asks once, if anything does.
        after: What the plan says once it was done.
        store: What else is so before it.
    """

    state: OperationState
    words: str
    edit: Callable
    asks: Callable
    after: Callable
    dialog: type[QDialog] | None = None
    store: dict = field(default_factory=dict)


def raid(project):
    return project.get(Operation, "raid")


def step(to):
    return lambda _window: [("operation.step", "raid", to)]


def gap_of(window):
    """The first gap of the zone, as the readiness page shows it."""
    found = next(a for a in window.workbench.acts if hasattr(a, "watch") and hasattr(a, "card"))
    return found.watch.found["raid"].zones[0].gaps[0]


def override_asked(window):
    return [("gap.override", "raid", "raid-zone", gap_of(window))]


TRIED = {
    Act.SUBMIT: Tried(
        S.DRAFT,
        "Submit to the governor",
        lambda plan: submit_operation(plan, "raid"),
        step(S.SUBMITTED),
        lambda plan: raid(plan).state is S.SUBMITTED,
    ),
    Act.WITHDRAW: Tried(
        S.SUBMITTED,
        "Take the proposal back",
        lambda plan: withdraw_operation(plan, "raid"),
        step(S.DRAFT),
        lambda plan: raid(plan).state is S.DRAFT,
    ),
    Act.RELEASE: Tried(
        S.SUBMITTED,
        "Release…",
        lambda plan: release(plan, "raid"),
        lambda window: [("operation.release", "raid"), *step(S.RELEASED)(window)],
        lambda plan: raid(plan).state is S.RELEASED,
        ReleaseDialog,
    ),
    Act.OVERRIDE: Tried(
        S.SUBMITTED,
        "Override…",
        lambda plan: override_gap(plan, "raid", "raid-zone", GapCode.AMBULANCE_FAR, WHY),
        override_asked,
        lambda plan: len(plan.all(Override)) == 1,
        OverrideDialog,
        {"support": ()},
    ),
    Act.OVERRIDE_AUTHORISATION: Tried(
        S.SUBMITTED,
        "Override…",
        lambda plan: override_gap(plan, "raid", "raid-zone", GapCode.AUTHORISATION_OPEN, WHY),
        override_asked,
        lambda plan: len(plan.all(Override)) == 1,
        OverrideDialog,
        {"coordination": ASKED},
    ),
    Act.ACCEPT: Tried(
        S.RELEASED,
        "Accept",
        lambda plan: accept(plan, "raid-duty"),
        lambda _window: [],
        lambda plan: plan.get(Assignment, "raid-duty").state is AssignmentState.ACCEPTED,
        AcceptDialog,
    ),
    Act.START: Tried(
        S.RELEASED,
        "Start the operation",
        lambda plan: step_operation(plan, "raid", S.ACTIVE),
        step(S.ACTIVE),
        lambda plan: raid(plan).state is S.ACTIVE,
        StepDialog,
    ),
    Act.CANCEL: Tried(
        S.RELEASED,
        "Cancel the operation",
        lambda plan: step_operation(plan, "raid", S.CANCELLED),
        step(S.CANCELLED),
        lambda plan: raid(plan).state is S.CANCELLED,
        StepDialog,
    ),
}
COMMANDERS = "Provincial governor"
OWN = "nobody releases his own proposal"
PROSECUTOR = "prosecutor"
SAID = {
    **dict.fromkeys(REFUSED, COMMANDERS),
    (Act.SUBMIT, Person.ANALYST): "Planner",
    (Act.SUBMIT, Person.AUDITOR): "Planner",
    **{
        (Act.WITHDRAW, who): "only that user can withdraw it"
        for who in (Person.GOVERNOR, Person.LEADER, Person.OTHER_DEPUTY)
    },
    (Act.WITHDRAW, Person.ANALYST): "role (Analyst)",
    (Act.WITHDRAW, Person.AUDITOR): "role (Auditor)",
    (Act.RELEASE, Person.PLANNER): OWN,
    (Act.RELEASE, Person.OWN_GOVERNOR): OWN,
    (Act.OVERRIDE, Person.OWN_GOVERNOR): "you cannot override its gaps",
    **{(Act.OVERRIDE_AUTHORISATION, who): PROSECUTOR for who in Person},
    **dict.fromkeys(
        [(Act.ACCEPT, who) for who in Person], "Only the deputy governor who leads the team"
    ),
    (Act.ACCEPT, Person.OTHER_DEPUTY): "Another deputy governor leads this team",
    (Act.CANCEL, Person.PLANNER): "role (Planner)",
    (Act.CANCEL, Person.ANALYST): "role (Analyst)",
    (Act.CANCEL, Person.AUDITOR): "role (Auditor)",
}
"""What a refusal says, in part."""


def control(window, act, qtbot):
    """The button, or the entry of the card's menu, by which an act is done."""
    bench, words = window.workbench, TRIED[act].words
    if act in {Act.OVERRIDE, Act.OVERRIDE_AUTHORISATION}:
        bench.commands["readiness"].trigger()
        page = bench.drawers.page("readiness")
        qtbot.waitUntil(lambda: page.states.state == "full")
        page.show_zone("raid-zone")
        return page.lines[0].override
    if act is Act.ACCEPT:
        bench.show_workspace("operate")
        qtbot.waitUntil(lambda: "raid-duty" in bench.operate.cards)
        return bench.operate.cards["raid-duty"].main
    card = bench.plan.operation_card
    if card.main.text() == words:
        return card.main
    press(card.more)
    menu = QApplication.activePopupWidget()
    return next(a for a in menu.actions() if a.text() == words)


def press(button):
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def is_button(offered):
    return hasattr(offered, "clicked")


def dialogs(window):
    return [d for d in window.findChildren(QDialog) if d.isVisible()]


def rows(project):
    """Every table: tables never change, so the same ones are the same rows."""
    return [project.table(kind) for kind in Kind], project.history


def by_keys(offered):
    """Try a button with the keys that press it, or an entry with the key that takes it."""
    if is_button(offered):
        for key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            offered.setFocus()
            QTest.keyClick(offered, key)
        return
    menu = offered.associatedObjects()[0]
    menu.setActiveAction(offered)
    QTest.keyClick(menu, Qt.Key.Key_Return)


def by_mouse(offered):
    if is_button(offered):
        press(offered)
        return
    menu = offered.associatedObjects()[0]
    at = menu.actionGeometry(offered).center()
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)


def by_search(window, words):
    """Type what the act is called where everything is found, and take the first that is found."""
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    field_ = window.workbench.top.search
    QTest.keyClicks(field_, words.rstrip("…"))
    QTest.keyClick(field_, Qt.Key.Key_Return)


def confirm(window, cls, qtbot, *, keys):
    qtbot.waitUntil(lambda: any(isinstance(d, cls) for d in dialogs(window)))
    (dialog,) = dialogs(window)
    if cls is OverrideDialog:
        QTest.keyClicks(dialog.reason, WHY)
    qtbot.waitUntil(dialog.accept_button.isEnabled)
    if not keys:
        press(dialog.accept_button)
        return
    if cls is OverrideDialog:  # Enter is a line of the reason
        QTest.keyClick(dialog.reason, Qt.Key.Key_Tab)
        dialog.accept_button.setFocus()
        QTest.keyClick(dialog.accept_button, Qt.Key.Key_Space)
    else:
        QTest.keyClick(dialog, Qt.Key.Key_Return)
