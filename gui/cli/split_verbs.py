"""Balanced, contiguous zones: ``split PLAN --province P --into 4 --seed 1``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from geo.analysis.split.order import Wish, order_area, order_province
from geo.analysis.split.units import UnitKind
from geo.analysis.split.weights import Measure, Part, weights_for
from geo.catalogue import text
from geo.edit.splitting import LETTERS, replaceable, split_into_zones, split_names, staying
from geo.errors import InputError
from geo.gazetteer import Gazetteer
from geo.model.command import Operation
from gui.cli import console
from gui.cli.lookup import named, read_outline
from gui.cli.opening import ActorOption, JsonOption, PassphraseOption, PlanArgument, opened

if TYPE_CHECKING:
    from geo.analysis.split.result import Split


@console.verb
def split(
    plan: PlanArgument,
    *,
    into: Annotated[int, typer.Option(help="How many zones.")],
    province: Annotated[
        str, typer.Option(help="Province, Khmer or English; else that of the plan.")
    ] = "",
    area: Annotated[
        str, typer.Option(help="Split this polygon instead: WKT, or a GeoJSON file.")
    ] = "",
    seed: Annotated[int, typer.Option(help="The same seed gives the same zones.")] = 1,
    weight: Annotated[
        Measure, typer.Option(help="What every zone gets the same of.")
    ] = Measure.WORKLOAD,
    units: Annotated[
        UnitKind | None,
        typer.Option(help="Along communes or hexagons; else communes where they are loaded."),
    ] = None,
    candidates: Annotated[int, typer.Option(help="Splits drawn, of which the best is kept.")] = 120,
    operation_name: Annotated[str, typer.Option("--operation", help="Its operation.")] = "",
    replace: Annotated[
        bool, typer.Option("--replace", help="Draft zones of the operation give way.")
    ] = False,
    actor: ActorOption = "",
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Split a province or an area into contiguous zones of equal workload.

    Without an operation the zones are a proposal: the next split of the same ground takes its
    place. Locked zones stay, and so do units that are locked in a zone (``zone --of Z --keep U``).
    """
    from geo.analysis.split.job import split as split_job
    from geo.compute import Computer

    if area and province:
        raise InputError("error.cli.split_area")
    lang = console.language()
    with opened(plan, actor=actor, passphrase_file=passphrase_file, acts=True) as project:
        operation = named(project, Operation, operation_name) if operation_name else None
        operation_id = operation.id if operation else ""
        code = Gazetteer.load().province(province).code if province else project.info.province_code
        going = replaceable(project, operation_id) if replace and operation else ()
        wish = Wish(
            into=into,
            seed=seed,
            weights=weights_for(weight),
            units=units,
            candidates=max(candidates, 1),
            left_out=staying(project, operation_id, going),
            giving_way=going if operation else None,
        )
        progress = console.TerminalProgress()
        try:
            if area:
                order = order_area(project, read_outline(area), wish, progress)
            else:
                order = order_province(project, code, wish, progress)
            with Computer() as computer:
                result: Split = computer.run(split_job, order, progress=progress)
        finally:
            progress.close()
        if operation is None:
            going = replaceable(project, "", [zone.outline for zone in result.zones])
        word = text("split.zone_word", lang)
        names = split_names(project, result, word, LETTERS[lang], going)
        project.commit(split_into_zones(project, result, operation_id, names, replacing=going))
    if as_json:
        console.emit(as_object(result, names))
        return
    _print(result, names, len(going))


def as_object(result: Split, names: tuple[str, ...]) -> dict[str, object]:
    """Return what ``--json`` prints."""
    lang = console.language()
    return {
        "zones": [
            {
                "name": name,
                "units": list(zone.units),
                "kept": list(zone.kept),
                "workload": zone.workload,
                "deviation": zone.deviation,
                "compactness": zone.compactness,
                "parts": dict(zip(Part, zone.work, strict=True)),
            }
            for name, zone in zip(names, result.zones, strict=True)
        ],
        "max_deviation": result.max_deviation,
        "contiguous": result.contiguous,
        "seed": result.seed,
        "note": " ".join(text(n.code, lang, **n.params) for n in result.notes),
        "candidates": result.candidates,
        "unit_kind": result.units.kind.value,
    }


def _print(result: Split, names: tuple[str, ...], replaced: int) -> None:
    lang = console.language()
    heads = [
        text(f"split.head.{head}", lang)
        for head in ("zone", "units", "workload", "deviation", "compactness")
    ] + [text(f"split.part.{part.value}", lang) for part in Part]
    console.table(
        heads,
        [
            (
                name,
                len(zone.units),
                f"{zone.workload:.1f}",
                f"{zone.deviation * 100:+.1f} %",
                f"{zone.compactness:.2f}",
                *(f"{count:.1f}" for count in zone.count),
            )
            for name, zone in zip(names, result.zones, strict=True)
        ],
        right=range(1, 5 + len(Part)),
    )
    console.say(
        text(
            "split.summary",
            lang,
            candidates=result.candidates,
            units=len(result.units.ids),
            kind=text(f"split.kind.{result.units.kind.value}", lang),
            seed=result.seed,
            deviation=f"{result.max_deviation * 100:.1f}",
            km=f"{result.travel_m / 1000:.1f}",
        )
    )
    for note in result.notes:
        console.say(text(note.code, lang, **note.params))
    if replaced:
        console.say(text("split.replaced", lang, count=replaced))
