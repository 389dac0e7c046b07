"""What the prosecutor authorises: sites or a zone, from when to when, and what that leaves bare."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import time, timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QListWidget, QListWidgetItem, QWidget

from geo.model.command import Authorisation, Zone
from geo.model.entity import Kind
from geo.model.vocabulary import ZoneState
from gui import i18n
from gui.dialogs.base import add_field, form
from gui.facts import local_now
from gui.i18n import retext, tr
from gui.widgets.buttons import Button, Segments, explain
from gui.widgets.layouts import boxed, column, row
from gui.widgets.no_copy import keep_from_clipboard
from gui.widgets.spins import HourField, MomentField, NumberField
from gui.widgets.texts import Data, Text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from geo.model.command import Operation
    from geo.model.table import Table
    from geo.project import Project

MORNING, EVENING = time(6), time(18)
MOST_WITNESSES: Final = 20
LIST_PX: Final = 110
PREVIEW_MS: Final = 150
_NAMES: Final = ("code", "name_en", "name_km", "name_zh")
ID = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Bare:
    """How much an authorisation leaves bare in a period.

    Attributes:
        period: Name of the period.
        n: Sites of the operation's zones that nothing covers.
        of: Sites in its zones.
    """

    period: str
    n: int
    of: int


class AuthorisationPart(QWidget):
    """The fields of an authorisation.

    Attributes:
        changed: Something else was filled in.
        preview_asked: It stands still: now it may be said what it leaves bare.
    """

    changed = Signal()
    preview_asked = Signal()

    def __init__(
        self,
        project: Project,
        operation: Operation,
        given: Authorisation | None,
        selected: Sequence[str],
    ) -> None:
        """Show an authorisation.

        Args:
            project: The plan.
            operation: Of which zones it is.
            given: What was asked for or given so far.
            selected: Ids of the sites that are selected on the map.
        """
        super().__init__()
        self._project, self._given = project, given or Authorisation()
        self._sites: Table = project.table(Kind.SITE)
        self._selected = [i for i in selected if i in self._sites]
        self.site_ids = set(self._given.site_ids)
        self.scope = Segments(
            [("zone", "command.auth.zone"), ("sites", "command.auth.sites")], "command.auth.scope"
        )
        self.zone = QComboBox()
        retext(self.zone, lambda: self.zone.setAccessibleName(tr("readiness.head.zone")))
        for zone in sorted(project.all(Zone), key=lambda z: (z.priority, z.name)):
            if zone.operation_id == operation.id and zone.state is not ZoneState.CANCELLED:
                self.zone.addItem(zone.name, zone.id)
        self.list = QListWidget()
        keep_from_clipboard(self.list)
        self.list.setFixedHeight(LIST_PX)
        retext(self.list, lambda: self.list.setAccessibleName(tr("command.auth.sites")))
        self.count = Data(role="caption")
        self.take = Button("command.auth.take", "map-pin", look="link")
        if not self._selected:
            explain(self.take, "command.auth.none_selected")
        self._named = boxed(column(row(self.count, None, self.take), self.list, gap=2))
        starts, ends = _span(operation)
        told = self._given
        self.starts = MomentField(told.valid_from or starts)
        self.ends = MomentField(told.valid_to or ends)
        self.hours_from = HourField(
            told.hours_from or (starts.time() if operation.periods else MORNING)
        )
        self.hours_to = HourField(told.hours_to or (ends.time() if operation.periods else EVENING))
        self.witnesses = NumberField(told.witnesses, 0, MOST_WITNESSES)
        self.preview = Data(role="caption", wrap=True)
        self._arrange()
        self._still = QTimer(self)
        self._still.setSingleShot(True)
        self._still.setInterval(PREVIEW_MS)
        self._still.timeout.connect(self.preview_asked)
        self._connect()
        by_sites = bool(told.site_ids) or not self.zone.count()
        self.scope.choose("sites" if by_sites else "zone")
        if told.zone_id:
            self.zone.setCurrentIndex(max(self.zone.findData(told.zone_id), 0))
        self._fill()
        self._touch()

    def _arrange(self) -> None:
        fields = form()
        add_field(fields, "command.auth.from", self.starts)
        add_field(fields, "command.auth.to", self.ends)
        hours = row(self.hours_from, Text("command.period.to"), self.hours_to)
        for field in (self.hours_from, self.hours_to):
            field.setMinimumHeight(self.starts.sizeHint().height())
        fields.addRow(Text("command.auth.hours"), boxed(hours))
        retext(self.hours_from, lambda: self.hours_from.setAccessibleName(tr("command.auth.hours")))
        retext(self.hours_to, lambda: self.hours_to.setAccessibleName(tr("command.auth.hours")))
        add_field(fields, "command.auth.witnesses", self.witnesses)
        self.setLayout(
            column(
                Text("command.auth.title", role="heading"),
                self.scope,
                self.zone,
                self._named,
                fields,
                Text("command.auth.preview", role="heading"),
                self.preview,
                None,
            )
        )

    def _connect(self) -> None:
        self.scope.chosen.connect(lambda _key: self._fill())
        self.zone.currentIndexChanged.connect(lambda _at: self._fill())
        self.list.itemChanged.connect(self._ticked)
        self.take.clicked.connect(self.take_selected)
        for field in (self.starts, self.ends, self.hours_from, self.hours_to):
            field.dateTimeChanged.connect(lambda _t: self._touch())
        self.witnesses.valueChanged.connect(lambda _n: self._touch())

    # --- the sites ------------------------------------------------------------------------------

    def take_selected(self) -> None:
        """Name the sites that are selected on the map."""
        self.site_ids |= set(self._selected)
        self.scope.choose("sites")
        self._fill()

    def _fill(self) -> None:
        """List the sites of the zone, and those that are named already."""
        by_sites = self.scope.choice() == "sites"
        self._named.setVisible(by_sites)
        self.list.blockSignals(True)
        self.list.clear()
        if by_sites:
            inside = self._inside()
            for site_id in [*inside, *sorted(self.site_ids - set(inside))]:
                item = QListWidgetItem(self._name(site_id))
                item.setData(ID, site_id)
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(_check(site_id in self.site_ids))
                self.list.addItem(item)
        self.list.blockSignals(False)
        self._touch()

    def _inside(self) -> list[str]:
        from geo.analysis.readiness.inside import exact_rows, inside
        from geo.progress import NoProgress

        zone = self._project.find(Zone, self.zone.currentData() or "")
        if zone is None:
            return []
        sites = self._sites
        (rows,) = inside(sites, [zone.outline], exact_rows(sites), NoProgress()).rows
        return [str(i) for i in sites.ids[rows]]

    def _name(self, site_id: str) -> str:
        if site_id not in self._sites:
            return "–"
        at = self._sites.index[site_id]
        names = [str(self._sites[c][at]) for c in _NAMES if self._sites[c][at]]
        return " · ".join(names[:2])

    def _ticked(self, item: QListWidgetItem) -> None:
        site_id = str(item.data(ID))
        if item.checkState() is Qt.CheckState.Checked:
            self.site_ids.add(site_id)
        else:
            self.site_ids.discard(site_id)
        self._touch()

    # --- what comes of it -----------------------------------------------------------------------

    def value(self) -> Authorisation:
        """Return the authorisation as it stands in the form."""
        by_sites = self.scope.choice() == "sites"
        return replace(
            self._given,
            site_ids=tuple(sorted(self.site_ids)) if by_sites else (),
            zone_id="" if by_sites else self.zone.currentData() or "",
            valid_from=self.starts.moment(),
            valid_to=self.ends.moment(),
            hours_from=self.hours_from.hour(),
            hours_to=self.hours_to.hour(),
            witnesses=self.witnesses.value(),
        )

    def missing(self) -> str:
        """Return the code of what is wrong in any case, or empty."""
        told = self.value()
        if told.valid_to <= told.valid_from or told.hours_from == told.hours_to:  # type: ignore[operator] # both are there
            return "error.coordination.times_backwards"
        return ""

    def names_anything(self) -> bool:
        """Tell whether it names a zone or a site."""
        told = self.value()
        return bool(told.site_ids or told.zone_id)

    def show_preview(self, bare: Sequence[Bare] | None) -> None:
        """Say what it leaves bare; None is not known yet."""
        if bare is None:
            self.preview.setText(tr("command.computing"))
            return
        lines = []
        for each in bare:
            code = "command.auth.bare" if each.n else "command.auth.all"
            params = {
                "period": each.period or tr("panel.operate.whole"),
                "of": i18n.number(each.of),
            }
            lines.append(
                f"⊖ {tr(code, n=i18n.number(each.n), **params)}"
                if each.n
                else f"✓ {tr(code, **params)}"
            )
        self.preview.setText("\n".join(lines) or tr("command.auth.no_period"))
        # A dialog asks a wrapped text for its height before it knows its width.
        self.preview.setMinimumHeight(self.preview.heightForWidth(self.preview.width()))

    def _touch(self) -> None:
        self.count.setText(tr("command.auth.count", n=i18n.number(len(self.site_ids))))
        self._still.start()
        self.changed.emit()


def _check(is_on: bool) -> Qt.CheckState:  # noqa: FBT001 - Qt's own two words for it
    return Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked


def _span(operation: Operation) -> tuple[datetime, datetime]:
    """Return when the operation begins and ends, or tomorrow."""
    if operation.periods:
        return (
            min(p.starts for p in operation.periods),
            max(p.ends for p in operation.periods),
        )
    start = (local_now() + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return start, start + timedelta(days=1)
