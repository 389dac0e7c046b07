"""The columns of each kind that is listed or tabled, and how a table is sorted at first."""

from __future__ import annotations

from typing import Final

from geo.model.entity import Kind
from gui.models.allegation_columns import ALLEGATION_COLUMNS
from gui.models.column import ColumnSpec
from gui.models.command_columns import CROSSING_COLUMNS, TEAM_COLUMNS, ZONE_COLUMNS, open_word
from gui.models.site_columns import LICENCE_COLUMNS, SITE_COLUMNS

__all__ = ["COLUMNS", "SORTED_AT_FIRST", "ColumnSpec", "open_word"]

COLUMNS: Final[dict[Kind, tuple[ColumnSpec, ...]]] = {
    Kind.SITE: SITE_COLUMNS,
    Kind.ALLEGATION: ALLEGATION_COLUMNS,
    Kind.LICENCE: LICENCE_COLUMNS,
    Kind.CROSSING: CROSSING_COLUMNS,
    Kind.TEAM: TEAM_COLUMNS,
    Kind.ZONE: ZONE_COLUMNS,
}

# Who is held now comes first everywhere, the longest waiting before the others.
SORTED_AT_FIRST: Final[dict[Kind, tuple[tuple[str, bool], ...]]] = {
    Kind.ALLEGATION: (("held_now", True), ("received_on", True)),
}
"""Kind → keys of columns, each with whether it ascends; the first one counts most."""
