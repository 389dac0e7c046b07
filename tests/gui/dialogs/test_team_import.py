"""A register of teams with a row for each group goes through the wizard as one team each."""

from __future__ import annotations

import openpyxl
import pytest

from geo.model.command import Team
from geo.model.entity import Kind
from geo.model.vocabulary import GroupKind
from gui.dialogs.import_file import ImportDialog

ROWS = (
    ("Team name", "Leader", "Radio channel", "Group", "Chief", "Task", "Members"),
    ("Night team", "Deputy Governor 7", "Channel 7", "Minutes", "Chief of minutes", "Write", 2),
    (None, None, None, "Reports", "Chief of reports", "Report", 1),
    ("Day team", "Deputy Governor 8", "Channel 8", "Victim support", "Chief", "Screen", 3),
)


@pytest.fixture
def register(tmp_path):
    book = openpyxl.Workbook()
    for line in ROWS:
        book.active.append(line)
    book.active.merge_cells("A2:A3")
    path = tmp_path / "teams.xlsx"
    book.save(path)
    return path


def test_the_wizard_imports_teams_with_their_groups(window, bench, qtbot, register):
    bench.edits.import_file(register)
    dialog = window.findChildren(ImportDialog)[-1]
    qtbot.waitUntil(lambda: dialog.step in {"sheet", "error"}, timeout=30_000)
    for step in ("map", "summary", "done"):
        if step == "summary":
            target = dialog.mapping.target
            place = target.findData(Kind.TEAM.value)
            target.setCurrentIndex(place)
            target.activated.emit(place)
        dialog.next_button.click()
        qtbot.waitUntil(lambda step=step: dialog.step in {step, "error"}, timeout=30_000)
        assert dialog.step == step
    teams = {t.name: t for t in window.session.project.all(Team)}
    night = teams["Night team"]
    assert [(g.kind, g.members) for g in night.groups] == [
        (GroupKind.MINUTES, 2),
        (GroupKind.REPORTS, 1),
    ]
    assert night.contact == "Channel 7"
    assert [g.kind for g in teams["Day team"].groups] == [GroupKind.VICTIM_SUPPORT]
    dialog.next_button.click()
