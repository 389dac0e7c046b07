"""Teams on the command line: making and changing one, giving it a zone, accepting."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from geo.edit import assign as assigning
from geo.edit import teams
from geo.errors import InputError
from geo.model.command import Team, Zone, with_group
from geo.model.plan import User
from geo.project import Project
from gui.cli import console
from gui.cli.acts import assignment_of, demand_given, done
from gui.cli.lookup import group_from, named, period_id_of, vehicle_from
from gui.cli.opening import ActorOption, JsonOption, PassphraseOption, PlanArgument, opened

ZoneOption = Annotated[str, typer.Option("--zone", help="Name or id of the zone.")]
PeriodOption = Annotated[
    str, typer.Option(help="Name of an operational period; else the whole operation.")
]


@console.verb
def team(
    plan: PlanArgument,
    *,
    name: Annotated[str, typer.Option(help="Its name, or with --of its new name.")] = "",
    of: Annotated[str, typer.Option(help="Change this team instead of making one.")] = "",
    lead: Annotated[
        str | None, typer.Option(help="Office of the deputy governor who leads it.")
    ] = None,
    leader: Annotated[
        str | None, typer.Option(help="The user who leads it, and alone accepts for it.")
    ] = None,
    short_name: Annotated[
        str | None, typer.Option(help="A few characters, written into its zones.")
    ] = None,
    group: Annotated[
        list[str] | None,
        typer.Option(
            help="KIND:CHIEF:TASK:MEMBERS, e.g. 'minutes:Chief of minutes:Write the minutes:2'."
        ),
    ] = None,
    vehicle: Annotated[list[str] | None, typer.Option(help="KIND:NAME, e.g. 'car:Car 1'.")] = None,
    contact: Annotated[str | None, typer.Option(help="Radio channel or duty telephone.")] = None,
    delete: Annotated[bool, typer.Option("--delete", help="With --of: delete it.")] = False,
    actor: ActorOption = "",
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make a team, or change one; a group that is given takes the place of that of its kind."""
    with opened(plan, actor=actor, passphrase_file=passphrase_file, acts=True) as project:
        groups = tuple(group_from(g) for g in group or ())
        if of:
            old = named(project, Team, of)
        else:
            demand_given("--name", name)
            empty = teams.new_team(name, province_code=project.info.province_code)
            old = replace(empty, groups=() if groups else empty.groups)
        if delete and of:
            done(project.commit(teams.delete_team(project, old.id)), old.id, as_json=as_json)
            return
        new = replace(
            old,
            name=name or old.name,
            lead=old.lead if lead is None else lead,
            lead_user_id=old.lead_user_id if leader is None else _user_id(project, leader),
            short_name=old.short_name if short_name is None else short_name,
            vehicles=tuple(vehicle_from(v) for v in vehicle) if vehicle else old.vehicles,
            contact=old.contact if contact is None else contact,
        )
        for given in groups:
            new = with_group(new, given)
        make = teams.edit_team if of else teams.add_team
        done(project.commit(make(project, new)), new.id, as_json=as_json)


@console.verb
def assign(
    plan: PlanArgument,
    *,
    zone_name: ZoneOption,
    team_name: Annotated[str, typer.Option("--team", help="Name or id of the team.")],
    period: PeriodOption = "",
    task: Annotated[list[str] | None, typer.Option(help="A task; may be given again.")] = None,
    actor: ActorOption = "",
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Give a zone a team for a period; whom it replaces stays on record."""
    with opened(plan, actor=actor, passphrase_file=passphrase_file, acts=True) as project:
        chosen = named(project, Zone, zone_name)
        whom = named(project, Team, team_name)
        period_id = period_id_of(project, chosen, period) if period else ""
        edit = assigning.assign_team(project, chosen.id, whom.id, period_id, tuple(task or ()))
        committed = project.commit(edit)
        done(committed, committed.deltas[-1].ids[0], as_json=as_json)


@console.verb
def unassign(
    plan: PlanArgument,
    *,
    zone_name: ZoneOption,
    period: PeriodOption = "",
    actor: ActorOption = "",
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take a zone's team back; after the release the assignment stays as aborted."""
    with opened(plan, actor=actor, passphrase_file=passphrase_file, acts=True) as project:
        duty = assignment_of(project, named(project, Zone, zone_name), period)
        done(project.commit(assigning.unassign(project, duty.id)), duty.id, as_json=as_json)


@console.verb
def accept(
    plan: PlanArgument,
    *,
    zone_name: ZoneOption,
    period: PeriodOption = "",
    actor: ActorOption = "",
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Accept a zone as the deputy governor who leads its team, once it is released; ends undo."""
    with opened(plan, actor=actor, passphrase_file=passphrase_file, acts=True) as project:
        duty = assignment_of(project, named(project, Zone, zone_name), period)
        done(project.commit(assigning.accept(project, duty.id)), duty.id, as_json=as_json)


def _user_id(project: Project, name: str) -> str:
    if not name:
        return ""
    users = project.all(User)
    for user in users:
        if name.casefold() in {user.name.casefold(), user.id}:
            return user.id
    names = ", ".join(u.name for u in users)
    raise InputError("error.cli.no_such_user", actor=name, users=names)
