"""The day of an assignment: its field form, its checklist, and the log of its operation."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from geo.edit import checklist, day_log
from geo.errors import InputError
from geo.model.command import Operation, Zone
from geo.model.vocabulary import Grade, GroupKind, LogCode
from gui.cli import console
from gui.cli.acts import done
from gui.cli.coordination_verbs import MOMENT
from gui.cli.duty_papers import one_assignment, told
from gui.cli.lookup import named, site_id_of
from gui.cli.opening import ActorOption, JsonOption, PassphraseOption, PlanArgument, opened
from gui.cli.output_verbs import GradeOption, LangOption, language_from, offscreen

_FORMS = (".pdf", ".xlsx")


@console.verb
def form(
    plan: PlanArgument,
    *,
    out: Annotated[Path, typer.Option(help=".pdf to print, or .xlsx for KoboToolbox.")],
    assignment: Annotated[str, typer.Option(help="Id of the assignment.")] = "",
    zone: Annotated[str, typer.Option(help="Its zone, by name or id.")] = "",
    team: Annotated[str, typer.Option(help="Its team, by name or id.")] = "",
    period: Annotated[str, typer.Option(help="Its operational period.")] = "",
    grade: GradeOption = Grade.COMMAND,
    lang: LangOption = "en",
    actor: ActorOption = "",
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write the inspection form of an assignment, a page for each site of its zone; it is logged.

    What was filled in on a telephone comes back by `import --as inspections`.
    """
    language = language_from(lang)
    suffix = out.suffix.lower()
    if suffix not in _FORMS:
        raise InputError("error.cli.form_suffix", suffix=suffix or "–")
    from layers.export.field_form import field_form, telephone_form

    with opened(plan, actor=actor, passphrase_file=passphrase_file, acts=True) as project:
        duty = one_assignment(project, assignment, zone, team, period)
        paper = field_form(project, duty.id, language, grade=grade)
        from gui.print.copies import save_paper

        if suffix == ".pdf":
            offscreen()
            from gui.print.form_pages import form_pdf

            data, pages = form_pdf(paper)
        else:
            from geo.formats.xlsform import xlsform_bytes

            data, pages = xlsform_bytes(telephone_form(paper)), 1
        copy = save_paper(paper.report, out, data, pages, record=project.record)
    told(copy, as_json=as_json)


@console.verb
def tick(
    plan: PlanArgument,
    *,
    group: Annotated[GroupKind, typer.Option(help="The group whose item it is.")],
    item: Annotated[str, typer.Option(help="Code of the item, e.g. people_safe.")],
    assignment: Annotated[str, typer.Option(help="Id of the assignment.")] = "",
    zone: Annotated[str, typer.Option(help="Its zone, by name or id.")] = "",
    team: Annotated[str, typer.Option(help="Its team, by name or id.")] = "",
    period: Annotated[str, typer.Option(help="Its operational period.")] = "",
    back: Annotated[bool, typer.Option("--back", help="Take the tick back.")] = False,
    actor: ActorOption = "",
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Tick an item of a group's checklist off, with time and user, or take the tick back."""
    with opened(plan, actor=actor, passphrase_file=passphrase_file, acts=True) as project:
        duty = one_assignment(project, assignment, zone, team, period)
        _demand_item(group, item)
        edit = checklist.tick(project, duty.id, group, item, done=not back)
        done(project.commit(edit), duty.id, as_json=as_json)


@console.verb
def log(
    plan: PlanArgument,
    *,
    operation_name: Annotated[str, typer.Option("--operation", help="Name or id.")],
    words: Annotated[str, typer.Option(help="What happened; never a name.")] = "",
    code: Annotated[LogCode | None, typer.Option(help="What happened, by its code.")] = None,
    at: Annotated[
        datetime | None, typer.Option(formats=MOMENT, help="When, in local time; else now.")
    ] = None,
    zone_name: Annotated[str, typer.Option("--zone", help="Where, by name or id.")] = "",
    assignment: Annotated[str, typer.Option(help="Of which assignment; its id.")] = "",
    site: Annotated[str, typer.Option(help="At which site; its code or id.")] = "",
    actor: ActorOption = "",
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write a line into the log of the day; it is never changed, only followed by another."""
    with opened(plan, actor=actor, passphrase_file=passphrase_file, acts=True) as project:
        edit = day_log.write_log(
            project,
            named(project, Operation, operation_name).id,
            words,
            code=code.value if code else "",
            at=at,
            zone_id=named(project, Zone, zone_name).id if zone_name else "",
            assignment_id=assignment,
            site_id=site_id_of(project, site) if site else "",
        )
        committed = project.commit(edit)
        done(committed, str(committed.deltas[0].ids[0]), as_json=as_json)


def _demand_item(group: GroupKind, item: str) -> None:
    items = checklist.CHECKLIST.get(group, ())
    if item not in items:
        raise InputError("error.cli.item", value=item, names=", ".join(items))
