"""Filters of single fields: some values, a range, a part of the text, or whether there is one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gui.models.column import Form
from gui.models.facet import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from gui.models.facet import Facet


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldFilter:
    """What rows must have in one column; what is not set does not matter.

    Attributes:
        values: One of these.
        part: This text somewhere in theirs.
        low: At least this number, or this day as ISO text.
        high: At most this.
        filled: True wants a value, False wants none.
    """

    values: frozenset[object] | None = None
    part: str = ""
    low: float | str | None = None
    high: float | str | None = None
    filled: bool | None = None

    def __bool__(self) -> bool:
        """Tell whether it narrows anything."""
        return self != FieldFilter()


def mask_of(facet: Facet, wanted: FieldFilter) -> Iterator[NDArray[np.bool_] | None]:
    """Yield None for every step, and last which rows of a column a filter lets through."""
    mask = np.ones(len(facet), dtype=bool)
    if wanted.filled is not None:
        mask &= facet.empty() != wanted.filled
    if wanted.values is not None:
        values = wanted.values
        some = np.fromiter(
            (any(part in values for part in facet.parts(w)) for w in facet.words),
            bool,
            len(facet.words),
        )
        mask &= some[facet.codes] if len(some) else False
    if wanted.low is not None or wanted.high is not None:
        mask &= _between(facet, wanted)
    if wanted.part:
        for _ in facet.wording():
            yield None
        mask &= facet.matching(folded(wanted.part))
    yield mask


def _between(facet: Facet, wanted: FieldFilter) -> NDArray[np.bool_]:
    low, high = wanted.low, wanted.high
    if facet.spec.form is Form.DATE:
        first, last = str(low or ""), str(high or "9999")
        within = np.fromiter(
            (bool(w) and first <= str(w) <= last for w in facet.words), bool, len(facet.words)
        )
        found: NDArray[np.bool_] = within[facet.codes]
        return found
    numbers = facet.numbers if facet.numbers is not None else np.full(len(facet), np.nan)
    found = ~np.isnan(numbers)
    if low is not None:
        found &= numbers >= float(low)
    if high is not None:
        found &= numbers <= float(high)
    return found
