"""Access, diet and medical needs of an event's delegates: opened on purpose, with a purpose."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from PySide6.QtCore import Signal

from lle_desk.courses.queries.attendance import Roll, RollRow
from lle_desk.customers.actions.care import LookAtCare, SaveCare, look_at_care, save_care
from lle_desk.customers.rules import CareWords
from lle_desk.qt.desk import Desk
from lle_desk.qt.form import ChoiceField, Form, TextField
from lle_desk.qt.inspector import Page

KEPT = "Your name, the time and the purpose are kept each time. The words are in no list or log."


class AskCarePage(Page):
    """Asks what the needs are looked at for; only then are they read.

    Signals:
        opened: object, str: the needs by person (dict[int, CareWords]), and the purpose.
    """

    opened = Signal(object, str)

    def __init__(self, desk: Desk, roll: Roll) -> None:
        super().__init__("Needs of delegates", code=roll.code, lines=[roll.title])
        self._desk, self._roll = desk, roll
        self.fields = Form()
        self.purpose = self.fields.add(
            TextField(
                "&What do you need them for?",
                needed=True,
                key="purpose",
                max_length=200,
                placeholder="to tell the caterer",
            )
        )
        self.form(self.fields)
        self.section("Health data").note(KEPT)
        self.foot("Open them")
        self.saved.connect(self.save)

    def is_typed(self) -> bool:
        """Return False: a purpose alone is nothing to lose."""
        return False

    def save(self) -> None:
        """Open them."""
        if not self.fields.check():
            return
        self.show_busy(True)
        people = tuple(row.person_id for row in self._roll.rows if row.person_id is not None)
        ask = LookAtCare(people, self.purpose.value())
        self._desk.act(self, self._read, look_at_care, ask, on_refused=self.show_refusal)

    def _read(self, care: Mapping[int, CareWords]) -> None:
        self.opened.emit(care, self.purpose.value())


class CarePage(Page):
    """What the delegates of one event need, changed one after the other."""

    def __init__(
        self, desk: Desk, roll: Roll, care: Mapping[int, CareWords], purpose: str, today: date
    ) -> None:
        super().__init__("Needs of delegates", code=roll.code, lines=[roll.title, purpose])
        self._desk, self._roll, self._purpose = desk, roll, purpose
        self._care = dict(care)
        self._until = max(roll.last_on or today, today)
        named = [row for row in roll.rows if row.person_id is not None]
        self.fields = Form()
        choices = [(row.person_id or 0, _who(row)) for row in named]
        self.who = self.fields.add(ChoiceField("&Delegate", choices, key="who"))
        self.access = self.fields.add(TextField("&Access", key="access", max_length=400))
        self.diet = self.fields.add(TextField("D&iet", key="diet", max_length=200))
        self.medical = self.fields.add(TextField("&Medical", key="medical", max_length=1000))
        self.form(self.fields)
        self._list = self.section("As they gave it", "")
        self._said = self._list.note("", "body")
        self.section("Health data").note(f"{KEPT} They are deleted 30 days after the last day.")
        self.foot("Keep them")
        self.who.changed.connect(self._show_person)
        self.saved.connect(self.save)
        if choices:
            self.who.set_value(choices[0][0])
        self._show_all()
        self._show_person()

    def save(self) -> None:
        """Keep what this delegate needs."""
        person = self.who.value()
        if not person or not self.fields.check():
            return
        self.show_busy(True)
        words = CareWords(self.access.value(), self.diet.value(), self.medical.value())
        seen = self._care.get(person, CareWords())
        ask = SaveCare(person, seen, words, self._until, self._purpose)
        kept = partial(self._kept, person, words)
        self._desk.act(self, kept, save_care, ask, on_refused=self.show_refusal)

    def _show_person(self) -> None:
        words = self._care.get(self.who.value() or 0, CareWords())
        self.access.set_value(words.access)
        self.diet.set_value(words.diet)
        self.medical.set_value(words.medical)
        self.fields.mark_clean()

    def _show_all(self) -> None:
        lines = []
        for row in self._roll.rows:
            words = self._care.get(row.person_id or 0, CareWords())
            if not words.is_empty:
                told = "; ".join(part for part in (words.access, words.diet, words.medical) if part)
                lines.append(f"{row.name}: {told}")
        self._said.set("\n".join(lines) or "Nobody asked for anything.")
        self._list.set_note(f"{len(lines)} of {len(self._roll.rows)}")

    def _kept(self, person: int, words: CareWords, _nothing: object) -> None:
        self._care[person] = CareWords(
            words.access.strip(), words.diet.strip(), words.medical.strip()
        )
        self.show_busy(False)
        self._desk.say("Kept what the delegate needs.")
        self._show_all()
        self._show_person()
        self.who.setFocus()


def _who(row: RollRow) -> str:
    return f"{row.name}, {row.customer}"
