"""Pictures of commanding an operation: the card, what is missing, who was asked, who stands by."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from tests.pictures.a_map import sites

if TYPE_CHECKING:
    from geo.model.plan import User
    from tests.pilot import Pilot


def card(pilot: Pilot) -> None:
    _operation(pilot)
    _found(pilot)


def readiness(pilot: Pilot) -> None:
    _operation(pilot)
    pilot.bench.drawers.show_page("readiness")
    _found(pilot)
    page = pilot.bench.drawers.page("readiness")
    pilot.wait(lambda: page.states.state == "full", "the readiness")
    page.list.setCurrentCell(1, 0)
    pilot.rest(0.5)
    pilot.settle()


def coordination(pilot: Pilot) -> None:
    _operation(pilot)
    _asked(pilot)
    pilot.bench.drawers.show_page("coordination")
    pilot.rest(0.5)
    pilot.settle()


def authorisation(pilot: Pilot) -> None:
    _operation(pilot)
    pilot.bench.desk.intents.ask("coordination.record")
    pilot.rest(0.8)


def support(pilot: Pilot) -> None:
    from geo.model.command import Zone
    from geo.model.entity import Kind

    _operation(pilot)
    pilot.bench.drawers.show_page("support")
    zone = next(z for z in pilot.project.all(Zone) if z.operation_id == _chosen(pilot))
    pilot.bench.desk.selection.select(Kind.ZONE, [zone.id], zoom=True)
    pilot.rest(0.6)
    pilot.settle()


def release(pilot: Pilot) -> None:
    from geo.edit.operations import submit_operation
    from geo.model.command import Operation
    from geo.model.vocabulary import OperationState, Role

    _operation(pilot)
    operation = pilot.project.get(Operation, _chosen(pilot))
    if operation.state is OperationState.DRAFT:
        pilot.project.commit(submit_operation(pilot.project, operation.id))
    pilot.bench.desk.session.act_as(_user(pilot, Role.GOVERNOR))
    _found(pilot)
    pilot.bench.desk.intents.ask("operation.release", operation.id)
    pilot.rest(1.0)


def editing(pilot: Pilot) -> None:
    _operation(pilot)
    pilot.bench.desk.intents.ask("operation.edit", _chosen(pilot))
    pilot.rest(0.4)


def _operation(pilot: Pilot) -> None:
    """Look at the operation that is still a draft, in Plan."""
    from geo.model.command import Zone
    from geo.model.entity import Kind

    sites(pilot)
    draft = draft_operation(pilot)
    pilot.bench.show_workspace("plan")
    pilot.bench.desk.moment.look_at(draft)
    own = [z.id for z in pilot.project.all(Zone) if z.operation_id == draft]
    pilot.bench.desk.selection.select(Kind.ZONE, own, zoom=True)
    pilot.rest(0.4)
    pilot.bench.desk.selection.clear()
    pilot.rest(0.5)
    pilot.settle()


def draft_operation(pilot: Pilot) -> str:
    """Return the id of an operation that is a draft; the planner takes it back for that."""
    from geo.edit.operations import withdraw_operation
    from geo.model.command import Operation
    from geo.model.vocabulary import OperationState, Role

    pilot.bench.desk.session.act_as(_user(pilot, Role.PLANNER))
    early = (OperationState.DRAFT, OperationState.SUBMITTED)
    found = sorted(
        (o for o in pilot.project.all(Operation) if o.state in early),
        key=lambda o: (o.province_code != "18", o.name),
    )
    if found[0].state is OperationState.SUBMITTED:
        pilot.project.commit(withdraw_operation(pilot.project, found[0].id))
    return found[0].id


def _chosen(pilot: Pilot) -> str:
    return pilot.bench.desk.moment.duty.operation_id


def _user(pilot: Pilot, role: object) -> User:
    return next(u for u in pilot.bench.desk.session.users_here() if u.role is role)


def _found(pilot: Pilot) -> None:
    from gui.acts.operations import OperationActs

    acts = next(a for a in pilot.bench.acts if isinstance(a, OperationActs))
    pilot.wait(lambda: acts.watch.found and not acts.watch.busy, "the readiness")
    pilot.rest(0.5)
    pilot.settle()


def _asked(pilot: Pilot) -> None:
    """Have several authorities been asked, one of whom is late."""
    from geo.clock import today
    from geo.edit.coordination import record_coordination
    from geo.model.command import Authorisation, Coordination, Zone
    from geo.model.entity import new_id
    from geo.model.vocabulary import CoordinationAuthority, CoordinationResult

    if any(c.operation_id == _chosen(pilot) for c in pilot.project.all(Coordination)):
        return
    zone = next(z for z in pilot.project.all(Zone) if z.operation_id == _chosen(pilot))
    day = datetime.combine(today(), time())
    late = Coordination(
        operation_id=zone.operation_id,
        authority=CoordinationAuthority.MINISTRY,
        asked_on=today() - timedelta(days=12),
        due_on=today() - timedelta(days=3),
    )
    given = replace(
        late,
        id=new_id(),
        authority=CoordinationAuthority.COURT_PROSECUTOR,
        replied_on=today() - timedelta(days=2),
        result=CoordinationResult.AGREED,
        reference="P-17/2022 (demo)",
        authorisation=Authorisation(
            zone_id=zone.id,
            valid_from=day,
            valid_to=day + timedelta(days=7),
            hours_from=time(6),
            hours_to=time(18),
            witnesses=2,
        ),
    )
    asked = replace(
        late,
        id=f"{late.id[:-1]}1",
        authority=CoordinationAuthority.AMBULANCE_SERVICE,
        due_on=today() + timedelta(days=2),
    )
    for told in (late, given, asked):
        pilot.project.commit(record_coordination(pilot.project, told))


SCENES = {
    "operation-card": card,
    "operation-edit": editing,
    "readiness": readiness,
    "coordination": coordination,
    "authorisation": authorisation,
    "support": support,
    "release": release,
}
