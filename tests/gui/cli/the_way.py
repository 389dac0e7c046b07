"""The way of an operation from its draft to its day, typed verb by verb by whoever may."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app import main
from geo.model.command import Operation, Zone
from geo.releasing import standing_gaps
from gui.cli.opening import opened
from tests.gui.cli.conftest import SQUARE
from tests.who_may import Person

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DAY = "Day 1=2022-10-20T06:00/2022-10-20T18:00"
REASON = "The governor goes ahead knowing of this gap"
NAMES = {
    Person.PLANNER: ("Plan", "planner"),
    Person.GOVERNOR: ("Gov", "governor"),
    Person.OWN_GOVERNOR: ("Own", "governor"),
    Person.LEADER: ("Dep", "deputy_governor"),
    Person.OTHER_DEPUTY: ("Other", "deputy_governor"),
    Person.ANALYST: ("Ana", "analyst"),
    Person.AUDITOR: ("Aud", "auditor"),
}
SWEEP = ("--operation", "Sweep")
AUTHORISED = (
    *SWEEP, "--authority", "court_prosecutor", "--asked", "2022-09-01",
    "--replied", "2022-09-03", "--result", "agreed", "--reference", "N-1", "--zone", "Alpha",
    "--from", "2022-10-01", "--to", "2022-10-31T18:00", "--hours", "05:00-20:00",
)  # fmt: skip


def told(*arguments: object) -> int:
    return main([str(a) for a in arguments])


def steps(plan: Path, proposer: str) -> dict[str, Callable[[], None]]:
    """Return what leads from each stage to the next."""

    def act(verb: str, *rest: str) -> None:
        assert told(verb, plan, *rest) == 0

    def drafted() -> None:
        act("user", "--name", "Gov", "--role", "governor")
        for name, role in NAMES.values():
            if name != "Gov":
                act("user", "--name", name, "--role", role, "--actor", "Gov")
        act("operation", "--name", "Sweep", "--period", DAY, "--actor", proposer)
        act("zone", "--name", "Alpha", *SWEEP, "--geometry", SQUARE)
        act("team", "--name", "Red", "--leader", "Dep", "--group", "victim_support:Chief::2")
        act("assign", "--zone", "Alpha", "--team", "Red")

    def ready() -> None:
        with opened(plan, acts=True) as project:
            (operation,) = project.all(Operation)
            zones = {z.name: z.id for z in project.all(Zone)}
            gaps = standing_gaps(project, operation.id)
        for place, what in gaps:
            more = ("--zone", place) if place in zones else ()
            act("override", *SWEEP, "--what", what, "--reason", REASON, "--actor", "Gov", *more)

    def under_way() -> None:
        act("accept", "--zone", "Alpha", "--actor", "Dep")
        act("step", *SWEEP, "--to", "active", "--actor", "Dep")
        act("step", "--zone", "Alpha", "--to", "active", "--actor", "Dep")
        act("step", "--zone", "Alpha", "--team", "Red", "--to", "under_way", "--actor", "Dep")

    return {
        "drafted": drafted,
        "submitted": lambda: act("submit", *SWEEP, "--actor", proposer),
        "coordinated": lambda: act("coordinate", *AUTHORISED, "--actor", "Plan"),
        "ready": ready,
        "released": lambda: act("release", *SWEEP, "--actor", "Gov"),
        "under way": under_way,
    }
