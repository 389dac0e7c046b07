"""What stands between an operation and its release: ``readiness PLAN --operation O``."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from geo.analysis.readiness.gaps import Gap
from geo.analysis.readiness.ready import Readiness, readiness
from geo.analysis.readiness.wording import example_name, gap_sentence
from geo.catalogue import text
from geo.clock import CAMBODIA_TIME
from geo.errors import InputError
from geo.localise import format_number
from geo.model.command import Operation, Zone
from geo.project import Project
from gui.cli import console
from gui.cli.lookup import named
from gui.cli.opening import ActorOption, JsonOption, PassphraseOption, PlanArgument, opened


@console.verb
def show(
    plan: PlanArgument,
    *,
    operation_name: Annotated[str, typer.Option("--operation", help="Name or id of it.")],
    zone_name: Annotated[
        str, typer.Option("--zone", help="Name or id of a zone; else all of them.")
    ] = "",
    actor: ActorOption = "",
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Tell what stands between an operation and its release; exit 1 if anything does."""
    with opened(plan, actor=actor, passphrase_file=passphrase_file) as project:
        operation = named(project, Operation, operation_name)
        progress = console.TerminalProgress()
        try:
            found = readiness(
                project, operation.id, now=datetime.now(CAMBODIA_TIME), progress=progress
            )
        finally:
            progress.close()
        if zone_name:
            found = _of_zone(project, found, operation, zone_name)
    if as_json:
        console.emit(_as_object(found))
    else:
        _tell(found, operation)
    if not found.ready:
        raise typer.Exit(console.FOUND)


def _of_zone(project: Project, found: Readiness, operation: Operation, zone_name: str) -> Readiness:
    """Return only what concerns one zone: its own gaps and those of the whole operation.

    Raises:
        InputError: The zone is not one of the operation's.
    """
    zone = named(project, Zone, zone_name)
    chosen = tuple(z for z in found.zones if z.zone_id == zone.id)
    if not chosen:
        raise InputError("error.readiness.other_zone", zone=zone.name, operation=operation.name)
    return Readiness(found.operation_id, chosen, found.gaps)


def _as_object(found: Readiness) -> dict[str, object]:
    return {
        "ready": found.ready,
        "missing": [_gap_object(g) for g in found.gaps],
        "zones": [
            {
                "name": zone.name,
                "id": zone.zone_id,
                "ready": zone.ready,
                "missing": [_gap_object(g) for g in zone.gaps],
            }
            for zone in found.zones
        ],
    }


def _gap_object(gap: Gap) -> dict[str, object]:
    over = gap.overridden
    return {
        "what": gap.what.value.rsplit(".", 1)[1],
        "count": gap.count,
        "examples": [example_name(e) for e in gap.examples],
        "text": gap_sentence(gap, console.language()),
        "overridable": gap.overridable,
        "overridden": over and {"reason": over.reason, "decided_by": over.decided_by},
    }


def _tell(found: Readiness, operation: Operation) -> None:
    lang = console.language()
    whole = text("readiness.whole_operation", lang)
    lines = [(whole, gap) for gap in found.gaps]
    lines += [(zone.name, gap) for zone in found.zones for gap in zone.gaps]
    if lines:
        console.table(
            [text(f"readiness.head.{c}", lang) for c in ("zone", "missing", "examples", "state")],
            [
                (
                    where,
                    gap_sentence(gap, lang),
                    ", ".join(example_name(e) for e in gap.examples),
                    text(_state_code(gap), lang),
                )
                for where, gap in lines
            ],
        )
    standing = sum(gap.stands for _, gap in lines)
    code = "readiness.ready" if found.ready else "readiness.not_ready"
    console.say(text(code, lang, operation=operation.name, count=format_number(standing, lang)))


def _state_code(gap: Gap) -> str:
    if gap.overridden is not None:
        return "readiness.state.overridden"
    return "readiness.state.missing" if gap.overridable else "readiness.state.never"
