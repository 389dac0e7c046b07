"""The command line's verbs, put together."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from typing import Annotated

import typer

from gui.cli import (
    answer_verbs,
    ask_verbs,
    coordination_verbs,
    day_verbs,
    decision_verbs,
    demo_verbs,
    export_verbs,
    hotspot_verbs,
    import_verbs,
    links_verbs,
    operation_verbs,
    output_verbs,
    plan_verbs,
    pressure_verbs,
    readiness_verbs,
    return_verbs,
    scoreboard_verbs,
    split_verbs,
    team_verbs,
    visit_verbs,
    zone_verbs,
)

app = typer.Typer(
    name="unity-command-map",
    help="Operations of a provincial command on one map. Without a verb the window opens.",
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_VERBS: dict[str, Callable[..., None]] = {
    "new": plan_verbs.new,
    "import": import_verbs.import_file,
    "answer": answer_verbs.answer,
    "info": plan_verbs.info,
    "check": plan_verbs.check,
    "audit": plan_verbs.audit,
    "undo": plan_verbs.undo,
    "redo": plan_verbs.redo,
    "user": plan_verbs.user,
    "operation": operation_verbs.operation,
    "zone": zone_verbs.zone,
    "team": team_verbs.team,
    "assign": team_verbs.assign,
    "unassign": team_verbs.unassign,
    "accept": team_verbs.accept,
    "coordinate": coordination_verbs.coordinate,
    "support": coordination_verbs.support,
    "submit": operation_verbs.submit,
    "withdraw": operation_verbs.withdraw,
    "override": operation_verbs.override,
    "release": operation_verbs.release,
    "step": operation_verbs.step,
    "decide": decision_verbs.decide,
    "readiness": readiness_verbs.show,
    "report": output_verbs.report,
    "form": day_verbs.form,
    "inspect": visit_verbs.inspect,
    "outcome": visit_verbs.outcome,
    "fine": visit_verbs.fine,
    "tick": day_verbs.tick,
    "log": day_verbs.log,
    "render": output_verbs.render,
    "links": links_verbs.links,
    "split": split_verbs.split,
    "hotspots": hotspot_verbs.hotspots,
    "pressure": pressure_verbs.pressure,
    "scoreboard": scoreboard_verbs.scoreboard,
    "return": return_verbs.sign,
    "combine": return_verbs.side_by_side,
    "ask": ask_verbs.ask,
    "export": export_verbs.export,
    "demo": demo_verbs.demo,
}
for name, function in _VERBS.items():
    app.command(name)(function)


def _version(wanted: bool) -> None:  # noqa: FBT001 - typer hands the flag over by position
    if wanted:
        try:
            typer.echo(version("unity-command-map"))
        except PackageNotFoundError:
            typer.echo("unity-command-map, from its source folder")
        raise typer.Exit


@app.callback()
def _root(
    *,
    show: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Hold the options that go before the verb."""
