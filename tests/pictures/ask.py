"""Pictures of asking the map: the form, what answers it, and two questions that were kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.edit.live_layers import save_question
from geo.question.form import GradeAtLeast, Near, OneOf, Place, Question, Unseen

if TYPE_CHECKING:
    from gui.panels.analyse.ask import AskSection
    from tests.pilot import Pilot

COAST = Question(
    any_of=(
        (
            Near(near=Place.UNIT, which="18", metres=0.0),
            GradeAtLeast(least="C3"),
            Unseen(),
        ),
    )
)
KEPT = {
    ("Casinos without a licence", "កាស៊ីណូគ្មានអាជ្ញាប័ណ្ណ"): Question(
        any_of=(
            (
                OneOf(field="kind", values=("casino", "online_gambling")),
                OneOf(field="licensed", values=("no",)),
            ),
        )
    ),
    ("Alleged, not seen for 90 days", "ត្រូវចោទ មិនបានអធិការ ៩០ ថ្ងៃ"): COAST,
}


def form(pilot: Pilot) -> None:
    section = _opened(pilot)
    section.form.show_question(COAST)
    _down(section, section.form)
    pilot.settle()


def found(pilot: Pilot) -> None:
    section = _opened(pilot)
    section.form.show_question(COAST)
    section.compute()
    pilot.wait(lambda: not section.run_bar.busy and section.asked is not None, "the answers")
    pilot.look_at(103.45, 10.5, 103.75, 10.75)
    pilot.rest(0.5)
    _down(section, section.result)
    pilot.settle()


def kept(pilot: Pilot) -> None:
    section = _opened(pilot)
    language = pilot.window.desk.settings.language
    for names, question in KEPT.items():
        name = names[language == "km"]
        pilot.window.session.do(lambda p, n=name, q=question: save_question(p, n, q))
        pilot.wait(lambda: not pilot.window.session.busy, "the saving")
    live = pilot.bench.desk.live
    pilot.wait(lambda: len(live.rows) == len(KEPT), "the live layers")
    pilot.bench.layer_panel.set_open(is_open=True)
    pilot.look_at(103.45, 10.5, 103.75, 10.75)
    pilot.rest(0.5)
    _down(section, section.saved)
    pilot.settle()


def _down(section: AskSection, widget: object) -> None:
    from PySide6.QtWidgets import QScrollArea, QWidget

    area = section.findChild(QScrollArea)
    assert isinstance(area, QScrollArea)
    assert isinstance(widget, QWidget)
    bar = area.verticalScrollBar()
    bar.setValue(widget.y())


def _opened(pilot: Pilot) -> AskSection:
    from gui.panels.analyse.ask import AskSection

    bench = pilot.bench
    bench.show_workspace("analyse")
    bench.analyse.show_section("ask")
    section = bench.analyse.section("ask")
    assert isinstance(section, AskSection)
    pilot.settle()
    return section


SCENES = {"ask": form, "ask-found": found, "ask-kept": kept}
