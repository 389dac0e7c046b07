"""The blocks of an assignment sheet as data."""

from __future__ import annotations

from dataclasses import dataclass

from layers.export.content import Bounds, LegendEntry, ReportContent, ReportTable

Facts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One numbered block.

    Attributes:
        number: As the form ICS-204 counts.
        facts: Label and value.
        warnings: Sentences that stand out.
        signatures: Who signs here by hand.
    """

    number: int
    title: str
    facts: Facts = ()
    warnings: tuple[str, ...] = ()
    tables: tuple[ReportTable, ...] = ()
    signatures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneBlocks:
    """What the team does in one zone.

    Attributes:
        head: The small blocks side by side.
        bounds: West, south, east, north of its map in degrees.
        legend: The signs of its map.
        blocks: Those below, each as wide as the page.
    """

    title: str
    colour: str
    head: tuple[Block, ...]
    bounds: Bounds
    legend: tuple[LegendEntry, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentSheet:
    """The whole sheet.

    Attributes:
        report: For title, grade, language, map and the log.
        warning: That it is no order yet, or empty.
    """

    report: ReportContent
    warning: str
    zones: tuple[ZoneBlocks, ...]


def facts_of(*pairs: tuple[str, str]) -> Facts:
    """Return label and value of what there is anything to say of."""
    return tuple((name, value) for name, value in pairs if value)
