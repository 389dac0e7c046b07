"""The release and what is done about its readiness: overriding a gap, going where it is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from shiboken6 import isValid

from geo.analysis.readiness.wording import example_name, gap_sentence
from geo.edit.overrides import override_gap
from geo.edit.release import release_operation
from geo.edit.verbs import Verb
from geo.edit.zone_steps import step_zone
from geo.errors import InputError, NotAllowedError
from geo.model.command import Operation, Team, Zone
from geo.model.entity import Kind
from geo.model.gaps import NEVER_OVERRIDDEN, GapCode
from geo.model.vocabulary import ZoneState
from gui import i18n
from gui.acts.doing import Acts
from gui.models.operation_words import own_names
from gui.panels.operation_next import why_not_now
from gui.panels.readiness import ReadinessPage

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.analysis.readiness.gaps import Gap
    from gui.acts.operations import OperationActs
    from gui.dialogs.release import ReleaseDialog
    from gui.workbench import Workbench

PAGE: Final = "readiness"


class ReleaseActs(Acts):
    """Opens the readiness page, and does what is asked for there and by the operation card."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        bench.drawers.bring(PAGE, self._page)
        bench.on("readiness", lambda: bench.drawers.toggle(PAGE))
        self.desk.intents.answer("command.readiness", lambda: bench.drawers.show_page(PAGE))
        self.desk.intents.answer("operation.release", self.release)
        self.desk.intents.answer("gap.override", self.override)
        self.desk.intents.answer("gap.close", self.close_gap)
        self.desk.intents.answer("zone.coordinated", self.coordinated)

    def _page(self) -> ReadinessPage:
        return ReadinessPage(self.desk, self._operations.watch)

    @property
    def _operations(self) -> OperationActs:
        from gui.acts.operations import OperationActs

        return next(acts for acts in self.bench.acts if isinstance(acts, OperationActs))

    # --- the release ----------------------------------------------------------------------------

    def release(self, operation_id: str) -> None:
        """Show exactly what would be released, ask once, and release it."""
        from geo.model.vocabulary import OperationState
        from gui.dialogs.release import ReleaseDialog

        project = self.project
        operation = project.find(Operation, operation_id) if project is not None else None
        if project is None or operation is None or not self.may(Verb.RELEASE_OPERATION):
            return
        if why_not_now(project, operation, OperationState.RELEASED):
            self.desk.toast.fail(NotAllowedError("error.release.own", name=operation.name))
            return
        dialog = ReleaseDialog(self.bench.window_, project, operation)
        # What stands in the way is asked at the gate, once, and away from the window.
        dialog.ready.connect(
            lambda: self.do(dialog, lambda plan: release_operation(plan, operation_id), apart=True)
        )
        self._await(dialog, operation_id)
        self.ask(dialog)

    def _await(self, dialog: ReleaseDialog, operation_id: str) -> None:
        """Give the dialog the readiness of the plan as it is now."""
        watch = self._operations.watch

        def told() -> None:
            found = watch.found.get(operation_id)
            if not isValid(dialog):
                watch.changed.disconnect(told)
            elif watch.error is not None:
                dialog.refuse(watch.error)
            elif not watch.busy and found is not None:
                watch.changed.disconnect(told)
                dialog.show_found(found)

        watch.look()
        watch.changed.connect(told)
        told()

    # --- gaps -----------------------------------------------------------------------------------

    def override(self, operation_id: str, zone_id: str, gap: Gap) -> None:
        """Ask the governor why he goes ahead in spite of a gap, and note it for ever."""
        from gui.dialogs.override import OverrideDialog

        project = self.project
        operation = project.find(Operation, operation_id) if project is not None else None
        if project is None or operation is None or not self.may(Verb.OVERRIDE):
            return
        user = project.user
        if user is None or user.id in own_names(operation):
            self.desk.toast.fail(NotAllowedError("error.override.own", name=operation.name))
            return
        if gap.what in NEVER_OVERRIDDEN:
            self.desk.toast.fail(InputError("error.override.authorisation"))
            return
        zone = project.find(Zone, zone_id) if zone_id else None
        dialog = OverrideDialog(
            self.bench.window_,
            zone.name if zone is not None else operation.name,
            gap_sentence(gap, i18n.language()),
            ", ".join(example_name(e) for e in gap.examples),
            user.name,
        )
        dialog.ready.connect(
            lambda reason: self.do(
                dialog, lambda plan: override_gap(plan, operation_id, zone_id, gap.what, reason)
            )
        )
        self.ask(dialog)

    def coordinated(self, zone_id: str) -> None:
        """Note that the prosecutor's answer was there before the zone was submitted."""
        self.desk.session.do(
            lambda plan: step_zone(plan, zone_id, ZoneState.COORDINATED), self.tell
        )

    def close_gap(self, operation_id: str, zone_id: str, gap: Gap) -> None:
        """Go where a gap is closed."""
        way = self._ways(operation_id, zone_id, gap).get(gap.what)
        if way is not None:
            way()
        elif gap.examples and gap.examples[0].kind in _SHOWN:
            first = gap.examples[0]
            self.desk.selection.select(first.kind, [first.id], zoom=True)
        elif zone_id:
            self.desk.selection.select(Kind.ZONE, [zone_id], zoom=True)

    def _ways(
        self, operation_id: str, zone_id: str, gap: Gap
    ) -> dict[GapCode, Callable[[], object]]:
        ask, bench = self.desk.intents.ask, self.bench
        first = gap.examples[0].id if gap.examples else ""

        def coordinate() -> None:
            ask("command.coordination")

        def support() -> None:
            ask("command.support")

        def board() -> None:
            bench.show_workspace("plan")
            self.desk.selection.select(Kind.ZONE, [zone_id], zoom=True)
            if self.desk.intents.has("board.show"):
                ask("board.show")

        def import_file() -> None:
            bench.edits.import_file()

        def team() -> None:
            project = self.project
            if project is not None and project.find(Team, first) is not None:
                bench.edits.edit_team(first)

        return {
            GapCode.NO_ZONES: lambda: bench.tools.take("draw_zone"),
            GapCode.NO_PERIODS: lambda: ask("operation.edit", operation_id),
            GapCode.GUIDANCE_MISSING: coordinate,
            GapCode.OVERDUE: coordinate,
            GapCode.AUTHORISATION_MISSING: coordinate,
            GapCode.AUTHORISATION_OPEN: coordinate,
            GapCode.AUTHORISATION_REFUSED: coordinate,
            GapCode.AUTHORISATION_NOT_COVERING: coordinate,
            GapCode.WITNESSES_MISSING: lambda: bench.show_workspace("operate"),
            GapCode.SITES_UNCLASSIFIED: lambda: ask("site.decide", first),
            GapCode.NO_TEAM: board,
            GapCode.TEAM_TWICE: board,
            GapCode.LEADER_TWICE: board,
            GapCode.VEHICLE_TWICE: board,
            GapCode.NO_TIME_BETWEEN: board,
            GapCode.GROUPS_EMPTY: team,
            GapCode.AMBULANCE_FAR: support,
            GapCode.FIRE_FAR: support,
            GapCode.STALE: import_file,
            GapCode.UNDATED: import_file,
        }


_SHOWN: Final = frozenset({Kind.SITE, Kind.ALLEGATION, Kind.ZONE, Kind.TEAM})
