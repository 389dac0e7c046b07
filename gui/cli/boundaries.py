"""Official boundaries on the command line: ``import PLAN FILE --as boundaries``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.boundaries.loading import load_boundaries
from geo.boundaries.match import How
from geo.catalogue import text
from geo.errors import InputError
from geo.formats.rejects import write_lines
from gui.cli import console

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from geo.boundaries.loading import BoundaryFile
    from geo.catalogue import Language
    from geo.formats.reader import FileReader
    from geo.project import Project

SHOWN = 20


def import_boundaries(
    project: Project,
    reader: FileReader,
    file: Path,
    layers: Sequence[str] | None,
    rejects: Path | None,
    *,
    as_json: bool,
) -> None:
    """Take the outlines of a file into a plan and tell what matched and what did not.

    Raises:
        InputError: No outline is that of a unit, or more than one layer was asked for.
    """
    lang = console.language()
    if layers is not None and len(layers) > 1:
        raise InputError("error.boundaries.one_layer")
    progress = console.TerminalProgress()
    layer = layers[0] if layers else None
    try:
        found = load_boundaries(reader, file.absolute(), layer=layer, progress=progress)
    finally:
        progress.close()
    lines = unmatched_lines(found, lang)
    if rejects is not None:
        rejected = text("import.state.rejected", lang)
        field = text("boundaries.field", lang)
        write_lines(
            [(sheet, row, rejected, field, value, why, "") for sheet, row, value, why in lines],
            rejects,
            lang,
            source=file,
            record=project.record,
        )
    project.commit(found.edit(project))
    imported = found.rows - found.unmatched
    if as_json:
        console.emit(
            {
                "rows": found.rows,
                "imported": imported,
                "rejected": found.unmatched,
                "waiting": 0,
                "rejects": [
                    {"sheet": sheet, "row": row, "field": "unit", "value": value, "reason": why}
                    for sheet, row, value, why in lines
                ],
                "repairs": [],
                "questions": [],
            }
        )
        return
    for line in summary_lines(found, lang):
        console.say(line)
    if lines:
        heads = [text(f"cli.import.{head}", lang) for head in ("row", "field", "value", "reason")]
        console.table(
            heads,
            [(row, sheet, value, why) for sheet, row, value, why in lines[:SHOWN]],
            right=[0],
        )


def summary_lines(found: BoundaryFile, language: Language) -> list[str]:
    """Return what was matched in each layer, in sentences."""
    return [
        text(
            "boundaries.layer",
            language,
            layer=name or found.file_name,
            level=text(f"vocab.AdminLevel.{matched.level.value}", language),
            rows=matched.rows,
            matched=matched.rows - len(matched.unmatched),
            by_name=matched.count(How.NAME),
            similar=matched.count(How.SIMILAR),
            joined=matched.count(How.UNION),
            absent=len(matched.absent),
        )
        for name, matched in found.layers.items()
    ]


def unmatched_lines(found: BoundaryFile, language: Language) -> list[tuple[str, int, str, str]]:
    """Return layer, row, what the file calls it, and why it is not imported."""
    return [
        (name, row.row, row.shown, text(row.code, language, **row.params))
        for name, matched in found.layers.items()
        for row in matched.unmatched
    ]
