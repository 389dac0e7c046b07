"""The place below the map: the tables, and the pages that need its width, one at a time.

It is closed until it is asked for and remembers its height.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QSplitter, QStackedWidget

from gui.panels.drawer import Drawer

if TYPE_CHECKING:
    from collections.abc import Callable

    from gui.panels.base import Desk, Panel

TABLES: Final = "tables"
LEAST_MAP_PX = 200


class DrawerPlace(QStackedWidget):
    """Shows one page or none; a page is made when it is first asked for."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._makers: dict[str, Callable[[], Panel]] = {}
        self._pages: dict[str, Panel] = {}
        self.tables = Drawer(desk)
        self.tables.closed.connect(self.close_page)
        self._put(TABLES, self.tables)
        self.hide()

    def bring(self, name: str, make: Callable[[], Panel]) -> None:
        """Add a page; `make` is called when it is first shown."""
        self._makers[name] = make

    def page(self, name: str) -> Panel:
        """Return a page, made if need be; one with a signal ``closed`` can close the place.

        Raises:
            KeyError: There is no such page.
        """
        if name not in self._pages:
            page = self._makers[name]()
            closed = getattr(page, "closed", None)
            if closed is not None:
                closed.connect(self.close_page)
            self._put(name, page)
        return self._pages[name]

    def made(self, name: str) -> Panel | None:
        """Return a page if it was ever shown."""
        return self._pages.get(name)

    @property
    def shown(self) -> str:
        """Name of the page that is open, or empty."""
        if not self.isVisible():
            return ""
        return next(n for n, page in self._pages.items() if page is self.currentWidget())

    def toggle(self, name: str) -> None:
        """Show a page, or close the place if it shows that page already."""
        if self.shown == name:
            self.close_page()
        else:
            self.show_page(name)

    def show_page(self, name: str) -> None:
        """Show a page at the height that the place had last."""
        page = self.page(name)
        self.setCurrentWidget(page)
        if self.isVisible():
            return
        self.show()
        split = self.parentWidget()
        if isinstance(split, QSplitter):
            height = max(self._desk.settings.drawer_height, getattr(page, "wanted_px", 0))
            split.setSizes([max(split.height() - height, LEAST_MAP_PX), height])

    def set_full(self, full: bool) -> None:  # noqa: FBT001 - the slot of a switch
        """Give the place the whole height, in place of the map, or only its own again."""
        split = self.parentWidget()
        above = split.widget(0) if isinstance(split, QSplitter) else None
        if above is not None:
            above.setVisible(not full)

    def close_page(self) -> None:
        """Close the place and remember its height."""
        self.set_full(False)
        split = self.parentWidget()
        if self.isVisible() and isinstance(split, QSplitter):
            self._desk.settings.drawer_height = split.sizes()[1]
        self.hide()

    def _put(self, name: str, page: Panel) -> None:
        self._pages[name] = page
        self.addWidget(page)
