"""The inspection form of an assignment: a page for each site, on paper or on a telephone.

Both ask the same, so that they come back the same way; neither asks for a name, because nobody is
put in danger by a form.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.catalogue import text
from geo.errors import InputError
from geo.formats.xlsform import FormSite, InspectionForm
from geo.localise import latin_digits
from geo.model.vocabulary import Grade
from layers.export.duties import DutyPaper, duty_paper

if TYPE_CHECKING:
    from datetime import datetime

    from geo.catalogue import Language
    from geo.project import Project


def field_form(
    project: Project,
    assignment_id: str,
    language: Language,
    *,
    grade: Grade = Grade.COMMAND,
    at: datetime | None = None,
) -> DutyPaper:
    """Return what the form of an assignment says.

    Raises:
        InputError: Another grade than command, the assignment is gone, or its zone holds no site
            with a known place.
    """
    if grade is not Grade.COMMAND:
        raise InputError("grade.error.sheet_command_only")
    paper = duty_paper(project, assignment_id, language, paper="form", at=at)
    if not paper.sites:
        raise InputError("error.day.no_sites", zone=paper.zone.name)
    return paper


def form_number(paper: DutyPaper, page: int) -> str:
    """Return the number of a page of a paper form: no two forms of a plan have the same.

    In Latin digits, whatever the language, since it is typed when the form comes back.
    """
    return f"{latin_digits(paper.report.title.number).split()[-1]}-{page:02d}"


def telephone_form(paper: DutyPaper) -> InspectionForm:
    """Return the same form for KoboToolbox."""
    sites = tuple(
        FormSite(
            key=site.key,
            name={"en": _title(site.code, site.name_en), "km": _title(site.code, site.name_km)},
        )
        for site in paper.sites
    )
    titles = f"{paper.zone.name} · {paper.team.name}"
    return InspectionForm(
        assignment_id=paper.duty.id,
        title=f"{text('day.title.form', paper.language)}: {titles}",
        language=paper.language,
        sites=sites,
        version=f"{paper.copy}",
    )


def _title(code: str, name: str) -> str:
    return f"{code} · {name}" if code and name != code else name
