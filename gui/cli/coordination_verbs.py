"""Coordination with other authorities, and support that zones share, on the command line."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from typing import Annotated

import typer

from geo.edit import coordination
from geo.edit import support as supporting
from geo.errors import InputError
from geo.model.command import Authorisation, Coordination, Operation, Zone
from geo.model.entity import LonLat
from geo.model.support import SupportUnit
from geo.model.vocabulary import CoordinationAuthority, CoordinationResult, VehicleKind
from geo.project import Project
from gui.cli import console
from gui.cli.acts import demand_given, done
from gui.cli.lookup import named, site_id_of
from gui.cli.opening import ActorOption, JsonOption, PassphraseOption, PlanArgument, opened

DAY = ["%Y-%m-%d"]
MOMENT = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d"]


@console.verb
def coordinate(
    plan: PlanArgument,
    *,
    operation_name: Annotated[
        str, typer.Option("--operation", help="Name or id of the operation.")
    ] = "",
    authority: Annotated[CoordinationAuthority | None, typer.Option(help="Who is asked.")] = None,
    of: Annotated[str, typer.Option(help="Correct this entry (its id) instead.")] = "",
    asked: Annotated[datetime | None, typer.Option(formats=DAY, help="Day of asking.")] = None,
    due: Annotated[datetime | None, typer.Option(formats=DAY, help="Day it is due.")] = None,
    replied: Annotated[datetime | None, typer.Option(formats=DAY, help="Day of answer.")] = None,
    result: Annotated[CoordinationResult | None, typer.Option(help="What came of it.")] = None,
    reference: Annotated[str, typer.Option(help="Number of the authority's letter.")] = "",
    sites: Annotated[str, typer.Option(help="Prosecutor: codes of sites, with commas.")] = "",
    zone_name: Annotated[str, typer.Option("--zone", help="Prosecutor: the zone.")] = "",
    valid_from: Annotated[
        datetime | None, typer.Option("--from", formats=MOMENT, help="Prosecutor: valid from.")
    ] = None,
    valid_to: Annotated[
        datetime | None, typer.Option("--to", formats=MOMENT, help="Prosecutor: valid until.")
    ] = None,
    hours: Annotated[str, typer.Option(help="Prosecutor: hours of day, e.g. 06:00-18:00.")] = "",
    witnesses: Annotated[int | None, typer.Option(help="Prosecutor: witnesses required.")] = None,
    actor: ActorOption = "",
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Record what was asked of an authority, or its answer; --of corrects an entry.

    An answer to a question of the same authority and scope that is open closes that question.
    """
    with opened(plan, actor=actor, passphrase_file=passphrase_file, acts=True) as project:
        old = _entry(project, of, operation_name, authority)
        told = _authorisation(
            project, old.authorisation, sites, zone_name, hours,
            valid_from=valid_from, valid_to=valid_to, witnesses=witnesses,
        )  # fmt: skip
        new = replace(
            old,
            asked_on=asked.date() if asked else old.asked_on,
            due_on=due.date() if due else old.due_on,
            replied_on=replied.date() if replied else old.replied_on,
            result=result or old.result,
            reference=reference or old.reference,
            authorisation=told,
        )
        answered = None if of else _open_question(project, new)
        if answered is not None:
            new = replace(
                new,
                id=answered.id,
                version=answered.version,
                asked_on=new.asked_on or answered.asked_on,
                due_on=new.due_on or answered.due_on,
                reference=new.reference or answered.reference,
                authorisation=new.authorisation or answered.authorisation,
            )
        corrects = bool(of) or answered is not None
        make = coordination.correct_coordination if corrects else coordination.record_coordination
        done(project.commit(make(project, new)), new.id, as_json=as_json)


