"""The demonstration's signatures: proposed, overridden, released, accepted.

Each act is done by the user whose right it is, with his own key, as in a real command. A signature
bears the moment at which it was made, and that is when the plan is built.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from geo.edit.assign import accept, current_assignments
from geo.edit.operations import submit_operation
from geo.edit.overrides import override_gap
from geo.fiction.letters import coordinate
from geo.keys import KeyStore
from geo.model.command import Team, Zone
from geo.model.gaps import GapCode
from geo.releasing import release, standing_gaps

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from geo.fiction.operations import Story
    from geo.model.plan import User
    from geo.project import Project

REASONS: Final = {
    GapCode.SITES_UNCLASSIFIED.value: (
        "សាកល្បង៖ ទីតាំងដែលមិនទាន់មានសេចក្តីសម្រេច ត្រូវសុំមើលឯកសារតែប៉ុណ្ណោះ",
        "Demo: sites without a decision are only asked for their papers",
    ),
    GapCode.SITES_MAY_LIE.value: (
        "សាកល្បង៖ ទីតាំងដែលស្គាល់ត្រឹមឃុំ នឹងស្វែងរកក្រោយប្រតិបត្តិការ",
        "Demo: sites known by their commune only are looked for afterwards",
    ),
    GapCode.ALLEGATIONS_NOT_TRIAGED.value: (
        "សាកល្បង៖ ការចោទប្រកាន់ថ្មីៗ នឹងពិនិត្យជាបឋមនៅព្រឹកមុនចេញដំណើរ",
        "Demo: the newest allegations are triaged on the morning before",
    ),
    GapCode.ALLEGATIONS_MAY_LIE.value: (
        "សាកល្បង៖ ការចោទប្រកាន់ដែលគ្មានទីតាំងច្បាស់ នឹងសួរអ្នកផ្តល់ព័ត៌មានម្តងទៀត",
        "Demo: whoever reported without a place is asked again",
    ),
    GapCode.WITNESSES_MISSING.value: (
        "សាកល្បង៖ មេឃុំនាំសាក្សីពីរនាក់មកដល់កន្លែង",
        "Demo: the commune chief brings two witnesses to the place",
    ),
    GapCode.NO_TEAM.value: (
        "សាកល្បង៖ តំបន់នេះធ្វើតែមួយថ្ងៃក្នុងចំណោមពីរថ្ងៃ",
        "Demo: this zone takes only one of the two days",
    ),
    GapCode.GROUPS_EMPTY.value: (
        "សាកល្បង៖ ក្រុមជិតខាងសរសេររបាយការណ៍ជំនួស",
        "Demo: the team beside it writes the reports as well",
    ),
    GapCode.AMBULANCE_FAR.value: (
        "សាកល្បង៖ រថយន្តសង្គ្រោះទីពីរនឹងរង់ចាំនៅតាមផ្លូវ",
        "Demo: a second ambulance will wait on the way",
    ),
    GapCode.FIRE_FAR.value: (
        "សាកល្បង៖ ទីតាំងឆ្ងាយមានឧបករណ៍ពន្លត់អគ្គិភ័យរបស់ឃុំ",
        "Demo: the far places have the commune's own pump",
    ),
}
"""Why the governor goes ahead in spite of a gap, in Khmer and English."""
_OTHERWISE: Final = (
    "សាកល្បង៖ អភិបាលសម្រេចបន្តដោយដឹងពីចំណុចខ្វះខាតនេះ",
    "Demo: the governor goes ahead knowing of this gap",
)


@contextmanager
def signed_in(project: Project, user: User) -> Iterator[None]:
    """Let somebody else act, with his own key, and then whoever acted before."""
    before = project.user, project.signer
    project.user, project.signer = user, KeyStore().signer(user.id)
    try:
        yield
    finally:
        project.user, project.signer = before


def sign(project: Project, governor: User, story: Story, day: date) -> None:
    """Take an operation from its draft to its release, and let the leaders accept."""
    project.commit(submit_operation(project, story.operation_id))
    coordinate(project, story, day)
    with signed_in(project, governor):
        zones = {project.get(Zone, i).name: i for i in story.zones}
        for zone_name, what in standing_gaps(project, story.operation_id):
            reason = " / ".join(REASONS.get(what, _OTHERWISE))
            zone_id = zones.get(zone_name, "")
            project.commit(override_gap(project, story.operation_id, zone_id, what, reason))
        project.commit(release(project, story.operation_id))
    for zone_id, leader in zip(story.zones, story.leaders, strict=True):
        with signed_in(project, leader):
            for assignment in current_assignments(project, zone_id):
                if project.get(Team, assignment.team_id).lead_user_id == leader.id:
                    project.commit(accept(project, assignment.id))
