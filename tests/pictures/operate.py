"""The day of an operation: teams, sites, the log, results, and the dialogs of a visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.pilot import Pilot


def teams(pilot: Pilot) -> None:
    """The cards, the first checklist open, and the progress on the map."""
    from geo.model.command import Operation
    from geo.model.entity import Kind
    from geo.model.vocabulary import OperationState

    order = (OperationState.ACTIVE, OperationState.RELEASED, OperationState.COMPLETED)
    live = [o for o in pilot.project.all(Operation) if o.state in order]
    chosen = min(live, key=lambda o: order.index(o.state))
    pilot.bench.desk.moment.look_at(chosen.id)
    pilot.bench.show_workspace("operate")
    panel = pilot.bench.operate

    def is_there() -> bool:
        found = panel.watch.found
        return found is not None and found.duty.operation_id == chosen.id and bool(panel.cards)

    pilot.wait(is_there, "the day")
    panel.show_page("teams")
    zone = next(iter(panel.watch.found.progress.zones))
    pilot.bench.desk.selection.select(Kind.ZONE, [zone], zoom=True)
    pilot.bench.desk.selection.clear()
    checklist = next(iter(panel.cards.values())).checklist
    if not checklist.fold.is_open:
        checklist.fold.head.click()
        next(iter(checklist.groups.values())).head.click()
    pilot.settle()
    pilot.rest(0.6)


def sites(pilot: Pilot) -> None:
    teams(pilot)
    pilot.bench.operate.show_page("sites")
    pilot.rest(0.5)


def log(pilot: Pilot) -> None:
    teams(pilot)
    pilot.bench.operate.show_page("log")
    pilot.rest(0.8)


def result(pilot: Pilot) -> None:
    teams(pilot)
    pilot.bench.operate.show_page("result")
    pilot.rest(0.5)


def visit(pilot: Pilot) -> None:
    from geo.model.vocabulary import Violation
    from gui.dialogs.inspection import InspectionDialog

    sites(pilot)
    asked = pilot.bench.operate.sites.rows.rows[0].id
    pilot.bench.desk.intents.ask("visit.record", asked)
    dialog = pilot.window.findChildren(InspectionDialog)[-1]
    dialog.counted.setChecked(True)
    dialog.least.setValue(11)
    dialog.most.setValue(14)
    dialog.violations[Violation.FORCED_OVERTIME].setChecked(True)
    dialog.findings.setPlainText("Two locked rooms, call 012 345 678 (demo)")
    pilot.rest(0.4)


def fines(pilot: Pilot) -> None:
    """What the table says to a visit with violations, made for the occasion and not recorded."""
    from datetime import date

    from geo.edit.fines import Proposal
    from geo.model.result import FineRate
    from geo.model.vocabulary import FineBasis, Violation
    from gui.dialogs.fine import FineDialog

    teams(pilot)
    overtime = FineRate(
        violation=Violation.FORCED_OVERTIME.value,
        amount_riel=1_680_000,
        basis=FineBasis.PER_WORKER,
        applies_from=date(2022, 9, 1),
        source="Demo order of 2022",
    )
    told = (
        Proposal(violation=Violation.FORCED_OVERTIME.value, rate=overtime, units=11, fine=None),
        Proposal(violation=Violation.NO_LICENCE.value, rate=None, units=None, fine=None),
    )
    FineDialog(pilot.window, "Demo site", told).open()
    pilot.rest(0.4)


def outcome(pilot: Pilot) -> None:
    from gui.dialogs.outcome import OutcomeDialog

    teams(pilot)
    OutcomeDialog(pilot.project, "Demo site", pilot.window).open()
    pilot.rest(0.4)


SCENES = {
    "operate-teams": teams,
    "operate-sites": sites,
    "operate-log": log,
    "operate-result": result,
    "operate-visit": visit,
    "operate-fines": fines,
    "operate-outcome": outcome,
}
