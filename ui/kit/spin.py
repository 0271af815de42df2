"""Number and date fields with arrows, whose text stands off the border as in every other field.

Qt lays the text of a field with two arrows at the left border whatever padding the style sheet asks for; the margin
of its line edit is heeded.
"""

from typing import TypeVar

from PySide6.QtWidgets import QAbstractSpinBox

_LEFT = 10

B = TypeVar("B", bound=QAbstractSpinBox)


def roomy(box: B) -> B:
    """`box`, its text at the distance from the border at which the text of a plain field stands."""
    box.lineEdit().setTextMargins(_LEFT, 0, 0, 0)
    return box