@console.verb
def support(
    plan: PlanArgument,
    *,
    name: Annotated[str, typer.Option(help="Its name, or with --of its new name.")] = "",
    of: Annotated[str, typer.Option(help="Change this one instead of adding one.")] = "",
    kind: Annotated[
        VehicleKind | None, typer.Option(help="ambulance or fire_truck; else an ambulance.")
    ] = None,
    at: Annotated[str, typer.Option(help="Where it waits: LON,LAT in degrees.")] = "",
    contact: Annotated[str | None, typer.Option(help="Radio channel or duty telephone.")] = None,
    delete: Annotated[bool, typer.Option("--delete", help="With --of: delete it.")] = False,
    actor: ActorOption = "",
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Add an ambulance or a fire truck that zones share, or change, move or delete one."""
    with opened(plan, actor=actor, passphrase_file=passphrase_file, acts=True) as project:
        if of:
            old = _support_of(project, of)
        else:
            demand_given("--name", name)
            old = SupportUnit(name=name, province_code=project.info.province_code)
        if delete and of:
            edit = supporting.delete_support(project, old.id)
        else:
            new = replace(
                old,
                name=name or old.name,
                kind=kind or old.kind,
                point=_point(at) if at else old.point,
                contact=old.contact if contact is None else contact,
            )
            make = supporting.edit_support if of else supporting.add_support
            edit = make(project, new)
        done(project.commit(edit), old.id, as_json=as_json)


def _entry(
    project: Project, of: str, operation_name: str, authority: CoordinationAuthority | None
) -> Coordination:
    if of:
        found = project.find(Coordination, of)
        if found is None:
            raise InputError("error.coordination.gone")
        return found
    operation = named(project, Operation, demand_given("--operation", operation_name))
    if authority is None:
        raise InputError("error.cli.option_missing", option="--authority")
    return Coordination(operation_id=operation.id, authority=authority)


def _open_question(project: Project, new: Coordination) -> Coordination | None:
    """Return the one question that an answer answers, if one is open."""
    if new.result is CoordinationResult.OPEN:
        return None
    asked = [
        c
        for c in project.all(Coordination)
        if c.result is CoordinationResult.OPEN
        and (c.operation_id, c.authority) == (new.operation_id, new.authority)
        and coordination.scope_of(c) == coordination.scope_of(new)
    ]
    return asked[0] if asked else None


def _authorisation(
    project: Project,
    old: Authorisation | None,
    sites: str,
    zone_name: str,
    hours: str,
    *,
    valid_from: datetime | None,
    valid_to: datetime | None,
    witnesses: int | None,
) -> Authorisation | None:
    if not (sites or zone_name or hours or valid_from or valid_to or witnesses is not None):
        return old
    told = old or Authorisation()
    codes = [code.strip() for code in sites.split(",") if code.strip()]
    ids = tuple(dict.fromkeys(site_id_of(project, code) for code in codes))
    first, last = _hours(hours) if hours else (told.hours_from, told.hours_to)
    return Authorisation(
        site_ids=ids or told.site_ids,
        zone_id=named(project, Zone, zone_name).id if zone_name else told.zone_id,
        valid_from=valid_from or told.valid_from,
        valid_to=valid_to or told.valid_to,
        hours_from=first,
        hours_to=last,
        witnesses=told.witnesses if witnesses is None else witnesses,
    )


def _hours(value: str) -> tuple[time, time]:
    first, _, last = value.partition("-")
    try:
        return time.fromisoformat(first.strip()), time.fromisoformat(last.strip())
    except ValueError:
        raise InputError("error.cli.hours", value=value) from None


def _point(value: str) -> LonLat:
    lon, _, lat = value.partition(",")
    try:
        return LonLat(float(lon), float(lat))
    except ValueError:
        raise InputError("error.cli.point", value=value) from None


def _support_of(project: Project, name: str) -> SupportUnit:
    units = project.all(SupportUnit)
    for unit in units:
        if name in {unit.name, unit.id}:
            return unit
    raise InputError(
        "error.cli.no_such_support", name=name, names=", ".join(u.name for u in units) or "–"
    )
