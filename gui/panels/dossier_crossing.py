"""The dossier of a border crossing: what it is, where, and when it was open."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import Qt

from geo.edit.crossings import change_crossing, correct_interval
from geo.edit.verbs import Verb
from geo.model.entity import Kind
from geo.model.place import BorderCrossing
from geo.model.vocabulary import Answer, CrossingClass, Neighbour
from gui import facts, i18n
from gui.i18n import tr
from gui.models.columns import open_word
from gui.models.unit_words import unit_words
from gui.panels import dossier_links
from gui.panels import dossier_site_lists as lists
from gui.panels.dossier_history import HistoryPart
from gui.panels.dossier_parts import (
    Field,
    Page,
    Symbol,
    asking,
    chips,
    facts_form,
    fold,
    in_place,
    note,
    nothing_yet,
    place,
    tell_done,
)
from gui.rights import permit
from gui.widgets.buttons import Button, IconButton
from gui.widgets.field_values import day_text, read_day
from gui.widgets.in_place import ChoiceEditor, InPlace, LineEditor
from gui.widgets.layouts import boxed, card, row
from gui.widgets.texts import Data
from gui.widgets.unit_field import UnitField
from layers import style

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date
    from enum import StrEnum

    from PySide6.QtWidgets import QWidget

    from geo.edit.edit import Edit
    from geo.model.place import OpenInterval
    from geo.project import Project
    from gui.panels.dossier import Dossier
    from gui.widgets.in_place import Editor


def crossing_page(project: Project, crossing_id: str, dossier: Dossier) -> Page:
    """Return the dossier of a border crossing."""
    crossing = project.get(BorderCrossing, crossing_id)
    is_open = crossing.open_on(facts.local_now().date())
    tone = "plain" if is_open is None else "true" if is_open else "warning"
    names = [n for n in (crossing.name_km, crossing.name_en) if n]
    title = i18n.name_of(crossing.name_km, crossing.name_en)
    fields = CrossingFields(project, crossing, dossier)
    photos = lists.photos(project, Kind.CROSSING, crossing_id, dossier)
    head = row(
        Symbol(style.crossing_symbol(crossing.crossing_class, is_open=is_open), 22),
        chips(
            (i18n.label(crossing.crossing_class), "plain"),
            (open_word(is_open), tone),
            *((words, "warning") for words in announced(crossing)),
        ),
    )
    head.setStretch(1, 1)
    parts = [
        boxed(head),
        fold(
            dossier,
            "panel.crossing.times",
            fields.times,
            count=len(crossing.open_intervals),
        ),
        fold(dossier, "panel.crossing.about", fields.about),
        fold(dossier, "panel.crossing.where", fields.where),
        fold(
            dossier,
            "panel.crossing.links",
            lambda: dossier_links.links(project, Kind.CROSSING, crossing_id, dossier),
            count=len(dossier_links.links_of(project, Kind.CROSSING, crossing_id)),
            is_open=False,
        ),
        *([photos] if photos is not None else []),
        fold(
            dossier,
            "panel.history.title",
            lambda: [HistoryPart(dossier, [(Kind.CROSSING, crossing_id)])],
            is_open=False,
        ),
    ]
    return Page(tr("panel.crossing.kind"), title, " · ".join(n for n in names if n != title), parts)


def announced(crossing: BorderCrossing) -> list[str]:
    """Return what is announced for days to come: an opening, a closure."""
    today = facts.local_now().date()
    words = []
    for interval in crossing.open_intervals:
        if interval.since is not None and interval.since > today:
            words.append(tr("panel.crossing.will_open", day=i18n.day(interval.since)))
        if interval.until is not None and interval.until >= today:
            words.append(tr("panel.crossing.will_close", day=i18n.day(interval.until)))
    return words


class CrossingFields:
    """Makes the fields of one crossing."""

    def __init__(self, project: Project, crossing: BorderCrossing, dossier: Dossier) -> None:
        self._project, self._crossing, self._dossier = project, crossing, dossier

    def times(self) -> list[QWidget]:
        """Return when it was open, each date to be corrected, and the ways to close or reopen."""
        intervals = self._crossing.open_intervals
        rows = [self._interval(n, interval) for n, interval in enumerate(intervals)]
        closes = not intervals or intervals[-1].until is None
        reopens = not intervals or intervals[-1].until is not None
        buttons: list[Button] = []
        for wanted, name, code, icon in (
            (closes, "crossing.close", "panel.crossing.close", "lock"),
            (reopens, "crossing.reopen", "panel.crossing.reopen", "lock-open"),
        ):
            button = asking(self._dossier, name, code, icon, self._crossing.id) if wanted else None
            if button is not None:
                permit(button, self._project, Verb.EDIT_CROSSING)
                button.setObjectName(name)
                buttons.append(button)
        acts = boxed(row(*buttons, None))
        if not rows:
            return [*nothing_yet("panel.crossing.no_times"), acts]
        return [*rows, note("panel.crossing.times_note"), acts]

    def _interval(self, number: int, interval: OpenInterval) -> QWidget:
        ends = {
            "since": (interval.since, "panel.crossing.since_unknown", "panel.crossing.since"),
            "until": (interval.until, "panel.crossing.still_open", "panel.crossing.until"),
        }
        fields: list[QWidget] = []
        for end, (day, no_day, name) in ends.items():
            build = self._correcting(number, interval, end)
            words = i18n.day(day) if day is not None else tr(no_day)
            field = Field(name, words, self._day_editor(day), f"{end}-{number}")
            fields.append(in_place(self._dossier, self._project, Verb.EDIT_CROSSING, field, build))
        remove = IconButton("trash", "panel.crossing.remove_time", look="small")
        remove.clicked.connect(lambda: self._remove(number))
        permit(remove, self._project, Verb.EDIT_CROSSING)
        dash = Data("–")
        dash.setProperty("inplace", "true")  # it stands in one line with the days
        line = row(fields[0], dash, fields[1], remove, gap=6)
        line.setAlignment(dash, Qt.AlignmentFlag.AlignTop)
        line.setStretch(0, 1)
        line.setStretch(2, 1)
        line.setContentsMargins(8, 4, 4, 4)
        return card(line)

    def _day_editor(self, day: date | None) -> Callable[[], LineEditor]:
        return lambda: LineEditor(day_text(day), read_day)

    def _correcting(
        self, number: int, interval: OpenInterval, end: str
    ) -> Callable[[Project, object], Edit]:
        crossing_id = self._crossing.id

        def build(plan: Project, day: object) -> Edit:
            changed = replace(interval, **cast("dict[str, Any]", {end: day}))
            return correct_interval(plan, crossing_id, number, changed)

        return build

    def _remove(self, number: int) -> None:
        crossing_id, desk = self._crossing.id, self._dossier.desk
        desk.session.do(
            lambda plan: correct_interval(plan, crossing_id, number, None),
            lambda edit: tell_done(desk, edit),
        )

    def about(self) -> list[QWidget]:
        """Return what it is called and what it leads to."""
        return [
            facts_form(
                [
                    ("panel.field.name_km", self._text("panel.field.name_km", "name_km")),
                    ("panel.field.name_en", self._text("panel.field.name_en", "name_en")),
                    (
                        "panel.column.class",
                        self._choice("panel.column.class", "crossing_class", CrossingClass),
                    ),
                    (
                        "panel.column.neighbour",
                        self._choice("panel.column.neighbour", "neighbour", Neighbour),
                    ),
                    ("panel.column.opposite", self._text("panel.column.opposite", "opposite")),
                ]
            )
        ]

    def where(self) -> list[QWidget]:
        """Return where it is, how well that is known, and the way to put it elsewhere."""
        crossing = self._crossing
        unit = crossing.admin_code
        yes_no = [(True, i18n.label(Answer.YES)), (False, i18n.label(Answer.NO))]
        parts = [
            facts_form(
                [
                    ("panel.site.position", place(crossing.point)),
                    (
                        "panel.crossing.approximate_field",
                        self._made(
                            "panel.crossing.approximate_field",
                            "approximate",
                            dict(yes_no)[crossing.approximate],
                            lambda: ChoiceEditor(yes_no, crossing.approximate),
                        ),
                    ),
                    ("panel.crossing.basis", self._text("panel.crossing.basis", "basis")),
                    (
                        "panel.field.unit",
                        self._made(
                            "panel.field.unit",
                            "admin_code",
                            unit_words(unit),
                            lambda: UnitField(unit),
                        ),
                    ),
                ]
            )
        ]
        if crossing.approximate:
            parts.append(note("panel.crossing.approximate"))
        move = asking(self._dossier, "crossing.move", "panel.site.move", "map-pin", crossing.id)
        if move is not None:
            move.setObjectName("crossing-move")
            permit(move, self._project, Verb.EDIT_CROSSING)
            parts.append(boxed(row(move, None)))
        return parts

    def _text(self, name: str, column: str) -> InPlace:
        text = str(getattr(self._crossing, column))
        return self._made(name, column, text, lambda: LineEditor(text))

    def _choice(self, name: str, column: str, cls: Iterable[StrEnum]) -> InPlace:
        now = getattr(self._crossing, column)
        choices = [(each, i18n.label(each)) for each in cls]
        return self._made(name, column, i18n.label(now), lambda: ChoiceEditor(choices, now))

    def _made(self, name: str, column: str, text: str, make: Callable[[], Editor]) -> InPlace:
        crossing_id = self._crossing.id

        def build(plan: Project, value: object) -> Edit:
            return change_crossing(plan, crossing_id, {column: value})

        field = Field(name, text, make, column)
        return in_place(self._dossier, self._project, Verb.EDIT_CROSSING, field, build)
