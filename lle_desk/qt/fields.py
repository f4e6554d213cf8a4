"""The kinds of fields: words, numbers, money, days, times, choices."""

from collections.abc import Callable, Hashable, Sequence
from datetime import date, time
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QShortcutEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QPlainTextEdit

from lle_desk.core.days import day_words
from lle_desk.core.money import Pence, pounds
from lle_desk.qt.buttons import Button
from lle_desk.qt.calendar_popup import CalendarPopup
from lle_desk.qt.cells import LEFT, paint_check
from lle_desk.qt.field import Field, LineField
from lle_desk.qt.icons import paint_icon
from lle_desk.qt.theme import colour, font, px, theme
from lle_desk.qt.typed import parse_date, parse_money, parse_time

C = TypeVar("C")
MOST_LETTERS = 32_767  # that a line takes in; what a field may hold is less, and said


class TextField(LineField[str]):
    """One line of words; the value is trimmed. What is pasted too long is kept, and refused."""

    def __init__(self, title: str, *, max_length: int = 200, **options: Any) -> None:
        super().__init__(title, **{**options, "max_length": MOST_LETTERS})
        self._most_letters = max_length
        self.put(self.line)

    def fault(self) -> str:
        count = len(self.text())
        if count > self._most_letters:
            return f"{self.title} has {count:,} letters; {self._most_letters} fit."
        return super().fault()

    def value(self) -> str:
        return self.text()

    def show_value(self, value: str) -> None:
        self.line.setText(value)
        self.line.setCursorPosition(0)


class NumberField(LineField[int | None]):
    """A whole number, or None when the field is empty."""

    def __init__(
        self,
        title: str,
        *,
        least: int = 0,
        most: int | None = None,
        suffix: str = "",
        **options: Any,
    ) -> None:
        super().__init__(title, **{"max_length": 9, **options})
        from lle_desk.qt.words import label

        self._least, self._most = least, most
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.put(self.line, beside=label(suffix, "quiet") if suffix else None)

    def value(self) -> int | None:
        text = self.text().replace("\N{MINUS SIGN}", "-").replace(",", "")
        digits = text[1:] if text.startswith("-") else text
        return int(text) if digits.isdecimal() and digits.isascii() else None

    def show_value(self, value: int | None) -> None:
        self.line.setText("" if value is None else str(value))

    def fault(self) -> str:
        number = self.value()
        if self.text() and number is None:
            return "Type a whole number."
        if number is not None and number < self._least:
            return f"Not less than {self._least}."
        if number is not None and self._most is not None and number > self._most:
            return f"Not more than {self._most}."
        return super().fault()


class MoneyField(LineField[Pence | None]):
    """An amount typed in pounds, kept in whole pence; None when the field is empty."""

    def __init__(self, title: str, *, may_be_negative: bool = False, **options: Any) -> None:
        super().__init__(title, **{"max_length": 16, "placeholder": "£", **options})
        self._may_be_negative = may_be_negative
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.line.editingFinished.connect(self._tidy)
        self.put(self.line)

    def value(self) -> Pence | None:
        return parse_money(self.text()) if self.text() else None

    def show_value(self, value: Pence | None) -> None:
        self.line.setText("" if value is None else pounds(value))

    def raw(self) -> Hashable:
        return self.value() if self.value() is not None else self.text()

    def fault(self) -> str:
        amount = self.value()
        if self.text() and amount is None:
            return "Type an amount in pounds, such as 165 or 1,165.50."
        if amount is not None and amount < 0 and not self._may_be_negative:
            return "The amount cannot be below nought."
        return super().fault()

    def _tidy(self) -> None:
        amount = self.value()
        if amount is not None:
            self.show_value(amount)


