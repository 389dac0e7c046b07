"""The columns of a table that may leave: each made of released values only.

Keys and headings are those of the window's tables, so that what is shown and what leaves have the
same names; a column that is not here never leaves.
"""

from __future__ import annotations

from dataclasses import dataclass

from geo.model.entity import Kind
from geo.model.vocabulary import (
    Activity,
    AllegationStatus,
    Answer,
    CrossingClass,
    LegalStatus,
    Neighbour,
    Precision,
    SiteKind,
    ZoneState,
)
from layers.export.making import (
    Make,
    approximate,
    counted,
    decided_on,
    grades,
    hours,
    kinds,
    labelled,
    linked,
    names,
    nationalities,
    open_now,
    plain,
    site_names,
    units,
    worth,
)

DISTRICT, COMMUNE = 4, 6


@dataclass(frozen=True, slots=True)
class Leaving:
    """A column that may leave.

    Attributes:
        head: Code of its heading.
        needs: Fields of the row without which it does not leave.
        make: Its cells.
        also: Fields of other kinds that it needs too.
    """

    head: str
    needs: tuple[str, ...]
    make: Make
    also: tuple[tuple[Kind, str], ...] = ()


def _texts(head: str, *names: str) -> dict[str, Leaving]:
    return {name: Leaving(f"{head}.{name}", (name,), plain(name)) for name in names}


_PLACE = {
    "district": Leaving("table.column.district", ("admin_code",), units(DISTRICT)),
    "commune": Leaving("table.column.commune", ("admin_code",), units(COMMUNE)),
    **_texts("table.column", "admin_code", "lon", "lat"),
}
_ACCURACY = Leaving("panel.column.accuracy", ("accuracy_m",), plain("accuracy_m"))
_PRECISION = Leaving("panel.column.precision", ("precision",), labelled("precision", Precision))
_SITE_NAME = tuple((Kind.SITE, n) for n in ("name_km", "name_en", "name_zh", "code"))
_SITE = Leaving("panel.column.site", ("site_id",), site_names, _SITE_NAME)
_SOURCE = Leaving("panel.column.source", ("source",), plain("source"))

LEAVING: dict[Kind, dict[str, Leaving]] = {
    Kind.SITE: {
        "name": Leaving("panel.column.name", ("name_km", "name_en", "name_zh", "code"), names),
        "code": Leaving("panel.column.code", ("code",), plain("code")),
        "kind": Leaving("panel.column.kind", ("kind",), labelled("kind", SiteKind)),
        "legal_status": Leaving(
            "panel.column.status", ("legal_status",), labelled("legal_status", LegalStatus)
        ),
        "activity": Leaving("panel.column.activity", ("activity",), labelled("activity", Activity)),
        "precision": _PRECISION,
        "accuracy_m": _ACCURACY,
        "capacity": Leaving("panel.column.capacity", ("capacity",), plain("capacity")),
        "visited_on": Leaving("panel.column.visited", ("visited_on",), plain("visited_on")),
        "source": _SOURCE,
        "allegations": Leaving(
            "table.column.allegations",
            ("code",),
            linked,
            ((Kind.ALLEGATION, "site_id"), (Kind.ALLEGATION, "status")),
        ),
        "decided_on": Leaving(
            "table.column.decided_on",
            ("code",),
            decided_on,
            ((Kind.STATUS_DECISION, "site_id"), (Kind.STATUS_DECISION, "decided_on")),
        ),
        **_texts("table.column", "name_km", "name_en", "name_zh"),
        **_PLACE,
        **_texts("table.column", "address", "owner"),
    },
    Kind.ALLEGATION: {
        "kinds": Leaving("panel.column.kinds", ("kinds",), kinds),
        "held_now": Leaving("panel.column.held_now", ("held_now",), labelled("held_now", Answer)),
        "hours": Leaving("table.column.hours", ("received_on", "received_at"), hours),
        "grade": Leaving("panel.column.grade", ("reliability", "credibility"), grades),
        "precision": _PRECISION,
        "received_on": Leaving("panel.column.received", ("received_on",), plain("received_on")),
        "site": _SITE,
        "status": Leaving("panel.column.state", ("status",), labelled("status", AllegationStatus)),
        **_texts("table.column", "received_at", "occurred_on", "people_min", "people_max"),
        "nationalities": Leaving("table.column.nationalities", ("nationalities",), nationalities),
        "accuracy_m": _ACCURACY,
        **_PLACE,
    },
    Kind.LICENCE: {
        **_texts("table.column", "number", "business", "holder", "authority"),
        "activity_kind": Leaving(
            "panel.column.kind", ("activity_kind",), labelled("activity_kind", SiteKind)
        ),
        "licence_state": Leaving("table.column.licence_state", ("expires_on",), worth),
        **_texts("table.column", "expires_on"),
        "site": _SITE,
        **_texts("table.column", "issued_on"),
        "activity": Leaving("table.column.licensed_activity", ("activity",), plain("activity")),
        **_PLACE,
        "source": _SOURCE,
    },
    Kind.CROSSING: {
        "name": Leaving("panel.column.name", ("name_km", "name_en"), names),
        "crossing_class": Leaving(
            "panel.column.class", ("crossing_class",), labelled("crossing_class", CrossingClass)
        ),
        "open": Leaving("panel.column.open", ("open_intervals",), open_now),
        "neighbour": Leaving(
            "panel.column.neighbour", ("neighbour",), labelled("neighbour", Neighbour)
        ),
        "opposite": Leaving("panel.column.opposite", ("opposite",), plain("opposite")),
        "approximate": Leaving("table.column.approximate", ("approximate",), approximate),
        **_texts("table.column", "name_km", "name_en"),
        **_PLACE,
        **_texts("table.column", "basis"),
    },
    Kind.TEAM: {
        "name": Leaving("panel.column.name", ("name",), plain("name")),
        "short_name": Leaving("panel.column.short", ("short_name",), plain("short_name")),
        "lead": Leaving("panel.column.lead", ("lead",), plain("lead")),
        "members": Leaving(
            "table.column.members", ("groups",), counted("groups", lambda g: g["members"] or 0)
        ),
        "vehicles": Leaving(
            "table.column.vehicles", ("vehicles",), counted("vehicles", lambda _vehicle: 1)
        ),
        "contact": Leaving("table.column.contact", ("contact",), plain("contact")),
        "province_code": Leaving(
            "table.column.province", ("province_code",), plain("province_code")
        ),
    },
    Kind.ZONE: {
        "name": Leaving("panel.column.name", ("name",), plain("name")),
        "priority": Leaving("panel.column.priority", ("priority",), plain("priority")),
        "state": Leaving("panel.column.state", ("state",), labelled("state", ZoneState)),
    },
}
"""Kind → key of a column → how it leaves."""
