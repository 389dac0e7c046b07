"""The papers of a duty are written at one grade, and each copy is logged."""

from __future__ import annotations

import pytest

from geo.model.vocabulary import Grade
from gui.acts.duty_papers import DutyPaperActs
from gui.dialogs.duty_paper import DutyPaperDialog
from tests.gui.day_stage import DUTY_ID, go


@pytest.fixture
def papers(window, bench, qtbot):
    go(window.session.project)
    bench.show_workspace("operate")
    return next(act for act in bench.acts if isinstance(act, DutyPaperActs))


@pytest.mark.parametrize(
    ("paper", "suffix"), [("form", ".pdf"), ("form", ".xlsx"), ("sheet", ".pdf")]
)
def test_a_paper_is_written_and_logged(window, papers, qtbot, tmp_path, paper, suffix):
    path = tmp_path / f"paper{suffix}"
    before = len(window.session.project.store.audit())
    papers.write(paper, DUTY_ID, Grade.COMMAND, path)
    qtbot.waitUntil(path.exists, timeout=20_000)
    assert len(window.session.project.store.audit()) > before


def test_it_is_said_once_for_whom_the_paper_is(window, papers):
    window.workbench.desk.intents.ask("duty.sheet", DUTY_ID)
    asked = window.findChildren(DutyPaperDialog)[-1]
    grades = []
    asked.ready.disconnect()
    asked.ready.connect(grades.append)
    asked.accept_button.click()
    assert grades == [Grade.COMMAND]
