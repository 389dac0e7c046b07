"""The tables of a report: what is counted, at any grade, only from what that grade lets pass."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from geo.catalogue import Language, catalogue, label, text
from geo.localise import digits, format_number
from geo.model.entity import Kind
from geo.model.place import BorderCrossing
from geo.model.vocabulary import (
    AllegationKind,
    AllegationStatus,
    Answer,
    Credibility,
    CrossingClass,
    LegalStatus,
    Precision,
    Reliability,
    SiteKind,
)
from geo.privacy.release import tally
from layers.export.content import Cell, Column, ReportTable
from layers.lens import ANNULLED

if TYPE_CHECKING:
    from datetime import date
    from enum import StrEnum

    from geo.model.table import Table
    from geo.model.vocabulary import Grade
    from geo.privacy.scope import Scope
    from geo.project import Project

V = TypeVar("V", bound="StrEnum")

_CLASS_ORDER = tuple(CrossingClass)


def sites_table(released: Project, language: Language) -> ReportTable:
    """Count the sites that may leave by kind and legal status."""
    sites = released.table(Kind.SITE)
    found = Counter(zip(sites["kind"], sites["legal_status"], strict=True))
    statuses = [s for s in LegalStatus if any(key[1] == s for key in found)]
    kinds = [k for k in SiteKind if any(key[0] == k for key in found)]
    rows: list[tuple[Cell, ...]] = []
    for kind in kinds:
        counts = [found[kind.value, status.value] for status in statuses]
        rows.append((label(kind, language), *counts, sum(counts)))
    by_status = [sum(found[kind.value, status.value] for kind in kinds) for status in statuses]
    unplaced = sum(1 for p in sites["precision"] if p != Precision.POINT)
    return ReportTable(
        name="sites",
        title=text("report.table.sites", language),
        columns=(
            Column(text("report.column.site_kind", language)),
            *(Column(head(status, language), numeric=True) for status in statuses),
            Column(text("report.column.total", language), numeric=True),
        ),
        rows=tuple(rows),
        total=(text("report.column.total", language), *by_status, len(sites)),
        note=" ".join(_site_notes(sites, unplaced, language)),
    )


def _site_notes(sites: Table, unplaced: int, language: Language) -> list[str]:
    notes = []
    if unplaced:
        notes.append(text("report.note.unplaced", language, n=format_number(unplaced, language)))
    gone = int(np.sum(sites.columns.get(ANNULLED, 0)))
    if gone:
        notes.append(text("report.past.annulled", language, n=format_number(gone, language)))
    return notes


def allegation_tables(
    project: Project, grade: Grade, scope: Scope, language: Language
) -> tuple[ReportTable, ...]:
    """Count allegations by kind with their precision, and by grade; duplicates are not counted."""
    by_kind = tally(
        project, Kind.ALLEGATION, ("kinds", "precision", "held_now", "status"), grade, scope
    )
    by_grade = tally(
        project, Kind.ALLEGATION, ("reliability", "credibility", "status"), grade, scope
    )
    if by_kind is None or by_grade is None:
        return ()
    return _by_kind(by_kind, language), _by_grade(by_grade, language)


def _by_kind(found: dict[tuple[Any, ...], int], language: Language) -> ReportTable:
    n: Counter[tuple[str, str]] = Counter()
    total: Counter[str] = Counter()
    duplicates = 0
    for (kinds, precision, held_now, status), count in found.items():
        if status == AllegationStatus.DUPLICATE:
            duplicates += count
            continue
        names = json.loads(kinds or "[]") or [""]
        marks = ["", str(precision), *(["held"] if held_now == Answer.YES else [])]
        for mark in marks:
            total[mark] += count
            for name in set(names):
                n[name, mark] += count
    marks = ["", *(p.value for p in Precision if total[p.value]), "held"]
    heads = {"": text("report.column.n", language), "held": text("report.column.held", language)}
    heads |= {p.value: head(p, language) for p in Precision}
    present = [k for k in AllegationKind if n[k.value, ""]]
    rows: list[tuple[Cell, ...]] = [
        (label(kind, language), *(n[kind.value, mark] for mark in marks)) for kind in present
    ]
    if n["", ""]:
        rows.append((text("report.row.no_kind", language), *(n["", mark] for mark in marks)))
    notes = [text("report.note.several_kinds", language)]
    if duplicates:
        notes.append(
            text("report.note.duplicates", language, n=format_number(duplicates, language))
        )
    return ReportTable(
        name="allegation_kinds",
        title=text("report.table.allegation_kinds", language),
        columns=(
            Column(text("report.column.allegation_kind", language)),
            *(Column(heads[mark], numeric=True) for mark in marks),
        ),
        rows=tuple(rows),
        total=(text("report.row.allegations", language), *(total[mark] for mark in marks)),
        before=text("report.not_a_verdict", language),
        note=" ".join(notes),
    )


def _by_grade(found: dict[tuple[Any, ...], int], language: Language) -> ReportTable:
    n: Counter[tuple[str, str]] = Counter()
    for (reliability, credibility, status), count in found.items():
        if status != AllegationStatus.DUPLICATE:
            n[str(reliability), str(credibility)] += count
    rows: list[tuple[Cell, ...]] = []
    for r in Reliability:
        counts = [n[r.value, c.value] for c in Credibility]
        rows.append((label(r, language), *counts, sum(counts)))
    sums = [sum(n[r.value, c.value] for r in Reliability) for c in Credibility]
    return ReportTable(
        name="allegation_grades",
        title=text("report.table.allegation_grades", language),
        columns=(
            Column(text("report.column.reliability", language)),
            *(Column(digits(c.value, language), numeric=True) for c in Credibility),
            Column(text("report.column.total", language), numeric=True),
        ),
        rows=tuple(rows),
        total=(text("report.column.total", language), *sums, sum(n.values())),
        before=text("report.not_a_verdict", language),
        note=" ".join(
            (
                f"{' · '.join(label(c, language) for c in Credibility)}.",
                text("report.note.neutral_grades", language),
            )
        ),
    )


def crossings_table(released: Project, day: date, language: Language) -> ReportTable | None:
    """List the border crossings with their state on a day, or return None if there are none."""
    crossings = sorted(
        released.all(BorderCrossing),
        key=lambda c: (c.neighbour, _CLASS_ORDER.index(c.crossing_class), c.name_en),
    )
    if not crossings:
        return None
    states = {True: "open", False: "closed", None: "unknown"}
    return ReportTable(
        name="crossings",
        title=text("report.table.crossings", language),
        columns=(
            Column(text("report.column.crossing", language)),
            Column(text("report.column.neighbour", language)),
            Column(text("report.column.class", language)),
            Column(text("report.column.state", language)),
            Column(text("report.column.position", language)),
        ),
        rows=tuple(
            (
                named(crossing.name_km, crossing.name_en, language),
                ": ".join(filter(None, (label(crossing.neighbour, language), crossing.opposite))),
                label(crossing.crossing_class, language),
                text(f"report.crossing.{states[crossing.open_on(day)]}", language),
                text(
                    "report.position.approximate"
                    if crossing.approximate
                    else "report.position.exact",
                    language,
                ),
            )
            for crossing in crossings
        ),
        note=text("report.note.crossings", language),
    )


def head(value: StrEnum, language: Language) -> str:
    """Return a value's name as the head of a narrow column: a short one where there is any."""
    code = f"report.head.{type(value).__name__}.{value.value}"
    return text(code, language) if code in catalogue() else label(value, language)


def named(name_km: str, name_en: str, language: Language) -> str:
    """Return a thing's name in the language, or in the other one where it has none."""
    return (name_km or name_en) if language == "km" else (name_en or name_km)
