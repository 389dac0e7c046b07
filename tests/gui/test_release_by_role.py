"""Who may release, and what leads to it and follows, in the window: offered, refused, no way round.

The table is `tests.who_may`. What a person may do is done by the one button, its dialog, the
person's key and the store. What he may not do says why, and neither mouse, keys, search nor the
names under which the acts answer bring it about.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from geo.edit.assign import accept
from geo.edit.operations import step_operation, submit_operation, withdraw_operation
from geo.edit.overrides import override_gap
from geo.keys import verify
from geo.model.command import Assignment, Operation, Override
from geo.model.entity import Kind
from geo.model.gaps import GapCode
from geo.model.vocabulary import AssignmentState, Grade, OperationState
from geo.releasing import release
from gui.dialogs.accept import AcceptDialog
from gui.dialogs.operation_step import StepDialog
from gui.dialogs.override import OverrideDialog
from gui.dialogs.release import ReleaseDialog
from gui.widgets.texts import Data
from layers.export.assignment_sheet import assignment_sheet
from tests.gui.command_stage import (
    ANALYST,
    ASKED,
    AUDITOR,
    DEPUTY,
    GOVERNOR,
    OTHER_DEPUTY,
    OWN_GOVERNOR,
    PLANNER,
    command_store,
    open_as,
)
from tests.who_may import ALLOWED, REFUSED, Act, Person

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


@pytest.fixture
def opened(make_window, qtbot, tmp_path):
    """Opens the window for a person where an act could be done; returns it with the button."""

    def make(act, person):
        tried = TRIED[act]
        proposer = OWN_GOVERNOR if person is Person.OWN_GOVERNOR else PLANNER
        store = command_store(
            tried.state, proposed_by=proposer.id, made_by=proposer.id, **tried.store
        )
        window = open_as(make_window, qtbot, tmp_path, store, USER[person])
        window.activateWindow()
        qtbot.waitUntil(lambda: not window.session.busy)
        return window, control(window, act, qtbot)

    return make


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


@pytest.mark.parametrize(("act", "person"), REFUSED)
def test_what_a_person_may_not_do_says_why_and_there_is_no_way_round(opened, qtbot, act, person):
    window, offered = opened(act, person)
    project, tried = window.session.project, TRIED[act]
    before = rows(project)
    assert not offered.isEnabled()
    assert SAID[act, person] in offered.toolTip()
    by_keys(offered)
    by_mouse(offered)
    offered.click() if is_button(offered) else offered.trigger()
    if not is_button(offered):
        offered.associatedObjects()[0].close()
    by_search(window, tried.words)
    for ask in tried.asks(window):
        window.workbench.desk.intents.ask(*ask)
        for dialog in dialogs(window):  # what it means may be read; doing it is refused there
            assert not isinstance(dialog, ReleaseDialog | OverrideDialog | AcceptDialog)
            press(dialog.accept_button)
            qtbot.waitUntil(dialog.fault.isVisible)
            dialog.reject()
    window.workbench.operate.accept_asked.emit("raid-duty")
    refused = []
    window.session.do(tried.edit, failed=refused.append)
    qtbot.waitUntil(lambda: not window.session.busy)
    assert refused
    assert dialogs(window) == []
    assert rows(project) == before


@pytest.mark.parametrize(("act", "person"), ALLOWED)
@pytest.mark.parametrize("way", [by_mouse, by_keys], ids=["mouse", "keys"])
def test_what_a_person_may_do_is_done_once_and_signed_with_his_key(opened, qtbot, act, person, way):
    window, offered = opened(act, person)
    session, tried = window.session, TRIED[act]
    assert offered.isEnabled()
    edits = len(session.project.store.log())
    with qtbot.waitSignal(session.changed, timeout=20_000):
        if way is by_keys and is_button(offered):
            offered.setFocus()
            QTest.keyClick(offered, Qt.Key.Key_Space)
        else:
            way(offered)
        if tried.dialog is not None:
            confirm(window, tried.dialog, qtbot, keys=way is by_keys)
    assert tried.after(session.project)
    qtbot.waitUntil(lambda: not dialogs(window))
    assert len(session.project.store.log()) == edits + 1
    last = session.project.store.audit()[-1]
    assert last.actor == USER[person].id
    key = session.project.signer.public_key
    assert verify(key, bytes.fromhex(last.hash), bytes.fromhex(last.signature))


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


# --- who is signed in when it is pressed counts ---------------------------------------------------


def test_a_dialog_that_was_opened_by_the_governor_does_not_release_for_somebody_else(opened, qtbot):
    window, offered = opened(Act.RELEASE, Person.GOVERNOR)
    press(offered)
    qtbot.waitUntil(lambda: any(d.accept_button.isEnabled() for d in dialogs(window)))
    (dialog,) = dialogs(window)
    window.session.act_as(OTHER_DEPUTY)
    before = rows(window.session.project)
    press(dialog.accept_button)
    qtbot.waitUntil(dialog.fault.isVisible)
    assert rows(window.session.project) == before


def test_what_was_ready_when_it_was_shown_is_not_released_once_it_is_not(opened, qtbot):
    from geo.edit.support import delete_support

    window, offered = opened(Act.RELEASE, Person.GOVERNOR)
    press(offered)
    qtbot.waitUntil(lambda: any(d.accept_button.isEnabled() for d in dialogs(window)))
    (dialog,) = dialogs(window)
    with qtbot.waitSignal(window.session.changed):
        window.session.do(lambda plan: delete_support(plan, "car"))
    press(dialog.accept_button)
    qtbot.waitUntil(dialog.fault.isVisible)
    assert "Demo East" in dialog.fault.text()
    assert raid(window.session.project).state is S.SUBMITTED


def test_what_is_released_is_read_to_its_end_by_the_arrow_keys(opened, qtbot):
    window, offered = opened(Act.RELEASE, Person.GOVERNOR)
    press(offered)
    qtbot.waitUntil(lambda: any(d.accept_button.isEnabled() for d in dialogs(window)))
    (dialog,) = dialogs(window)
    dialog.cancel_button.setFocus()
    stops = set()
    while QApplication.focusWidget() not in stops:
        stops.add(QApplication.focusWidget())
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert dialog.read in stops
    dialog.read.setFixedHeight(60)
    bar = dialog.read.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    dialog.read.setFocus()
    QTest.keyClick(dialog.read, Qt.Key.Key_Down)
    assert bar.value() > 0
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: raid(window.session.project).state is S.RELEASED)


# --- an override stays seen -----------------------------------------------------------------------


def test_an_overridden_gap_stays_on_its_card_in_the_release_and_on_the_sheet(opened, qtbot):
    window, _ = opened(Act.OVERRIDE, Person.GOVERNOR)
    session, page = window.session, window.workbench.drawers.page("readiness")
    for _ in range(2):
        gaps = [line for line in page.lines if line.gap.overridden is None]
        with qtbot.waitSignal(session.changed, timeout=20_000):
            press(gaps[0].override)
            confirm(window, OverrideDialog, qtbot, keys=False)
        left = len(gaps) - 1
        qtbot.waitUntil(
            lambda left=left: sum(line.gap.overridden is None for line in page.lines) == left
        )
    said = [line for line in page.lines if line.gap.overridden is not None]
    assert len(said) == 2
    for line in said:
        shown = " ".join(label.text() for label in line.findChildren(Data))
        assert WHY in shown
        assert "Demo Governor" in shown
    card = window.workbench.plan.operation_card
    badge = window.workbench.plan.zone_cards["raid-zone"].badge
    qtbot.waitUntil(lambda: badge.text() == "2 overridden")
    qtbot.waitUntil(lambda: card.readiness.text() == "Ready (overridden: 2)")
    press(card.main)
    (dialog,) = dialogs(window)
    qtbot.waitUntil(dialog.accept_button.isEnabled)
    assert len(dialog.what.overrides) == 2
    assert all(WHY in line for line in dialog.what.overrides)
    with qtbot.waitSignal(session.changed, timeout=20_000):
        press(dialog.accept_button)
    sheet = assignment_sheet(session.project, "raid-team", "", "en", grade=Grade.COMMAND)
    told = [value for block in sheet.zones[0].blocks for _, value in block.facts if WHY in value]
    assert len(told) == 2
    assert all("Demo Governor" in line for line in told)
