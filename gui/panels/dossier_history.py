"""The history of a row: who changed what and when, read from the plan's own log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from geo.errors import PlanError
from geo.model.entity import Kind
from geo.model.plan import User
from gui import i18n
from gui.i18n import message, tr
from gui.models.row_words import changed_fields, edit_words
from gui.panels.dossier_parts import note
from gui.widgets.layouts import card, clear, column
from gui.widgets.texts import Data

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.edit.edit import Delta, Edit
    from geo.project import Project
    from gui.panels.dossier import Dossier

Row = tuple[Kind, str]
SHOWN: Final = 50


class HistoryPart(QWidget):
    """The edits that touched some rows, the latest first; read on the store's own thread."""

    def __init__(self, dossier: Dossier, rows: Sequence[Row]) -> None:
        """Read the history of `rows`, which belong to one dossier.

        Looking at that of an allegation is logged, as looking at the allegation itself is.
        """
        super().__init__()
        self._desk = dossier.desk
        self._list = column(note("panel.history.loading"), gap=6)
        self.setLayout(self._list)
        for kind, row_id in rows:
            if kind is Kind.ALLEGATION:
                self._desk.session.record("read", kind=kind.value, row=row_id)
        try:
            reading = self._desk.session.on_store_thread(lambda plan: _read(plan, rows))
        except PlanError as error:
            self._failed(error)
            return
        self._desk.runner.run(lambda _progress: reading.result(), self._show, self._failed)

    def _show(self, entries: list[tuple[Edit, list[Delta]]]) -> None:
        project = self._desk.session.project
        if not isValid(self) or project is None:
            return
        clear(self._list)
        for edit, deltas in entries[:SHOWN]:
            self._list.addWidget(_entry(project, edit, deltas))
        if not entries:
            self._list.addWidget(note("panel.history.none"))
        if len(entries) > SHOWN:
            self._list.addWidget(note("panel.history.more", n=i18n.number(len(entries) - SHOWN)))

    def _failed(self, error: PlanError) -> None:
        if isValid(self):
            clear(self._list)
            self._list.addWidget(Data(message(error), role="danger", wrap=True))


def _read(project: Project, rows: Iterable[Row]) -> list[tuple[Edit, list[Delta]]]:
    """Return each edit that touched one of the rows with what it did to them, the latest first."""
    found: dict[str, tuple[Edit, list[Delta]]] = {}
    for kind, row_id in rows:
        for edit in project.store.edits_of(kind, row_id):
            found.setdefault(edit.id, (edit, []))[1].extend(edit.deltas)
    return sorted(found.values(), key=lambda entry: entry[0].revision, reverse=True)


def _entry(project: Project, edit: Edit, deltas: list[Delta]) -> QWidget:
    user = project.find(User, edit.actor)
    who = user.name if user is not None else tr("panel.history.nobody")
    parts: list[QWidget] = [
        Data(edit_words(edit), wrap=True),
        Data(f"{who} · {i18n.moment(edit.at.astimezone())}", role="caption", wrap=True),
    ]
    for delta in deltas:
        for name, before, after in changed_fields(delta):
            words = tr("panel.history.change", field=name, before=before, after=after)
            parts.append(Data(words, role="caption", wrap=True))
    return card(column(*parts, margin=10, gap=2))
