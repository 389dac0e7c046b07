"""The ILO's indicators of forced labour: what was looked for at a site, when, by whose word.

Each look is kept; the newest of an indicator is its answer now. Unknown is not no, and no number of
signs is a verdict: nothing here touches a legal status.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from geo.edit.edit import Edit, inserting
from geo.edit.sites import shown_name, site_of
from geo.edit.verbs import Verb
from geo.errors import InputError
from geo.model.entity import Kind
from geo.model.site import IndicatorCheck
from geo.model.vocabulary import Answer, Indicator

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.edit.reading import PlanRows


def check_indicators(
    plan: PlanRows,
    site_id: str,
    answers: Mapping[Indicator, Answer],
    source: str,
    checked_on: date,
) -> Edit:
    """Return the edit that keeps the answers of one look at a site.

    Args:
        plan: The plan.
        site_id: The site.
        answers: Those that were looked for. An answer that was wrong is taken back by unknown.
        source: Who or what says so.
        checked_on: When it was looked for.

    Raises:
        InputError: The site is gone, nothing was answered, the source is missing, or the day lies
            ahead.
    """
    site = site_of(plan, site_id)
    if not answers:
        raise InputError("error.indicators.nothing")
    if not source.strip():
        raise InputError("error.indicators.no_source")
    if checked_on > datetime.now(UTC).astimezone().date():
        raise InputError("error.indicators.future")
    checks = [
        IndicatorCheck(
            site_id=site_id,
            indicator=indicator,
            answer=answers[indicator],
            source=source.strip(),
            checked_on=checked_on,
        )
        for indicator in Indicator
        if indicator in answers
    ]
    return Edit(
        verb=Verb.CHECK_INDICATORS,
        params={"name": shown_name(site)},
        deltas=(inserting(checks),),
    )


def checks_of(plan: PlanRows, site_id: str) -> dict[Indicator, list[IndicatorCheck]]:
    """Return what was looked for at a site, of each indicator the newest first.

    Two of one day stand in the order in which they were entered; one without a day is the oldest.
    """
    table = plan.table(Kind.INDICATOR_CHECK)
    found: dict[Indicator, list[IndicatorCheck]] = {indicator: [] for indicator in Indicator}
    for check_id in table.ids[table["site_id"] == site_id]:
        check = plan.get(IndicatorCheck, str(check_id))
        found[check.indicator].append(check)
    for checks in found.values():
        checks.sort(key=lambda check: check.checked_on or date.min)
        checks.reverse()
    return found


def answers_now(checks: Mapping[Indicator, list[IndicatorCheck]]) -> dict[Indicator, Answer]:
    """Return the newest answer of each indicator; one that was never looked for is unknown."""
    return {i: found[0].answer if found else Answer.UNKNOWN for i, found in checks.items()}
