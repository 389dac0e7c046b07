"""Frames: a back buffer larger than the window, computed off the main thread.

The numbers of a frame are computed on one worker thread. Painting holds the interpreter's lock
wherever it happens, so it is done on the main thread, in steps of a few milliseconds between the
user's events.
"""

from __future__ import annotations

import math
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QPointF, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter

from geo.errors import CancelledError
from gui.map.painter import paint_steps
from gui.map.text import measure
from layers.draw import draw_labels, draw_ops
from layers.drawlist import Label, Op
from layers.palette import palette
from layers.snapshot import DrawRequest
from layers.view import MapView

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from layers.view import FloatArray

MARGIN_PX = 160
"""Pixels around the window that are painted ahead."""
STEP_SECONDS = 0.005
"""Painting pauses after this long: the main thread is never held for 8 ms."""
STRIP_OVERLAP_PX = 40
SWITCH_SECONDS = 0.0005


@dataclass(frozen=True, slots=True)
class Frame:
    """A painted frame.

    Attributes:
        image: Premultiplied ARGB with the screen's device pixel ratio.
        view: What the image shows, margin included.
        content: Everything but the view that it was made from.
    """

    image: QImage
    view: MapView
    content: DrawRequest


@dataclass(frozen=True, slots=True)
class Writing:
    """Placed labels in the pixels of the view they were placed for."""

    labels: tuple[Label, ...]
    view: MapView


@dataclass(frozen=True, slots=True)
class _Part:
    rect: QRect
    view: MapView
    ops: tuple[Op, ...]


@dataclass(frozen=True, slots=True)
class _Job:
    number: int
    request: DrawRequest
    view: MapView
    rects: tuple[QRect, ...]
    base: Frame | None
    dpr: float


@dataclass(frozen=True, slots=True)
class _Result:
    job: _Job
    parts: tuple[_Part, ...]
    writing: Writing


class FrameMaker(QObject):
    """Makes frames one after the other; a request of another scale or content replaces an older.

    Attributes:
        frame_ready: A frame is painted and is now `frame`.
        writing_ready: Labels are placed and are now `writing`; the frame follows.
        failed: A bug in drawing, as an exception.
    """

    frame_ready = Signal()
    writing_ready = Signal()
    failed = Signal(object)
    _computed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.frame: Frame | None = None
        self.overview: Frame | None = None
        self.writing: Writing | None = None
        self._number = 0
        self._stopped = False
        self._busy: _Job | None = None
        self._waiting: tuple[DrawRequest, float] | None = None
        self._steps: Generator[None] | None = None
        # While the worker computes, every call into Qt waits for the interpreter's lock for up to
        # this long; at the default of 5 ms a repaint with a hundred calls would take half a second.
        sys.setswitchinterval(min(sys.getswitchinterval(), SWITCH_SECONDS))
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="map")
        self._computed.connect(self._paint, Qt.ConnectionType.QueuedConnection)
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._step)

    @property
    def idle(self) -> bool:
        """Whether nothing is being made."""
        return self._busy is None and self._waiting is None

    def request(self, request: DrawRequest, dpr: float) -> None:
        """Ask for a frame around the request's view; the newest wins."""
        if self._stopped:
            return
        busy = self._busy
        if busy is not None and _same_scene(busy.request, request) and busy.dpr == dpr:
            # A pan goes on: let the frame under way be finished, or none ever would be.
            self._waiting = (request, dpr)
            return
        self._waiting = None
        self._start(request, dpr)

    def covers(self, view: MapView, spare_px: int) -> bool:
        """Tell whether the frame, at its scale, covers a view with some pixels to spare."""
        if self.frame is None or self.frame.view.resolution != view.resolution:
            return False
        west, south, east, north = self.frame.view.bounds
        w, s, e, n = view.grown(spare_px).bounds
        return west <= w and south <= s and east >= e and north >= n

    def stop(self) -> None:
        """Drop all work and let the thread end; later requests are not heard."""
        self._stopped = True
        self._number += 1
        self._busy = self._waiting = None
        self._drop_painting()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _start(self, request: DrawRequest, dpr: float) -> None:
        self._drop_painting()
        self._number += 1
        base = self.frame
        view = request.view.grown(MARGIN_PX)
        whole = (QRect(0, 0, view.width, view.height),)
        job = _Job(self._number, request, view, whole, None, dpr)
        if base is not None and _same_scene(base.content, request):
            job = _strips(job, base)
        self._busy = job
        self._pool.submit(self._compute, job)

    def _compute(self, job: _Job) -> None:
        """On the worker thread: everything that is numbers."""

        def stale() -> bool:
            return job.number != self._number

        try:
            parts = tuple(_part(job, rect, stale) for rect in job.rects)
            shown = job.view.grown(-MARGIN_PX)
            labels = draw_labels(job.request.at(shown, MARGIN_PX), cancelled=stale, measure=measure)
            self._computed.emit(_Result(job, parts, Writing(labels, job.view)))
        except CancelledError:
            return
        except RuntimeError:
            if not stale():
                raise  # the receiver is gone only when the window is
        except Exception as error:  # noqa: BLE001 - handed over to the main thread, which raises it
            self._computed.emit((job, error))

    def _paint(self, result: _Result | tuple[_Job, Exception]) -> None:
        if isinstance(result, tuple):
            job, error = result
            if job.number == self._number:
                self._busy = None
                self.failed.emit(error)
                raise error
            return
        if result.job.number != self._number:
            return
        self.writing = result.writing
        self.writing_ready.emit()
        self._steps = self._painting(result)
        self._timer.start()
        self._step()

    def _painting(self, result: _Result) -> Generator[None]:
        job = result.job
        image = QImage(
            round(job.view.width * job.dpr),
            round(job.view.height * job.dpr),
            QImage.Format.Format_ARGB32_Premultiplied,
        )
        image.setDevicePixelRatio(job.dpr)
        image.fill(QColor(palette(job.request.theme).sea))
        painter = QPainter(image)
        try:
            if job.base is not None:
                shift = job.view.mercator_to_pixel(_corner(job.base.view))[0]
                painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
                painter.drawImage(
                    QPointF(
                        round(float(shift[0]) * job.dpr) / job.dpr,
                        round(float(shift[1]) * job.dpr) / job.dpr,
                    ),
                    job.base.image,
                )
                painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for part in result.parts:
                yield from self._paint_part(painter, part, job.request)
        finally:
            painter.end()
        self.frame = Frame(image, job.view, job.request)
        known = self.overview
        if (
            known is None
            or known.content.theme != job.request.theme
            or known.view.resolution <= job.view.resolution
        ):
            # The widest picture so far lies under a zoom out until the true frame is there.
            self.overview = self.frame

    def _paint_part(self, painter: QPainter, part: _Part, request: DrawRequest) -> Generator[None]:
        painter.save()
        try:
            painter.setClipRect(part.rect)
            painter.fillRect(part.rect, QColor(palette(request.theme).sea))
            painter.translate(part.rect.x() - STRIP_OVERLAP_PX, part.rect.y() - STRIP_OVERLAP_PX)
            yield from paint_steps(painter, part.ops)
        finally:
            painter.restore()

    def _step(self) -> None:
        steps = self._steps
        if steps is None:
            self._timer.stop()
            return
        end = time.perf_counter() + STEP_SECONDS
        while time.perf_counter() < end:
            if next(steps, self) is self:
                self._finish()
                return

    def _finish(self) -> None:
        self._timer.stop()
        self._steps = None
        self._busy = None
        self.frame_ready.emit()
        if self._waiting is not None and self._busy is None:
            (request, dpr), self._waiting = self._waiting, None
            self._start(request, dpr)

    def _drop_painting(self) -> None:
        self._timer.stop()
        steps, self._steps = self._steps, None
        if steps is not None:
            steps.close()  # its painter ends in `finally`


