"""A file of boundaries into a plan: its layers read in the worker, matched, joined, one edit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.boundaries.match import Boundary, How, Matched, match
from geo.boundaries.unions import with_unions
from geo.edit.boundaries import import_boundaries
from geo.errors import InputError
from geo.gazetteer import Gazetteer
from geo.progress import NoProgress

if TYPE_CHECKING:
    from pathlib import Path

    from geo.edit.edit import Edit
    from geo.edit.reading import PlanRows
    from geo.formats.reader import FileReader
    from geo.progress import Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundaryFile:
    """A file of boundaries that was read and matched, and not imported yet.

    Attributes:
        layers: Each layer with units in it, by its name.
    """

    file_name: str
    layers: dict[str, Matched]

    @property
    def boundaries(self) -> tuple[Boundary, ...]:
        """One outline for each unit: its own before one that was joined from its parts."""
        chosen: dict[str, Boundary] = {}
        for matched in self.layers.values():
            for boundary in matched.boundaries:
                before = chosen.get(boundary.unit.code)
                if before is None or before.how is How.UNION:
                    chosen[boundary.unit.code] = boundary
        return tuple(chosen.values())

    @property
    def rows(self) -> int:
        """Rows of all layers: always imported + unmatched."""
        return sum(m.rows for m in self.layers.values())

    @property
    def unmatched(self) -> int:
        """Rows that are not imported."""
        return sum(len(m.unmatched) for m in self.layers.values())

    def edit(self, plan: PlanRows) -> Edit:
        """Return the one edit that takes the outlines into a plan.

        Raises:
            InputError: There is none.
        """
        return import_boundaries(plan, self.boundaries, self.file_name)


def load_boundaries(
    reader: FileReader, path: Path, *, layer: str | None = None, progress: Progress | None = None
) -> BoundaryFile:
    """Read a file of boundaries and find the unit of each outline; no plan is changed.

    Args:
        reader: Owns the worker process in which the file is opened.
        path: Shapefile, GeoPackage, GeoJSON or KML.
        layer: One layer of it; None takes every layer that has units.
        progress: Told of the steps, and asked whether to go on.

    Raises:
        InputError: It cannot be read, or holds no outline of a unit of Cambodia.
        CancelledError: The user asked to stop.
    """
    progress = progress or NoProgress()
    progress.step(0, 0, "import.step.looking")
    info = reader.inspect(path)
    names = [layer] if layer is not None else [sheet.name for sheet in info.sheets]
    found: dict[str, Matched] = {}
    refused: InputError | None = None
    for name in names:
        progress.step(0, 0, "import.step.reading")
        raw = reader.read(path, sheets=[name] if name else None)
        try:
            found[name] = with_unions(match(raw, Gazetteer.load(), progress))
        except InputError as error:
            refused = refused or error
    if not any(m.boundaries for m in found.values()):
        raise refused or InputError("error.boundaries.none", name=path.name)
    return BoundaryFile(file_name=path.name, layers=found)
