"""What belongs to no screen of its own: the keys, a menu of the register, a narrow window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.pictures.a_map import dossier, sites

if TYPE_CHECKING:
    from tests.pilot import Pilot

NARROW = (1024, 640)


def shortcuts(pilot: Pilot) -> None:
    sites(pilot)
    pilot.bench.commands["shortcuts"].trigger()
    pilot.rest()


def adding(pilot: Pilot) -> None:
    from PySide6.QtCore import QPoint

    from gui.panels.register import RegisterPanel

    sites(pilot)
    button = pilot.window.findChild(RegisterPanel).add_button
    button.menu().popup(button.mapToGlobal(QPoint(0, button.height())))
    pilot.rest()


def narrow(pilot: Pilot) -> None:
    pilot.window.resize(*NARROW)
    dossier(pilot)


SCENES = {"shortcuts": shortcuts, "register-menu": adding, "narrow": narrow}
