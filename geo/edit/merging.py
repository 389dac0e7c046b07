"""Merging two rows that turned out to be one, and keeping apart two that did not.

A merged site stays in the plan with its code, its names and its ledger, and points to the site that
it turned out to be; nothing lists, counts, draws or releases it any more (`live_sites`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from geo.model.table import Table


def live_sites(table: Table) -> NDArray[np.bool_]:
    """Return which rows of the table of sites are sites of their own: not merged into another."""
    return ~table["merged_into"].astype(bool)
