"""Checking single rows again after they were corrected, without reading the file again."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from geo.formats.found import Existing, Problem, Repair
from geo.formats.repair import PLACE, Answer, corrected, demand_answer, part_of
from geo.formats.rows import Checked, check
from geo.formats.work import key_of, name_key
from geo.model.entity import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from geo.formats.found import Opened
    from geo.formats.mapping import Mapping as FileMapping
    from geo.formats.raw import RawTable
    from geo.gazetteer import Gazetteer
    from geo.model.codec import Scalar

_KEY = {Kind.SITE: "code", Kind.LICENCE: "number", Kind.ZONE: "name", Kind.TEAM: "name"}


def problem_of(checked: Checked) -> dict[int, Problem]:
    """Return the one problem of each row that is not imported, by the row's position."""
    return {p.position: p for p in (*checked.rejected, *checked.waiting)}


def rechecked(
    checked: Checked,
    answers: Mapping[int, Answer],
    existing: Existing,
    gazetteer: Gazetteer | None = None,
) -> Checked:
    """Return a checked file after some of its rows were answered.

    Args:
        checked: The file before; its good rows stay as they are.
        answers: Position → answer.
        existing: What the plan holds.
        gazetteer: Names and territory; None takes the one that is shipped.

    Raises:
        InputError: An answer is for a field that there is not.
    """
    problems = problem_of(checked)
    answers = {i: a for i, a in answers.items() if i in problems and not a.empty}
    skipped = {i for i, a in answers.items() if a.skip}
    wanted = [i for i in sorted(answers) if i not in skipped]
    existing = replace(
        existing,
        keys=existing.keys | keys_of(checked),
        form_references=existing.form_references | forms_of(checked),
        opened=opened_of(checked, existing.opened),
        province_code=usual_province(checked.columns.get("admin_code", ()))
        or existing.province_code,
    )
    for i in wanted:
        demand_answer(answers[i], problems[i], checked.target)
    raw = part_of(checked.raw, checked.mapping, wanted)
    own = {k: answers[i] for k, i in enumerate(wanted)}
    part = check_part(raw, checked.mapping, own, existing, gazetteer)
    part = moved(part, wanted)
    good = set(part.good)
    mended = [i for i in wanted if i in good]
    told = tuple(_told(problems[i]) for i in mended)
    # What is skipped is left out knowingly: it counts as rejected, and asks nothing any more.
    left_out = tuple(replace(problems[i], ask=False) for i in sorted(skipped))
    gone = set(wanted) | skipped
    rest = replace(
        checked,
        rejected=tuple(p for p in checked.rejected if p.position not in gone) + left_out,
        waiting=tuple(p for p in checked.waiting if p.position not in gone),
        also=tuple(p for p in checked.also if p.position not in gone),
        repairs=(*checked.repairs, *told),
    )
    return joined(rest, part)


def check_part(
    raw: RawTable,
    mapping: FileMapping,
    answers: Mapping[int, Answer],
    existing: Existing,
    gazetteer: Gazetteer | None = None,
) -> Checked:
    """Check a few rows with the answers to them.

    A row whose place was typed is checked by itself: that the others have no coordinate in that
    column is no gap of theirs.
    """
    n = len(raw)
    typed = [i for i in range(n) if i in answers and set(answers[i].values) & set(PLACE)]
    apart = set(typed)
    rest = [i for i in range(n) if i not in apart]
    found: Checked | None = None
    for group in (rest, typed):
        if not group and (group is typed or typed):
            continue
        table, how = corrected(
            part_of(raw, mapping, group),
            mapping,
            {k: answers[i].values for k, i in enumerate(group) if i in answers},
        )
        settled = frozenset(
            (k, code) for k, i in enumerate(group) if i in answers for code in answers[i].accepted
        )
        keys = existing.keys | keys_of(found) if found is not None else existing.keys
        now = replace(existing, settled=settled, keys=keys)
        if found is not None:
            forms, opened = now.form_references | forms_of(found), opened_of(found, now.opened)
            now = replace(now, form_references=forms, opened=opened)
        part = moved(check(table, how, mapping.target, gazetteer, now), group)
        part = replace(part, mapping=mapping, raw=raw)
        found = part if found is None else joined(found, part, rows=n)
    assert found is not None  # noqa: S101 - one of the two groups is always checked
    return found


def joined(first: Checked, second: Checked, *, rows: int = 0) -> Checked:
    """Return two disjoint parts of one file as one."""
    return replace(
        first,
        rows=rows or first.rows,
        good=(*first.good, *second.good),
        columns={name: [*v, *second.columns[name]] for name, v in first.columns.items()},
        rejected=_in_order((*first.rejected, *second.rejected)),
        waiting=_in_order((*first.waiting, *second.waiting)),
        also=(*first.also, *second.also),
        repairs=(*first.repairs, *second.repairs),
    )


def moved(part: Checked, positions: Sequence[int]) -> Checked:
    """Return a part of a file with its rows' positions in the whole."""

    def there(problems: Iterable[Problem]) -> tuple[Problem, ...]:
        return tuple(replace(p, position=positions[p.position]) for p in problems)

    return replace(
        part,
        good=tuple(positions[i] for i in part.good),
        rejected=there(part.rejected),
        waiting=there(part.waiting),
        also=there(part.also),
    )


def keys_of(checked: Checked) -> frozenset[str]:
    """Return by what the good rows of a file are known, as `Existing.keys` has it."""
    columns = checked.columns
    if checked.target is Kind.ALLEGATION and checked.good:
        pairs = zip(columns["reference"], columns["received_on"], strict=True)
        return frozenset(f"{key_of(str(r))}|{d or ''!s}" for r, d in pairs if r)
    name = _KEY.get(checked.target)
    if name is None or not checked.good:
        return frozenset()
    return frozenset(key_of(str(v)) for v in columns[name] if v)


def forms_of(checked: Checked) -> frozenset[str]:
    """Return the forms of the good rows, as `Existing.form_references` has them."""
    return frozenset(key_of(str(v)) for v in checked.columns.get("_reference", ()) if v)


def opened_of(
    checked: Checked, known: Mapping[str, tuple[Opened, ...]]
) -> dict[str, tuple[Opened, ...]]:
    """Return when gates were open, as `Existing.opened` has it, with the good rows of a file."""
    found = dict(known)
    if checked.target is not Kind.CROSSING or not checked.good:
        return found
    names = ("_gate", "name_km", "_since", "_until")
    for gate, name_km, since, until in zip(*(checked.columns[n] for n in names), strict=True):
        other = name_key(str(name_km))
        time = (_day(since), _day(until))
        times = found.get(str(gate)) or found.get(other, ())
        for name in {str(gate), other} - {""}:
            found[name] = (*times, time)
    return found


def _day(value: Scalar) -> date | None:
    return None if value is None else date.fromisoformat(str(value))


def usual_province(codes: Iterable[object]) -> str:
    """Return the province in which most rows are, or empty: a row alone does not tell it."""
    counts = Counter(str(code)[:2] for code in codes if code)
    return counts.most_common(1)[0][0] if counts else ""


def _in_order(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda p: p.position))


def _told(problem: Problem) -> Repair:
    return Repair(
        row=problem.row,
        sheet=problem.sheet,
        field=problem.field,
        value=problem.value,
        code="import.repair.by_hand",
    )
