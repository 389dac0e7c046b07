"""The command line's verbs, put together."""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Annotated

import typer

from gui.cli.verbs import VERBS


def command_line(asked: str = "") -> typer.Typer:
    """Return the command line with the verb that is asked for, or with all of them.

    One verb is told from another by the first word. Only its own module is then imported: reading
    all of them takes longer than most of them do.
    """
    app = typer.Typer(
        name="unity-command-map",
        help="Operations of a provincial command on one map. Without a verb the window opens.",
        no_args_is_help=False,
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
        callback=_root,
    )
    for verb in (asked,) if asked in VERBS else VERBS:
        module, function = VERBS[verb]
        app.command(verb)(getattr(import_module(f"gui.cli.{module}"), function))
    return app


def _version(wanted: bool) -> None:  # noqa: FBT001 - typer hands the flag over by position
    if wanted:
        try:
            typer.echo(version("unity-command-map"))
        except PackageNotFoundError:
            typer.echo("unity-command-map, from its source folder")
        raise typer.Exit


def _root(
    *,
    show: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Hold the options that go before the verb."""
