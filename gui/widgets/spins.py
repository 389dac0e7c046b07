"""Fields with arrows: numbers and days, with the air before the text that other fields have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractSpinBox

AIR_PX: Final = 7
Field = TypeVar("Field", bound="QAbstractSpinBox")


def airy(field: Field) -> Field:
    """Keep the text of a field off its border; the style sheet does not reach in there."""
    field.lineEdit().setTextMargins(AIR_PX, 0, 0, 0)
    return field
