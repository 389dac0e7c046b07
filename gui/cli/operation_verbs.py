"""Operations on the command line: making and changing one, and the acts that are signed."""

from __future__ import annotations

from dataclasses import fields, replace
from math import isfinite
from typing import Annotated, TypeVar

import typer

from geo.edit import operations, zone_steps
from geo.edit.aborting import abort_duty
from geo.edit.assign import step_assignment
from geo.edit.overrides import override_gap
from geo.edit.release import release_operation
from geo.errors import InputError
from geo.model.command import Limits, Operation, Team, Zone
from geo.model.gaps import GapCode
from geo.model.vocabulary import AssignmentState, OperationState, ZoneState
from gui.cli import console
from gui.cli.acts import assignment_of, demand_given, demand_one, done
from gui.cli.lookup import named, period_from
from gui.cli.opening import ActorOption, JsonOption, PassphraseOption, PlanArgument, opened

S = TypeVar("S", OperationState, ZoneState, AssignmentState)
OperationOption = Annotated[str, typer.Option("--operation", help="Name or id of the operation.")]


@console.verb
def operation(
    plan: PlanArgument,
    *,
    name: Annotated[str, typer.Option(help="Its name, or with --of its new name.")] = "",
    of: Annotated[str, typer.Option(help="Change this operation instead of making one.")] = "",
    period: Annotated[
        list[str] | None,
        typer.Option(
            help="NAME=START/END in local time, e.g. 'Day 1=2022-10-20T06:00/2022-10-20T18:00'; "
            "with --of it is added, or takes the place of that of the same name."
        ),
    ] = None,
    drop_period: Annotated[
        list[str] | None, typer.Option(help="With --of: name of a period to remove.")
    ] = None,
    commander: Annotated[str | None, typer.Option(help="Office of the commander.")] = None,
    guidance: Annotated[str | None, typer.Option(help="The ministry's guidance.")] = None,
    limit: Annotated[
        list[str] | None,
        typer.Option(help=f"NAME=NUMBER; {', '.join(f.name for f in fields(Limits))}."),
    ] = None,
    actor: ActorOption = "",
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make an operation with its operational periods, or change one."""
    with opened(plan, actor=actor, passphrase_file=passphrase_file, acts=True) as project:
        if of:
            old = named(project, Operation, of)
        else:
            demand_given("--name", name)
            old = Operation(name=name, province_code=project.info.province_code)
        given = [period_from(p) for p in period or ()]
        ids = {p.name: p.id for p in old.periods}
        given = [replace(p, id=ids.get(p.name, p.id)) for p in given]
        for dropped in drop_period or ():
            if dropped not in ids:
                names = ", ".join(ids) or "–"
                raise InputError("error.cli.no_such_period", name=dropped, names=names)
        put = {p.name: p for p in given}
        if len(put) < len(given):
            raise InputError("error.operation.period_twice", name=name or old.name)
        kept = tuple(
            put.pop(p.name, p) for p in old.periods if p.name not in set(drop_period or ())
        )
        new = replace(
            old,
            name=name or old.name,
            periods=(*kept, *put.values()),
            commander=old.commander if commander is None else commander,
            ministry_guidance=old.ministry_guidance if guidance is None else guidance,
            limits=_limits(old.limits, limit or ()),
        )
        make = operations.edit_operation if of else operations.add_operation
        done(project.commit(make(project, new)), new.id, as_json=as_json)


@console.verb
def submit(
    plan: PlanArgument,
    *,
    operation_name: OperationOption,
    actor: ActorOption = "",
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Propose an operation with its zones to the governor; nobody changes it from then on."""
    with opened(plan, actor=actor, passphrase_file=passphrase_file, acts=True) as project:
        found = named(project, Operation, operation_name)
        edit = project.commit(operations.submit_operation(project, found.id))
        done(edit, found.id, as_json=as_json)


@console.verb
def withdraw(
    plan: PlanArgument,
    *,
    operation_name: OperationOption,
    actor: ActorOption = "",
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take a proposal back, as who proposed it: the operation is a draft again."""
    with opened(plan, actor=actor, passphrase_file=passphrase_file, acts=True) as project:
        found = named(project, Operation, operation_name)
        edit = project.commit(operations.withdraw_operation(project, found.id))
        done(edit, found.id, as_json=as_json)


@console.verb
def release(
    plan: PlanArgument,
    *,
    operation_name: OperationOption,
    actor: ActorOption = "",
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Release an operation, as a governor who neither made nor proposed it; ends undo."""
    with opened(plan, actor=actor, passphrase_file=passphrase_file, acts=True) as project:
        found = named(project, Operation, operation_name)
        done(project.commit(release_operation(project, found.id)), found.id, as_json=as_json)


@console.verb
def override(
    plan: PlanArgument,
    *,
    operation_name: OperationOption,
    what: Annotated[
        str, typer.Option(help="Code of the gap, as `readiness --json` names it, e.g. no_team.")
    ],
    reason: Annotated[str, typer.Option(help="Why; it stays for ever, under your name.")],
    zone_name: Annotated[
        str, typer.Option("--zone", help="Name or id of the zone; else the whole operation.")
    ] = "",
    actor: ActorOption = "",
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Go ahead in spite of a gap, as a governor; never of the prosecutor's authorisation."""
    with opened(plan, actor=actor, passphrase_file=passphrase_file, acts=True) as project:
        found = named(project, Operation, operation_name)
        zone_id = named(project, Zone, zone_name).id if zone_name else ""
        short = {code.value.rsplit(".", 1)[-1]: code.value for code in GapCode}
        edit = override_gap(project, found.id, zone_id, short.get(what, what), reason)
        committed = project.commit(edit)
        done(committed, committed.deltas[0].ids[0], as_json=as_json)


@console.verb
def step(
    plan: PlanArgument,
    *,
    to: Annotated[str, typer.Option(help="The next state, e.g. active.")],
    operation_name: Annotated[
        str, typer.Option("--operation", help="Step this operation; name or id.")
    ] = "",
    zone_name: Annotated[
        str, typer.Option("--zone", help="Step this zone; with --team, that team's assignment.")
    ] = "",
    team_name: Annotated[
        str, typer.Option("--team", help="With --zone: step the assignment of this team.")
    ] = "",
    period: Annotated[str, typer.Option(help="With --team: the assignment's period.")] = "",
    reason: Annotated[
        str, typer.Option(help="With --team and --to aborted: why; it stands in the log.")
    ] = "",
    actor: ActorOption = "",
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take an operation, a zone, or a team's assignment in a zone to its next state."""
    with opened(plan, actor=actor, passphrase_file=passphrase_file, acts=True) as project:
        demand_one({"--operation": bool(operation_name), "--zone": bool(zone_name)})
        if operation_name:
            found = named(project, Operation, operation_name)
            edit = operations.step_operation(project, found.id, _state(OperationState, to))
            entity_id = found.id
        elif team_name:
            zone = named(project, Zone, zone_name)
            team = named(project, Team, team_name)
            duty = assignment_of(project, zone, period, team.id)
            state = _state(AssignmentState, to)
            if reason and state is AssignmentState.ABORTED:
                edit = abort_duty(project, duty.id, reason)
            else:
                edit = step_assignment(project, duty.id, state)
            entity_id = duty.id
        else:
            zone = named(project, Zone, zone_name)
            edit, entity_id = zone_steps.step_zone(project, zone.id, _state(ZoneState, to)), zone.id
        done(project.commit(edit), entity_id, as_json=as_json)


def _state(states: type[S], value: str) -> S:
    try:
        return states(value)
    except ValueError:
        raise InputError("error.cli.state", value=value, states=", ".join(states)) from None


def _limits(old: Limits, given: list[str] | tuple[()]) -> Limits:
    found: dict[str, float] = {}
    names = {f.name for f in fields(Limits)}
    for item in given:
        name, _, value = item.partition("=")
        try:
            number = float(value)
        except ValueError:
            number = -1.0
        if name not in names or number < 0 or not isfinite(number):
            raise InputError("error.cli.limit", value=item, names=", ".join(sorted(names)))
        found[name] = number if name == "speed_kmh" else int(number)
    return replace(old, **found)  # type: ignore[arg-type]
