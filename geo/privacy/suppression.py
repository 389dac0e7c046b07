"""Suppression of small counts: no cell under k is shown, nor can it be had by subtraction.

Source: the rules of statistical offices for tables of counts, Hundepool et al. (2012), *Statistical
Disclosure Control*, doi:10.1002/9781118348239, chapter 4 (primary and complementary suppression).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.privacy.grades import K_PREMISES

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class SuppressedCounts:
    """Counts that may be published.

    Attributes:
        cells: The counts in their order; None where one is suppressed.
        total: Their sum, or None where it is suppressed too.
    """

    cells: tuple[int | None, ...]
    total: int | None

    @property
    def hidden(self) -> int:
        """Number of suppressed cells."""
        return sum(cell is None for cell in self.cells)


def suppress(counts: Sequence[int], *, k: int = K_PREMISES) -> SuppressedCounts:
    """Suppress every count under `k`, and as many more that none can be had from the total.

    Zero is a small count too: "none here" next to a total says as much as "three here". If one cell
    is hidden, or the hidden ones together stay under `k`, the smallest of the others is hidden as
    well; where no other is left, the total goes.

    Args:
        counts: Counts of cells that add up to the total, none negative.
        k: Smallest count that may be shown.

    Raises:
        ValueError: A count is negative.
    """
    if any(count < 0 for count in counts):
        message = "a count is never negative"
        raise ValueError(message)
    hidden = {i for i, count in enumerate(counts) if count < k}
    shown = sorted((i for i in range(len(counts)) if i not in hidden), key=lambda i: (counts[i], i))
    while hidden and (len(hidden) < 2 or sum(counts[i] for i in hidden) < k) and shown:  # noqa: PLR2004 - a pair hides each other
        hidden.add(shown.pop(0))
    cells = tuple(None if i in hidden else count for i, count in enumerate(counts))
    safe = not hidden or (len(hidden) > 1 and sum(counts[i] for i in hidden) >= k)
    total = sum(counts)
    return SuppressedCounts(cells, total if safe and total >= k else None)
