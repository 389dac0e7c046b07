"""The columns of sites and of the licences that belong to them."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geo.model.entity import Kind
from geo.model.vocabulary import Activity, AllegationStatus, LegalStatus, Precision, SiteKind
from gui import facts, i18n
from gui.i18n import tr
from gui.models.column import (
    ColumnSpec,
    Form,
    choice_column,
    date_column,
    metres,
    name_values,
    number,
    number_column,
    place_columns,
    text_column,
)
from layers.lens import ANNULLED

if TYPE_CHECKING:
    from geo.edit.reading import PlanRows
    from geo.model.table import Table
    from gui.models.column import Rows, Values

SOON: Final = timedelta(days=60)
ANNULLED_MARK: Final = "/annulled"


class LicenceState(StrEnum):
    """What a licence is worth today, the worst first."""

    EXPIRED = "expired"
    EXPIRING = "expiring"
    VALID = "valid"
    OPEN_END = "open_end"
    NONE = "none"


_BETTER: Final[dict[str, int]] = {state.value: place for place, state in enumerate(LicenceState)}


def state_on(expires_on: Any, today: date) -> str:  # noqa: ANN401 - a cell
    """Return what a licence that ends on a day (ISO text) is worth on another."""
    if not expires_on:
        return LicenceState.OPEN_END.value
    if expires_on < today.isoformat():
        return LicenceState.EXPIRED.value
    soon = expires_on <= (today + SOON).isoformat()
    return (LicenceState.EXPIRING if soon else LicenceState.VALID).value


def state_word(value: Any) -> str:  # noqa: ANN401 - a cell
    """Show the state of a licence."""
    return tr(f"table.licence.{value}") if value else ""


def _states(_plan: PlanRows, table: Table, rows: Rows) -> Values:
    today = facts.local_now().date()
    return [state_on(day, today) for day in table["expires_on"][rows]]


def _days_left(_plan: PlanRows, table: Table, rows: Rows) -> Values:
    today = np.datetime64(facts.local_now().date())
    days = np.array([d or "NaT" for d in table["expires_on"][rows]], dtype="datetime64[D]")
    left = (days - today).astype(np.float64)
    left[np.isnat(days)] = np.nan
    return left


def _best_states(table: Table, today: date) -> dict[str, str]:
    """Return site id → the best of its licences."""
    best: dict[str, str] = {}
    for site_id, day in zip(table["site_id"].tolist(), table["expires_on"].tolist(), strict=True):
        if site_id:
            state = state_on(day, today)
            if _BETTER[state] >= _BETTER[best.get(site_id, "expired")]:
                best[site_id] = state
    return best


def _licence_of_site(plan: PlanRows, table: Table, rows: Rows) -> Values:
    licences, today = plan.table(Kind.LICENCE), facts.local_now().date()
    best = licences.kept("best of site", (today,), lambda: _best_states(licences, today))
    none = LicenceState.NONE.value
    return [best.get(i, none) for i in table.ids[rows]]


def _reports(table: Table, until: str) -> dict[str, int]:
    """Return site id → its allegations, of a past day those received up to that day.

    What repeats another is not counted twice.
    """
    first = table["status"] != AllegationStatus.DUPLICATE.value
    if until:
        first = first & np.array([bool(d) and d <= until for d in table["received_on"]], dtype=bool)
    return dict(Counter(table["site_id"][first].tolist()))


def _allegations(plan: PlanRows, table: Table, rows: Rows) -> Values:
    day = facts.day_of(plan)
    until = day.isoformat() if day < facts.local_now().date() else ""
    reports = plan.table(Kind.ALLEGATION)
    count = reports.kept("of site", (until,), lambda: _reports(reports, until))
    return [count.get(i, 0) for i in table.ids[rows]]


def _latest(table: Table, until: str) -> dict[str, str]:
    """Return site id → day of its last decision; of a past day, up to that day."""
    found: dict[str, str] = {}
    for site_id, day in zip(table["site_id"].tolist(), table["decided_on"].tolist(), strict=True):
        if day <= until:
            found[site_id] = max(day, found.get(site_id, ""))
    return found


def _decided_on(plan: PlanRows, table: Table, rows: Rows) -> Values:
    until = facts.day_of(plan).isoformat()
    decisions = plan.table(Kind.STATUS_DECISION)
    latest = decisions.kept("last of site", (until,), lambda: _latest(decisions, until))
    return [latest.get(i) for i in table.ids[rows]]


site_names = name_values("name_km", "name_en", "name_zh", "code")


def names_of_sites(plan: PlanRows, table: Table, rows: Rows) -> Values:
    """Return the name of the site that each row is linked to, or empty."""
    sites = plan.table(Kind.SITE)
    wanted = table["site_id"][rows]
    at = np.array([sites.index.get(i, -1) for i in wanted], dtype=np.int64)
    found = np.full(len(wanted), "", dtype=object)
    linked = at >= 0
    found[linked] = site_names(plan, sites, at[linked])
    return found


def unit_count(value: Any) -> str:  # noqa: ANN401 - a cell
    """Show a count; nothing instead of a zero that would only fill the eye."""
    return number(value) if value else ""


def _statuses(_plan: PlanRows, table: Table, rows: Rows) -> Values:
    """Return the legal status; on a past day an annulled decision must not read as one in force."""
    values, flags = table["legal_status"][rows], table.columns.get(ANNULLED)
    return values if flags is None else np.where(flags[rows], values + ANNULLED_MARK, values)


def _status_word(value: Any) -> str:  # noqa: ANN401 - a cell
    if not value:
        return ""
    words = i18n.label(LegalStatus(value.removesuffix(ANNULLED_MARK)))
    return f"{words} · {tr('time.annulled')}" if value.endswith(ANNULLED_MARK) else words


SITE_COLUMNS = (
    text_column(
        "name",
        "panel.column.name",
        values=site_names,
        width=230,
        fields=("name_km", "name_en", "name_zh", "code"),
        worded=True,
    ),
    text_column("code", "panel.column.code", width=96, sought=True),
    choice_column("kind", "panel.column.kind", SiteKind, order=(), width=150),
    ColumnSpec(
        key="legal_status",
        head="panel.column.status",
        values=_statuses,
        shown=_status_word,
        form=Form.CHOICE,
        order=tuple(v for s in LegalStatus for v in (s.value, s.value + ANNULLED_MARK)),
    ),
    choice_column("activity", "panel.column.activity", Activity, width=108),
    choice_column("precision", "panel.column.precision", Precision, width=110),
    number_column("accuracy_m", "panel.column.accuracy", shown=metres),
    number_column("capacity", "panel.column.capacity"),
    date_column("visited_on", "panel.column.visited"),
    text_column("source", "panel.column.source", width=158),
    ColumnSpec(
        key="licence_state",
        head="table.column.licence_state",
        values=_licence_of_site,
        shown=state_word,
        form=Form.CHOICE,
        at_first=False,
        fields=("id",),
        reads=(Kind.LICENCE,),
        order=tuple(LicenceState),
    ),
    number_column(
        "allegations",
        "table.column.allegations",
        values=_allegations,
        shown=unit_count,
        at_first=False,
        fields=("id",),
        reads=(Kind.ALLEGATION,),
        width=120,
    ),
    ColumnSpec(
        key="decided_on",
        head="table.column.decided_on",
        values=_decided_on,
        shown=lambda value: i18n.day(date.fromisoformat(value)) if value else "",
        form=Form.DATE,
        right=True,
        at_first=False,
        fields=("id",),
        reads=(Kind.STATUS_DECISION,),
    ),
    *(
        text_column(k, f"table.column.{k}", width=200, at_first=False, sought=True)
        for k in ("name_km", "name_en", "name_zh")
    ),
    *place_columns(),
    text_column("address", "table.column.address", width=220, at_first=False),
    text_column("owner", "table.column.owner", width=180, at_first=False),
    text_column("claimed_status", "table.column.claimed_status", at_first=False, form=Form.CHOICE),
)

LICENCE_COLUMNS = (
    text_column("number", "table.column.number", width=150, sought=True),
    text_column("business", "table.column.business", width=220),
    text_column("holder", "table.column.holder", width=180),
    text_column("authority", "table.column.authority", width=180, form=Form.CHOICE),
    choice_column("activity_kind", "panel.column.kind", SiteKind, order=()),
    ColumnSpec(
        key="licence_state",
        head="table.column.licence_state",
        values=_states,
        shown=state_word,
        form=Form.CHOICE,
        fields=("expires_on",),
        order=tuple(LicenceState),
    ),
    date_column("expires_on", "table.column.expires_on"),
    text_column(
        "site",
        "panel.column.site",
        values=names_of_sites,
        width=200,
        fields=("site_id",),
        reads=(Kind.SITE,),
        worded=True,
    ),
    number_column(
        "days_left",
        "table.column.days_left",
        values=_days_left,
        at_first=False,
        fields=("expires_on",),
        width=120,
    ),
    date_column("issued_on", "table.column.issued_on", at_first=False),
    text_column("activity", "table.column.licensed_activity", width=180, at_first=False),
    *place_columns(distance=False),
    text_column("source", "panel.column.source", width=200, at_first=False),
)
