"""Unity Command Map: the window, or with a verb one job without it.

``python app.py`` opens the window, ``python app.py PLAN`` opens it on a plan, ``python app.py VERB
…`` does one job and ends. Everything heavy is imported after it is known which of the two is
wanted.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geo.progress import Progress


def main(arguments: list[str] | None = None) -> int:
    """Run the program and return its exit status.

    Returns:
        0 when done, 1 when a check found something, 2 for a known error.
    """
    given = sys.argv[1:] if arguments is None else arguments
    from gui.cli.verbs import has_display, is_command

    if is_command(given):
        return _command(given)
    if not has_display():
        from geo.catalogue import text

        sys.stderr.write(text("error.cli.no_display", "en") + "\n")
        return 2
    from gui.application import run

    return run(Path(given[0]) if given else None, build_demo=_build_demo)


def _build_demo(folder: Path, progress: Progress) -> Path:
    from geo.demo import build

    return build(folder, progress).path


def _command(arguments: list[str]) -> int:
    import typer

    from gui.cli.main import command_line

    try:
        status = command_line(arguments[0])(arguments, standalone_mode=False)
    except typer.Exit as ended:
        return ended.exit_code
    except typer.Abort:
        return 2
    except Exception as error:  # noqa: BLE001 - the last line of defence: see below
        # Typer's usage errors carry their own sentence; anything else is a bug. Its traceback may
        # quote a name or a coordinate: the log keeps where it broke and no values.
        if not hasattr(error, "exit_code") or not hasattr(error, "show"):
            return _bug(error)
        error.show()
        return int(error.exit_code)
    return int(status or 0)


def _bug(bug: Exception) -> int:
    from geo.catalogue import text
    from geo.home import home
    from gui import log
    from gui.cli.console import language

    log.keep_log_in(home())
    log.log_bug(bug)
    sys.stderr.write(text("error.cli.bug", language(), log=str(home() / log.FILE_NAME)) + "\n")
    return 2


if __name__ == "__main__":
    sys.exit(main())
