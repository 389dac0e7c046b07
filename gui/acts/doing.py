"""What acts of the window have in common: may he, ask him, do it, tell him."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from shiboken6 import isValid

from geo.errors import NotAllowedError
from gui.models.history import sentence
from gui.rights import demand

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from geo.edit.edit import Edit
    from geo.edit.verbs import Verb
    from geo.errors import PlanError
    from geo.project import Project
    from gui.dialogs.base import FormDialog
    from gui.workbench import Workbench


class Acts(QObject):
    """Acts on one kind of thing."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.bench, self.desk = bench, bench.desk

    @property
    def project(self) -> Project | None:
        """The open plan."""
        return self.desk.session.project

    def may(self, verb: Verb) -> bool:
        """Tell whether the user may do something, and tell him if not."""
        try:
            demand(self.project, verb)
        except NotAllowedError as error:
            self.desk.toast.fail(error)
            return False
        return True

    def ask(self, dialog: FormDialog) -> None:
        """Open a dialog that stays open until what it asks for is done."""
        dialog.waits = True
        dialog.open()

    def do(
        self,
        dialog: FormDialog,
        build: Callable[[Project], Edit],
        then: Callable[[Edit], None] | None = None,
        contents: Mapping[str, bytes] | None = None,
        *,
        apart: bool = False,
    ) -> None:
        """Make the edit that a dialog asks for; a refusal is told in the dialog, with its form.

        See `PlanSession.do`.
        """

        def done(edit: Edit) -> None:
            if isValid(dialog):
                dialog.accept()
            self.tell(edit)
            if then is not None:
                then(edit)

        def failed(error: PlanError) -> None:
            if isValid(dialog) and dialog.isVisible():
                dialog.refuse(error)
            else:
                self.desk.toast.fail(error)

        self.desk.session.do(build, done, failed, contents, apart=apart)

    def tell(self, edit: Edit) -> None:
        """Say what was done, with the way back."""
        self.desk.toast.tell(
            "window.done",
            what=sentence(edit),
            button="action.undo",
            press=self.desk.session.undo,
        )
