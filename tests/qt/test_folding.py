"""A section that is folded to its heading."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from lle_desk.qt.folding import FoldingSection
from lle_desk.qt.settings import Settings
from tests.qt.walk import assert_named, assert_plain, shown_texts


def a_section(qtbot: QtBot) -> FoldingSection:
    section = FoldingSection("Money", "income £165.00", Settings("ann"), "event/money")
    section.amount("Unbilled", "", "£165.00")
    section.heading("Costs")
    qtbot.addWidget(section)
    section.show()
    return section


def test_its_rows_come_by_enter_and_stay_for_the_next_record(qtbot: QtBot) -> None:
    section = a_section(qtbot)
    assert shown_texts(section) == ["Money"]
    assert "income £165.00, folded" in section.head.accessibleDescription()
    qtbot.keyClick(section.head, Qt.Key.Key_Return)
    assert shown_texts(section) == ["Money", "Unbilled", "£165.00", "Costs"]
    assert "open" in section.head.accessibleDescription()
    following = a_section(qtbot)
    assert following.is_open
    qtbot.keyClick(following.head, Qt.Key.Key_Space)
    assert shown_texts(following) == ["Money"]
    assert_named(following)
    assert_plain(following)
