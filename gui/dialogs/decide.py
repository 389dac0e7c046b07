"""An authority's decision on a site: the only way in which a legal status changes."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox

from geo.edit.decisions import TRANSITIONS, decide_status, ledger_of
from geo.model.entity import Kind
from geo.model.site import Authority, Site
from geo.model.vocabulary import LegalStatus
from gui import facts, i18n
from gui.dialogs.base import FormDialog, add_field, form, line
from gui.i18n import tr
from gui.widgets.layouts import card, column
from gui.widgets.spins import DayField
from gui.widgets.texts import Data, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from geo.model.site import StatusDecision
    from geo.project import Project


class DecideDialog(FormDialog):
    """Asks for a decision.

    Attributes:
        ready: A function from the plan to the edit that enters the decision.
    """

    ready = Signal(object)

    def __init__(self, project: Project, sites: str | Sequence[str], parent: QWidget) -> None:
        """Ask about one site, or about several that can all become the same."""
        super().__init__(parent, "dialog.decide.title", "dialog.decide.enter", width=560)
        self._site_ids = [sites] if isinstance(sites, str) else list(sites)
        self.body.addWidget(Data(_heading(project, self._site_ids), role="heading"))
        possible = _common(project, self._site_ids)
        self._none_in_common = not possible
        self.body.addWidget(
            card(column(Text("dialog.decide.note", role="caption", wrap=True), margin=10))
        )
        appealed = _appealed(project, self._site_ids)
        before = "appeal" if appealed is not None else _before(project, self._site_ids)
        self.to = QComboBox()
        for status in LegalStatus:
            if status in possible:
                self.to.addItem(_way(before, status), status.value)
        self.to.setCurrentIndex(-1)
        self.to.setPlaceholderText(tr("dialog.decide.choose"))
        self.authority = QComboBox()
        for authority in project.all(Authority):
            if authority.may_decide:
                self.authority.addItem(
                    i18n.name_of(authority.name_km, authority.name_en), authority.id
                )
        self.authority.setCurrentIndex(-1)
        self.authority.setPlaceholderText(tr("dialog.decide.choose"))
        self.document, self.reason = line(self.check), line(self.check)
        today = facts.local_now().date()
        self.day = DayField(today, latest=today)
        for combo in (self.to, self.authority):
            combo.currentIndexChanged.connect(lambda _i: self.check())
        fields = form()
        add_field(fields, "dialog.decide.to", self.to)
        add_field(fields, "dialog.decide.authority", self.authority)
        add_field(fields, "dialog.decide.document", self.document)
        add_field(fields, "dialog.decide.day", self.day)
        add_field(fields, "dialog.decide.reason", self.reason)
        self.body.addLayout(fields)
        if appealed is not None:
            day = i18n.day(appealed.decided_on)
            words = tr("dialog.decide.annuls", day=day, document=appealed.document)
            self.consequence = Data(words, role="warning", wrap=True)
            self.body.insertWidget(2, self.consequence)
        self.to.setFocus()
        self.check()

    def missing(self) -> str:
        if self._none_in_common:
            return "table.decide.no_common"
        if self.to.currentIndex() < 0:
            return "dialog.decide.no_status"
        if self.authority.currentIndex() < 0:
            return "dialog.decide.no_authority"
        if not self.document.text().strip():
            return "dialog.decide.no_document"
        if not self.reason.text().strip():
            return "dialog.decide.no_reason"
        return ""

    def finish(self) -> None:
        to = LegalStatus(self.to.currentData())
        authority, document = self.authority.currentData(), self.document.text().strip()
        reason, site_ids = self.reason.text().strip(), self._site_ids
        day = self.day.day()
        self.ready.emit(
            lambda plan: decide_status(
                plan,
                site_ids,
                to,
                reason=reason,
                authority_id=authority,
                document=document,
                decided_on=day,
            )
        )


def _heading(project: Project, site_ids: Sequence[str]) -> str:
    """Return the site's name and status, or how many sites have which."""
    if len(site_ids) == 1:
        site = project.get(Site, site_ids[0])
        name = i18n.name_of(site.name_km, site.name_en, site.code)
        return f"{name} · {i18n.label(site.legal_status)}"
    counts = Counter(_statuses(project, site_ids))
    words = [f"{i18n.label(s)} {i18n.number(counts[s])}" for s in LegalStatus if counts[s]]
    return f"{tr('table.decide.common', n=i18n.number(len(site_ids)))} · {', '.join(words)}"


def _statuses(project: Project, site_ids: Sequence[str]) -> list[LegalStatus]:
    table = project.table(Kind.SITE)
    return [LegalStatus(table["legal_status"][table.index[i]]) for i in site_ids]


def _common(project: Project, site_ids: Sequence[str]) -> frozenset[LegalStatus]:
    """Return what every one of the sites can become."""
    ways = [TRANSITIONS[status] for status in set(_statuses(project, site_ids))]
    return frozenset.intersection(*ways) if ways else frozenset()


def _before(project: Project, site_ids: Sequence[str]) -> str:
    """Return the legal status that all of the sites have, or empty."""
    found = {project.get(Site, site_id).legal_status.value for site_id in site_ids}
    return found.pop() if len(found) == 1 else ""


def _appealed(project: Project, site_ids: Sequence[str]) -> StatusDecision | None:
    """Return the decision that one site's present review is an appeal against, if it is one."""
    if len(site_ids) != 1 or _before(project, site_ids) != LegalStatus.UNDER_REVIEW.value:
        return None
    ledger = ledger_of(project, site_ids[0])
    if not ledger or ledger[-1].from_status is not LegalStatus.ILLEGAL:
        return None
    return next((d for d in reversed(ledger) if d.to_status is LegalStatus.ILLEGAL), None)


def _way(before: str, to: LegalStatus) -> str:
    """Return a status with what leads to it, in plain words."""
    if not before:
        return i18n.label(to)
    return f"{i18n.label(to)} – {tr(f'dialog.decide.way.{before}.{to.value}')}"
