"""Of which day the window is and what of the plan it shows: one place for map, lists and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from layers.moment import NOW, Mode, Moment

if TYPE_CHECKING:
    # At run time these would bring numpy into the first second of the window.
    from geo.model.entity import Kind
    from geo.project import Project
    from layers.duty import Duty
    from layers.filters import MapFilter
    from layers.lens import Lens
    from layers.seen import FirstSeen


class MomentModel(QObject):
    """The moment and the filter of one window.

    Attributes:
        changed: The moment or the filter is another one.
        moment: Of which day the window is.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.moment: Moment = NOW
        self._wanted: MapFilter | None = None
        self._duty: Duty | None = None
        self._lens: Lens | None = None
        self.first_seen: FirstSeen | None = None

    @property
    def is_past(self) -> bool:
        """Whether the window shows a past day; nothing is changed meanwhile."""
        return self.moment.is_past

    @property
    def wanted(self) -> MapFilter:
        """What is shown of the register."""
        if self._wanted is None:
            from layers.filters import EVERYTHING

            self._wanted = EVERYTHING
        return self._wanted

    @property
    def duty(self) -> Duty:
        """Which operation and period are looked at."""
        if self._duty is None:
            from layers.duty import EVERY

            self._duty = EVERY
        return self._duty

    def look_at(self, operation_id: str = "", period_id: str = "") -> None:
        """Show the zones of one operation and the assignments of one of its periods."""
        from layers.duty import Duty

        wanted = Duty(operation_id, period_id)
        if wanted != self.duty:
            self._duty = wanted
            self._tell()

    @property
    def lens(self) -> Lens:
        """What turns the plan into what is shown of it; another object after each change."""
        if self._lens is None:
            from layers.lens import Lens

            self._lens = Lens(self.moment, self.wanted, self.first_seen, self.duty)
        return self._lens

    def project(self, project: Project) -> Project:
        """Return the plan as it is shown: only the rows that are, as they were at the moment."""
        return self.lens.project(project)

    def mask(self, project: Project, kind: Kind) -> object:
        """Return which rows of the plan's own table of a kind are shown, a numpy array of bool."""
        return self.lens.mask(project, kind)

    def show(self, moment: Moment, first_seen: FirstSeen | None = None) -> None:
        """Show another moment.

        Raises:
            ValueError: *As known then* without ever having been told when the rows came in.
        """
        self.first_seen = first_seen or self.first_seen
        if moment.mode is Mode.KNOWN and self.first_seen is None:
            message = "as known then needs to know when the rows came in"
            raise ValueError(message)
        if moment != self.moment or first_seen is not None:
            self.moment = moment
            self._tell()

    def back_to_today(self) -> None:
        """Show the present again; the filter stays."""
        self.show(NOW)

    def filter(self, wanted: MapFilter) -> None:
        """Show something else of the register."""
        if wanted != self.wanted:
            self._wanted = wanted
            self._tell()

    def forget(self) -> None:
        """Start anew for another plan: the present, and all of it."""
        was = (
            self.moment.is_past
            or (self._wanted is not None and self._wanted.is_active)
            or (self._duty is not None and self._duty.is_chosen)
        )
        self.moment, self._wanted, self._lens, self.first_seen = NOW, None, None, None
        self._duty = None
        if was:
            self.changed.emit()

    def _tell(self) -> None:
        self._lens = None
        self.changed.emit()
