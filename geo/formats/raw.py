"""What was read from a foreign file, before anybody asked what it means. Pure values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

Cell = None | str | int | float | bool | date | datetime
"""A cell as the file holds it: a text id stays text, a bare Excel serial stays a number."""

HeaderRows = Mapping[str, tuple[int, int]]
"""Sheet → (line of its header from 1, number of lines) as a person chose it.

A file without sheets has the name ``""``, which in a workbook stands for every sheet that is not
named. No line at all says that the data begin there.
"""


@dataclass(frozen=True, slots=True)
class RowNote:
    """Something about one row of a file.

    Attributes:
        row: Row number as a person counts in the file (in Excel: of the sheet).
        what: Message code, e.g. ``import.repair.cut_text``.
        field: Column of the file, or empty.
        value: The value as it stands there, or empty.
        sheet: Sheet, or empty where the file has none.
    """

    row: int
    what: str
    field: str = ""
    value: str = ""
    sheet: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawTable:
    """The data rows of a file, column by column, in the order of the file.

    Attributes:
        columns: Column names, unique.
        cells: For each column its cells, all of the same length.
        numbers: Row number as a person counts in the file.
        sheets: Sheet of each row, or empty.
        lon: Point of each row in degrees (EPSG:4326), or None.
        lat: Likewise.
        areas: Polygon or multipolygon of each row as WKB (EPSG:4326), or None.
        has_geometry: Whether the format carries geometry at all, so that none in a row is a gap.
        repairs: What was mended while reading, to be shown.
        damaged: Rows whose content cannot be trusted; they stay among the rows and are rejected.
        skipped: Rows that are no data: titles, headers, subtotals, blank lines, notes.
        date1904: Excel serials of this workbook count from 1904.
        joined: Column that was made of repeat sheets, or empty.
    """

    columns: tuple[str, ...]
    cells: tuple[list[Cell], ...]
    numbers: list[int]
    sheets: list[str] = field(default_factory=list)
    lon: list[float | None] = field(default_factory=list)
    lat: list[float | None] = field(default_factory=list)
    areas: list[bytes | None] = field(default_factory=list)
    has_geometry: bool = False
    repairs: tuple[RowNote, ...] = ()
    damaged: tuple[RowNote, ...] = ()
    skipped: tuple[RowNote, ...] = ()
    date1904: bool = False
    joined: str = ""

    def __len__(self) -> int:
        """Return the number of data rows."""
        return len(self.numbers)

    @property
    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """Yield each row as a tuple of cells."""
        if not self.cells:
            return iter([()] * len(self))
        return zip(*self.cells, strict=True)

    def column(self, name: str) -> list[Cell]:
        """Return the cells of a column.

        Raises:
            KeyError: There is no such column.
        """
        try:
            return self.cells[self.columns.index(name)]
        except ValueError:
            raise KeyError(name) from None

    def row_values(self, position: int) -> dict[str, Cell]:
        """Return the cells of one row by column name."""
        return {name: cells[position] for name, cells in zip(self.columns, self.cells, strict=True)}

    def sheet_of(self, position: int) -> str:
        """Return the sheet of a row, or an empty text."""
        return self.sheets[position] if self.sheets else ""

    def padded(self) -> RawTable:
        """Return this table with full geometry and sheet lists."""
        n = len(self)
        return replace(
            self,
            sheets=self.sheets or [""] * n,
            lon=self.lon or [None] * n,
            lat=self.lat or [None] * n,
            areas=self.areas or [None] * n,
        )


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """A line of a sheet as it stands in the file, for choosing the header by eye.

    Attributes:
        row: Its number as a person counts.
        cells: What stands in it, as text, not too long.
        hidden: Whether the file hides it.
    """

    row: int
    cells: tuple[str, ...]
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class SheetInfo:
    """A sheet or layer of a file.

    Attributes:
        name: Its name, or empty.
        rows: Number of data rows, as far as known before reading it all.
        columns: Column names as the header guess gives them.
        header_row: First line of the header as a person counts, 0 when there is none.
        header_lines: How many lines the header has.
        preview: Its first lines as they stand there; none where a format has no lines.
        hidden: Whether the file hides the whole sheet.
    """

    name: str
    rows: int
    columns: tuple[str, ...]
    header_row: int = 0
    header_lines: int = 0
    preview: tuple[PreviewLine, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FileInfo:
    """What a look into a file tells before it is read.

    Attributes:
        format: ``csv``, ``xlsx``, ``geojson``, ``gpkg``, ``kml``, ``kmz``, ``gpx`` or ``shp``.
        main: Names of the sheets or layers that `FileReader.read` takes by itself.
        sha256: Of the file, hexadecimal.
        encoding: Of a text file, else empty.
        delimiter: Of a CSV file, else empty.
        crs: Of the coordinates in the file, e.g. ``EPSG:32648``, or empty.
    """

    name: str
    format: str
    size: int
    sha256: str
    sheets: tuple[SheetInfo, ...]
    main: tuple[str, ...] = ()
    encoding: str = ""
    delimiter: str = ""
    crs: str = ""
