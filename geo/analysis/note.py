"""What must be said of a result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Note:
    """Something that must be said of a result: a code of the catalogue with its parameters."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)
