"""The dossiers of a site and of a border crossing, and putting one on the map."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.pilot import Pilot

PREAH_SIHANOUK = (103.46, 10.53, 103.72, 10.72)
DAY = date(2022, 9, 20)


def site_everything(pilot: Pilot) -> None:
    """The dossier with every kind of row, the ledger, indicators, visits and links."""
    from geo.model.entity import Kind

    pilot.bench.show_workspace("register")
    pilot.look_at(*PREAH_SIHANOUK)
    pilot.bench.dossier.folds.clear()
    pilot.bench.dossier.drafts.clear()
    chosen = _appealed(pilot)
    pilot.bench.show_row(Kind.SITE, chosen)
    _add_all(pilot, chosen)
    pilot.rest(0.5)
    pilot.settle()


def site_indicators(pilot: Pilot) -> None:
    from geo.model.vocabulary import Answer, Indicator
    from gui.panels.dossier_site_indicators import IndicatorList

    site_everything(pilot)
    _only(pilot, "panel.site.indicators")
    made = next(p for p in pilot.bench.dossier.findChildren(IndicatorList) if p.isVisible())
    buttons = made.choices[Indicator.ISOLATION].children()
    answer = list(Answer).index(Answer.YES)
    [b for b in buttons if hasattr(b, "click")][answer].click()
    pilot.rest(0.4)


def site_history(pilot: Pilot) -> None:
    from geo.edit.sites import change_site

    site_everything(pilot)
    site_id = pilot.bench.desk.selection.ids[0]
    _do(pilot, lambda p: change_site(p, site_id, {"capacity": 40, "owner": "Demo owner"}))
    _only(pilot, "panel.site.visits", "panel.site.links", "panel.history.title")
    pilot.rest(0.6)
    pilot.window.toast.hide()


def site_editing(pilot: Pilot) -> None:
    from gui.widgets.in_place import InPlace

    site_everything(pilot)
    fields = pilot.bench.dossier.findChildren(InPlace)
    made = next(f for f in fields if f.shown.objectName() == "field-capacity" and f.isVisible())
    made.begin()
    assert made.editor is not None
    made.editor.setText("many")
    made.editor.entered.emit()
    pilot.rest(0.3)


def site_placing(pilot: Pilot) -> None:
    pilot.bench.show_workspace("register")
    pilot.look_at(*PREAH_SIHANOUK)
    pilot.bench.commands["add_site"].trigger()
    pilot.move(103.60, 10.62)
    pilot.rest(0.3)


def site_adding(pilot: Pilot) -> None:
    from gui.dialogs.site import SiteDialog

    site_placing(pilot)
    pilot.click(103.60, 10.62)
    pilot.wait(lambda: pilot.window.findChildren(SiteDialog), "the dialog")
    pilot.rest(0.4)


def site_moving(pilot: Pilot) -> None:
    from gui.dialogs.site import MoveSiteDialog

    site_everything(pilot)
    pilot.bench.desk.intents.ask("site.move", pilot.bench.desk.selection.ids[0])
    pilot.click(103.55, 10.62)
    pilot.wait(lambda: pilot.window.findChildren(MoveSiteDialog), "the dialog")
    pilot.rest(0.4)


def decide_appeal(pilot: Pilot) -> None:
    from geo.model.entity import Kind
    from geo.model.vocabulary import LegalStatus
    from gui.dialogs.decide import DecideDialog

    site_everything(pilot)
    site_id = pilot.bench.desk.selection.ids[0]
    if pilot.project.table(Kind.SITE).row(site_id)["legal_status"] != "under_review":
        _rule(pilot, site_id, LegalStatus.UNDER_REVIEW, "DEMO-REVIEW-2")
        _rule(pilot, site_id, LegalStatus.ILLEGAL, "DEMO-RULING-3")
        _rule(pilot, site_id, LegalStatus.UNDER_REVIEW, "DEMO-APPEAL-3")
    pilot.bench.edits.decide(site_id)
    pilot.wait(lambda: pilot.window.findChildren(DecideDialog), "the dialog")
    dialog = pilot.window.findChildren(DecideDialog)[-1]
    dialog.to.setCurrentIndex(dialog.to.findData(LegalStatus.LEGAL.value))
    pilot.rest(0.4)


def crossing(pilot: Pilot) -> None:
    from geo.edit.crossings import close_crossing, reopen_crossing
    from geo.model.entity import Kind
    from geo.model.place import BorderCrossing

    pilot.bench.show_workspace("register")
    chosen = next(c for c in pilot.project.all(BorderCrossing) if "oipet" in c.name_en)
    if len(chosen.open_intervals) < 2:
        _do(pilot, lambda p: close_crossing(p, chosen.id, date(2020, 3, 23)))
        _do(pilot, lambda p: reopen_crossing(p, chosen.id, date(2022, 5, 1)))
    pilot.bench.show_row(Kind.CROSSING, chosen.id)
    pilot.rest(0.5)
    pilot.settle()


def crossing_closing(pilot: Pilot) -> None:
    from gui.dialogs.crossing import OpeningDialog

    crossing(pilot)
    pilot.bench.desk.intents.ask("crossing.close", pilot.bench.desk.selection.ids[0])
    dialog = pilot.window.findChildren(OpeningDialog)[-1]
    dialog.day.setDate(dialog.day.date().addDays(20))
    pilot.rest(0.4)


def _appealed(pilot: Pilot) -> str:
    """Return the site of the scenes: the one with indicators, else one that was found illegal."""
    from geo.model.entity import Kind

    checked = pilot.project.table(Kind.INDICATOR_CHECK)["site_id"]
    if len(checked):
        return str(checked[0])
    sites, licences = pilot.project.table(Kind.SITE), pilot.project.table(Kind.LICENCE)
    held = set(licences["site_id"])
    rows = [(str(i), str(s)) for i, s in zip(sites.ids, sites["legal_status"], strict=True)]
    wanted = [i for i, s in rows if s == "illegal" and i in held]
    return (wanted or [i for i, _ in rows])[0]


def _add_all(pilot: Pilot, site_id: str) -> None:
    from geo.edit.edit import Edit, inserting
    from geo.edit.indicators import check_indicators, checks_of
    from geo.edit.verbs import Verb
    from geo.model.entity import Kind
    from geo.model.network import Link, LinkKind
    from geo.model.result import Inspection, Outcome
    from geo.model.vocabulary import Answer, Indicator, LegalStatus

    if any(checks_of(pilot.project, site_id).values()):
        return  # the scene was taken already
    other = next(str(i) for i in pilot.project.table(Kind.SITE).ids if i != site_id)
    answers = {
        Indicator.DEBT_BONDAGE: Answer.YES,
        Indicator.RETENTION_OF_IDENTITY_DOCUMENTS: Answer.YES,
        Indicator.EXCESSIVE_OVERTIME: Answer.NO,
    }
    source = "Labour inspector (demo)"
    _do(pilot, lambda p: check_indicators(p, site_id, answers, source, DAY))
    again = {Indicator.DEBT_BONDAGE: Answer.NO}
    _do(pilot, lambda p: check_indicators(p, site_id, again, source, date(2022, 10, 3)))
    visit = Inspection(
        site_id=site_id,
        findings="12 beds in two locked rooms; passports in the manager's safe (demo)",
        people_min=11,
        people_max=14,
        reference="DEMO-F-7",
    )
    outcome = Outcome(site_id=site_id, recorded_on=DAY, rescued=11, referred=11, sites_sealed=1)
    link = Link(
        from_kind=Kind.SITE,
        from_id=site_id,
        to_kind=Kind.SITE,
        to_id=other,
        kind=LinkKind.SAME_OWNER,
        confidence=0.7,
        source="Demo trade register",
    )
    deltas = (inserting([visit]), inserting([outcome]), inserting([link]))
    _do(pilot, lambda _p: Edit(verb=Verb.INSPECT, deltas=deltas))
    if pilot.project.table(Kind.SITE).row(site_id)["legal_status"] == "illegal":
        _rule(pilot, site_id, LegalStatus.UNDER_REVIEW, "DEMO-APPEAL-1")
        _rule(pilot, site_id, LegalStatus.LEGAL, "DEMO-RULING-2")
    pilot.window.toast.hide()


def _rule(pilot: Pilot, site_id: str, to: object, document: str) -> None:
    from geo.edit.decisions import decide_status
    from geo.model.site import Authority
    from geo.model.vocabulary import LegalStatus

    court = next(a for a in pilot.project.all(Authority) if a.may_decide)
    _do(
        pilot,
        lambda p: decide_status(
            p,
            [site_id],
            LegalStatus(str(to)),
            reason="The licence of the upper floor was found (demo)",
            authority_id=court.id,
            document=document,
            decided_on=date(2022, 11, 15),
        ),
    )


def _only(pilot: Pilot, *codes: str) -> None:
    """Leave only some sections open."""
    from gui.widgets.fold import Fold

    for fold in [f for f in pilot.bench.dossier.findChildren(Fold) if f.isVisible()]:
        if fold.is_open != (fold.head.objectName().removeprefix("fold-") in codes):
            fold.head.click()
    pilot.rest(0.1)


def _do(pilot: Pilot, build: Callable[..., object]) -> None:
    pilot.window.session.do(build)
    pilot.wait(lambda: not pilot.window.session.busy, "the edit")
    pilot.rest(0.1)


SCENES = {
    "dossier-site": site_everything,
    "dossier-editing": site_editing,
    "dossier-indicators": site_indicators,
    "dossier-history": site_history,
    "placing": site_placing,
    "add-site": site_adding,
    "move-site": site_moving,
    "decide-appeal": decide_appeal,
    "dossier-crossing": crossing,
    "close-crossing": crossing_closing,
}
