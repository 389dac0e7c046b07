"""Which evidence is of a province."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.analysis.evidence import LeftOut

if TYPE_CHECKING:
    from geo.analysis.evidence import Evidence


def in_province(said: Evidence, province: str) -> Evidence:
    """Return what is alleged of a province: by its unit, or by where its point lies.

    Args:
        said: The evidence.
        province: NCDD code, or empty for the whole country.
    """
    if not province:
        return said
    mine = np.strings.startswith(said.unit, province)
    unknown = np.flatnonzero((said.unit == "") & said.placed)
    if len(unknown):
        from geo.territory import Territory

        at = Territory.load().provinces_at(said.lon[unknown], said.lat[unknown])
        mine[unknown] = at == province
    return said.only(mine, LeftOut.ELSEWHERE)
