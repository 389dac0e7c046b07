"""Releasing an operation: exactly what is released, asked once, signed with the governor's key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal

from geo.analysis.readiness.wording import gap_sentence
from geo.model.command import Assignment, Team, Zone
from geo.model.plan import User
from geo.model.vocabulary import AssignmentState, ZoneState
from gui import i18n
from gui.dialogs.base import FormDialog
from gui.i18n import retext, tr
from gui.models.operation_words import period_line, stands
from gui.models.team_words import short
from gui.widgets.layouts import boxed, card, column, scrolling
from gui.widgets.texts import Data, Text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from geo.analysis.readiness.gaps import Gap
    from geo.analysis.readiness.ready import Readiness
    from geo.model.command import Operation
    from geo.project import Project

SHOWN_PX: Final = 300
KEY_LETTERS: Final = 16


@dataclass(frozen=True, slots=True)
class Released:
    """What a release is about, in words.

    Attributes:
        blocks: Why it cannot be released, one line each.
        zones: Each zone with its teams.
        periods: The operational periods.
        overrides: What stands in spite of a gap, with who answers for it.
    """

    blocks: tuple[str, ...]
    zones: tuple[str, ...]
    periods: tuple[str, ...]
    overrides: tuple[str, ...]


def released(project: Project, operation: Operation, found: Readiness) -> Released:
    """Return what releasing an operation would release."""
    zones = [
        z
        for z in project.all(Zone)
        if z.operation_id == operation.id and z.state is not ZoneState.CANCELLED
    ]
    zones.sort(key=lambda z: (z.priority, z.name))
    gaps = [(operation.name, g) for g in found.gaps]
    gaps += [(z.name, g) for z in found.zones for g in z.gaps]
    blocks = [f"{name}: {_words(g)}" for name, g in gaps if stands(operation, g)]
    blocks += [
        tr("command.release.zone_waits", zone=z.name, state=i18n.label(z.state))
        for z in zones
        if z.state is not ZoneState.COORDINATED
    ]
    names = {u.id: u.name for u in project.all(User)}
    return Released(
        blocks=tuple(blocks),
        zones=tuple(f"{z.name}: {_teams(project, operation, z)}" for z in zones),
        periods=tuple(period_line(p) for p in operation.periods),
        overrides=tuple(
            _override(name, gap, names) for name, gap in gaps if gap.overridden is not None
        ),
    )


def _words(gap: Gap) -> str:
    return gap_sentence(gap, i18n.language())


def _teams(project: Project, operation: Operation, zone: Zone) -> str:
    periods = {p.id: p.name for p in operation.periods}
    given = []
    for duty in project.all(Assignment):
        if duty.zone_id == zone.id and duty.state is not AssignmentState.ABORTED:
            team = project.find(Team, duty.team_id)
            when = periods.get(duty.period_id) or tr("panel.operate.whole")
            given.append(f"{short(team) if team else '–'} ({when})")
    return ", ".join(given) or tr("command.release.no_team")


def _override(name: str, gap: Gap, names: dict[str, str]) -> str:
    told = gap.overridden
    if told is None:
        return ""
    by = names.get(told.decided_by, "–")
    words = tr("command.overridden", name=by, at=i18n.moment(told.decided_at), reason=told.reason)
    return f"{name}: {_words(gap)} {words}"


class ReleaseDialog(FormDialog):
    """Shows what is released and asks once.

    Attributes:
        ready: The governor wants it.
        what: What would be released, once it is known.
        read: Where it is read, by the arrow keys too.
    """

    ready = Signal()

    def __init__(self, parent: QWidget, project: Project, operation: Operation) -> None:
        super().__init__(parent, "command.release.title", "command.release.accept", width=620)
        self._project, self._operation = project, operation
        self.what: Released | None = None
        self.body.addWidget(Data(operation.name, role="heading", wrap=True))
        self._shown = column(gap=10)
        self._waits = Text("command.release.looking", role="muted", wrap=True)
        self._shown.addWidget(self._waits)
        area = scrolling(boxed(column(self._shown, None)))
        area.setMinimumHeight(SHOWN_PX)
        # Nothing in it can be pressed, so that the keyboard would never come to what lies below.
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        area.setProperty("reading", "true")
        retext(area, lambda: area.setAccessibleName(tr("command.release.title")))
        self.read = area
        self.body.addWidget(area, 1)
        self.body.addWidget(Text("command.release.final", role="caption", wrap=True))
        self.body.addWidget(Data(signed_by(project), role="caption", wrap=True))
        self.check()

    def show_found(self, found: Readiness) -> None:
        """Show what would be released, once it is known."""
        self._waits.hide()
        self.what = what = released(self._project, self._operation, found)
        if what.blocks:
            self._part("command.release.blocked", what.blocks, "danger")
        self._part("command.release.zones", what.zones)
        self._part("command.periods", what.periods)
        if what.overrides:
            self._part("command.release.overrides", what.overrides, "warning")
        self.check()

    def missing(self) -> str:
        if self.what is None:
            return "command.release.looking"
        return "command.release.why_blocked" if self.what.blocks else ""

    def finish(self) -> None:
        self.ready.emit()

    def _part(self, code: str, lines: tuple[str, ...], look: str = "true") -> None:
        parts: list[QWidget] = [Text(code, role="heading", wrap=True)]
        parts += [Data(f"•  {words}", wrap=True) for words in lines]
        self._shown.addWidget(card(column(*parts, margin=10, gap=3), look))


def signed_by(project: Project) -> str:
    """Return who signs, with the beginning of the key that everybody can check."""
    user = project.user
    if user is None:
        return tr("panel.why.nobody")
    key = getattr(project.signer, "public_key", "") or user.public_key
    return tr(
        "command.signed_by",
        name=user.name,
        role=i18n.label(user.role),
        key=key[:KEY_LETTERS] or "–",
    )
