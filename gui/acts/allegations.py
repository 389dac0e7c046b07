"""What can be done with allegations and their sources, from the telephone to the last state."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from shiboken6 import isValid

from geo.edit.verbs import Verb
from geo.errors import NotAllowedError
from geo.model.allegation import Allegation, Source
from geo.model.entity import Kind, LonLat
from gui.models.history import sentence
from gui.rights import demand

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.edit.edit import Edit
    from geo.errors import PlanError
    from geo.model.vocabulary import AllegationStatus, Reliability
    from geo.project import Project
    from gui.dialogs.allegation import AllegationDialog, Taken
    from gui.dialogs.base import FormDialog
    from gui.tools.tool import Corner
    from gui.workbench import Workbench

LEAST_ACCURACY_M = 20.0
CLICK_PX = 8
"""How far from what is meant a click on the map may lie."""


class AllegationActs(QObject):
    """Answers `allegation.*` and `source.edit`, and the command that takes an allegation in."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self._bench, self._desk = bench, bench.desk
        bench.on("add_allegation", self.add)
        for name, act in (
            ("allegation.add", self.add),
            ("allegation.edit", self.edit),
            ("allegation.state", self.set_state),
            ("allegation.link", self.link),
            ("source.edit", self.edit_source),
        ):
            self._desk.intents.answer(name, act)

    # --- intake ---------------------------------------------------------------------------------

    def add(self, site_id: str = "") -> None:
        """Ask for a new allegation, about a site if one is given."""
        from geo.edit.allegations import at_place
        from geo.model.site import Site

        project = self._may(Verb.ADD_ALLEGATION)
        if project is None:
            return
        blank = Allegation()
        site = project.find(Site, site_id) if site_id else None
        if site is not None:
            blank = at_place(
                Allegation(site_id=site.id),
                point=site.point,
                accuracy_m=site.accuracy_m,
                admin_code=site.admin_code,
            )
        self._ask(project, blank, is_new=True)

    def edit(self, allegation_id: str) -> None:
        """Ask for the corrections of an allegation."""
        project = self._may(Verb.EDIT_ALLEGATION)
        old = project.find(Allegation, allegation_id) if project is not None else None
        if project is not None and old is not None:
            self._ask(project, old, is_new=False)

    def _ask(self, project: Project, allegation: Allegation, *, is_new: bool) -> None:
        from gui.dialogs.allegation import AllegationDialog

        dialog = AllegationDialog(
            self._desk, project, allegation, self._bench.window_, is_new=is_new
        )
        dialog.waits = True
        dialog.ready.connect(partial(self._save, dialog, is_new=is_new))
        dialog.pick_asked.connect(partial(self._pick, dialog))
        dialog.open()

    def _save(self, dialog: AllegationDialog, taken: Taken, *, is_new: bool) -> None:
        from geo.edit.allegations import add_allegation, edit_allegation
        from geo.edit.sources import new_source

        def build(project: Project) -> Edit:
            row = taken.allegation
            source = None
            if taken.pseudonym:
                source = new_source(project, taken.pseudonym, reliability=row.reliability)
            make = add_allegation if is_new else edit_allegation
            return make(project, row, source=source)

        def done(_edit: Edit) -> None:
            if is_new:
                self._desk.selection.select(Kind.ALLEGATION, [taken.allegation.id])
            if not isValid(dialog):
                return
            if taken.then_next:
                dialog.start_over()
            else:
                dialog.accept()

        self._do(build, dialog, done)

    def _pick(self, dialog: AllegationDialog) -> None:
        """Put the form aside until a place was clicked on the map; all that it holds stays."""
        from gui.tools.place_point import PlacePointTool

        tool = PlacePointTool()
        dialog.hide()

        def back() -> None:
            self._bench.tools.take("select")

        def picked(corner: Corner) -> None:
            metres = self._bench.map.canvas.view.ground_resolution * CLICK_PX
            if isValid(dialog):
                dialog.place_at(LonLat(*corner), max(LEAST_ACCURACY_M, float(round(metres, -1))))
            back()

        tool.finished.connect(picked)
        tool.type_asked.connect(back)
        # Esc and any other tool put this one away, and the form comes back.
        tool.put_away.connect(partial(_reopen, dialog))
        self._bench.tools.hold(tool)

    # --- states, links, sources -----------------------------------------------------------------

    def set_state(
        self, allegation_id: str, to: AllegationStatus, duplicate_of: str = "", basis: object = None
    ) -> None:
        """Move an allegation on; see `geo.edit.allegations.set_state`."""
        from geo.edit.allegation_states import Basis
        from geo.edit.allegations import set_state

        rests_on = basis if isinstance(basis, Basis) else None
        self._do(
            lambda p: set_state(p, allegation_id, to, duplicate_of=duplicate_of, basis=rests_on)
        )

    def link(self, allegation_id: str, site_id: str) -> None:
        """Link an allegation to a site; an empty id takes the link back."""
        from geo.edit.allegations import link_to_site, unlink

        if site_id:
            self._do(lambda p: link_to_site(p, allegation_id, site_id))
        else:
            self._do(lambda p: unlink(p, allegation_id))

    def edit_source(self, source_id: str, near: tuple[str, ...] = ()) -> None:
        """Ask for a source's corrections; `near` are the sources to be shown first."""
        from gui.dialogs.source import SourceDialog

        project = self._may(Verb.EDIT_SOURCE)
        if project is None or project.find(Source, source_id) is None:
            return
        dialog = SourceDialog(project, source_id, self._bench.window_, near)
        dialog.waits = True
        dialog.ready.connect(partial(self._save_source, dialog, source_id))
        dialog.open()

    def _save_source(
        self,
        dialog: FormDialog,
        source_id: str,
        pseudonym: str,
        reliability: Reliability,
        independent_of: set[str],
    ) -> None:
        from geo.edit.sources import correct_source

        self._do(
            lambda p: correct_source(
                p,
                source_id,
                pseudonym=pseudonym,
                reliability=reliability,
                independent_of=independent_of,
            ),
            dialog,
            lambda _edit: dialog.accept() if isValid(dialog) else None,
        )

    # --- doing ----------------------------------------------------------------------------------

    def _may(self, verb: Verb) -> Project | None:
        project = self._desk.session.project
        try:
            demand(project, verb)
        except NotAllowedError as error:
            self._desk.toast.fail(error)
            return None
        return project

    def _do(
        self,
        build: Callable[[Project], Edit],
        dialog: FormDialog | None = None,
        then: Callable[[Edit], object] | None = None,
    ) -> None:
        """Make an edit; a refusal is told in the dialog, with its form, or else in passing."""

        def done(edit: Edit) -> None:
            self._desk.toast.tell(
                "window.done",
                what=sentence(edit),
                button="action.undo",
                press=self._desk.session.undo,
            )
            if then is not None:
                then(edit)

        def failed(error: PlanError) -> None:
            if dialog is not None and isValid(dialog) and dialog.isVisible():
                dialog.refuse(error)
            else:
                self._desk.toast.fail(error)

        self._desk.session.do(build, done, failed)


def _reopen(dialog: AllegationDialog) -> None:
    """Bring the form back as it was."""
    if isValid(dialog) and not dialog.isVisible():
        dialog.open()
