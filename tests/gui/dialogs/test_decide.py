"""The ways from one legal status to another in plain words, and what an appeal annuls."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QWidget

from geo.edit.decisions import TRANSITIONS, decide_status
from geo.edit.people import add_authorities
from geo.model.site import Authority
from geo.model.vocabulary import LegalStatus
from geo.project import Project
from gui import i18n
from gui.dialogs.decide import DecideDialog
from tests.gui.stage import PLANNER, plan_store

COURT = Authority(id="court", name_km="តុលាការ", name_en="Demo court")
SITE = "site-1"
_S = LegalStatus
# How each status is reached from the beginning.
PATHS = {
    _S.UNVERIFIED: (),
    _S.UNDER_REVIEW: (_S.UNDER_REVIEW,),
    _S.LEGAL: (_S.UNDER_REVIEW, _S.LEGAL),
    _S.ILLEGAL: (_S.UNDER_REVIEW, _S.ILLEGAL),
    _S.MIXED: (_S.UNDER_REVIEW, _S.MIXED),
    _S.SUSPENDED: (_S.UNDER_REVIEW, _S.LEGAL, _S.SUSPENDED),
    _S.REVOKED: (_S.UNDER_REVIEW, _S.LEGAL, _S.SUSPENDED, _S.REVOKED),
    _S.REGULARISED: (_S.UNDER_REVIEW, _S.ILLEGAL, _S.REGULARISED),
}


@pytest.fixture
def parent(dressed, qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


def project_after(*statuses) -> Project:
    project = Project(plan_store(), PLANNER)
    project.commit(add_authorities([COURT]))
    for number, status in enumerate(statuses):
        project.commit(
            decide_status(
                project,
                [SITE],
                status,
                reason="Demo",
                authority_id=COURT.id,
                document=f"D-{number}",
                decided_on=date(2022, 9, 2),
            )
        )
    return project


def ways(dialog) -> dict[str, str]:
    return {dialog.to.itemData(i): dialog.to.itemText(i) for i in range(dialog.to.count())}


@pytest.mark.parametrize("language", ["en", "km"])
@pytest.mark.parametrize("status", list(LegalStatus))
def test_every_way_is_offered_in_plain_words(parent, status, language):
    i18n.set_language(language)
    dialog = DecideDialog(project_after(*PATHS[status]), SITE, parent)
    found = ways(dialog)
    assert set(found) == {to.value for to in TRANSITIONS[status]}
    assert all(" – " in words for words in found.values())
    dialog.reject()


def test_what_is_unlawful_can_be_appealed(parent):
    dialog = DecideDialog(project_after(*PATHS[_S.ILLEGAL]), SITE, parent)
    assert "appeal" in ways(dialog)["under_review"]
    dialog.reject()


def test_an_appeal_that_succeeds_says_which_decision_it_annuls(parent):
    project = project_after(_S.UNDER_REVIEW, _S.ILLEGAL, _S.UNDER_REVIEW)
    dialog = DecideDialog(project, SITE, parent)
    assert "appeal failed" in ways(dialog)["illegal"]
    assert "D-1, is annulled" in dialog.consequence.text()
    dialog.reject()


def test_a_first_review_is_no_appeal(parent):
    dialog = DecideDialog(project_after(_S.UNDER_REVIEW), SITE, parent)
    assert not hasattr(dialog, "consequence")
    dialog.reject()
