"""The one officer whom a paper names: who took a gap in the readiness upon himself.

The table of grades lets no name of a user pass. It lets an override pass with who decided it,
because whoever goes ahead in spite of a gap answers for it by name, on the sheet that sends others
in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.model.entity import Kind
from geo.model.plan import User
from geo.privacy.grades import ROW_RULES, rule

if TYPE_CHECKING:
    from geo.model.command import Override
    from geo.model.vocabulary import Grade
    from geo.project import Project


def who_overrode(project: Project, override: Override, grade: Grade) -> User | None:
    """Return who answers for an override that was released at a grade, or None.

    Args:
        project: The plan with its users; the released one has none.
        override: As it was released.
        grade: Of the paper.
    """
    if rule(Kind.OVERRIDE, "decided_by", grade) not in ROW_RULES:
        return None
    return project.find(User, override.decided_by)