class DateField(LineField[date | None]):
    """A day. 4/3/14, "tue" or "+7" is read when the field is left; Alt+Down: a calendar."""

    def __init__(
        self, title: str, *, today: Callable[[], date] = date.today, **options: Any
    ) -> None:
        super().__init__(title, **{"max_length": 30, "placeholder": "4/3/14, tue, +7", **options})
        self._today = today
        opener = Button(f"Calendar for {self.title}", "calendar", kind="icon")
        opener.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Alt+Down does the same from the line
        opener.clicked.connect(self.open_calendar)
        self.line.editingFinished.connect(self._tidy)
        self.line.installEventFilter(self)
        self.put(self.line, beside=opener)

    def value(self) -> date | None:
        return parse_date(self.text(), self._today()) if self.text() else None

    def show_value(self, value: date | None) -> None:
        self.line.setText("" if value is None else day_words(value))
        self.line.setCursorPosition(0)

    def raw(self) -> Hashable:
        return self.value() if self.value() is not None else self.text()

    def fault(self) -> str:
        if self.text() and self.value() is None:
            return "Type a day, such as 4/3/14, 4 mar, tue or +7."
        return super().fault()

    def open_calendar(self) -> None:
        """Open the calendar below the field."""
        popup = CalendarPopup(self.value() or self._today(), self._today(), self)
        popup.chosen.connect(self._picked)
        popup.open_below(self.line)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
            if alt and event.key() == Qt.Key.Key_Down:
                self.open_calendar()
                return True
        return super().eventFilter(watched, event)

    def _picked(self, day: date) -> None:
        self.show_value(day)
        self._on_edited()

    def _tidy(self) -> None:
        day = self.value()
        if day is not None:
            self.show_value(day)


class TimeField(LineField[time | None]):
    """A time of day. 930, 9.30 and 09:30 are the same."""

    def __init__(self, title: str, **options: Any) -> None:
        super().__init__(title, **{"max_length": 8, "placeholder": "09:30", **options})
        self.line.editingFinished.connect(self._tidy)
        self.put(self.line)

    def value(self) -> time | None:
        return parse_time(self.text()) if self.text() else None

    def show_value(self, value: time | None) -> None:
        self.line.setText("" if value is None else f"{value:%H:%M}")

    def raw(self) -> Hashable:
        return self.value() if self.value() is not None else self.text()

    def fault(self) -> str:
        if self.text() and self.value() is None:
            return "Type a time, such as 930 or 14:15."
        return super().fault()

    def _tidy(self) -> None:
        moment = self.value()
        if moment is not None:
            self.show_value(moment)


class LinesField(Field[str]):
    """Words of several lines. Tab leaves the field."""

    def __init__(self, title: str, rows: int = 3, **options: Any) -> None:
        super().__init__(title, **options)
        self.box = QPlainTextEdit()
        self.box.setTabChangesFocus(True)
        self.box.setFixedHeight(px(10 + 19 * rows))
        self.box.textChanged.connect(self._on_edited)
        self.put(self.box)

    def value(self) -> str:
        return self.box.toPlainText().strip()

    def show_value(self, value: str) -> None:
        self.box.setPlainText(value)

    def raw(self) -> Hashable:
        return self.box.toPlainText()


class ChoiceField(Field[C | None], Generic[C]):
    """One of a few values. With `empty` words, None may be chosen as well."""

    def __init__(
        self,
        title: str,
        choices: Sequence[tuple[C, str]],
        *,
        empty: str = "",
        **options: Any,
    ) -> None:
        super().__init__(title, **options)
        self.box = ChoiceBox()
        self._empty = empty
        self._values: list[C | None] = []
        self.put(self.box)
        self.set_choices(choices)
        self._clean = self.raw()
        self.box.activated.connect(self._on_edited)

    def set_choices(self, choices: Sequence[tuple[C, str]]) -> None:
        """Offer these values from now on; what is chosen stays when it is among them."""
        before = self.value()
        self._values = [None] if self._empty else []
        self._values += [value for value, _words in choices]
        self.box.clear()
        self.box.addItems(([self._empty] if self._empty else []) + [words for _v, words in choices])
        if before in self._values:
            self.show_value(before)

    def value(self) -> C | None:
        at = self.box.currentIndex()
        return self._values[at] if 0 <= at < len(self._values) else None

    def show_value(self, value: C | None) -> None:
        self.box.setCurrentIndex(self._values.index(value) if value in self._values else -1)

    def raw(self) -> Hashable:
        return self.box.currentText()


