"""The ILO's 11 indicators of forced labour at a site: yes, no or unknown, with day and source.

What is chosen waits as a draft until it is kept with its day and source; it is one edit.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from shiboken6 import isValid

from geo.edit.indicators import answers_now, check_indicators, checks_of
from geo.edit.verbs import Verb
from geo.model.vocabulary import Answer, Indicator
from gui import facts, i18n
from gui.i18n import message, tr
from gui.panels.dossier_parts import note, tell_done
from gui.rights import permit, why_not
from gui.widgets.buttons import Button, Segments, explain
from gui.widgets.layouts import boxed, column, row
from gui.widgets.spins import DayField
from gui.widgets.texts import Data, Text

if TYPE_CHECKING:
    from geo.edit.edit import Edit
    from geo.errors import PlanError
    from geo.model.site import IndicatorCheck, Site
    from geo.project import Project
    from gui.panels.dossier import Dossier

EARLIER: Final = 3
ANSWERS: Final = [(answer.value, f"panel.indicator.{answer.value}") for answer in Answer]


@dataclass(slots=True)
class Draft:
    """Answers that are not kept yet."""

    answers: dict[Indicator, Answer] = field(default_factory=dict)
    source: str = ""
    day: date = field(default_factory=lambda: facts.local_now().date())


class IndicatorList(QWidget):
    """The list; what is chosen is a draft of the dossier until it is kept."""

    def __init__(self, project: Project, site: Site, dossier: Dossier) -> None:
        super().__init__()
        self._project, self._site, self._dossier = project, site, dossier
        self._checks = checks_of(project, site.id)
        kept = dossier.drafts.get(self._draft_key)
        self.draft = kept if isinstance(kept, Draft) else Draft()
        self.choices: dict[Indicator, Segments] = {}
        self._captions: dict[Indicator, Data] = {}
        answers = answers_now(self._checks).values()
        yes = sum(a is Answer.YES for a in answers)
        asked = sum(a is not Answer.UNKNOWN for a in answers)
        head = note(
            "panel.indicator.count",
            yes=i18n.number(yes),
            asked=i18n.number(asked),
            all=i18n.number(len(Indicator)),
        )
        rows = [self._row(indicator) for indicator in Indicator]
        self.keep_card = self._keeping()
        dossier.put_foot(self.keep_card)
        self.setLayout(column(head, note("panel.indicator.signs"), *rows, gap=8))
        self._show_draft()

    @property
    def _draft_key(self) -> tuple[str, str]:
        return ("indicators", self._site.id)

    def _row(self, indicator: Indicator) -> QWidget:
        name = Data(i18n.label(indicator), wrap=True)
        choice = self.choices[indicator] = Segments(ANSWERS, f"vocab.Indicator.{indicator.value}")
        choice.setObjectName(f"indicator-{indicator.value}")
        choice.chosen.connect(partial(self._chosen, indicator))
        checks = self._checks[indicator]
        now = self.draft.answers.get(indicator, checks[0].answer if checks else Answer.UNKNOWN)
        choice.choose(now.value)
        code, params = why_not(self._project, Verb.CHECK_INDICATORS)
        if self._site.merged_into:
            code = "error.site.merged"
        explain(choice, code, **params)
        caption = self._captions[indicator] = Data(role="caption", wrap=True)
        line = row(name, choice, gap=8)
        line.setStretch(0, 1)
        line.setAlignment(choice, Qt.AlignmentFlag.AlignTop)
        return boxed(column(line, caption, gap=2))

    def _keeping(self) -> QWidget:
        """Return the day, the source and the button that keep the draft."""
        self.day = DayField(self.draft.day, latest=facts.local_now().date())
        self.day.setAccessibleName(tr("panel.indicator.day"))
        self.day.setObjectName("indicator-day")
        self.source = QLineEdit(self.draft.source)
        self.source.setPlaceholderText(tr("panel.indicator.source_hint"))
        self.source.setAccessibleName(tr("panel.indicator.source"))
        self.source.setObjectName("indicator-source")
        self.source.returnPressed.connect(self.keep)
        self.keep_button = Button("panel.indicator.keep", "check", look="primary")
        self.keep_button.setObjectName("indicator-keep")
        drop = Button("panel.indicator.drop")
        self.fault = Data(role="danger", wrap=True)
        self.fault.hide()
        self.day.dateChanged.connect(lambda _day: self._filled())
        self.source.textEdited.connect(lambda _text: self._filled())
        self.keep_button.clicked.connect(self.keep)
        drop.clicked.connect(self._drop)
        when = row(Text("panel.indicator.day", role="caption"), self.day)
        when.setStretch(1, 1)
        return boxed(
            column(when, self.source, self.fault, row(self.keep_button, drop, None), gap=6)
        )

    def _chosen(self, indicator: Indicator, value: str) -> None:
        answer = Answer(value)
        if answer is Answer.UNKNOWN and not self._checks[indicator]:
            self.draft.answers.pop(indicator, None)  # it was never asked: nothing to keep
        else:
            self.draft.answers[indicator] = answer
        self._filled()

    def _filled(self) -> None:
        self.draft.day = self.day.day()
        self.draft.source = self.source.text()
        if self.draft.answers:
            self._dossier.drafts[self._draft_key] = self.draft
        else:
            self._dossier.drafts.pop(self._draft_key, None)
        self._show_draft()

    def _show_draft(self) -> None:
        self._dossier.foot_box.setVisible(bool(self.draft.answers))
        n = i18n.number(len(self.draft.answers))
        self.keep_button.say("panel.indicator.keep", n=n)
        if permit(self.keep_button, self._project, Verb.CHECK_INDICATORS):
            missing = "" if self.draft.source.strip() else "panel.indicator.no_source"
            explain(self.keep_button, missing)
        for indicator, caption in self._captions.items():
            lines = [_words(c) for c in self._checks[indicator][: EARLIER + 1]]
            if lines and len(lines) > 1:
                lines[1:] = [tr("panel.indicator.before", what=line) for line in lines[1:]]
            if indicator in self.draft.answers:
                lines.insert(0, tr("panel.indicator.draft"))
            caption.setText("\n".join(lines))
            caption.setVisible(bool(lines))

    def keep(self) -> None:
        """Keep the draft: one edit."""
        if not self.keep_button.isEnabled():
            return
        draft, site_id, dossier = self.draft, self._site.id, self._dossier
        answers, source, day = dict(draft.answers), draft.source, draft.day

        def done(edit: Edit) -> None:
            dossier.drafts.pop(("indicators", site_id), None)
            dossier.mark_stale()
            tell_done(dossier.desk, edit)

        dossier.desk.session.do(
            lambda plan: check_indicators(plan, site_id, answers, source, day), done, self._failed
        )

    def _failed(self, error: PlanError) -> None:
        if isValid(self.fault):
            self.fault.setText(message(error))
            self.fault.show()

    def _drop(self) -> None:
        self._dossier.drafts.pop(self._draft_key, None)
        self._dossier.mark_stale()


def _words(check: IndicatorCheck) -> str:
    answer = tr(f"panel.indicator.{check.answer.value}")
    parts = (answer, i18n.day(check.checked_on), check.source)
    return " · ".join(part for part in parts if part)
