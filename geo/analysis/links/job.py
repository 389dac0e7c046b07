"""The whole of the link analysis as it runs in the worker: measures, chance, drawing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from geo.analysis.links.chance import RANDOM, Chance, chance_of
from geo.analysis.links.layout import layout
from geo.analysis.links.measures import (
    DRAWS,
    Skeleton,
    Span,
    betweenness,
    components,
    degree,
    spans,
)

if TYPE_CHECKING:
    from geo.progress import Progress

WARM: Final = ("geo.analysis.links.job", "networkx", "scipy.sparse.csgraph")
"""Modules to load ahead of the first question (`geo.compute.Computer.warm`)."""
SMALL: Final = 150
_FEWER: Final = 39
"""Draws and random networks for a network of more than `SMALL` nodes: as few as a rate of 5 %
bears."""


@dataclass(frozen=True, slots=True, eq=False)
class Measures:
    """What the worker found out about a network, row by row.

    Attributes:
        component: Of each node, the largest being 0, shape ``(n,)``.
        degree: How many others each is connected with, shape ``(n,)``.
        through: Betweenness, shape ``(n,)``.
        span: What it would be if connections held with their own confidence.
        chance: Which of the nodes are hubs.
        xy: Where each is drawn, shape ``(n, 2)``.
    """

    component: NDArray[np.int64]
    degree: NDArray[np.int64]
    through: NDArray[np.float64]
    span: Span
    chance: Chance
    xy: NDArray[np.float64]


def measure(skeleton: Skeleton, progress: Progress) -> Measures:
    """Measure a network that has at least one connection."""
    progress.step(0, 1, "links.step.between")
    component = components(skeleton)
    xy = layout(skeleton, component)
    through = betweenness(skeleton.n, skeleton.pairs, skeleton.confidence, skeleton.seed)
    large = skeleton.n > SMALL
    return Measures(
        component=component,
        degree=degree(skeleton),
        through=through,
        span=spans(skeleton, _FEWER if large else DRAWS, progress),
        chance=chance_of(skeleton, through, progress, _FEWER if large else RANDOM),
        xy=xy,
    )