class CheckField(Field[bool]):
    """Yes or no, its words beside the box."""

    def __init__(self, title: str, **options: Any) -> None:
        super().__init__("", **{"key": title.replace("&", ""), **options})
        self.title = title.replace("&", "")
        self.box = CheckBox(title)
        self.box.toggled.connect(self._on_edited)
        self.title = ""
        self.put(self.box)
        self.title = title.replace("&", "")
        self.box.setAccessibleName(self.title)

    def value(self) -> bool:
        return self.box.isChecked()

    def show_value(self, value: bool) -> None:
        self.box.setChecked(value)

    def raw(self) -> Hashable:
        return self.box.isChecked()

    def fault(self) -> str:
        return ""


class ChoiceBox(QComboBox):
    """A choice from a short list, drawn as the other fields are."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setFixedHeight(px(28))
        self._typing = QElapsedTimer()  # since the last letter of a word that is being typed
        theme().changed.connect(self._set_sizes)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a space within a word, as in “Oak 2”, as part of it; else it opens the list."""
        pause = QApplication.keyboardInputInterval()
        is_typing = self._typing.isValid() and self._typing.elapsed() < pause
        if event.key() != Qt.Key.Key_Space:
            if event.text().isprintable() and event.text():
                self._typing.restart()
            super().keyPressEvent(event)
        elif not is_typing:
            super().keyPressEvent(event)
        else:
            self._typing.restart()
            self.view().setCurrentIndex(self.model().index(self.currentIndex(), 0))
            self.view().keyboardSearch(" ")
            row = self.view().currentIndex().row()
            self.setCurrentIndex(row)
            self.activated.emit(row)

    def event(self, event: QEvent) -> bool:
        """Take letters before the keys of a screen do: "P" goes to “Projector”, parks nothing."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            shift, pad = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.KeypadModifier
            held = event.modifiers() & ~(shift | pad)
            if not held and event.text().isprintable() and event.text().strip():
                event.accept()
                return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fault = self.property("fault") == "true"
        edge = "refusal" if fault else "accent" if self.hasFocus() else "field_edge"
        thick = 2 if fault or self.hasFocus() else 1
        painter.setPen(QPen(colour(edge), thick))
        painter.setBrush(colour("surface" if self.isEnabled() else "window"))
        inset = thick / 2
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(box, px(5), px(5))
        painter.setFont(font())
        painter.setPen(colour("words" if self.isEnabled() else "quiet"))
        words = self.rect().adjusted(px(9), 0, -px(26), 0)
        shown = painter.fontMetrics().elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, words.width()
        )
        painter.drawText(words, LEFT, shown)
        side = px(16)
        arrow = QRect(self.width() - side - px(7), (self.height() - side) // 2, side, side)
        paint_icon(painter, arrow, "chevron-down", "quiet")

    def _set_sizes(self) -> None:
        self.setFixedHeight(px(28))


class CheckBox(QCheckBox):
    """A box to tick, drawn from the tokens."""

    def event(self, event: QEvent) -> bool:
        """Tick at once by its key: Qt waits a tenth of a second, in which a form can be saved."""
        if isinstance(event, QShortcutEvent) and not event.isAmbiguous():
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.click()
            return True
        return super().event(event)

    def sizeHint(self) -> QSize:
        words = self.fontMetrics().horizontalAdvance(self.text().replace("&", ""))
        return QSize(px(15 + 8 + 6) + words, px(26))

    def hitButton(self, pos: Any) -> bool:  # noqa: N802 (Qt's name)
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_check(painter, self.rect().adjusted(px(3), 0, 0, 0), self.isChecked())
        painter.setFont(font())
        painter.setPen(colour("words" if self.isEnabled() else "quiet"))
        words = self.rect().adjusted(px(15 + 11), 0, 0, 0)
        painter.drawText(words, LEFT | Qt.TextFlag.TextShowMnemonic, self.text())
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour("accent"), 2))
            box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(box, px(4), px(4))
