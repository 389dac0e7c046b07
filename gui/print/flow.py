"""Pages from pieces: what belongs together stays together, heads of tables are repeated."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtGui import QPainter

Draw = Callable[[QPainter, float, float], None]


@dataclass(frozen=True, slots=True)
class Piece:
    """Something with a height that is never cut.

    Attributes:
        height: Tenths of points.
        draw: Paints it with its top left corner at a place.
        keep: The next piece must stand in the same column.
        head: Stands first when this piece begins a column: the head of a table, repeated.
        gap: Nothing but room, left out at the top of a column.
    """

    height: float
    draw: Draw
    keep: bool = False
    head: Piece | None = None
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """Where pieces flow: columns side by side on each page, in tenths of points."""

    top: float
    bottom: float
    lefts: tuple[float, ...]
    width: float


Placed = tuple[Piece, float, float]


def gap(points: float) -> Piece:
    """Return room of a height in points."""
    return Piece(points * 10, lambda _painter, _x, _y: None, gap=True)


def pages_of(pieces: Iterable[Piece], frame: Frame) -> list[list[Placed]]:
    """Set pieces into columns and pages.

    Args:
        pieces: In order of reading, laid out for the frame's width.
        frame: The columns of every page.

    Returns:
        For each page its pieces with their places.
    """
    pages: list[list[Placed]] = []
    column, y = len(frame.lefts), frame.top
    for group in _groups(pieces, frame.bottom - frame.top):
        height = sum(piece.height for piece in group)
        if all(piece.gap for piece in group) and (not pages or y + height > frame.bottom):
            continue
        if not pages or y + height > frame.bottom:
            column, y = column + 1, frame.top
            if column >= len(frame.lefts):
                pages.append([])
                column = 0
            head = next((piece.head for piece in group if not piece.gap), None)
            if head is not None:
                pages[-1].append((head, frame.lefts[column], y))
                y += head.height
        for piece in group:
            if piece.gap and y == frame.top:
                continue
            pages[-1].append((piece, frame.lefts[column], y))
            y += piece.height
    return pages


def _groups(pieces: Iterable[Piece], room: float) -> list[list[Piece]]:
    """Return what stays together; what is higher than a column is taken apart after all."""
    groups: list[list[Piece]] = [[]]
    for piece in pieces:
        groups[-1].append(piece)
        if not piece.keep:
            groups.append([])
    return [
        part
        for group in groups
        if group
        for part in (
            [group] if sum(piece.height for piece in group) <= room else [[p] for p in group]
        )
    ]
