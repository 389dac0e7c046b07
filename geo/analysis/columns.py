"""Columns of the table of allegations as numbers, and which rows are counted for others."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from geo.edit.merging import kept_ids
from geo.model.vocabulary import (
    AllegationKind,
    AllegationStatus,
    Answer,
    Credibility,
    Precision,
    Reliability,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from enum import StrEnum

    from geo.model.table import Table

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
Codes = NDArray[np.int8]
Days = NDArray[np.datetime64]

PRECISIONS: Final = tuple(Precision)
RELIABILITIES: Final = tuple(Reliability)
CREDIBILITIES: Final = tuple(Credibility)
STATUSES: Final = tuple(AllegationStatus)
ANSWERS: Final = tuple(Answer)
KINDS: Final = tuple(AllegationKind)
"""What the codes in the arrays of `Evidence` stand for, in order."""

DIGITS: Final = {Precision.VILLAGE: 8, Precision.COMMUNE: 6, Precision.DISTRICT: 4}
"""How much of its NCDD code a place of a precision is held to."""


def firsts(table: Table, received: Days, status: Codes) -> BoolArray:
    """Return which rows are counted for their group of duplicates: one of each group."""
    own = np.arange(len(table))
    repeats = table["duplicate_of"].astype(bool)
    known = np.fromiter(
        (table.index.get(i, -1) for i in table["duplicate_of"][repeats].tolist()),
        dtype=np.int64,
        count=int(repeats.sum()),
    )
    above = own.copy()
    above[np.flatnonzero(repeats)[known >= 0]] = known[known >= 0]
    least, ends = own.copy(), above == own
    for _ in range(max(len(table), 2).bit_length() + 1):  # each step doubles how far it looks
        least, above = np.minimum(least, least[above]), above[above]
    # Rows that repeat each other in a circle have no first one: the first in the plan counts.
    top = np.where(ends[above], above, least[above])
    # A first one that is not shown is stood for by the earliest of those that name it.
    hidden = np.flatnonzero(repeats)[known < 0]
    if len(hidden):
        absent = table["duplicate_of"][hidden].astype(str)
        day = received[hidden]
        order = np.lexsort((hidden, day, np.isnat(day), absent))
        _, start, group = np.unique(absent[order], return_index=True, return_inverse=True)
        stands = hidden[order][start][group]
        moved = own.copy()
        moved[hidden[order]] = stands
        top = moved[top]
    first = top == own
    # Marked as a duplicate and nobody noted of what: it repeats something, so it is not counted.
    marked = status == STATUSES.index(AllegationStatus.DUPLICATE)
    counted: BoolArray = first & ~(marked & ~repeats)
    return counted


def places(table: Table) -> tuple[FloatArray, FloatArray, NDArray[np.str_], Codes, FloatArray]:
    """Return longitude, latitude, unit, precision and accuracy as `Evidence` describes them."""
    stated = codes(table["precision"], PRECISIONS)
    code = by_value(table["admin_code"], lambda v: str(v or ""), "<U8")
    lon, lat = table["lon"].astype(np.float64), table["lat"].astype(np.float64)
    point = (stated == PRECISIONS.index(Precision.POINT)) & np.isfinite(lon) & np.isfinite(lat)
    length = np.strings.str_len(code) if len(code) else np.zeros(0, dtype=np.int64)
    most = np.full(len(table), 8)
    for level, digits in DIGITS.items():
        most[stated == PRECISIONS.index(level)] = digits
    # What is said to be known by its village and has a commune's code is known by its commune.
    held = np.minimum(length, most) // 2 * 2
    unit = code.copy()
    precision = np.full(len(table), PRECISIONS.index(Precision.UNKNOWN), dtype=np.int8)
    for level, digits in DIGITS.items():
        here = held == digits
        unit[here] = code[here].astype(f"<U{digits}")
        precision[here] = PRECISIONS.index(level)
    unknown = stated == PRECISIONS.index(Precision.UNKNOWN)
    precision[unknown] = PRECISIONS.index(Precision.UNKNOWN)
    precision[point], unit[point] = PRECISIONS.index(Precision.POINT), code[point]
    lon[~point] = lat[~point] = np.nan
    accuracy = table["accuracy_m"].astype(np.float64)
    accuracy[~point] = np.nan
    return lon, lat, unit, precision, accuracy


def to_sites(
    table: Table,
    sites: Table,
    lon: FloatArray,
    lat: FloatArray,
    precision: Codes,
    accuracy: FloatArray,
) -> None:
    """Move what is linked to a site and known by a unit only to the site, in place."""
    kept = kept_ids(sites)
    rows = np.flatnonzero(~np.isfinite(lon) & table["site_id"].astype(bool))
    linked = [kept.get(str(i), str(i)) for i in table["site_id"][rows].tolist()]
    at = np.array([sites.index.get(i, -1) for i in linked], dtype=np.int64)
    rows, at = rows[at >= 0], at[at >= 0]
    exact = (sites["precision"][at] == Precision.POINT.value) & np.isfinite(sites["lon"][at])
    rows, at = rows[exact], at[exact]
    lon[rows], lat[rows] = sites["lon"][at], sites["lat"][at]
    precision[rows] = PRECISIONS.index(Precision.POINT)
    accuracy[rows] = sites["accuracy_m"][at].astype(np.float64)


def codes(column: NDArray[Any], vocabulary: Sequence[StrEnum]) -> Codes:
    """Return each value of a closed vocabulary as its place in it."""
    place = {member.value: number for number, member in enumerate(vocabulary)}
    return by_value(column, lambda v: place[str(v)], np.int8)


def days(column: NDArray[Any]) -> Days:
    """Return ISO days as ``datetime64[D]``, NaT where there is none."""
    return by_value(column, lambda v: np.datetime64(v or "NaT", "D"), "datetime64[D]")


def bits(kinds: object) -> int:
    """Return a JSON list of allegation kinds as one bit for each of `KINDS`."""
    return sum(1 << KINDS.index(AllegationKind(kind)) for kind in json.loads(str(kinds or "[]")))


def by_value(column: NDArray[Any], make: Callable[[Any], Any], dtype: Any) -> NDArray[Any]:  # noqa: ANN401 - as numpy has it
    """Return what follows from each value; asked once per value, not once per row."""
    places: dict[Any, int] = {}
    codes = np.fromiter(
        (places.setdefault(v, len(places)) for v in column.tolist()),
        dtype=np.int64,
        count=len(column),
    )
    answers = np.empty(len(places), dtype=dtype)
    for number, value in enumerate(places):
        answers[number] = make(value)
    return answers[codes]
