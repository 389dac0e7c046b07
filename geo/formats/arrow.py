"""A `RawTable` as Arrow IPC bytes and back: how rows travel from the worker."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from geo.collector import at_rest
from geo.formats.raw import Cell, RawTable, RowNote

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# A column of one type travels as that type; a mixed one as text with the type's letter in front.
_ONE_TYPE = {str: "s", int: "i", float: "f", bool: "b"}
_ARROW = {"s": pa.large_string(), "i": pa.int64(), "f": pa.float64(), "b": pa.bool_()}
_INT64 = 1 << 63
_STEP = 4_000
_UNPACK: dict[str, Callable[[str], Cell]] = {
    "s": str,
    "i": int,
    "f": float,
    "b": "1".__eq__,
    "d": date.fromisoformat,
    "t": datetime.fromisoformat,
}


def to_ipc(table: RawTable) -> bytes:
    """Return the table as one Arrow IPC stream."""
    arrays: list[Any] = []
    fields: list[Any] = []

    def add(name: str, array: Any, how: str) -> None:  # noqa: ANN401 - pyarrow is untyped
        arrays.append(array)
        fields.append(pa.field(name, array.type, metadata={"how": how}))

    for name, cells in zip(table.columns, table.cells, strict=True):
        how = _how(cells)
        values = [_packed(c) for c in cells] if how == "m" else cells
        add(name, pa.array(values, type=_ARROW.get(how, pa.large_string())), how)
    full = table.padded()
    add("numbers", pa.array(full.numbers, type=pa.int64()), "number")
    add("sheets", pa.array(full.sheets, type=pa.string()).dictionary_encode(), "sheet")
    add("lon", pa.array(full.lon, type=pa.float64()), "lon")
    add("lat", pa.array(full.lat, type=pa.float64()), "lat")
    add("areas", pa.array(full.areas, type=pa.large_binary()), "area")
    extra = {
        "has_geometry": table.has_geometry,
        "date1904": table.date1904,
        "joined": table.joined,
        **{k: [asdict(n) for n in getattr(table, k)] for k in ("repairs", "damaged", "skipped")},
    }
    schema = pa.schema(fields, metadata={"extra": json.dumps(extra, ensure_ascii=False)})
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, schema) as writer:
        writer.write_batch(pa.record_batch(arrays, schema=schema))
    return bytes(sink.getvalue())


def _listed(column: Any) -> list[Any]:  # noqa: ANN401 - pyarrow is untyped
    """Return a column as Python values, in short steps: the conversion holds the interpreter."""
    if pa.types.is_dictionary(column.type):
        # Value by value out of a dictionary takes fifty times as long, all of it held.
        column = column.cast(column.type.value_type)
    values: list[Any] = []
    for start in range(0, len(column), _STEP):
        values += column.slice(start, _STEP).to_pylist()
    return values


def from_ipc(data: bytes | bytearray) -> RawTable:
    """Return the table that `to_ipc` wrote."""
    with at_rest():
        return _table_of(data)


def _table_of(data: bytes | bytearray) -> RawTable:
    with pa.ipc.open_stream(data) as reader:
        content = reader.read_all()
    extra = json.loads(content.schema.metadata[b"extra"])
    notes = {k: tuple(RowNote(**n) for n in extra[k]) for k in ("repairs", "damaged", "skipped")}
    columns: list[str] = []
    cells: list[list[Cell]] = []
    rest: dict[str, list[Any]] = {}
    for item, chunked in zip(content.schema, content.columns, strict=True):
        how = item.metadata[b"how"].decode()
        values = _listed(chunked)
        if how in {"s", "i", "f", "b"}:
            columns.append(item.name)
            cells.append(values)
        elif how == "m":
            columns.append(item.name)
            cells.append([_unpacked(v) for v in values])
        else:
            rest[how] = values
    return RawTable(
        columns=tuple(columns),
        cells=tuple(cells),
        numbers=rest["number"],
        sheets=rest["sheet"],
        lon=rest["lon"],
        lat=rest["lat"],
        areas=rest["area"],
        has_geometry=extra["has_geometry"],
        date1904=extra["date1904"],
        joined=extra["joined"],
        **notes,
    )


def _how(cells: Sequence[Cell]) -> str:
    types = {type(c) for c in cells if c is not None}
    if not types:
        return "s"
    if len(types) > 1:
        return "m"
    only = types.pop()
    if only is int and any(isinstance(c, int) and not -_INT64 <= c < _INT64 for c in cells):
        return "m"
    return _ONE_TYPE.get(only, "m")


def _packed(cell: Cell) -> str | None:
    if cell is None:
        return None
    if isinstance(cell, datetime | date):
        return ("t" if isinstance(cell, datetime) else "d") + cell.isoformat()
    if isinstance(cell, bool):
        return "b1" if cell else "b0"
    if isinstance(cell, int):
        return f"i{cell}"
    if isinstance(cell, float):
        return f"f{cell!r}"
    return "s" + cell


def _unpacked(packed: str | None) -> Cell:
    if packed is None:
        return None
    kind, text = packed[0], packed[1:]
    return _UNPACK[kind](text)
