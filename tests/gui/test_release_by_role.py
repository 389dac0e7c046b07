"""Who may release, and what leads to it and follows, in the window: offered, refused, no way round.

The table is `tests.who_may`. What a person may do is done by the one button, its dialog, the
person's key and the store. What he may not do says why, and neither mouse, keys, search nor the
names under which the acts answer bring it about.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from geo.keys import verify
from geo.model.vocabulary import Grade, OperationState
from gui.dialogs.accept import AcceptDialog
from gui.dialogs.override import OverrideDialog
from gui.dialogs.release import ReleaseDialog
from gui.widgets.texts import Data
from layers.export.assignment_sheet import assignment_sheet
from tests.gui.command_stage import (
    EVERYBODY,
    OTHER_DEPUTY,
    OWN_GOVERNOR,
    PLANNER,
    command_store,
    look_as,
    open_in,
)
from tests.gui.release_hand import (
    SAID,
    TRIED,
    USER,
    WHY,
    by_keys,
    by_mouse,
    by_search,
    confirm,
    control,
    dialogs,
    is_button,
    press,
    raid,
    rows,
)
from tests.gui.stage import services_for
from tests.who_may import ALLOWED, REFUSED, Act, Person

S = OperationState


@pytest.fixture
def opened(make_window, qtbot, tmp_path):
    """Opens a plan for a person where an act could be done; returns the window with the button.

    All that a test opens is opened in one window. `again` is for acts that changed nothing: who
    is tried at the next one finds the plan as it is.
    """
    stores, windows, last = [], [], []

    def make(act, person, *, again=False):
        tried = TRIED[act]
        proposer = OWN_GOVERNOR if person is Person.OWN_GOVERNOR else PLANNER
        plan = (tried.state, proposer, tried.store)
        if not (again and last == [plan]):
            stores[:] = [
                command_store(
                    tried.state, proposed_by=proposer.id, made_by=proposer.id, **tried.store
                )
            ]
            last[:] = [plan]
            if not windows:
                services = services_for(tmp_path, keys=tuple(u.id for u in EVERYBODY))
                services = replace(services, open_store=lambda _path, _phrase: stores[0])
                windows.append(make_window(services))
            open_in(windows[0], qtbot)
        (window,) = windows
        look_as(window, qtbot, USER[person])
        window.activateWindow()
        qtbot.waitUntil(lambda: not window.session.busy)
        return window, control(window, act, qtbot)

    return make


def by_person(pairs):
    """The acts of each person of a list, one row of the table after the other."""
    return [
        pytest.param([act for act, who in pairs if who is person], person, id=person.value)
        for person in Person
        if any(who is person for _, who in pairs)
    ]


@pytest.mark.parametrize(("acts", "person"), by_person(REFUSED))
def test_what_a_person_may_not_do_says_why_and_there_is_no_way_round(opened, qtbot, acts, person):
    for act in acts:
        refused(*opened(act, person, again=True), qtbot, act, person)


def refused(window, offered, qtbot, act, person):
    """Try an act in every way there is, and find each of them closed."""
    project, tried = window.session.project, TRIED[act]
    before = rows(project)
    assert not offered.isEnabled(), act
    assert SAID[act, person] in offered.toolTip(), act
    by_keys(offered)
    by_mouse(offered)
    offered.click() if is_button(offered) else offered.trigger()
    if not is_button(offered):
        offered.associatedObjects()[0].close()
    by_search(window, tried.words)
    for ask in tried.asks(window):
        window.workbench.desk.intents.ask(*ask)
        for dialog in dialogs(window):  # what it means may be read; doing it is refused there
            assert not isinstance(dialog, ReleaseDialog | OverrideDialog | AcceptDialog), act
            press(dialog.accept_button)
            qtbot.waitUntil(dialog.fault.isVisible)
            dialog.reject()
    window.workbench.operate.accept_asked.emit("raid-duty")
    told = []
    window.session.do(tried.edit, failed=told.append)
    qtbot.waitUntil(lambda: not window.session.busy)
    assert told, act
    assert dialogs(window) == [], act
    assert rows(project) == before, act


@pytest.mark.parametrize(("acts", "person"), by_person(ALLOWED))
@pytest.mark.parametrize("way", [by_mouse, by_keys], ids=["mouse", "keys"])
def test_what_a_person_may_do_is_done_once_and_signed_with_his_key(
    opened, qtbot, acts, person, way
):
    for act in acts:
        done(*opened(act, person), qtbot, act, person, way)


def done(window, offered, qtbot, act, person, way):
    """Do an act, and find it done once and signed."""
    session, tried = window.session, TRIED[act]
    assert offered.isEnabled(), act
    edits = len(session.project.store.log())
    with qtbot.waitSignal(session.changed, timeout=20_000):
        if way is by_keys and is_button(offered):
            offered.setFocus()
            QTest.keyClick(offered, Qt.Key.Key_Space)
        else:
            way(offered)
        if tried.dialog is not None:
            confirm(window, tried.dialog, qtbot, keys=way is by_keys)
    assert tried.after(session.project), act
    qtbot.waitUntil(lambda: not dialogs(window))
    assert len(session.project.store.log()) == edits + 1, act
    last = session.project.store.audit()[-1]
    assert last.actor == USER[person].id, act
    key = session.project.signer.public_key
    assert verify(key, bytes.fromhex(last.hash), bytes.fromhex(last.signature)), act


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
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
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
