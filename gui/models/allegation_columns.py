"""The columns of allegations; their free text is read in the dossier, where reading is logged."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.model.entity import Kind
from geo.model.vocabulary import AllegationStatus, Answer, Channel, Precision
from gui import facts, i18n
from gui.models.column import (
    ColumnSpec,
    Form,
    choice_column,
    date_column,
    field_values,
    metres,
    number_column,
    place_columns,
    text_column,
)
from gui.models.site_columns import names_of_sites

if TYPE_CHECKING:
    from geo.edit.reading import PlanRows
    from geo.model.table import Table
    from gui.models.column import Rows, Values

HELD_FIRST = (Answer.YES.value, Answer.UNKNOWN.value, Answer.NO.value)


def _kinds(encoded: Any) -> str:  # noqa: ANN401 - a cell
    return ", ".join(i18n.label(k) for k in facts.kinds_of(encoded))


def _kinds_alone(encoded: Any) -> list[str]:  # noqa: ANN401 - a cell
    return [json.dumps([kind]) for kind in json.loads(encoded or "[]")]


def _grades(_plan: PlanRows, table: Table, rows: Rows) -> Values:
    pairs = zip(table["reliability"][rows], table["credibility"][rows], strict=True)
    return [facts.grade_of(reliability, credibility) for reliability, credibility in pairs]


def _hours(_plan: PlanRows, table: Table, rows: Rows) -> Values:
    written = [
        f"{d}T{t or '00:00'}" if d else "NaT"
        for d, t in zip(table["received_on"][rows], table["received_at"][rows], strict=True)
    ]
    at = np.array(written, dtype="datetime64[s]")
    hours = (np.datetime64(facts.local_now(), "s") - at).astype(np.float64) / 3600
    hours[np.isnat(at)] = np.nan
    return hours


def _time(value: Any) -> str:  # noqa: ANN401 - a cell
    return i18n.digits(str(value)[:5]) if value else ""


def _nationalities(encoded: Any) -> str:  # noqa: ANN401 - a cell
    found = json.loads(encoded) if encoded else []
    return ", ".join(f"{n['country']} {i18n.number(n['count'])}" for n in found)


def _sources(plan: PlanRows, table: Table, rows: Rows) -> Values:
    sources = plan.table(Kind.SOURCE)
    names: dict[str, str] = sources.kept(
        "pseudonyms", (), lambda: dict(zip(sources.ids, sources["pseudonym"], strict=True))
    )
    return [names.get(i, "") for i in table["source_id"][rows]]


def _repeats(_plan: PlanRows, table: Table, rows: Rows) -> Values:
    found = table["duplicate_of"][rows]
    index, references = table.index, table["reference"]
    return [references[index[i]] if i and i in index else "" for i in found]


ALLEGATION_COLUMNS = (
    text_column("reference", "panel.column.reference", width=150, sought=True),
    ColumnSpec(
        key="kinds",
        head="panel.column.kinds",
        values=field_values("kinds"),
        shown=_kinds,
        form=Form.CHOICE,
        width=240,
        parts=_kinds_alone,
    ),
    choice_column("held_now", "panel.column.held_now", Answer, order=HELD_FIRST, width=110),
    number_column(
        "hours",
        "table.column.hours",
        values=_hours,
        fields=("received_on", "received_at"),
        width=110,
    ),
    text_column(
        "grade",
        "panel.column.grade",
        values=_grades,
        form=Form.CHOICE,
        width=80,
        fields=("reliability", "credibility"),
    ),
    choice_column("precision", "panel.column.precision", Precision),
    date_column("received_on", "panel.column.received"),
    text_column("place_text", "panel.column.place", width=180),
    text_column(
        "site",
        "panel.column.site",
        values=names_of_sites,
        width=200,
        fields=("site_id",),
        reads=(Kind.SITE,),
        worded=True,
    ),
    choice_column("status", "panel.column.state", AllegationStatus),
    ColumnSpec(
        key="received_at",
        head="table.column.received_at",
        values=field_values("received_at"),
        shown=_time,
        right=True,
        at_first=False,
    ),
    date_column("occurred_on", "table.column.occurred_on", at_first=False),
    choice_column("channel", "table.column.channel", Channel, at_first=False),
    number_column("people_min", "table.column.people_min", at_first=False),
    number_column("people_max", "table.column.people_max", at_first=False),
    ColumnSpec(
        key="nationalities",
        head="table.column.nationalities",
        values=field_values("nationalities"),
        shown=_nationalities,
        at_first=False,
    ),
    text_column(
        "informant",
        "table.column.informant",
        values=_sources,
        form=Form.CHOICE,
        at_first=False,
        fields=("source_id",),
        reads=(Kind.SOURCE,),
    ),
    text_column(
        "repeats", "table.column.repeats", values=_repeats, at_first=False, fields=("duplicate_of",)
    ),
    number_column("accuracy_m", "panel.column.accuracy", shown=metres, at_first=False),
    *place_columns(),
)
