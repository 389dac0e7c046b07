"""A fine on a card: what the dated table says, and what the inspector made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame

from geo.edit.fines import for_prosecutor
from geo.model.result import FineRate
from geo.model.vocabulary import FineState
from gui import i18n
from gui.i18n import tr
from gui.models.fine_words import formula, rate_words, riel, violation_words
from gui.widgets.buttons import Button
from gui.widgets.layouts import column, row
from gui.widgets.texts import Chip, Data

if TYPE_CHECKING:
    from geo.model.result import Fine
    from geo.project import Project

TONES = {FineState.PROPOSED: "warning", FineState.CONFIRMED: "true", FineState.REJECTED: "plain"}


class FineCard(QFrame):
    """A fine, with the way to the inspector's decision.

    Attributes:
        decide: Enters the decision, or another one.
    """

    def __init__(self, project: Project, fine: Fine, site: str) -> None:
        super().__init__()
        self.setProperty("card", "true")
        rate = project.find(FineRate, fine.rate_id)
        waits = fine.state is FineState.PROPOSED
        self.decide = Button(
            "operate.fine.decide" if waits else "operate.fine.decide_again", look="link"
        )
        amount = Data(riel(fine.amount_riel), role="heading")
        lines = [
            violation_words(fine.violation),
            site,
            formula(rate, fine.units, fine.units * rate.amount_riel) if rate is not None else "",
            rate_words(rate) if rate is not None else "",
            tr("operate.fine.prosecutor") if for_prosecutor(fine.violation) else "",
            "" if waits else f"{fine.inspector} · {i18n.day(fine.decided_on)}",
            fine.note,
        ]
        texts = [Data(words, role="" if at == 0 else "caption", wrap=True)
                 for at, words in enumerate(lines) if words]  # fmt: skip
        chip = Chip(i18n.label(fine.state), TONES[fine.state])
        self.setLayout(
            column(row(amount, None, chip), *texts, row(self.decide, None), margin=10, gap=2)
        )


def fine_card(project: Project, fine: Fine, site: str = "") -> FineCard:
    """Return the card of a fine."""
    return FineCard(project, fine, site)
