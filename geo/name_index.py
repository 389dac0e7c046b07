"""The search index of the gazetteer: which unit or place bears a name, and in what order.

The index knows positions in the two lists that it was built from; what stands there is the
gazetteer's affair.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.model.vocabulary import AdminLevel
from geo.names import search_key, without_generic

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geo.code_list import Place, Unit

_PLACE_RANKS = {"capital": 1, "province town": 1, "district town": 2, "commune": 4}
_LEVEL_RANKS = {
    AdminLevel.PROVINCE: 0,
    AdminLevel.DISTRICT: 2,
    AdminLevel.COMMUNE: 3,
    AdminLevel.VILLAGE: 5,
}


class NameIndex:
    """Every name of every unit and place by its search key."""

    def __init__(self, units: Sequence[Unit], places: Sequence[Place]) -> None:
        """Index both lists; the owner of a name is a position in ``(*units, *places)``."""
        rows = list(_rows(units, places))
        self._keys = [key for key, _, _ in rows]
        self._rank_of = [rank for _, rank, _ in rows]
        self._owner = [owner for _, _, owner in rows]

    def owners(self, text: str) -> list[int]:
        """Return who bears a name with a text in it, each once, in the order of `Gazetteer.find`.

        Args:
            text: A name, the beginning or the middle of one; not empty.
        """
        key = search_key(text)
        bare = search_key(without_generic(text)) or key
        best: dict[int, tuple[bool, tuple[int, bool], int]] = {}
        for row, name in enumerate(self._keys):
            if bare in name:
                owner = self._owner[row]
                order = (not name.startswith((bare, key)), self._rank_of[row], len(name))
                if owner not in best or order < best[owner]:
                    best[owner] = order
        return sorted(best, key=lambda owner: (best[owner], owner))


def _rows(
    units: Sequence[Unit], places: Sequence[Place]
) -> Iterator[tuple[str, tuple[int, bool], int]]:
    """Yield key, rank and owner of every name; an alias ranks below a proper name."""
    for index, unit in enumerate(units):
        rank = _LEVEL_RANKS[unit.level]
        for alias, names in ((False, (unit.name_km, unit.name_en)), (True, unit.aliases)):
            for name in names:
                yield search_key(name), (rank, alias), index
    for index, place in enumerate(places, len(units)):
        # Neighbours' places come after everything in Cambodia.
        rank = _PLACE_RANKS.get(place.kind, 6) if place.country == "KH" else 7
        for alias, names in ((False, (place.name_km, place.name_en)), (True, place.aliases)):
            for name in names:
                yield search_key(name), (rank, alias), index
