"""The ledger of a site's legal status: what was decided, by whom, and what an appeal annulled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.edit.decisions import TRANSITIONS, ledger_of
from geo.edit.verbs import Verb
from geo.model.site import Authority
from gui import i18n
from gui.i18n import tr
from gui.panels.dossier_parts import note
from gui.rights import permit
from gui.widgets.buttons import Button, explain
from gui.widgets.layouts import boxed, card, column, row
from gui.widgets.texts import Chip, Data

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from geo.model.site import Site, StatusDecision
    from geo.project import Project
    from gui.panels.dossier import Dossier


def status_ledger(project: Project, site: Site, dossier: Dossier) -> list[QWidget]:
    """Return the decisions, the latest first, and the way to enter one."""
    ledger = ledger_of(project, site.id)
    annulled_by = {d.annuls: d for d in ledger if d.annuls}
    entries: list[QWidget] = [
        _decision(project, d, annulled_by.get(d.id)) for d in reversed(ledger)
    ]
    decide = Button("panel.site.decide", "gavel")
    decide.setObjectName("site-decide")
    decide.clicked.connect(lambda: dossier.decide_asked.emit(site.id))
    if not permit(decide, project, Verb.DECIDE_STATUS):
        pass  # it says why
    elif site.merged_into:
        explain(decide, "error.site.merged")
    elif not any(a.may_decide for a in project.all(Authority)):
        explain(decide, "panel.why.no_authority")
    elif not TRANSITIONS[site.legal_status]:
        explain(decide, "panel.why.no_way")
    return [*(entries or [note("panel.site.no_decision")]), boxed(row(decide, None))]


def _decision(
    project: Project, decision: StatusDecision, annulled_by: StatusDecision | None
) -> QWidget:
    authority = project.find(Authority, decision.authority_id)
    who = i18n.name_of(authority.name_km, authority.name_en) if authority else "–"
    struck = "struck" if annulled_by is not None else "plain"
    reason = Data(decision.reason, wrap=True)
    reason.setProperty("struck", "true" if annulled_by is not None else "false")
    parts: list[QWidget] = [
        boxed(
            row(
                Chip(i18n.label(decision.to_status), struck),
                None,
                Data(i18n.day(decision.decided_on), role="caption"),
            )
        ),
        reason,
        Data(f"{who} · {decision.document}", role="caption", wrap=True),
    ]
    if annulled_by is not None:
        words = tr(
            "panel.site.annulled",
            day=i18n.day(annulled_by.decided_on),
            document=annulled_by.document,
        )
        parts.append(Data(words, role="warning", wrap=True))
    return card(column(*parts, margin=10, gap=3))
