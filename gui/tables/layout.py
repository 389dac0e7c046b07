"""Which columns of a table are shown, in which order and how wide; remembered for each kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from gui.models.column import ColumnSpec

LEAST_PX: Final = 48
MOST_PX: Final = 900


@dataclass(frozen=True, slots=True)
class TableLayout:
    """The columns of one table as the user wants them.

    Attributes:
        specs: All columns that there are.
        order: Their keys from left to right, the hidden ones too.
        hidden: Keys of those that are not shown.
        widths: Key → pixels, where the user changed them.
    """

    specs: Sequence[ColumnSpec]
    order: tuple[str, ...] = ()
    hidden: frozenset[str] = frozenset()
    widths: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Begin with the columns that are shown at first."""
        if not self.order:
            object.__setattr__(self, "order", tuple(s.key for s in self.specs))
            object.__setattr__(
                self, "hidden", frozenset(s.key for s in self.specs if not s.at_first)
            )

    @property
    def shown(self) -> tuple[str, ...]:
        """Keys of the shown columns from left to right."""
        return tuple(key for key in self.order if key not in self.hidden)

    def width(self, key: str) -> int:
        """Return how many pixels a column takes."""
        spec = next(s for s in self.specs if s.key == key)
        return self.widths.get(key, spec.width)

    def choose(self, shown: Sequence[str], order: Sequence[str]) -> TableLayout:
        """Return the layout with other columns, of which at least one stays."""
        hidden = frozenset(order) - frozenset(shown)
        return replace(self, order=tuple(order), hidden=hidden) if shown else self

    def without(self, key: str) -> TableLayout:
        """Return the layout without a column, unless it is the last one."""
        return self.choose([k for k in self.shown if k != key], self.order)

    def arranged(self, order: Sequence[str], widths: Mapping[str, int]) -> TableLayout:
        """Return the layout with columns moved or made wider."""
        return replace(self, order=tuple(order), widths={**self.widths, **widths})

    def as_json(self) -> dict[str, Any]:
        """Return what the settings keep."""
        return {
            "order": list(self.order),
            "hidden": sorted(self.hidden),
            "widths": dict(self.widths),
        }

    @classmethod
    def from_json(cls, specs: Sequence[ColumnSpec], kept: object) -> TableLayout:
        """Return the layout that the settings kept; whatever is damaged is as at first.

        A column that was not there when it was kept stands at the end, as it is at first.
        """
        fresh = cls(specs)
        if not isinstance(kept, dict):
            return fresh
        known = {s.key for s in specs}
        order = _keys(kept.get("order"), known)
        hidden = frozenset(_keys(kept.get("hidden"), known))
        added = [key for key in fresh.order if key not in order]
        order += added
        hidden |= {key for key in added if key in fresh.hidden}
        widths = kept.get("widths")
        sizes = {
            key: min(max(px, LEAST_PX), MOST_PX)
            for key, px in (widths.items() if isinstance(widths, dict) else ())
            if key in known and isinstance(px, int)
        }
        if hidden >= known:
            return fresh
        return cls(specs, tuple(order), hidden, sizes)


def _keys(found: object, known: set[str]) -> list[str]:
    keys = [key for key in found if isinstance(key, str)] if isinstance(found, list) else []
    return [key for key in dict.fromkeys(keys) if key in known]
