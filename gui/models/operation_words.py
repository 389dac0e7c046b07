"""What pages and dialogs say alike of an operation: its periods, what is late, what stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.clock import today
from geo.model.vocabulary import CoordinationResult
from gui import i18n
from gui.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.analysis.readiness.gaps import Gap
    from geo.analysis.readiness.ready import Readiness
    from geo.model.command import Coordination, Operation, Period


def days_late(told: Coordination) -> int:
    """Return by how many days an answer is late; nothing that was answered is."""
    if told.result is not CoordinationResult.OPEN or told.due_on is None:
        return 0
    return max((today() - told.due_on).days, 0)


def period_line(period: Period) -> str:
    """Return a period with its times, which come first: names are long and may be cut."""
    same_day = period.starts.date() == period.ends.date()
    until = i18n.digits(f"{period.ends:%H:%M}") if same_day else i18n.moment(period.ends)
    return f"{i18n.moment(period.starts)} – {until} · {period.name}"


def own_names(operation: Operation) -> frozenset[str]:
    """Return who may neither release an operation nor wave its gaps through."""
    return frozenset({operation.proposed_by, operation.made_by} - {""})


def stands(operation: Operation, gap: Gap) -> bool:
    """Tell whether a gap stands in the way of the release, as `geo.releasing` asks it."""
    return gap.overridden is None or gap.overridden.decided_by in own_names(operation)


def gap_words(n: int, waved: int) -> str:
    """Return in two words how many gaps stand, or how many were overridden if none does."""
    if n:
        return tr("command.badge_gaps", n=i18n.number(n))
    if waved:
        return tr("command.badge_overridden", n=i18n.number(waved))
    return tr("command.badge_ready")


def counted(operation: Operation, gaps: Iterable[Gap]) -> tuple[int, int]:
    """Return how many gaps stand, and how many were overridden and stay seen."""
    found = [stands(operation, gap) for gap in gaps]
    return sum(found), len(found) - sum(found)


def standing(operation: Operation, found: Readiness) -> int:
    """Return how many gaps stand in the way of an operation's release."""
    return counted(operation, every_gap(found))[0]


def every_gap(found: Readiness) -> tuple[Gap, ...]:
    """Return the gaps of an operation and of all its zones."""
    return (*found.gaps, *(g for zone in found.zones for g in zone.gaps))
