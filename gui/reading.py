"""The worker that reads foreign files: one for the whole window, warm between two files. No Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from geo.formats.reader import FileReader
    from geo.loading import OpenedFile
    from geo.progress import Progress


class Reading:
    """Keeps the worker; started with the first file, ended with the window."""

    def __init__(self) -> None:
        self._reader: FileReader | None = None

    def open(self, path: Path, sheet: str, progress: Progress) -> OpenedFile:
        """Look into a file and read its rows.

        Args:
            path: The file.
            sheet: The one sheet or layer to read; empty takes those that look like data.
            progress: Told of each step, and asked whether to go on.

        Raises:
            PlanError: It cannot be used; it says why.
        """
        from geo.formats.reader import FileReader
        from geo.loading import open_file

        if self._reader is None:
            self._reader = FileReader()
        sheets = [sheet] if sheet else None
        return open_file(self._reader, path, sheets=sheets, progress=progress)

    def cancel(self) -> None:
        """End what the worker is doing."""
        if self._reader is not None:
            self._reader.cancel()

    def close(self) -> None:
        """End the worker."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None
