"""Signed monthly counts: ``return PLAN --month 2022-09 --out F`` and ``combine F…``."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.analysis.scoreboard.wording import unit_name
from geo.catalogue import text
from geo.combining import Combined, Keys, combine, keys_in
from geo.edit.returns import import_returns
from geo.errors import InputError
from geo.formats.writing import write_whole
from geo.gazetteer import Gazetteer
from geo.localise import format_month, format_number
from geo.model.entity import Kind
from geo.model.result import MonthlyReturn
from geo.model.vocabulary import Grade
from geo.return_document import COUNTS, MOST_BYTES, month_of
from geo.returns import GRADE, count_month, file_of, prepare, small_counts
from gui.cli import console
from gui.cli.lookup import read_text
from gui.cli.opening import ActorOption, JsonOption, PassphraseOption, PlanArgument, opened
from layers.export.combined import (
    column_name,
    combined_bytes,
    demand_combined_format,
    month_rows,
    remark_text,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from geo.project import Project

SUFFIX = ".json"


@console.verb
def sign(
    plan: PlanArgument,
    *,
    month: Annotated[str, typer.Option(help="A month that is over, for example 2022-09.")],
    out: Annotated[Path, typer.Option(help="File to write: .json.")],
    province: Annotated[
        str, typer.Option(help="Province, Khmer or English; else that of the plan.")
    ] = "",
    not_reported: Annotated[
        list[str] | None,
        typer.Option("--not-reported", help="A column that is not reported; again for another."),
    ] = None,
    actor: ActorOption = "",
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write a province's counts of a closed month, signed, for the ministry; it is logged.

    Counts only, at the grade restricted. The same counts again give the same file; other counts of
    the same month are a correction with the next number of edition.
    """
    if out.suffix.lower() != SUFFIX:
        raise InputError("error.return.suffix", suffix=out.suffix or "–")
    first = month_of(month.strip())
    with opened(plan, actor=actor, passphrase_file=passphrase_file, acts=True) as project:
        code = Gazetteer.load().province(province).code if province else project.info.province_code
        told = count_month(project, code, first, not_reported or ())
        signing = prepare(project, told, project.signer)
        if signing.edit is not None:
            project.commit(signing.edit)
        one = signing.row
        data = file_of(one)
        sha256 = hashlib.sha256(data).hexdigest()
        write_whole(
            out,
            data,
            before=lambda: project.record(
                "export",
                kind=Kind.RETURN.value,
                grade=GRADE.value,
                month=f"{one.month:%Y-%m}",
                edition=one.edition,
                sha256=sha256,
            ),
        )
    if as_json:
        console.emit(
            {
                "path": str(out),
                "grade": GRADE.value,
                "province": one.province_code,
                "month": f"{one.month:%Y-%m}",
                "edition": one.edition,
                "again": signing.edit is None,
                "counts": {name: getattr(one, name) for name in COUNTS},
                "last_action_on": one.last_action_on,
                "small": list(small_counts(one)),
                "role": one.signer_role,
                "key": one.signer_key,
                "sha256": sha256,
            }
        )
        return
    _tell(one, out, again=signing.edit is None)


def _tell(one: MonthlyReturn, out: Path, *, again: bool) -> None:
    lang = console.language()
    missing = text("scoreboard.not_reported", lang)
    values = [(name, getattr(one, name)) for name in COUNTS]
    console.table(
        [text("returns.head.column", lang), text("returns.head.count", lang)],
        [
            (column_name(name, lang), missing if value is None else format_number(value, lang))
            for name, value in values
        ],
        right=(1,),
    )
    console.say(
        text(
            "returns.written.again" if again else "returns.written",
            lang,
            path=out,
            month=format_month(one.month, lang),
            edition=format_number(one.edition, lang),
            grade=GRADE.value,
        )
    )
    if all(value is None for _, value in values):
        province = unit_name(one.province_code, lang)
        month = format_month(one.month, lang)
        console.say(text("returns.nothing", lang, province=province, month=month))
    if small := small_counts(one):
        columns = ", ".join(column_name(name, lang) for name in small)
        console.say(text("returns.small", lang, columns=columns))


