"""The layout of dialogs that are a few fields below each other."""

from PySide6.QtWidgets import QFormLayout, QWidget


def form_of(dialog: QWidget) -> QFormLayout:
    """Lay a dialog out as a form, with the room around it and between its lines that all dialogs have."""
    form = QFormLayout(dialog)
    form.setContentsMargins(22, 18, 22, 16)
    form.setVerticalSpacing(10)
    return form
