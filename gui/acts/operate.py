"""The day itself: steps, ticks, visits, outcomes, fines and the log, each one edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.edit.assign import step_assignment
from geo.edit.day_log import write_log
from geo.edit.inspections import day_of
from geo.edit.verbs import Verb
from geo.edit.zone_steps import step_zone
from geo.errors import InputError
from geo.model.allegation import Allegation
from geo.model.command import Assignment, Zone
from geo.model.entity import Kind
from geo.model.result import Fine, Inspection, Outcome
from geo.model.site import Site
from geo.model.vocabulary import AssignmentState
from gui.acts.doing import Acts
from gui.models.faces import site_title
from gui.models.history import sentence

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from geo.edit.edit import Edit
    from geo.edit.outcomes import Counts
    from geo.model.vocabulary import GroupKind, ZoneState
    from geo.project import Project
    from gui.workbench import Workbench


class OperateActs(Acts):
    """Does what is asked for on the day."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.panel = bench.operate
        self.panel.asked.connect(self._asked)
        self.panel.counted.connect(self._show_marks)
        bench.workspace_changed.connect(lambda _name: self._show_marks())
        bench.map.canvas.activated.connect(self._double_clicked)
        for name, act in (
            ("visit.record", self.record_visit),
            ("visit.correct", self.correct_visit),
            ("outcome.of_visit", self.outcome_of_visit),
            ("outcome.correct", self.correct_outcome),
            ("fine.propose", self.propose_fines),
            ("fine.decide", self.decide_fine),
        ):
            self.desk.intents.answer(name, act)

    def _asked(self, name: str, what: object) -> None:
        acts: dict[str, Callable[..., None]] = {
            "step": self.step,
            "zone_step": self.step_zone,
            "abort": self.abort,
            "tick": self.tick,
            "visit": self.record_visit,
            "outcome": self.outcome_of_duty,
            "log": self.write,
            "decide_fine": self.decide_fine,
        }
        acts[name](*(what if isinstance(what, tuple) else (what,)))

    def _double_clicked(self, kind: Kind, row_id: str) -> None:
        if self.bench.workspace != "operate":
            return
        project = self.project
        if kind is Kind.ALLEGATION and project is not None:
            # Its symbol lies on that of the site it is linked to.
            alleged = project.find(Allegation, row_id)
            row_id, kind = (alleged.site_id if alleged is not None else ""), Kind.SITE
        if kind is Kind.SITE and row_id:
            self.record_visit(row_id)

    def _show_marks(self) -> None:
        """Put the ticks on the map while this workspace is shown, and take them off elsewhere."""
        found = self.panel.watch.found if self.bench.workspace == "operate" else None
        current = found is not None and found.duty == self.panel.duty
        self.desk.intents.ask(
            "map.visits", found.progress.marks if found is not None and current else None
        )

    def tell(self, edit: Edit) -> None:
        """Say what was done; what cannot be taken back is not offered to be."""
        if edit.barrier:
            self.desk.toast.tell("window.done", what=sentence(edit))
        else:
            super().tell(edit)

    # --- duties ---------------------------------------------------------------------------------

    def step(self, assignment_id: str, to: AssignmentState) -> None:
        """Take a duty to its next state."""
        if self.may(Verb.STEP_ASSIGNMENT):
            self.desk.session.do(lambda plan: step_assignment(plan, assignment_id, to), self.tell)

    def step_zone(self, zone_id: str, to: ZoneState) -> None:
        """Take a zone to its next state."""
        if self.may(Verb.STEP_ZONE):
            self.desk.session.do(lambda plan: step_zone(plan, zone_id, to), self.tell)

    def abort(self, assignment_id: str) -> None:
        """Ask why a duty ends, and end it; the reason stands in the log."""
        from geo.edit.aborting import abort_duty
        from gui.dialogs.abort import AbortDialog

        project = self.project
        if project is None or not self.may(Verb.STEP_ASSIGNMENT):
            return
        dialog = AbortDialog(self.bench.window_, _zone_name(project, assignment_id))

        def ready(reason: str) -> None:
            self.do(dialog, lambda plan: abort_duty(plan, assignment_id, reason))

        dialog.ready.connect(ready)
        self.ask(dialog)

    def tick(self, assignment_id: str, group: GroupKind, code: str, done: bool) -> None:  # noqa: FBT001 - what a signal carries
        """Tick an item off, or take the tick back."""
        from geo.edit.checklist import tick

        if self.may(Verb.TICK):
            # The tick itself is the answer: no message would be read on the day.
            self.desk.session.do(lambda plan: tick(plan, assignment_id, group, code, done=done))

    def write(self, words: str, code: str, at: datetime | None, zone_id: str) -> None:
        """Write a line of the log."""
        operation_id = self.panel.duty.operation_id
        if self.may(Verb.WRITE_LOG):
            self.desk.session.do(
                lambda plan: write_log(
                    plan, operation_id, words, code=code, at=at, zone_id=zone_id
                ),
                lambda _edit: self.panel.log.written_down(),
                self.desk.toast.fail,
            )

    # --- visits ---------------------------------------------------------------------------------

    def record_visit(self, site_id: str) -> None:
        """Ask for the visit of a site and record it."""
        project = self.project
        if project is None or not self.may(Verb.INSPECT):
            return
        if project.find(Site, site_id) is None:
            self.desk.toast.fail(InputError("error.site.gone"))
            return
        self._ask_visit(Inspection(site_id=site_id, assignment_id=self._duty_at(site_id)), new=True)

    def correct_visit(self, inspection_id: str) -> None:
        """Ask for what is right in place of what was recorded."""
        project = self.project
        visit = project.find(Inspection, inspection_id) if project is not None else None
        if visit is not None and self.may(Verb.INSPECT):
            self._ask_visit(visit, new=False)

    def _ask_visit(self, visit: Inspection, *, new: bool) -> None:
        from geo.edit.inspections import correct_inspection, inspect
        from gui.dialogs.inspection import InspectionDialog

        project = self.project
        if project is None:
            return
        enter = inspect if new else correct_inspection
        dialog = InspectionDialog(project, visit, self.bench.window_, is_new=new)
        dialog.ready.connect(lambda told: self.do(dialog, lambda plan: enter(plan, told)))
        self.ask(dialog)

    def _duty_at(self, site_id: str) -> str:
        """Return the duty in whose zone a site lies, or empty; what is under way is first."""
        project, found = self.project, self.panel.watch.found
        if project is None or found is None:
            return ""
        order = [AssignmentState.UNDER_WAY, AssignmentState.ACCEPTED, AssignmentState.COMPLETED]
        here = [
            duty
            for duty_id in found.progress.visited
            if (duty := project.find(Assignment, duty_id)) is not None
            and duty.state in order
            and site_id in found.progress.zones.get(duty.zone_id, ())
        ]
        return min(here, key=lambda d: order.index(d.state)).id if here else ""

    # --- outcomes -------------------------------------------------------------------------------

    def outcome_of_visit(self, inspection_id: str) -> None:
        """Ask what came of a visit."""
        project = self.project
        visit = project.find(Inspection, inspection_id) if project is not None else None
        if project is not None and visit is not None and self.may(Verb.RECORD_OUTCOME):
            name = _site_name(project, visit.site_id)
            self._ask_outcome(name, visit.assignment_id, visit.site_id, day_of(visit))

    def outcome_of_duty(self, assignment_id: str) -> None:
        """Ask what came of a whole duty."""
        project = self.project
        if project is not None and self.may(Verb.RECORD_OUTCOME):
            self._ask_outcome(_zone_name(project, assignment_id), assignment_id, "", None)

    def _ask_outcome(self, name: str, duty_id: str, site_id: str, day: date | None) -> None:
        from geo.edit.outcomes import record_outcome
        from gui.dialogs.outcome import OutcomeDialog

        project = self.project
        if project is None:
            return
        dialog = OutcomeDialog(project, name, self.bench.window_, of_site=bool(site_id), day=day)

        def ready(counts: Counts, on: date, shut: str) -> None:
            self.do(
                dialog,
                lambda plan: record_outcome(
                    plan,
                    counts,
                    recorded_on=on,
                    assignment_id=duty_id,
                    site_id=site_id,
                    closed=[site_id] if shut == "closed" else [],
                    sealed=[site_id] if shut == "sealed" else [],
                ),
            )

        dialog.ready.connect(ready)
        self.ask(dialog)

    def correct_outcome(self, outcome_id: str) -> None:
        """Ask for the right counts of an outcome."""
        from geo.edit.outcomes import correct_outcome
        from gui.dialogs.outcome import OutcomeDialog

        project = self.project
        told = project.find(Outcome, outcome_id) if project is not None else None
        if project is None or told is None or not self.may(Verb.RECORD_OUTCOME):
            return
        name = _zone_name(project, told.assignment_id)
        if told.site_id:
            name = _site_name(project, told.site_id)
        dialog = OutcomeDialog(
            project, name, self.bench.window_, told=told, of_site=bool(told.site_id)
        )
        dialog.ready.connect(
            lambda counts, on, _shut: self.do(
                dialog, lambda plan: correct_outcome(plan, outcome_id, counts, on)
            )
        )
        self.ask(dialog)

    # --- fines ----------------------------------------------------------------------------------

    def propose_fines(self, inspection_id: str) -> None:
        """Show what the table of fines says to a visit, and propose what is chosen of it."""
        from geo.edit.fines import proposals, propose_fines
        from gui.dialogs.fine import FineDialog

        project = self.project
        visit = project.find(Inspection, inspection_id) if project is not None else None
        if project is None or visit is None or not self.may(Verb.PROPOSE_FINE):
            return
        name = _site_name(project, visit.site_id)
        dialog = FineDialog(self.bench.window_, name, proposals(project, inspection_id))
        dialog.ready.connect(
            lambda units: self.do(dialog, lambda plan: propose_fines(plan, inspection_id, units))
        )
        self.ask(dialog)

    def decide_fine(self, fine_id: str) -> None:
        """Ask what the labour inspector decided, and enter it."""
        from geo.edit.fines import decide_fine
        from gui.dialogs.fine import FineDecisionDialog

        project = self.project
        fine = project.find(Fine, fine_id) if project is not None else None
        if project is None or fine is None or not self.may(Verb.CONFIRM_FINE):
            return
        dialog = FineDecisionDialog(self.bench.window_, project, fine)
        dialog.ready.connect(
            lambda told: self.do(dialog, lambda plan: decide_fine(plan, fine_id, **told))
        )
        self.ask(dialog)


def _zone_name(project: Project, assignment_id: str) -> str:
    duty = project.find(Assignment, assignment_id)
    zone = project.find(Zone, duty.zone_id) if duty is not None else None
    return zone.name if zone is not None else "–"


def _site_name(project: Project, site_id: str) -> str:
    sites = project.table(Kind.SITE)
    return site_title(sites, sites.index[site_id]) if site_id in sites else "–"
