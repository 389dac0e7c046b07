"""From a frozen request to what is to be painted: pure numbers, on any thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from geo.errors import CancelledError
from layers.coverage import mark_labels, mark_ops
from layers.draw_basemap import ground_labels, ground_ops
from layers.draw_findings import finding_ops
from layers.draw_plan import plan_labels, plan_ops, selection_ops, symbol_boxes
from layers.drawlist import DrawList, Label, Op
from layers.labels import Frame, LabelWish, Measure, estimate, place
from layers.layer import LayerId
from layers.palette import palette

if TYPE_CHECKING:
    from layers.layer import Layer
    from layers.snapshot import DrawRequest
    from layers.view import MapView

Cancelled = Callable[[], bool]

OVER_FINDINGS: Final = frozenset({LayerId.CROSSINGS, LayerId.SITES, LayerId.ALLEGATIONS})
"""A result lies under the first of these: a zone's tint over it would be another class."""


def _never() -> bool:
    return False


def draw_list(
    request: DrawRequest, *, cancelled: Cancelled = _never, measure: Measure = estimate
) -> DrawList:
    """Return everything of a frame.

    Args:
        request: What to draw; its margin is part of the frame.
        cancelled: Asked between layers.
        measure: Width and height of a text, see `labels.Measure`.

    Raises:
        CancelledError: `cancelled` said so.
    """
    view = request.view.grown(request.margin)
    return DrawList(
        view=view,
        background=palette(request.theme).sea,
        ops=draw_ops(request, view, cancelled=cancelled),
        selected=selection_ops(request, view),
        labels=draw_labels(request, cancelled=cancelled, measure=measure),
    )


def draw_ops(
    request: DrawRequest, view: MapView, *, cancelled: Cancelled = _never
) -> tuple[Op, ...]:
    """Return what is painted under the writing in any view, such as an exposed strip.

    Raises:
        CancelledError: `cancelled` said so.
    """
    ops: list[Op] = []
    findings = request.findings
    for layer in _shown(request, cancelled):
        if findings is not None and layer.id in OVER_FINDINGS:
            ops += finding_ops(findings, view, request.theme)
            findings = None
        ops += (ground_ops if layer.is_basemap else plan_ops)(request, view, layer)
    if findings is not None:
        ops += finding_ops(findings, view, request.theme)
    if request.marks is not None:
        ops += mark_ops(request.marks, view)
    return tuple(ops)


def draw_labels(
    request: DrawRequest, *, cancelled: Cancelled = _never, measure: Measure = estimate
) -> tuple[Label, ...]:
    """Return the writing of a frame in pixels of the view with its margin.

    Raises:
        CancelledError: `cancelled` said so.
    """
    view = request.view.grown(request.margin)
    wishes: list[LabelWish] = []
    for layer in _shown(request, cancelled):
        wishes += (ground_labels if layer.is_basemap else plan_labels)(request, view, layer)
    if request.marks is not None:
        wishes += mark_labels(request.marks, request, view)
    margin = float(request.margin)
    frame = Frame(margin, margin, margin + request.view.width, margin + request.view.height)
    return place(wishes, frame, measure, symbol_boxes(request, view))


def _shown(request: DrawRequest, cancelled: Cancelled) -> list[Layer]:
    """Return the layers to draw, undermost first; stops the work if it is no longer wanted."""

    def still_wanted(layer: Layer) -> bool:
        if cancelled():
            raise CancelledError
        return layer.visible and layer.opacity > 0

    return [layer for layer in reversed(request.layers) if still_wanted(layer)]
