"""The worker that reads foreign files: one for the whole window, warm between two files. No Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from geo.formats.raw import HeaderRows
    from geo.formats.reader import FileReader
    from geo.loading import OpenedFile
    from geo.progress import Progress


class Reading:
    """Keeps the worker; started with the first file, ended with the window."""

    def __init__(self) -> None:
        self._reader: FileReader | None = None

    def open(
        self,
        path: Path,
        progress: Progress,
        *,
        sheets: Sequence[str] | None = None,
        header: HeaderRows | None = None,
    ) -> OpenedFile:
        """Look into a file and read its rows.

        Args:
            path: The file.
            progress: Told of each step, and asked whether to go on.
            sheets: The sheets or layers to read; None takes those that look like data.
            header: Header rows that a person chose.

        Raises:
            PlanError: It cannot be used; it says why.
        """
        from geo.loading import open_file

        return open_file(self.reader(), path, sheets=sheets, header=header, progress=progress)

    def reader(self) -> FileReader:
        """Return the worker, made if need be."""
        from geo.formats.reader import FileReader

        if self._reader is None:
            self._reader = FileReader()
        return self._reader

    def cancel(self) -> None:
        """End what the worker is doing."""
        if self._reader is not None:
            self._reader.cancel()

    def close(self) -> None:
        """End the worker."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None
