"""What tests of the dossier do again and again."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from gui.widgets.fold import Fold
from gui.widgets.in_place import InPlace
from gui.widgets.texts import Data, Text

NO_KEY = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


def seen(parent: QWidget, kind: type, name: str = "") -> list:
    """The children of a kind that are seen: those of an older page wait hidden for their end."""
    found = parent.findChildren(kind, name) if name else parent.findChildren(kind)
    return [child for child in found if child.isVisibleTo(parent)]


def said(parent: QWidget) -> str:
    return " | ".join(label.text() for label in (*seen(parent, Data), *seen(parent, Text)))


def field(dossier: QWidget, key: str) -> InPlace:
    shown = next(w for w in dossier.findChildren(Data, f"field-{key}") if alive(dossier, w))
    made = shown.parentWidget()
    assert isinstance(made, InPlace)
    return made


def alive(dossier: QWidget, child: QWidget) -> bool:
    """Whether a part belongs to the page that is shown, even if its editor covers it."""
    parent = child.parentWidget()
    return parent is not None and parent.isVisibleTo(dossier)


def fold(dossier: QWidget, code: str) -> Fold:
    return next(f for f in seen(dossier, Fold) if f.head.objectName() == f"fold-{code}")


def open_fold(dossier: QWidget, code: str) -> Fold:
    found = fold(dossier, code)
    if not found.is_open:
        found.head.click()
    QApplication.processEvents()
    return found


def retype(made: InPlace, text: str, key: Qt.Key = Qt.Key.Key_Return) -> None:
    """Click a value, type another, press a key."""
    QTest.mouseClick(made.shown, LEFT)
    assert made.editor is not None
    made.editor.selectAll()
    QTest.keyClicks(made.editor, text)
    QTest.keyClick(made.editor, key)


def idle(window, qtbot) -> None:
    qtbot.waitUntil(lambda: not window.session.busy)
    settle()


def settle() -> None:
    """Let the page be made anew, and what is new in it be shown."""
    for _ in range(3):
        QApplication.processEvents()
