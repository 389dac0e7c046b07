from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QWidget

from geo.edit.edit import Edit, inserting
from geo.edit.verbs import Verb
from geo.model.entity import LonLat
from geo.model.site import Licence, Site
from geo.model.vocabulary import SiteKind
from geo.project import Project
from gui import i18n
from gui.dialogs.licence import LicenceDialog
from tests.gui.stage import ANALYST, PLANNER, plan_store


@pytest.fixture
def project():
    return Project(plan_store(), PLANNER)


@pytest.fixture
def ask(dressed, qtbot, project):
    parent = QWidget()
    qtbot.addWidget(parent)

    def made(licence=None):
        shown = licence or Licence(number="")
        dialog = LicenceDialog(project, shown, parent, is_new=licence is None)
        dialog.asked = []
        dialog.ready.connect(dialog.asked.append)
        return dialog

    return made


def test_a_new_licence_says_what_is_missing_until_it_can_be_entered(ask):
    dialog = ask()
    assert dialog.missing() == "licence.why.number"
    dialog.number.setText("00855")
    assert dialog.missing() == "licence.why.end"
    dialog.expires.setText("soon")
    assert dialog.missing() == "licence.why.day"
    dialog.issued.setText("2/9/2022")
    dialog.expires.setText("01/09/2022")
    assert dialog.missing() == "licence.why.backwards"
    dialog.no_end.setChecked(True)
    assert not dialog.expires.isEnabled()
    dialog.position.setText("95, 200")
    assert dialog.missing() == "licence.why.position"
    dialog.position.setText("10.62 103.52")
    dialog.unit.setText("Atlantis")
    assert dialog.missing() == "licence.why.unit"
    dialog.unit.setText("")
    dialog.site.setText("no such site")
    assert dialog.missing() == "licence.why.no_site"
    dialog.site.setText("DEMO-001")
    assert dialog.missing() == ""
    dialog.kind.setCurrentIndex(dialog.kind.findData("casino"))
    dialog.accept_button.click()
    (licence,) = dialog.asked
    assert (licence.number, licence.issued_on, licence.expires_on) == (
        *("00855", date(2022, 9, 2)),
        None,
    )
    assert licence.point == LonLat(103.52, 10.62)
    assert (licence.site_id, licence.activity_kind) == ("site-1", SiteKind.CASINO)


def test_what_was_not_touched_stays_as_it_was(ask, project):
    licence = Licence(
        id="l",
        number="7",
        point=LonLat(103.51234567891, 10.61234567891),
        site_id="site-2",
        admin_code="180104",
        expires_on=date(2022, 1, 31),
    )
    dialog = ask(licence)
    assert dialog.missing() == ""
    dialog.accept_button.click()
    assert dialog.asked == [licence]


def test_a_licence_is_taken_from_its_site_by_emptying_the_field(ask, project):
    dialog = ask(project.get(Licence, "licence-1"))
    dialog.site.setText("")
    dialog.accept_button.click()
    assert dialog.asked[0].site_id == ""


def test_a_number_that_looks_like_another_is_said_to_be_another(ask):
    dialog = ask()
    dialog.number.setText("00demo-L-1")
    assert "DEMO-L-1" in dialog.said.text()
    dialog.number.setText("DEMO-L-1")
    assert "Another authority" in dialog.said.text()
    dialog.number.setText("DEMO-L-2")
    assert dialog.said.text() == ""


def test_of_sites_of_one_name_the_code_tells(ask, project):
    twins = [Site(code="T-1", name_en="Demo Twin"), Site(code="T-2", name_en="Demo Twin")]
    project.commit(Edit(verb=Verb.ADD_SITE, deltas=(inserting(twins),)))
    dialog = ask()
    dialog.number.setText("1")
    dialog.no_end.setChecked(True)
    dialog.site.setText("Demo Twin")
    assert dialog.missing() == "licence.why.several_sites"
    dialog.site.setText("T-2")
    assert dialog.missing() == ""


def test_the_window_enters_and_corrects_a_licence(bench, qtbot):
    session = bench.desk.session
    bench.desk.intents.ask("licence.add", "site-2")
    dialog = bench.window_.findChildren(LicenceDialog)[-1]
    assert dialog.site.text() == "Demo Papaya Hotel"
    dialog.number.setText("DEMO-L-9")
    dialog.no_end.setChecked(True)
    with qtbot.waitSignal(session.changed):
        dialog.accept_button.click()
    licence = next(x for x in session.project.all(Licence) if x.number == "DEMO-L-9")
    assert (licence.site_id, licence.activity_kind) == ("site-2", SiteKind.HOTEL_GUESTHOUSE)
    bench.desk.intents.ask("licence.edit", licence.id)
    again = bench.window_.findChildren(LicenceDialog)[-1]
    again.number.setText("DEMO-L-1")
    again.accept_button.click()
    qtbot.waitUntil(again.fault.isVisible)
    assert "DEMO-L-1" in again.fault.text()
    again.reject()


def test_who_may_not_is_told_before_being_asked(bench, qtbot):
    bench.desk.session.project.user = ANALYST
    bench.desk.intents.ask("licence.add", "")
    assert bench.window_.findChildren(LicenceDialog) == []
    assert bench.desk.toast.isVisible()


def test_a_position_is_shown_and_typed_in_khmer_digits_and_not_rounded_by_being_looked_at(ask):
    exact = LonLat(103.5387123, 10.6137456)
    i18n.set_language("km")
    dialog = ask(Licence(number="00855", expires_on=date(2030, 1, 1), point=exact))
    assert dialog.position.text() == "១០.៦១៣៧ N ១០៣.៥៣៨៧ E"
    i18n.set_language("en")
    dialog.accept_button.click()
    assert dialog.asked[-1].point == exact
    dialog.position.setText("១០.៦២ ១០៣.៥២")
    dialog.accept_button.click()
    assert dialog.asked[-1].point == LonLat(103.52, 10.62)
