"""Where writing goes: the important first, nothing over another, nothing cut off.

Measuring text is the painter's business, so `place` takes a function for it. Placement runs off the
frame path.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from layers.drawlist import Label, TextLine
from layers.style import TextStyle

if TYPE_CHECKING:
    from layers.view import FloatArray

Measure = Callable[[str, TextStyle], tuple[float, float]]
"""Text and style to width and height in logical pixels."""

PADDING_PX = 3.0
EDGE_PX = 4.0
GAP_PX = 2.0
REPEAT_PX = 90.0


@dataclass(frozen=True, slots=True)
class LabelWish:
    """A label that would like to be written.

    Attributes:
        lines: From top to bottom.
        x: Anchor in pixels.
        y: Anchor in pixels.
        priority: Lower comes first.
        offset: Distance from the anchor to the text in pixels (a marker's radius); None puts the
            text over the anchor.
        avoids_symbols: The text gives way to the symbols of others.
        opacity: Of its layer.
    """

    lines: tuple[TextLine, ...]
    x: float
    y: float
    priority: float
    offset: float | None = None
    avoids_symbols: bool = False
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Frame:
    """The rectangle in pixels that is seen, within a larger one that is prepared for panning."""

    left: float
    top: float
    right: float
    bottom: float


def estimate(text: str, style: TextStyle) -> tuple[float, float]:
    """Return about how large a text is, for those who have no fonts at hand."""
    wide = sum(1 for c in text if unicodedata.category(c) not in {"Mn", "Mc", "Cf"})
    khmer = any("ក" <= c <= "៿" for c in text)
    advance = 0.72 if khmer else 0.55
    return wide * (style.size * advance + style.spacing), style.size * (1.7 if khmer else 1.36)


def place(
    wishes: Iterable[LabelWish],
    frame: Frame,
    measure: Measure = estimate,
    obstacles: FloatArray | None = None,
) -> tuple[Label, ...]:
    """Return the labels that fit, each at the best free position around its anchor.

    A label whose anchor is seen is never cut by the frame's edge; one whose anchor is not seen
    never reaches into it. A label of two lines that finds no room tries with its first.

    Args:
        wishes: What would like to be written.
        frame: What is seen.
        measure: Width and height of a text.
        obstacles: Boxes that labels with `avoids_symbols` give way to, shape ``(n, 4)``.
    """
    placed: list[Label] = []
    boxes: FloatArray = np.empty((64, 4))
    nothing: FloatArray = np.empty((0, 4))
    for wish in sorted(wishes, key=lambda w: w.priority):
        if _repeats(wish, placed):
            continue
        blocked = obstacles if wish.avoids_symbols and obstacles is not None else nothing
        for label in _candidates(wish, measure):
            box = _box(label)
            if (
                _allowed(wish, box, frame)
                and not _taken(box, boxes[: len(placed)])
                and not _taken(box, blocked)
            ):
                if len(placed) == len(boxes):
                    boxes = np.concatenate([boxes, np.empty_like(boxes)])
                boxes[len(placed)] = box
                placed.append(label)
                break
    return tuple(placed)


def _repeats(wish: LabelWish, placed: list[Label]) -> bool:
    """Tell whether the same words stand near already: a town and its border crossing."""
    return any(
        label.lines[0].text == wish.lines[0].text
        and abs(label.x - wish.x) < REPEAT_PX
        and abs(label.y - wish.y) < REPEAT_PX
        for label in placed
    )


def _box(label: Label) -> tuple[float, float, float, float]:
    half = label.width / 2 + PADDING_PX
    return label.x - half, label.y - label.height / 2, label.x + half, label.y + label.height / 2


def _candidates(wish: LabelWish, measure: Measure) -> Iterator[Label]:
    for count in range(len(wish.lines), 0, -1):
        lines = wish.lines[:count]
        sizes = [measure(line.text, line.style) for line in lines]
        width, height = max(w for w, _ in sizes), sum(h for _, h in sizes)
        for x, y in _positions(wish, width, height):
            yield Label(lines, x, y, width, height, wish.opacity)


def _positions(wish: LabelWish, width: float, height: float) -> tuple[tuple[float, float], ...]:
    if wish.offset is None:
        return ((wish.x, wish.y),)
    dx, dy = wish.offset + GAP_PX + width / 2, wish.offset + height / 2
    return (
        (wish.x + dx, wish.y),
        (wish.x, wish.y - dy),
        (wish.x - dx, wish.y),
        (wish.x, wish.y + dy),
    )


def _allowed(wish: LabelWish, box: tuple[float, float, float, float], frame: Frame) -> bool:
    if frame.left <= wish.x <= frame.right and frame.top <= wish.y <= frame.bottom:
        return (
            box[0] >= frame.left + EDGE_PX
            and box[1] >= frame.top + EDGE_PX
            and box[2] <= frame.right - EDGE_PX
            and box[3] <= frame.bottom - EDGE_PX
        )
    return (
        box[2] < frame.left or box[0] > frame.right or box[3] < frame.top or box[1] > frame.bottom
    )


def _taken(box: tuple[float, float, float, float], boxes: FloatArray) -> bool:
    return bool(
        (
            (boxes[:, 0] < box[2])
            & (boxes[:, 2] > box[0])
            & (boxes[:, 1] < box[3])
            & (boxes[:, 3] > box[1])
        ).any()
    )
