"""The log of bugs: where in the code something broke, and never a value out of a plan.

The text of an exception may quote a name or a coordinate: only its type and the lines are kept.
"""

from __future__ import annotations

import sys
import traceback
from datetime import UTC, datetime
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

FILE_NAME: Final = "errors.log"
MAX_BYTES: Final = 200_000

_folder: Path | None = None


def keep_log_in(folder: Path) -> None:
    """Write bugs into a file of `folder` from now on."""
    global _folder  # noqa: PLW0603 - the hook of the interpreter is global as well
    _folder = folder


def worded(bug: BaseException) -> str:
    """Return a bug as text: its types and lines, without messages or values."""
    parts: list[str] = []
    link: BaseException | None = bug
    while link is not None:
        parts.append(type(link).__name__)
        parts += [
            f"  {PurePath(frame.filename).name}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(link.__traceback__)
        ]
        link = link.__cause__ or link.__context__
    return "\n".join(parts)


def log_bug(bug: BaseException) -> None:
    """Add a bug to the log; a log that cannot be written must not hide the bug."""
    entry = f"{datetime.now(UTC).isoformat(timespec='seconds')} {worded(bug)}\n"
    sys.stderr.write(entry)
    if _folder is None:
        return
    path = _folder / FILE_NAME
    try:
        _folder.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > MAX_BYTES:
            path.replace(path.with_suffix(".old.log"))
        with path.open("a", encoding="utf-8") as stream:
            stream.write(entry)
    except OSError:
        sys.stderr.write("the log cannot be written\n")


def hook(kind: type[BaseException], bug: BaseException, trace: TracebackType | None) -> None:
    """Log what nothing caught; for `sys.excepthook`."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, bug, trace)
        return
    log_bug(bug)
