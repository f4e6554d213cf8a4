"""Walks every widget of a screen and tells what a house rule forbids."""

from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QCalendarWidget,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from lle_desk.qt.words import not_plain

CONTROLS = (QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QAbstractItemView)
QTS_OWN = ("qt_", "_q_")  # parts Qt makes inside its own widgets


def assert_plain(root: QWidget) -> None:
    """Check that no label and no tooltip under `root` guesses HTML."""
    assert not_plain(root) == []
    for widget in [root, *root.findChildren(QWidget)]:
        words = widget.toolTip()
        assert not words or words.startswith("<span>"), f"raw tooltip {words!r}"


def assert_named(root: QWidget) -> None:
    """Check that every control under `root` that takes the keyboard says what it is."""
    nameless = [
        f"{type(one).__name__} {one.objectName()}"
        for one in root.findChildren(QWidget)
        if isinstance(one, CONTROLS) and _is_ours(one) and not (one.accessibleName() or _text(one))
    ]
    assert nameless == []


def shown_texts(root: QWidget) -> list[str]:
    """Return the words of all labels and buttons that are to be seen under `root`."""
    found = root.findChildren(QWidget)
    return [_text(one) for one in found if one.isVisibleTo(root) and _text(one)]


def _is_ours(widget: QWidget) -> bool:
    """Return whether the program made the widget, not Qt inside one of its own."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QComboBox | QCalendarWidget | QLineEdit):
            return False
        parent = parent.parentWidget()
    above = widget.parentWidget()
    inside = isinstance(above, QAbstractItemView) or (
        above is not None and above.objectName().startswith(QTS_OWN)
    )
    return not widget.objectName().startswith(QTS_OWN) and not inside


def _text(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
