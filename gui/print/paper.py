"""Sizes of paper. No Qt: the command line names them before it knows whether it will draw."""

from __future__ import annotations

from enum import StrEnum


class Paper(StrEnum):
    """Sizes of paper that offices here have."""

    A4 = "A4"
    A3 = "A3"
