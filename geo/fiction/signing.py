"""The demonstration's signatures: proposed, coordinated, overridden, released, accepted.

Each act is done by the user whose right it is, with his own key, as in a real command.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from geo.edit.assign import accept, current_assignments
from geo.edit.coordination import record_coordination
from geo.edit.operations import submit_operation
from geo.edit.overrides import override_gap
from geo.edit.support import add_support
from geo.keys import KeyStore
from geo.model.command import Authorisation, Coordination, Team, Zone
from geo.model.entity import LonLat
from geo.model.support import SupportUnit
from geo.model.vocabulary import CoordinationAuthority, CoordinationResult, VehicleKind
from geo.releasing import release, standing_gaps

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from geo.model.command import Operation
    from geo.model.plan import User
    from geo.project import Project

ACCEPTED = 2
"""So many of the first province's teams have accepted their zone."""
_ASKED, _REPLIED = timedelta(days=12), timedelta(days=4)
_HOURS = time(5, 0), time(19, 0)
_REASON = (
    "សាកល្បង៖ អភិបាលសម្រេចបន្តដោយដឹងពីចំណុចខ្វះខាតនេះ / "
    "Demonstration: the governor goes ahead knowing of this gap"
)


@contextmanager
def signed_in(project: Project, user: User) -> Iterator[None]:
    """Let somebody else act, with his own key, and then whoever acted before."""
    before = project.user, project.signer
    project.user, project.signer = user, KeyStore().signer(user.id)
    try:
        yield
    finally:
        project.user, project.signer = before


def add_standing_by(project: Project, province_code: str, operation: Operation) -> None:
    """Let an ambulance and a fire truck stand by in the midst of an operation's zones."""
    zones = [z for z in project.all(Zone) if z.operation_id == operation.id]
    for number, zone in enumerate(zones, start=1):
        at = LonLat(zone.outline.centroid.x, zone.outline.centroid.y)
        for kind, name in (
            (VehicleKind.AMBULANCE, f"រថយន្តសង្គ្រោះសាកល្បង {number} / Demo ambulance {number}"),
            (VehicleKind.FIRE_TRUCK, f"រថយន្តពន្លត់សាកល្បង {number} / Demo fire truck {number}"),
        ):
            unit = SupportUnit(name=name, kind=kind, point=at, province_code=province_code)
            project.commit(add_support(project, unit))


def sign(project: Project, people: dict[str, User], operation: Operation, day: date) -> None:
    """Take an operation from its draft to its release, and let some leaders accept."""
    project.commit(submit_operation(project, operation.id))
    _coordinate(project, operation, day)
    with signed_in(project, people["Governor (demo)"]):
        zones = {z.name: z.id for z in project.all(Zone)}
        for zone_name, what in standing_gaps(project, operation.id):
            zone_id = zones.get(zone_name, "")
            project.commit(override_gap(project, operation.id, zone_id, what, _REASON))
        project.commit(release(project, operation.id))
    for number in range(1, ACCEPTED + 1):
        leader = people[f"Deputy Governor {number} (demo)"]
        with signed_in(project, leader):
            _accept(project, leader)


def _coordinate(project: Project, operation: Operation, day: date) -> None:
    """Enter the ministry's guidance, and the prosecutor's authorisation of each zone."""
    first = min(p.starts for p in operation.periods)
    last = max(p.ends for p in operation.periods)
    ministry, prosecutor = CoordinationAuthority.MINISTRY, CoordinationAuthority.COURT_PROSECUTOR

    def agreed(
        authority: CoordinationAuthority, reference: str, told: Authorisation | None = None
    ) -> None:
        answer = Coordination(
            operation_id=operation.id,
            authority=authority,
            asked_on=day - _ASKED,
            due_on=day,
            replied_on=day - _REPLIED,
            result=CoordinationResult.AGREED,
            reference=reference,
            authorisation=told,
        )
        project.commit(record_coordination(project, answer))

    agreed(ministry, "DEMO-MOI-1")
    zones = [z for z in project.all(Zone) if z.operation_id == operation.id]
    for number, zone in enumerate(zones, start=1):
        told = Authorisation(
            zone_id=zone.id,
            valid_from=datetime.combine(first.date(), time.min),
            valid_to=datetime.combine(last.date() + timedelta(days=1), time.min),
            hours_from=_HOURS[0],
            hours_to=_HOURS[1],
            witnesses=2,
        )
        agreed(prosecutor, f"DEMO-COURT-{number}", told)


def _accept(project: Project, leader: User) -> None:
    mine = {t.id for t in project.all(Team) if t.lead_user_id == leader.id}
    for zone in project.all(Zone):
        for assignment in current_assignments(project, zone.id):
            if assignment.team_id in mine:
                project.commit(accept(project, assignment.id))