@console.verb
def side_by_side(
    files: Annotated[list[Path], typer.Argument(metavar="F…", help="Returns that came in.")],
    *,
    month: Annotated[str, typer.Option(help="Only this month, for example 2022-09.")] = "",
    keys: Annotated[
        Path | None,
        typer.Option(help='Keys that may sign: JSON, {"18": ["key in hexadecimal"]}.'),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Table to write: .xlsx or .csv.")] = None,
    grade: Annotated[Grade, typer.Option("--grade", help="Of the table; never public.")] = GRADE,
    into: Annotated[
        Path | None, typer.Option(help="A plan that takes the genuine returns in.")
    ] = None,
    actor: ActorOption = "",
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Set the provinces' returns side by side, with "no return" shown; exit 1 if one is refused.

    An altered file and one with an unknown key are refused. The last edition of a month counts; two
    returns that contradict each other count for nothing.
    """
    if grade is Grade.PUBLIC:
        raise InputError("error.return.public")
    if out is not None:
        demand_combined_format(out.suffix.lower())
    provinces = [p.code for p in Gazetteer.load().provinces]
    came = [(f.name, _bytes(f)) for f in files]
    wanted = (month_of(month.strip()),) if month.strip() else ()
    taken = None
    if into is not None:
        with opened(into, actor=actor, passphrase_file=passphrase_file, acts=True) as project:
            made = combine(came, provinces, _keys(keys), keys_in(project.all(MonthlyReturn)))
            taken = _take_in(project, made)
            if out is not None:
                _write(made, wanted or made.months, out, grade, project.record)
    else:
        made = combine(came, provinces, _keys(keys))
        if out is not None:
            # Without a plan there is no chain to log it in; the provinces logged what left them.
            _write(made, wanted or made.months, out, grade, None)
    months = wanted or made.months
    if as_json:
        console.emit(_as_object(made, months, out, grade, taken))
    else:
        _show(made, months, out, taken)
    if any(r.refuses for r in made.remarks):
        raise typer.Exit(console.FOUND)


def _take_in(project: Project, made: Combined) -> int:
    known = project.table(Kind.RETURN)
    new = [one for one in made.genuine if one.id not in known]
    if new:
        project.commit(import_returns(project, new))
    return len(new)


def _write(
    made: Combined,
    months: tuple[date, ...],
    out: Path,
    grade: Grade,
    record: Callable[..., None] | None,
) -> None:
    data = combined_bytes(made, months, out.suffix.lower(), grade, console.language())

    def log() -> None:
        if record is not None:
            sha256 = hashlib.sha256(data).hexdigest()
            kind = Kind.RETURN.value
            record("export", kind=kind, grade=grade.value, rows=len(made.returns), sha256=sha256)

    write_whole(out, data, before=log)


def _bytes(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(MOST_BYTES + 1)
    except OSError:
        raise InputError("error.cli.file_unreadable", file=str(file)) from None


def _keys(file: Path | None) -> Keys | None:
    if file is None:
        return None
    try:
        told = json.loads(read_text(file))
        return {str(p): frozenset(str(k).lower() for k in mine) for p, mine in told.items()}
    except (ValueError, TypeError, AttributeError):
        raise InputError("error.return.keys", file=file.name) from None


def _as_object(
    made: Combined, months: tuple[date, ...], out: Path | None, grade: Grade, taken: int | None
) -> dict[str, object]:
    lang = console.language()
    return {
        "months": [
            {"month": f"{m:%Y-%m}", **month_rows(made, m, lang).as_object()} for m in months
        ],
        "remarks": [
            {
                "what": r.finding.value,
                "refused": r.refuses,
                "file": r.file,
                "province": r.province_code,
                "month": f"{r.month:%Y-%m}" if r.month else None,
                "edition": r.edition or None,
                "text": remark_text(r, lang),
            }
            for r in made.remarks
        ],
        "grade": grade.value,
        "path": str(out) if out is not None else None,
        "taken_in": taken,
    }


def _show(made: Combined, months: tuple[date, ...], out: Path | None, taken: int | None) -> None:
    lang = console.language()
    for month in months:
        rows = month_rows(made, month, lang)
        console.say(rows.title)
        console.table(rows.heads, rows.cells, right=range(1, 1 + len(COUNTS)), whole=True)
        console.say(text("scoreboard.dash.returns", lang))
    if not months:
        console.say(text("returns.none_counts", lang))
    for remark in made.remarks:
        console.say(remark_text(remark, lang))
    if taken is not None:
        console.say(text("returns.taken_in", lang, count=format_number(taken, lang)))
    if out is not None:
        console.say(text("returns.table_written", lang, path=out))
