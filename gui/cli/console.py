"""How a verb speaks: a table for people, one JSON object for programs, one message for an error."""

from __future__ import annotations

import functools
import json
import os
import sys
from collections.abc import Callable, Sequence
from typing import NoReturn, ParamSpec, TypeVar

import typer
from rich.cells import cell_len
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table as RichTable
from rich.text import Text

from geo.catalogue import Language, text
from geo.errors import PlanError

P = ParamSpec("P")
R = TypeVar("R")

FOUND = 1
FAILED = 2

out = Console(soft_wrap=True, highlight=False)
err = Console(stderr=True, soft_wrap=True, highlight=False)


def language() -> Language:
    """Return the language of messages: Khmer if ``UCM_LANG`` or the locale says so."""
    wanted = os.environ.get("UCM_LANG") or os.environ.get("LANG", "")
    return "km" if wanted.startswith("km") else "en"


def say(line: str) -> None:
    """Print a line of plain text; brackets in it are no markup."""
    out.print(Text(line))


def note(line: str) -> None:
    """Print a line of plain text beside the result, on standard error."""
    err.print(Text(line))


def emit(result: dict[str, object]) -> None:
    """Print the one JSON object of a verb."""
    sys.stdout.write(json.dumps(result, ensure_ascii=False, indent=2, default=str) + "\n")


def table(
    heads: Sequence[str],
    rows: Sequence[Sequence[object]],
    *,
    right: Sequence[int] = (),
    whole: bool = False,
) -> None:
    """Print a table.

    Args:
        heads: Headings.
        rows: Cells.
        right: Columns that are right-aligned.
        whole: Rather wider than the terminal than with numbers that are cut.
    """
    grid = RichTable(box=None, pad_edge=False, header_style="bold")
    for position, head in enumerate(heads):
        grid.add_column(head, justify="right" if position in right else "left")
    for row in rows:
        grid.add_row(*(Text(str(cell)) for cell in row))
    if whole and (needed := _width(heads, rows)) > out.width:
        Console(width=needed, soft_wrap=True, highlight=False).print(grid)
        return
    out.print(grid)


def _width(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> int:
    """Return how wide a table is whose cells are not broken."""
    lines = [heads, *rows]
    return sum(max(cell_len(str(line[i])) for line in lines) + 2 for i in range(len(heads)))


def fail(error: PlanError) -> NoReturn:
    """Print a known error's one message on standard error and end with 2."""
    err.print(Text(message(error)))
    raise typer.Exit(FAILED)


def message(error: PlanError) -> str:
    """Return a known error as a sentence in the user's language."""
    return text(error.code, language(), **error.params)


def verb(function: Callable[P, R]) -> Callable[P, R]:
    """Turn a known error of a verb into its one message and exit code 2."""

    @functools.wraps(function)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except PlanError as error:
            fail(error)

    return guarded


class TerminalProgress:
    """A progress bar on a terminal; silent when the output goes elsewhere."""

    def __init__(self) -> None:
        """Show nothing until the first step."""
        self._bar: Progress | None = None
        self._task: int | None = None

    def step(self, done: int, total: int, code: str = "") -> None:
        """Show `done` of `total`."""
        if not err.is_terminal:
            return
        if self._bar is None:
            self._bar = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                console=err,
                transient=True,
            )
            self._bar.start()
            self._task = self._bar.add_task("", total=total)
        label = text(code, language()) if code else ""
        self._bar.update(self._task, completed=done, total=total, description=label)  # type: ignore[arg-type] # there is a task by now

    def close(self) -> None:
        """Remove the bar."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None
