"""Chance that repeats itself: the same seed gives the same fiction."""

from __future__ import annotations

from random import Random


def seeded(seed: int) -> Random:
    """Return a generator for fiction; it has nothing to do with secrets."""
    return Random(seed)  # noqa: S311 - reproducible fiction, not a secret


def happens(rng: Random, share: float) -> bool:
    """Tell, for a share of all calls between 0 and 1, that something happens."""
    return rng.random() < share
