"""The first day of the demonstration's operations: who went in, what was found, what came of it.

One zone is completed with everything a day leaves behind, one is under way, one was entered and
left again, and one waits for the second day.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from geo.edit.assign import current_assignments, step_assignment
from geo.edit.checklist import items_of, tick
from geo.edit.day_log import write_log
from geo.edit.operations import step_operation
from geo.edit.zone_steps import step_zone
from geo.fiction.operations import BLOCKED, COMPLETED, UNDER_WAY
from geo.fiction.signing import signed_in
from geo.fiction.visits import decide_fines, visit_country, visit_town
from geo.model.command import Assignment, Operation
from geo.model.vocabulary import AssignmentState, GroupKind, LogCode, OperationState, ZoneState

if TYPE_CHECKING:
    from geo.fiction.operations import Story
    from geo.model.plan import User
    from geo.project import Project

_A, _L, _Z = AssignmentState, LogCode, ZoneState
_Line = tuple[tuple[int, int], LogCode, str, str]

# Of each zone: when, what, and in words, in Khmer and English.
LINES: Final[dict[int, tuple[_Line, ...]]] = {
    COMPLETED: (
        ((5, 50), _L.TEAM_ARRIVED, "", ""),
        ((5, 58), _L.CORDON_STANDS, "", ""),
        ((6, 10), _L.SITE_ENTERED, "", ""),
        (
            (6, 25),
            _L.PEOPLE_SAFE,
            "ជនរងគ្រោះទាំងអស់នៅជាមួយក្រុមគាំទ្រ",
            "everybody is with victim support",
        ),
        ((6, 40), _L.AMBULANCE_CALLED, "ម្នាក់ត្រូវការពិនិត្យសុខភាព", "one person needs a doctor"),
        ((7, 45), _L.EVIDENCE_SECURED, "", ""),
        ((11, 30), _L.SITE_LEFT, "", ""),
        ((12, 5), _L.TEAM_LEFT, "", ""),
    ),
    UNDER_WAY: (
        ((6, 5), _L.TEAM_ARRIVED, "", ""),
        ((6, 30), _L.SITE_ENTERED, "", ""),
        ((16, 50), _L.TEAM_LEFT, "បន្តនៅថ្ងៃទីពីរ", "goes on on the second day"),
    ),
    BLOCKED: (
        ((6, 0), _L.TEAM_ARRIVED, "", ""),
        (
            (7, 20),
            _L.INCIDENT,
            "ព្រះរាជអាជ្ញាស្នើឱ្យផ្អាក ក្រុមដកថយ",
            "the prosecutor asks to suspend; the team withdraws",
        ),
        ((7, 35), _L.TEAM_LEFT, "", ""),
    ),
}
NOTE: Final = (
    "សាកល្បង៖ ម៉ោងក្នុងបន្ទាត់ទាំងនេះជាម៉ោងប្រឌិត ហត្ថលេខាបង្ហាញពេលដែលគម្រោងត្រូវបានបង្កើត",
    "Demo: the times of these lines are invented; signatures tell when the plan was built",
)
_LEFT_OPEN: Final = frozenset({"final_report", "devices_off"})


def first_day(project: Project, governor: User, story: Story, day: date) -> None:
    """Let the first day of an operation happen: the day before the plan is built.

    The team of the blocked zone waits outside; it is neither done nor called back.
    """
    on = day - timedelta(days=1)
    with signed_in(project, governor):
        project.commit(step_operation(project, story.operation_id, OperationState.ACTIVE))
    for part in (COMPLETED, UNDER_WAY, BLOCKED):
        _go_in(project, story, part, on)
    with signed_in(project, story.leaders[COMPLETED]):
        duty = _duty(project, story, COMPLETED)
        visit_town(project, story, duty, on)
        _tick(project, duty, tuple(GroupKind))
        project.commit(step_assignment(project, duty, _A.COMPLETED))
        project.commit(step_assignment(project, duty, _A.DEBRIEFED))
        project.commit(step_zone(project, story.zones[COMPLETED], _Z.COMPLETED))
    with signed_in(project, governor):
        decide_fines(project, story, day)
    with signed_in(project, story.leaders[UNDER_WAY]):
        duty = _duty(project, story, UNDER_WAY)
        visit_country(project, story, duty, on)
        _tick(project, duty, (GroupKind.VICTIM_SUPPORT, GroupKind.MILITARY_POLICE_INSPECTION))
        project.commit(step_assignment(project, duty, _A.COMPLETED))
    with signed_in(project, story.leaders[BLOCKED]):
        project.commit(step_zone(project, story.zones[BLOCKED], _Z.SUSPENDED))
    project.commit(write_log(project, story.operation_id, " / ".join(NOTE)))


def _go_in(project: Project, story: Story, part: int, on: date) -> None:
    """Let the team of a zone begin its first day, and write what its log says of it."""
    with signed_in(project, story.leaders[part]):
        project.commit(step_zone(project, story.zones[part], _Z.ACTIVE))
        duty = _duty(project, story, part)
        project.commit(step_assignment(project, duty, _A.UNDER_WAY))
        for (hour, minute), code, km, en in LINES[part]:
            line = write_log(
                project,
                story.operation_id,
                f"សាកល្បង៖ {km} / Demo: {en}" if en else "",
                code=code.value,
                at=datetime.combine(on, time(hour, minute)),
                assignment_id=duty,
            )
            project.commit(line)


def _duty(project: Project, story: Story, part: int) -> str:
    """Return the id of a zone's assignment of the first day."""
    first = project.get(Operation, story.operation_id).periods[0].id
    mine = current_assignments(project, story.zones[part])
    return next(a.id for a in mine if a.period_id in {first, ""})


def _tick(project: Project, duty: str, groups: tuple[GroupKind, ...]) -> None:
    """Tick off what some groups did; a few things stay open."""
    for item in items_of(project, project.get(Assignment, duty)):
        if item.group in groups and item.code not in _LEFT_OPEN:
            project.commit(tick(project, duty, item.group, item.code))
