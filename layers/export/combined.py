"""Provinces' returns side by side as a table: for the terminal, and as XLSX or CSV.

The table is made of returns that left their provinces at the grade *restricted* and keeps it.
Provinces without a return stand in it with "no return" in every column; sums say of how many
provinces they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.analysis.scoreboard.wording import unit_name
from geo.catalogue import label, text
from geo.errors import InputError
from geo.formats.writing import Sheet, csv_bytes, xlsx_bytes
from geo.gazetteer import Gazetteer
from geo.localise import digits, format_month, format_number
from geo.model.entity import Kind
from geo.model.result import MonthlyReturn
from geo.model.vocabulary import Role
from geo.privacy.grades import ROW_RULES, rule
from geo.return_document import COUNTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from geo.catalogue import Language
    from geo.combining import Combined, Remark
    from geo.formats.writing import Cell
    from geo.model.vocabulary import Grade

FORMATS: Final = (".csv", ".xlsx")
NOT_KNOWN: Final = "–"
_KEY: Final = 12
"""Signs of a public key that are shown: enough to tell two apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthRows:
    """All provinces in one month.

    Attributes:
        title: The month, and how many provinces have a return.
        heads: Of the columns: province, counts, edition, role and key of who signed.
        cells: In words, a row for each province, the sums, and of how many provinces those are.
        provinces: Code, name and return of each, None where there is none.
        totals: Column → sum of what is reported and of how many provinces; None where none did.
    """

    title: str
    heads: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    provinces: tuple[tuple[str, str, MonthlyReturn | None], ...]
    totals: dict[str, tuple[int, int] | None]

    def as_object(self) -> dict[str, object]:
        """Return what ``--json`` prints of a month."""
        return {
            "provinces": [
                {
                    "code": code,
                    "name": name,
                    "state": "no_return" if one is None else "return",
                    **{c: getattr(one, c) if one else None for c in COUNTS},
                    "last_action_on": one.last_action_on if one else None,
                    "edition": one.edition if one else None,
                    "role": one.signer_role if one else None,
                    "key": one.signer_key if one else None,
                }
                for code, name, one in self.provinces
            ],
            "no_return": [code for code, _, one in self.provinces if one is None],
            "total": {
                c: {"sum": total[0], "provinces": total[1]} if total else None
                for c, total in self.totals.items()
            },
        }


def column_name(name: str, language: Language) -> str:
    """Return the heading of a column of a return."""
    return text(f"returns.column.{name}", language)


def remark_text(remark: Remark, language: Language) -> str:
    """Return what was found of a file, why it matters and what to do."""
    province = unit_name(remark.province_code, language) if remark.province_code else "–"
    return text(
        f"returns.finding.{remark.finding.value}",
        language,
        file=remark.file or "–",
        province=province,
        month=format_month(remark.month, language) if remark.month else "–",
        edition=format_number(remark.edition, language),
    )


def month_rows(made: Combined, month: date, language: Language) -> MonthRows:
    """Set the provinces side by side in a month."""
    returns = made.of(month)
    units = [(p.code, unit_name(p.code, language)) for p in Gazetteer.load().provinces]
    provinces = tuple((code, name, returns.get(code)) for code, name in units)
    totals = {c: _total(returns.values(), c) for c in COUNTS}
    return MonthRows(
        title=text(
            "returns.title",
            language,
            month=format_month(month, language),
            count=format_number(len(returns), language),
            of=format_number(len(provinces), language),
        ),
        heads=_heads(language),
        cells=(
            *(_cells(name, one, language) for _, name, one in provinces),
            *_sums(totals, language),
        ),
        provinces=provinces,
        totals=totals,
    )


def demand_combined_format(suffix: str) -> None:
    """Refuse a file that this table is not written as.

    Raises:
        InputError: It is neither .csv nor .xlsx.
    """
    if suffix not in FORMATS:
        raise InputError("error.return.table_suffix", suffix=suffix or "–")


def combined_bytes(
    made: Combined, months: Sequence[date], suffix: str, grade: Grade, language: Language
) -> bytes:
    """Return the table as a file: a row for each province and month.

    Raises:
        InputError: The grade does not let a column leave, or the file is of no known format.
    """
    demand_combined_format(suffix)
    keys = ("month", "province_code", "province", *COUNTS, "edition", "signer_role", "signer_key")
    for key in keys:
        if key != "province" and rule(Kind.RETURN, key, grade) not in ROW_RULES:
            raise InputError("error.return.grade", grade=grade.value)
    rows = [
        (f"{m:%Y-%m}", code, name, *_values(one, language))
        for m in months
        for code, name, one in month_rows(made, m, language).provinces
    ]
    sheet = Sheet(
        name="returns",
        about=_about(made, grade, language),
        keys=keys,
        heads=(
            text("returns.head.month", language),
            text("returns.head.code", language),
            *_heads(language),
        ),
        rows=rows,
    )
    return csv_bytes(sheet) if suffix == FORMATS[0] else xlsx_bytes(sheet)


def _about(made: Combined, grade: Grade, language: Language) -> list[str]:
    lines = [
        text("returns.about.grade", language, grade=label(grade, language)),
        text("scoreboard.note.absent.returns", language),
        text("returns.about.small", language),
    ]
    return [*lines, *(remark_text(r, language) for r in made.remarks)]


def _heads(language: Language) -> tuple[str, ...]:
    return (
        text("returns.head.province", language),
        *(column_name(c, language) for c in COUNTS),
        text("returns.head.edition", language),
        text("returns.head.role", language),
        text("returns.head.key", language),
    )


def _values(one: MonthlyReturn | None, language: Language) -> tuple[Cell, ...]:
    """Return the cells of a file: numbers stay numbers."""
    if one is None:
        return (*(text("scoreboard.no_return", language) for _ in COUNTS), None, None, None)
    missing = text("scoreboard.not_reported", language)
    counts = (getattr(one, c) for c in COUNTS)
    cells = (missing if n is None else n for n in counts)
    return (*cells, one.edition, label(Role(one.signer_role), language), one.signer_key)


def _cells(name: str, one: MonthlyReturn | None, language: Language) -> tuple[str, ...]:
    """Return a row for a terminal, where words would not fit into every cell."""
    if one is None:
        missing = text("scoreboard.no_return", language)
        return (name, *(NOT_KNOWN for _ in COUNTS), missing, "", "")
    counts = (getattr(one, c) for c in COUNTS)
    numbers = (NOT_KNOWN if n is None else format_number(n, language) for n in counts)
    role = label(Role(one.signer_role), language)
    return (name, *numbers, digits(str(one.edition), language), role, one.signer_key[:_KEY])


def _sums(
    totals: dict[str, tuple[int, int] | None], language: Language
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the sums, and of how many provinces each is."""
    sums = (NOT_KNOWN if t is None else format_number(t[0], language) for t in totals.values())
    of = (format_number(t[1] if t else 0, language) for t in totals.values())
    return (
        (text("returns.total", language), *sums, "", "", ""),
        (text("returns.total.of", language), *of, "", "", ""),
    )


def _total(returns: Iterable[MonthlyReturn], column: str) -> tuple[int, int] | None:
    told = [n for one in returns if (n := getattr(one, column)) is not None]
    return (sum(told), len(told)) if told else None
