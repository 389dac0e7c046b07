"""One user of each role, for the tests of edits."""

from __future__ import annotations

from geo.model.plan import User
from geo.model.vocabulary import Role

USERS = {role: User(name=role.value, role=role, public_key="ab" * 32) for role in Role}
