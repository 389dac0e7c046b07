"""The planner's and commander's acts, one edit each: operation, zone, team, assign, decide."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from geo.catalogue import text
from geo.edit import assign as assigning
from geo.edit import decisions, operations, teams, zones
from geo.edit.edit import Edit
from geo.errors import InputError
from geo.model.command import Operation, Team, Zone
from geo.model.vocabulary import LegalStatus
from gui.cli import console
from gui.cli.lookup import (
    authority_of,
    group_from,
    named,
    period_from,
    period_id_of,
    read_outline,
    read_rulings,
    site_id_of,
    vehicle_from,
)
from gui.cli.opening import ActorOption, JsonOption, PassphraseOption, PlanArgument, opened
from gui.cli.plan_verbs import edit_sentence


@console.verb
def operation(
    plan: PlanArgument,
    *,
    name: Annotated[str, typer.Option(help="Name of the operation.")],
    period: Annotated[
        list[str] | None,
        typer.Option(
            help="NAME=START/END in local time, e.g. 'Day 1=2022-10-20T06:00/2022-10-20T18:00'."
        ),
    ] = None,
    commander: Annotated[str, typer.Option(help="Office of the commander.")] = "",
    actor: ActorOption = "",
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make an operation with its operational periods."""
    with opened(plan, actor=actor, passphrase_file=passphrase_file, acts=True) as project:
        new = Operation(
            name=name,
            province_code=project.info.province_code,
            periods=tuple(period_from(p) for p in period or ()),
            commander=commander,
        )
        _done(project.commit(operations.add_operation(project, new)), new.id, as_json=as_json)


@console.verb
def zone(
    plan: PlanArgument,
    *,
    name: Annotated[str, typer.Option(help="Name of the zone.")],
    geometry: Annotated[
        str,
        typer.Option(help="Polygon as WKT in lon/lat degrees, or a GeoJSON file with one polygon."),
    ],
    operation_name: Annotated[str, typer.Option("--operation", help="Its operation.")] = "",
    priority: Annotated[int, typer.Option(help="1 is first.")] = 1,
    actor: ActorOption = "",
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Draw a zone from a geometry."""
    with opened(plan, actor=actor, passphrase_file=passphrase_file, acts=True) as project:
        found = named(project, Operation, operation_name) if operation_name else None
        edit = zones.draw_zone(
            project,
            read_outline(geometry),
            name,
            operation_id=found.id if found else "",
            priority=priority,
        )
        done = project.commit(edit)
        _done(done, done.deltas[0].ids[0], as_json=as_json)


@console.verb
def team(
    plan: PlanArgument,
    *,
    name: Annotated[str, typer.Option(help="Name of the team.")],
    lead: Annotated[str, typer.Option(help="Office of the deputy governor who leads it.")] = "",
    short_name: Annotated[str, typer.Option(help="A few characters, written into its zones.")] = "",
    group: Annotated[
        list[str] | None,
        typer.Option(
            help="KIND:CHIEF:TASK:MEMBERS, e.g. 'minutes:Chief of minutes:Write the minutes:2'."
        ),
    ] = None,
    vehicle: Annotated[list[str] | None, typer.Option(help="KIND:NAME, e.g. 'car:Car 1'.")] = None,
    contact: Annotated[str, typer.Option(help="Radio channel or duty telephone.")] = "",
    actor: ActorOption = "",
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make a team."""
    with opened(plan, actor=actor, passphrase_file=passphrase_file, acts=True) as project:
        groups = tuple(group_from(g) for g in group or ())
        empty = teams.new_team(name, province_code=project.info.province_code)
        new = Team(
            name=name,
            short_name=short_name,
            lead=lead,
            province_code=empty.province_code,
            groups=groups or empty.groups,
            vehicles=tuple(vehicle_from(v) for v in vehicle or ()),
            contact=contact,
        )
        _done(project.commit(teams.add_team(project, new)), new.id, as_json=as_json)


@console.verb
def assign(
    plan: PlanArgument,
    *,
    zone_name: Annotated[str, typer.Option("--zone", help="Name or id of the zone.")],
    team_name: Annotated[str, typer.Option("--team", help="Name or id of the team.")],
    period: Annotated[
        str, typer.Option(help="Name of an operational period; else all of it.")
    ] = "",
    task: Annotated[list[str] | None, typer.Option(help="A task; may be given again.")] = None,
    actor: ActorOption = "",
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Give a zone a team for a period."""
    with opened(plan, actor=actor, passphrase_file=passphrase_file, acts=True) as project:
        chosen = named(project, Zone, zone_name)
        whom = named(project, Team, team_name)
        period_id = period_id_of(project, chosen, period) if period else ""
        edit = assigning.assign_team(project, chosen.id, whom.id, period_id, tuple(task or ()))
        done = project.commit(edit)
        _done(done, done.deltas[-1].ids[0], as_json=as_json)


@console.verb
def decide(
    plan: PlanArgument,
    *,
    site: Annotated[str, typer.Option(help="Code or id of the site.")] = "",
    to: Annotated[LegalStatus | None, typer.Option(help="The status decided.")] = None,
    reason: Annotated[str, typer.Option(help="The authority's reason.")] = "",
    authority: Annotated[str, typer.Option(help="An authority of the plan's list.")] = "",
    document: Annotated[str, typer.Option(help="Reference of its document.")] = "",
    on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day of it.")] = None,
    file: Annotated[
        Path | None,
        typer.Option(help="CSV of decisions: code, to, reason, authority, document, decided_on."),
    ] = None,
    actor: ActorOption = "",
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Enter an authority's decision on a site's legal status, or a file of decisions."""
    with opened(plan, actor=actor, passphrase_file=passphrase_file, acts=True) as project:
        if file is not None:
            rulings = read_rulings(project, file)
        else:
            if to is None or on is None:
                raise InputError("error.cli.decide_needs")
            rulings = [
                decisions.Ruling(
                    site_id=site_id_of(project, site),
                    to=to,
                    reason=reason,
                    authority_id=authority_of(project, authority),
                    document=document,
                    decided_on=on.date(),
                )
            ]
        done = project.commit(decisions.decide_many(project, rulings))
        _done(done, done.deltas[0].ids[0], as_json=as_json)


def _done(edit: Edit, entity_id: str, *, as_json: bool) -> None:
    if as_json:
        console.emit({"id": entity_id, "edit": edit.id, "what": edit_sentence(edit)})
    else:
        console.say(text("cli.done", console.language(), what=edit_sentence(edit)))
