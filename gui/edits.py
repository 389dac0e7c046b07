"""From a gesture to an edit: each act of the window as one intent of the session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from shiboken6 import isValid

from geo.edit.verbs import Verb
from geo.errors import NotAllowedError, PlanError
from geo.model.command import Zone
from gui.models.history import sentence
from gui.rights import demand

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from geo.edit.edit import Edit
    from geo.project import Project
    from gui.dialogs.base import FormDialog
    from gui.panels.base import Desk
    from gui.panels.plan import PlanPanel


class Edits(QObject):
    """What the user can do to the plan with the window."""

    def __init__(self, desk: Desk, plan_panel: PlanPanel, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._plan_panel = plan_panel
        self._window = window
        desk.intents.answer("site.decide", self.decide)
        desk.intents.answer("import.file", self.import_file)

    @property
    def _project(self) -> Project | None:
        return self._desk.session.project

    def _tell(self, edit: Edit) -> None:
        self._desk.toast.tell(
            "window.done",
            what=sentence(edit),
            button="action.undo",
            press=self._desk.session.undo,
        )

    # --- teams and assignments ------------------------------------------------------------------

    def assign(self, zone_id: str, team_id: str) -> None:
        """Give a zone a team for the period that is looked at."""
        from geo.edit.assign import assign_team
        from geo.model.command import Operation

        def build(project: Project) -> Edit:
            zone = project.find(Zone, zone_id)
            operation = project.find(Operation, zone.operation_id) if zone else None
            periods = {p.id for p in operation.periods} if operation else set()
            period = self._desk.moment.duty.period_id
            period = period if period in periods else ""
            return assign_team(project, zone_id, team_id, period)

        self._desk.session.do(build, self._tell)

    def unassign(self, assignment_id: str) -> None:
        """Take a team from a zone."""
        from geo.edit.assign import unassign

        self._desk.session.do(lambda p: unassign(p, assignment_id), self._tell)

    def accept(self, assignment_id: str) -> None:
        """Show the deputy governor who leads the team what he accepts, ask once, and sign it."""
        from geo.edit.assign import accept
        from geo.model.command import Assignment
        from gui.dialogs.accept import AcceptDialog

        project = self._project
        duty = project.find(Assignment, assignment_id) if project is not None else None
        if project is None or duty is None or not self._may(Verb.ACCEPT_ASSIGNMENT):
            return
        try:  # nobody reads what he would take over and is refused only then
            project.prepare(accept(project, assignment_id))
        except PlanError as error:
            self._desk.toast.fail(error)
            return
        dialog = AcceptDialog(self._window, project, duty)
        dialog.ready.connect(lambda: self._do(dialog, lambda p: accept(p, assignment_id)))
        self._ask(dialog)

    def add_team(self) -> None:
        """Ask for a new team and add it."""
        self._desk.intents.ask("team.add")

    def edit_team(self, team_id: str) -> None:
        """Ask for a team's changes and make them."""
        self._desk.intents.ask("team.edit", team_id)

    def add_operation(self) -> None:
        """Ask for a new operation and add it."""
        from geo.edit.operations import add_operation
        from gui.dialogs.operation import OperationDialog

        project = self._project
        if project is None or not self._may(Verb.ADD_OPERATION):
            return
        dialog = OperationDialog(project.info.province_code, self._window)
        dialog.ready.connect(
            lambda operation: self._do(dialog, lambda p: add_operation(p, operation))
        )
        self._ask(dialog)

    # --- register -------------------------------------------------------------------------------

    def decide(self, site_id: str) -> None:
        """Ask for an authority's decision on a site and enter it."""
        from gui.dialogs.decide import DecideDialog

        project = self._project
        if project is None or not self._may(Verb.DECIDE_STATUS):
            return
        dialog = DecideDialog(project, site_id, self._window)
        dialog.ready.connect(lambda build: self._do(dialog, build))
        self._ask(dialog)

    def import_file(self, path: Path | None = None) -> None:
        """Import a file, or ask for one."""
        from gui.dialogs.import_file import ImportDialog

        if self._project is None or not self._may(Verb.IMPORT):
            return
        ImportDialog(self._desk, self._window, path).open()

    def _may(self, verb: Verb) -> bool:
        try:
            demand(self._project, verb)
        except NotAllowedError as error:
            self._desk.toast.fail(error)
            return False
        return True

    def _ask(self, dialog: FormDialog) -> None:
        dialog.waits = True
        dialog.open()

    def _do(self, dialog: FormDialog, build: Callable[[Project], Edit]) -> None:
        """Make the edit that a dialog asks for; a refusal is told in the dialog, with its form."""

        def done(edit: Edit) -> None:
            if isValid(dialog):
                dialog.accept()
            self._tell(edit)

        def failed(error: PlanError) -> None:
            if isValid(dialog) and dialog.isVisible():
                dialog.refuse(error)
            else:
                self._desk.toast.fail(error)

        self._desk.session.do(build, done, failed)