def _part(job: _Job, rect: QRect, stale: Callable[[], bool]) -> _Part:
    grown = rect.adjusted(-STRIP_OVERLAP_PX, -STRIP_OVERLAP_PX, STRIP_OVERLAP_PX, STRIP_OVERLAP_PX)
    view = job.view.part(grown.x(), grown.y(), grown.width(), grown.height())
    return _Part(rect, view, draw_ops(job.request, view, cancelled=stale))


def _corner(view: MapView) -> FloatArray:
    west, _, _, north = view.bounds
    return np.array([[west, north]])


def _same_scene(a: DrawRequest, b: DrawRequest) -> bool:
    """Tell whether two requests differ in their place only."""
    return (
        a.view.resolution == b.view.resolution
        and (a.view.width, a.view.height) == (b.view.width, b.view.height)
        and a.layers == b.layers
        and a.language == b.language
        and a.theme == b.theme
        and a.on == b.on
        and a.marks is b.marks
        and a.findings is b.findings
        and a.live is b.live
        and a.tables.keys() == b.tables.keys()
        and all(a.tables[kind] is b.tables[kind] for kind in a.tables)
    )


def _strips(job: _Job, base: Frame) -> _Job:
    """Return the job as a copy of the last frame and the strips that a pan exposed."""
    shift = job.view.mercator_to_pixel(_corner(base.view))[0] * job.dpr
    dx, dy = round(float(shift[0])) / job.dpr, round(float(shift[1])) / job.dpr
    width, height = job.view.width, job.view.height
    if abs(dx) >= width or abs(dy) >= height:
        return job
    # The new frame lies on the device pixels of the old one, so that nothing is resampled.
    resolution = job.view.resolution
    moved = replace(job.view, x=base.view.x - dx * resolution, y=base.view.y + dy * resolution)
    rects = []
    across, down = math.ceil(abs(dx)), math.ceil(abs(dy))
    if across:
        rects.append(QRect(0 if dx > 0 else width - across, 0, across, height))
    if down:
        left = across if dx > 0 else 0
        rects.append(QRect(left, 0 if dy > 0 else height - down, width - across, down))
    return replace(job, view=moved, rects=tuple(rects), base=base)
