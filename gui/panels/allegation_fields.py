"""The fields of an allegation that are corrected where they stand; the rest has its form."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from geo.edit.allegations import allegation_of, edit_allegation
from geo.edit.verbs import Verb
from geo.model.allegation import Source
from geo.model.vocabulary import Answer, Channel, Credibility, Reliability
from gui import i18n
from gui.i18n import tr
from gui.panels.dossier_parts import Field, facts_form, in_place, note
from gui.widgets.field_values import day_text, read_day
from gui.widgets.in_place import ChoiceEditor, InPlace, LineEditor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from enum import StrEnum

    from PySide6.QtWidgets import QWidget

    from geo.edit.edit import Edit
    from geo.model.allegation import Allegation
    from geo.project import Project
    from gui.panels.dossier import Dossier
    from gui.widgets.in_place import Editor


class AllegationFields:
    """Makes the fields of one allegation."""

    def __init__(self, project: Project, allegation: Allegation, dossier: Dossier) -> None:
        self._project, self._old, self._dossier = project, allegation, dossier

    def grade(self) -> list[QWidget]:
        """Return the two fields of the grade, each with its meaning, and whose it is."""
        source = self._project.find(Source, self._old.source_id) if self._old.source_id else None
        name = source.pseudonym if source else tr("panel.allegation.source_unknown")
        return [
            facts_form(
                [
                    ("panel.column.source", name),
                    (
                        "dialog.allegation.reliability",
                        self._choice("dialog.allegation.reliability", "reliability", Reliability),
                    ),
                    (
                        "dialog.allegation.credibility",
                        self._choice("dialog.allegation.credibility", "credibility", Credibility),
                    ),
                ]
            ),
            note("panel.allegation.neutral"),
        ]

    def held(self) -> InPlace:
        """Return whether people are held now."""
        return self._choice("panel.column.held_now", "held_now", Answer)

    def channel(self) -> InPlace:
        """Return how it came in."""
        return self._choice("panel.allegation.channel", "channel", Channel)

    def reference(self) -> InPlace:
        """Return the office's own number."""
        return self._line("panel.column.reference", "reference")

    def place_text(self) -> InPlace:
        """Return the place as it was told."""
        return self._line("dialog.allegation.place_words", "place_text")

    def occurred(self) -> InPlace:
        """Return the day on which it happened."""
        day = self._old.occurred_on
        return self._made(
            "panel.allegation.occurred",
            "occurred_on",
            i18n.day(day),
            lambda: LineEditor(day_text(day), read_day),
        )

    def _line(self, name: str, column: str) -> InPlace:
        text = str(getattr(self._old, column))
        return self._made(name, column, text, lambda: LineEditor(text))

    def _choice(self, name: str, column: str, cls: Iterable[StrEnum]) -> InPlace:
        now = getattr(self._old, column)
        return self._made(
            name,
            column,
            i18n.label(now),
            lambda: ChoiceEditor([(each, i18n.label(each)) for each in cls], now),
        )

    def _made(self, name: str, column: str, text: str, make: Callable[[], Editor]) -> InPlace:
        allegation_id = self._old.id

        def build(plan: Project, value: Any) -> Edit:  # noqa: ANN401 - of the field's own kind
            old = allegation_of(plan, allegation_id)
            return edit_allegation(plan, replace(old, **{column: value}))

        field = Field(name, text, make, column)
        return in_place(self._dossier, self._project, Verb.EDIT_ALLEGATION, field, build)
