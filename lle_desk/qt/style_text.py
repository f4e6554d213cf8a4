"""The one style text of the program, written from the tokens."""

from collections.abc import Callable

from lle_desk.qt.tokens import Tokens


def style_text(now: Tokens, px: Callable[[float], int]) -> str:
    """Return Qt's style text for these colours at this text scale."""
    return "\n".join((_ground(now, px), _labels(now, px), _fields(now, px), _lists(now, px)))


def _ground(now: Tokens, px: Callable[[float], int]) -> str:
    return f"""
QToolTip {{ background: {now.tip_fill}; color: {now.tip_words}; border: 1px solid {now.tip_fill};
    padding: {px(4)}px {px(6)}px; }}
QMainWindow, QDialog {{ background: {now.window}; }}
*[ground="surface"] {{ background: {now.surface}; }}
*[ground="window"] {{ background: {now.window}; }}
*[ground="head"] {{ background: {now.head}; }}
*[line="below"] {{ border: none; border-bottom: 1px solid {now.hairline}; }}
*[line="above"] {{ border: none; border-top: 1px solid {now.hairline}; }}
*[line="left"] {{ border: none; border-left: 1px solid {now.hairline}; }}
*[line="box"] {{ border: 1px solid {now.hairline}; border-radius: {px(5)}px; }}
QSplitter::handle {{ background: {now.hairline}; }}
QSplitter::handle:horizontal {{ width: 1px; }}
QSplitter::handle:vertical {{ height: 1px; }}
QAbstractScrollArea::corner {{ background: transparent; border: none; }}
QScrollArea {{ border: none; background: transparent; }}
QScrollBar:vertical {{ background: transparent; width: {px(11)}px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: {px(11)}px; margin: 0; }}
QScrollBar::handle {{ background: {now.field_edge}; border-radius: {px(3)}px;
    margin: {px(2)}px; }}
QScrollBar::handle:vertical {{ min-height: {px(28)}px; }}
QScrollBar::handle:horizontal {{ min-width: {px(28)}px; }}
QScrollBar::handle:hover {{ background: {now.quiet}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QMenu {{ background: {now.surface}; color: {now.words}; border: 1px solid {now.field_edge};
    padding: {px(4)}px; }}
QMenu::item {{ padding: {px(5)}px {px(20)}px {px(5)}px {px(10)}px; border-radius: {px(4)}px; }}
QMenu::icon {{ padding-left: {px(8)}px; }}
QMenu::item:selected {{ background: {now.chosen}; color: {now.words}; }}
QMenu::item:disabled {{ color: {now.quiet}; }}
QMenu::separator {{ height: 1px; background: {now.hairline}; margin: {px(4)}px; }}
"""


def _labels(now: Tokens, px: Callable[[float], int]) -> str:
    return f"""
QLabel {{ background: transparent; }}
QLabel[role="title"] {{ font-size: {px(18)}px; font-weight: 600; }}
QLabel[role="heading"] {{ font-weight: 600; }}
QLabel[role="strong"] {{ font-weight: 600; }}
QLabel[role="amount"] {{ font-weight: 600; font-size: {px(15)}px; }}
QLabel[role="quiet"] {{ color: {now.quiet}; font-size: {px(12.5)}px; }}
QLabel[role="small"] {{ color: {now.quiet}; font-size: {px(11.5)}px; }}
QLabel[role="warning"] {{ color: {now.warning}; }}
QLabel[role="refusal"] {{ color: {now.refusal}; }}
QLabel[role="fine"] {{ color: {now.fine}; }}
"""


def _fields(now: Tokens, px: Callable[[float], int]) -> str:
    return f"""
QLineEdit, QPlainTextEdit {{ background: {now.surface}; color: {now.words};
    border: 1px solid {now.field_edge}; border-radius: {px(5)}px;
    padding: 0 {px(7)}px; selection-background-color: {now.accent};
    selection-color: {now.on_accent}; }}
QLineEdit {{ min-height: {px(26)}px; max-height: {px(26)}px; }}
QPlainTextEdit {{ padding: {px(3)}px; }}
QLineEdit:focus {{ border: 2px solid {now.accent}; padding: 0 {px(7) - 1}px;
    min-height: {px(26) - 2}px; max-height: {px(26) - 2}px; }}
QScrollArea:focus {{ border: 2px solid {now.accent}; }}
QPlainTextEdit:focus {{ border: 2px solid {now.accent}; padding: {px(3) - 1}px; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QLineEdit:read-only, QPlainTextEdit:read-only {{
  background: {now.window};
    color: {now.quiet}; border-color: {now.hairline}; }}
*[fault="true"] {{ border: 2px solid {now.refusal}; }}
QLineEdit[fault="true"] {{ padding: 0 {px(7) - 1}px;
    min-height: {px(26) - 2}px; max-height: {px(26) - 2}px; }}
*[meets="true"] {{ background: {now.warning_fill}; color: {now.warning}; }}
QCalendarWidget QWidget {{ background: {now.surface}; color: {now.words};
    alternate-background-color: {now.head}; }}
QCalendarWidget QAbstractItemView {{ background: {now.surface}; color: {now.words};
    selection-background-color: {now.accent}; selection-color: {now.on_accent}; border: none; }}
QCalendarWidget QToolButton {{ background: transparent; color: {now.words}; font-weight: 600;
    border: 1px solid transparent; padding: {px(4)}px; border-radius: {px(4)}px; }}
QCalendarWidget QToolButton::menu-indicator {{ image: none; }}
QCalendarWidget QToolButton:hover {{ background: {now.hover}; }}
QCalendarWidget QToolButton:focus {{ border-color: {now.accent}; }}
QCalendarWidget QSpinBox {{ background: {now.surface}; color: {now.words}; }}
"""


def _lists(now: Tokens, px: Callable[[float], int]) -> str:
    return f"""
QAbstractItemView {{ background: {now.surface}; color: {now.words}; border: none; outline: none;
    selection-background-color: {now.chosen}; selection-color: {now.words}; }}
QListView[popup="true"] {{ border: 1px solid {now.field_edge}; }}
QComboBox QAbstractItemView {{ border: 1px solid {now.field_edge}; }}
QComboBox QAbstractItemView::item {{ min-height: {px(26)}px; padding: 0 {px(6)}px; }}
QHeaderView {{ background: {now.head}; border: none; }}
QHeaderView::section {{ background: {now.head}; color: {now.quiet}; font-weight: 600;
    font-size: {px(12.5)}px; border: none; border-bottom: 1px solid {now.hairline};
    padding: 0 {px(8)}px; height: {px(35)}px; }}
QTableCornerButton::section {{ background: {now.head}; border: none; }}
"""
