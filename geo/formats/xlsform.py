"""The inspection form for a telephone: a workbook that KoboToolbox takes as an XLSForm.

Its questions are named as the import reads them, so that what comes back needs no mapping. Nothing
of the telephone itself is asked for (no device, no user, no position): who went where stands in the
plan.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.catalogue import LANGUAGES, Language, label, text
from geo.model.vocabulary import Answer, Indicator, Violation

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

SURVEY, CHOICES, SETTINGS = "survey", "choices", "settings"
LANGUAGE_NAMES: Final[dict[Language, str]] = {"en": "English (en)", "km": "Khmer (km)"}
INDICATORS: Final = "ilo"
MOST_PEOPLE: Final = 100_000

_SURVEY_COLUMNS: Final = (
    "type",
    "name",
    *(f"label::{LANGUAGE_NAMES[lang]}" for lang in ("en", "km")),
    *(f"hint::{LANGUAGE_NAMES[lang]}" for lang in ("en", "km")),
    "required",
    "appearance",
    "constraint",
    *(f"constraint_message::{LANGUAGE_NAMES[lang]}" for lang in ("en", "km")),
    "default",
    "calculation",
)
_CHOICE_COLUMNS: Final = (
    "list_name",
    "name",
    *(f"label::{LANGUAGE_NAMES[lang]}" for lang in ("en", "km")),
)
_HINTED: Final = frozenset({"people_min", "people_max", INDICATORS, "findings", "evidence"})
_SETTINGS_COLUMNS: Final = ("form_title", "form_id", "version", "default_language", "style")


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSite:
    """A site that may be chosen.

    Attributes:
        key: What comes back: its code, or its id where the code does not tell it apart.
        name: Language → what is read.
    """

    key: str
    name: Mapping[Language, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionForm:
    """What the form is about.

    Attributes:
        assignment_id: Comes back with every visit.
        language: In which it opens first.
        version: Of the form; KoboToolbox tells versions apart by it.
    """

    assignment_id: str
    title: str
    language: Language
    sites: tuple[FormSite, ...]
    version: str


def xlsform_bytes(form: InspectionForm) -> bytes:
    """Return the form as a workbook of the sheets survey, choices and settings."""
    import io

    from openpyxl import Workbook

    book = Workbook()
    survey, choices, settings = (
        book.worksheets[0],
        book.create_sheet(CHOICES),
        book.create_sheet(SETTINGS),
    )
    survey.title = SURVEY
    _fill(survey, _SURVEY_COLUMNS, _survey(form))
    _fill(choices, _CHOICE_COLUMNS, _choices(form))
    _fill(
        settings,
        _SETTINGS_COLUMNS,
        [
            {
                "form_title": form.title,
                "form_id": f"inspection_{form.assignment_id.replace('-', '')}",
                "version": form.version,
                "default_language": LANGUAGE_NAMES[form.language],
                "style": "pages",
            }
        ],
    )
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _words(name: str, worded: Mapping[Language, str]) -> dict[str, str]:
    return {f"{name}::{LANGUAGE_NAMES[lang]}": worded[lang] for lang in LANGUAGES}


def _asked(kind: str, name: str, **more: str) -> dict[str, str]:
    """Return a question, worded in both languages, with its hint if it has one."""
    worded = {lang: text(f"day.ask.{name}", lang) for lang in LANGUAGES}
    row = {"type": kind, "name": name, **_words("label", worded), **more}
    if name in _HINTED:
        row |= _words("hint", {lang: text(f"day.ask.{name}.hint", lang) for lang in LANGUAGES})
    return row


def _survey(form: InspectionForm) -> list[dict[str, str]]:
    ahead = {lang: text("day.ask.ahead", lang) for lang in LANGUAGES}
    range_ = {lang: text("day.ask.range", lang) for lang in LANGUAGES}
    return [
        {"type": "start", "name": "start"},
        {"type": "end", "name": "end"},
        {
            "type": "calculate",
            "name": "assignment",
            "calculation": f"'{form.assignment_id}'",
        },
        _asked("note", "no_names"),
        _asked("select_one site", "site_code", required="yes", appearance="minimal autocomplete"),
        _asked(
            "dateTime",
            "inspected_at",
            required="yes",
            constraint=". <= now()",
            default="now()",
            **_words("constraint_message", ahead),
        ),
        _asked(
            "integer",
            "people_min",
            constraint=f". >= 0 and . <= {MOST_PEOPLE}",
            **_words("constraint_message", range_),
        ),
        _asked(
            "integer",
            "people_max",
            constraint=f". >= 0 and . <= {MOST_PEOPLE}"
            " and (${people_min} = '' or . >= ${people_min})",
            **_words("constraint_message", range_),
        ),
        {**_asked("begin_group", INDICATORS), "appearance": "field-list"},
        *(
            {
                "type": "select_one answer",
                "name": indicator.value,
                "appearance": "horizontal",
                **_words("label", {lang: label(indicator, lang) for lang in LANGUAGES}),
            }
            for indicator in Indicator
        ),
        {"type": "end_group", "name": ""},
        _asked("select_multiple violation", "violations"),
        _asked("text", "findings", appearance="multiline"),
        _asked("text", "evidence", appearance="multiline"),
    ]


def _choices(form: InspectionForm) -> list[dict[str, str]]:
    listed = [
        {
            "list_name": "site",
            "name": site.key,
            # "${…}" would be read as an answer of the form, and there is none of that name.
            **_words("label", {lang: site.name[lang].replace("${", "$ {") for lang in LANGUAGES}),
        }
        for site in form.sites
    ]
    for name, members in (("answer", Answer), ("violation", Violation)):
        listed += [
            {
                "list_name": name,
                "name": member.value,
                **_words("label", {lang: label(member, lang) for lang in LANGUAGES}),
            }
            for member in members
        ]
    return listed


def _fill(sheet: Worksheet, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    """Write rows under their columns; every cell is text, whatever a name begins with."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Font

    for number, row in enumerate((dict(zip(columns, columns, strict=True)), *rows), 1):
        for place, column in enumerate(columns, 1):
            value = row.get(column, "")
            if not value:
                continue
            cell = sheet.cell(number, place, ILLEGAL_CHARACTERS_RE.sub("", value))
            # openpyxl makes a formula of "=…": the type is set again after the value.
            cell.data_type = "s"
            if number == 1:
                cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
