"""Fines in words: what the dated table says to a violation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.localise import format_riel
from geo.model.vocabulary import Violation
from gui import i18n
from gui.i18n import tr

if TYPE_CHECKING:
    from geo.model.result import FineRate


def violation_words(code: str) -> str:
    """Return what a violation is called; what an older list named stays as it was written."""
    return i18n.label(Violation(code)) if code in set(Violation) else code


def riel(amount: int) -> str:
    """Return an amount as people write it."""
    return format_riel(amount, i18n.language())


def formula(rate: FineRate, units: int, amount: int) -> str:
    """Return how an amount comes about: units × amount of that date."""
    return tr(
        f"operate.formula.{rate.basis.value}",
        n=i18n.number(units),
        each=riel(rate.amount_riel),
        amount=riel(amount),
    )


def rate_words(rate: FineRate) -> str:
    """Return from when an amount applies and by which law."""
    return tr("operate.rate", since=i18n.day(rate.applies_from), source=rate.source or "–")
