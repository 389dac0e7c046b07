"""The field form of an assignment, for paper or for a telephone."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from geo.errors import InputError
from geo.model.vocabulary import Grade
from gui.cli import console
from gui.cli.duty_papers import one_assignment, told
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
