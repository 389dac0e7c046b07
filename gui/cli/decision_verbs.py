"""Decisions on legal status on the command line: one, or a file of them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from geo.edit import decisions
from geo.errors import InputError
from geo.model.vocabulary import LegalStatus
from gui.cli import console
from gui.cli.acts import done
from gui.cli.lookup import authority_of, read_rulings, site_id_of
from gui.cli.opening import ActorOption, JsonOption, PassphraseOption, PlanArgument, opened


@console.verb
def decide(
    plan: PlanArgument,
    *,
    site: Annotated[str, typer.Option(help="Code or id of the site.")] = "",
    to: Annotated[LegalStatus | None, typer.Option(help="The status decided.")] = None,
    reason: Annotated[str, typer.Option(help="The authority's reason.")] = "",
    authority: Annotated[str, typer.Option(help="An authority of the plan's list.")] = "",
    document: Annotated[str, typer.Option(help="Reference of its document.")] = "",
    on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day of it.")] = None,
    file: Annotated[
        Path | None,
        typer.Option(help="CSV of decisions: code, to, reason, authority, document, decided_on."),
    ] = None,
    actor: ActorOption = "",
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Enter an authority's decision on a site's legal status, or a file of decisions."""
    with opened(plan, actor=actor, passphrase_file=passphrase_file, acts=True) as project:
        if file is not None:
            rulings = read_rulings(project, file)
        else:
            if to is None or on is None:
                raise InputError("error.cli.decide_needs")
            rulings = [
                decisions.SiteRuling(
                    site_id=site_id_of(project, site),
                    to=to,
                    reason=reason,
                    authority_id=authority_of(project, authority),
                    document=document,
                    decided_on=on.date(),
                )
            ]
        committed = project.commit(decisions.decide_many(project, rulings))
        done(committed, committed.deltas[0].ids[0], as_json=as_json)
