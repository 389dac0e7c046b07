"""What each group of a team does on the day, ticked off with time and user; rescue comes first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geo.catalogue import Language, text
from geo.clock import now
from geo.edit.edit import Edit, updating
from geo.edit.inspections import duty_of
from geo.edit.verbs import Verb
from geo.errors import InputError, NotAllowedError
from geo.model.command import ChecklistItem, Team, Zone
from geo.model.vocabulary import AssignmentState, GroupKind

if TYPE_CHECKING:
    from geo.edit.reading import PlanRows
    from geo.model.command import Assignment

_G = GroupKind
CHECKLIST: Final[dict[GroupKind, tuple[str, ...]]] = {
    _G.VICTIM_SUPPORT: ("people_safe", "care", "screened", "apart", "referred"),
    _G.MILITARY_POLICE_INSPECTION: (
        "authorisation_shown",
        "witnesses_present",
        "exits_held",
        "rooms_searched",
        "suspects_apart",
    ),
    _G.CAMERA_FOOTAGE: ("cameras_found", "times_noted", "copies_made", "recorder_sealed", "listed"),
    _G.MINUTES: ("times_kept", "forms_filled", "indicators_asked", "items_listed", "signed"),
    _G.REPORTS: (
        "first_report",
        "hourly_report",
        "prosecutor_told",
        "inspectorate_told",
        "final_report",
    ),
    _G.EVIDENCE: ("photographed", "bagged", "documents_returned", "devices_off", "handed_over"),
    _G.CORDON: ("ring_closed", "way_for_ambulance", "traffic_led", "crowd_back", "stood_down"),
    _G.INTERPRETER: (
        "languages_known",
        "rights_explained",
        "alone_with_people",
        "nothing_of_owners",
        "confirmed",
    ),
}
"""Items of each group by their codes, in order; the groups in the order in which they matter."""

_MAY_TICK: Final = frozenset(
    {AssignmentState.ACCEPTED, AssignmentState.UNDER_WAY, AssignmentState.COMPLETED}
)


def tick(
    plan: PlanRows, assignment_id: str, group: GroupKind, code: str, *, done: bool = True
) -> Edit:
    """Return the edit that ticks an item of a group off, or takes the tick back.

    Raises:
        InputError: The assignment is gone, not accepted yet or over, its team has no such group or
            there is no such item, or it stands as it is wanted already.
        NotAllowedError: Nobody is signed in.
    """
    if plan.user is None:
        raise NotAllowedError("error.nobody_signed_in")
    duty = duty_of(plan, assignment_id)
    if duty.state not in _MAY_TICK:
        raise InputError("error.assign.gone")
    items = {(i.group, i.code): i for i in items_of(plan, duty)}
    if (group, code) not in items:
        raise InputError("error.tick.no_such_item")
    if (items[group, code].done_at is not None) is done:
        raise InputError("error.tick.already")
    ticked = replace(
        items[group, code],
        done_at=now() if done else None,
        done_by=plan.user.id if done else "",
    )
    # The open ones need no row: what is not in the list is open.
    others = [i for i in duty.checklist if (i.group, i.code) != (group, code)]
    kept = tuple([*others, ticked] if done else others)
    zone = plan.find(Zone, duty.zone_id)
    return Edit(
        verb=Verb.TICK,
        params={"zone": zone.name if zone is not None else "–"},
        deltas=(updating(duty, replace(duty, checklist=kept)),),
    )


def items_of(plan: PlanRows, duty: Assignment) -> tuple[ChecklistItem, ...]:
    """Return every item of a duty in order, the open ones too.

    Of the groups that the team has; and of others whatever was ticked before the team lost them.
    """
    team = plan.find(Team, duty.team_id)
    groups = {g.kind for g in team.groups} if team is not None else set()
    done = {(i.group, i.code): i for i in duty.checklist}
    listed = [
        done.pop((group, code), ChecklistItem(group, code))
        for group, codes in CHECKLIST.items()
        if group in groups
        for code in codes
    ]
    return (*listed, *done.values())


def ticked(plan: PlanRows, duty: Assignment) -> tuple[int, int]:
    """Return how many items of a duty are ticked off, and how many there are."""
    items = items_of(plan, duty)
    return sum(i.done_at is not None for i in items), len(items)


def item_words(item: ChecklistItem, language: Language) -> str:
    """Return what is to be done; of an item that no list has any more its code."""
    if item.code not in CHECKLIST.get(item.group, ()):
        return item.code
    return text(f"check.{item.group.value}.{item.code}", language)
