"""What a row is linked with: each with how sure it is, by whose word, and what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.edit.verbs import Verb
from geo.model.entity import Kind
from geo.model.network import Link, PersonRef
from gui import i18n
from gui.i18n import tr
from gui.models.faces import face_of
from gui.models.link_words import percent, role_words
from gui.panels.dossier_parts import Symbol, asking, follow, nothing_yet
from gui.rights import permit
from gui.widgets.buttons import IconButton
from gui.widgets.layouts import boxed, card, column, row
from gui.widgets.link import Link as Name
from gui.widgets.texts import Data

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from geo.project import Project
    from gui.panels.dossier import Dossier
    from layers.style import SymbolSpec

FOLLOWED = frozenset({Kind.SITE, Kind.CROSSING, Kind.PERSON_REF})


def links_of(project: Project, kind: Kind, row_id: str) -> list[Link]:
    """Return the links that begin or end at a row."""
    table = project.table(Kind.LINK)
    here = ((table["from_kind"] == kind.value) & (table["from_id"] == row_id)) | (
        (table["to_kind"] == kind.value) & (table["to_id"] == row_id)
    )
    return [project.get(Link, str(i)) for i in table.ids[here]]


def links(project: Project, kind: Kind, row_id: str, dossier: Dossier) -> list[QWidget]:
    """Return what a row is linked with, each with the way to the other end, and a way to add."""
    rows = [_link(project, each, row_id, dossier) for each in links_of(project, kind, row_id)]
    add = asking(dossier, "link.add", "panel.links.add", "link", kind, row_id)
    if add is not None:
        add.setObjectName("link-add")
        permit(add, project, Verb.ADD_LINK)
    if not rows:
        return nothing_yet("panel.site.no_link", add)
    return [*rows, *([boxed(row(add, None))] if add is not None else [])]


def _link(project: Project, link: Link, row_id: str, dossier: Dossier) -> QWidget:
    away = link.from_id == row_id
    kind, other = (link.to_kind, link.to_id) if away else (link.from_kind, link.from_id)
    title, symbol = _end(project, kind, other)
    sure = tr("panel.site.confidence", n=i18n.number(link.confidence * 100))
    seen = tr("panel.links.seen", day=i18n.day(link.seen_on)) if link.seen_on else ""
    second = " · ".join(p for p in (i18n.label(link.kind), sure, link.source, seen) if p)
    if kind in FOLLOWED and other in project.table(kind):
        name: QWidget = Name(title)
        name.clicked.connect(lambda _on=False: follow(dossier, kind, other)())  # type: ignore[attr-defined] # a button
    else:
        name = Data(title, wrap=True)
    words = Data(second, role="caption", wrap=True)
    words.setContentsMargins(5, 0, 0, 0)
    inner = row(column(name, words, gap=0), *_acts(project, link, dossier), gap=2)
    inner.setStretch(0, 1)
    if symbol is not None:
        inner.insertWidget(0, Symbol(symbol))
        inner.setStretch(0, 0)
        inner.setStretch(1, 1)
    inner.setContentsMargins(10, 4, 6, 6)
    return card(inner)


def _end(project: Project, kind: Kind, row_id: str) -> tuple[str, SymbolSpec | None]:
    person = project.find(PersonRef, row_id) if kind is Kind.PERSON_REF else None
    if person is not None:
        return f"{person.pseudonym} · {role_words(person.role)}", None
    table = project.table(kind)
    if kind in FOLLOWED and row_id in table:
        face = face_of(project, table, table.index[row_id])
        return face.title, face.symbol
    return tr("panel.site.link_gone"), None


def _acts(project: Project, link: Link, dossier: Dossier) -> list[QWidget]:
    ask = dossier.desk.intents.ask
    if not dossier.desk.intents.has("link.edit"):
        return []
    edit = IconButton("pencil", "panel.links.edit", look="small")
    remove = IconButton("trash", "panel.links.remove", look="small")
    edit.setObjectName(f"link-edit-{link.id}")
    remove.setObjectName(f"link-remove-{link.id}")
    edit.clicked.connect(lambda: ask("link.edit", link.id))
    remove.clicked.connect(lambda: ask("link.remove", link.id))
    permit(edit, project, Verb.EDIT_LINK)
    permit(remove, project, Verb.REMOVE_LINK)
    return [edit, remove]


def connected(project: Project, person_id: str) -> str:
    """Return how many links a person has and how sure they are, in words."""
    own = [link.confidence for link in links_of(project, Kind.PERSON_REF, person_id)]
    if not own:
        return tr("panel.person.no_links")
    span = percent(min(own))
    if max(own) > min(own):
        span = f"{span} – {percent(max(own))}"
    return tr("panel.person.links_sure", n=i18n.number(len(own)), span=span)
