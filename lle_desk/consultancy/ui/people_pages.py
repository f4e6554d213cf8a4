"""Advisers in the inspector: one added or changed, their leave, what else they do, prices."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Signal

from lle_desk.consultancy.actions import SetVisitPrices, set_visit_prices, undoing
from lle_desk.consultancy.queries import VisitPrices
from lle_desk.consultancy.rules import VisitKind
from lle_desk.consultancy.ui.visit_form import Service
from lle_desk.core.money import Pence
from lle_desk.core.records import new_uuid
from lle_desk.customers.rules import ALWAYS, Band
from lle_desk.offers.rules import BandPrice
from lle_desk.qt.buttons import Button
from lle_desk.qt.desk import Desk
from lle_desk.qt.form import CheckField, ChoiceField, DateField, Form, MoneyField, TextField
from lle_desk.qt.inspector import Page
from lle_desk.trainers.actions import (
    AddTrainer,
    EditTrainer,
    TakeLeave,
    add_trainer,
    edit_trainer,
)
from lle_desk.trainers.queries import TimeRow, TrainerHit, TrainerRow
from lle_desk.trainers.rules import Part, Purpose, TakenTime, doing_words, when_words
from lle_desk.trainers.ui.finder import trainer_field

NO_COST = Pence(0)


class SavingPage(Page):
    """A form in the inspector whose save is one action; what is refused stands beside its field.

    Signals:
        done: it is saved. object: what the action returned.
    """

    done = Signal(object)

    def __init__(self, desk: Desk, title: str, save: str, lines: Sequence[str] = ()) -> None:
        super().__init__(title, lines=list(lines))
        self._desk = desk
        self._save_words = save
        self.fields = Form()

    def finish(self) -> None:
        """Put the form and its foot below what was added."""
        self.form(self.fields)
        self.foot(self._save_words)
        self.saved.connect(self.save)

    def save(self) -> None:
        """Check the form and save it."""
        if self.fields.check():
            self.show_busy(True)
            action, ask = self.asked()
            self._desk.act(self, self._saved, action, ask, on_refused=self.show_refusal)

    def asked(self) -> tuple[Callable[..., Any], object]:
        """Return the action and what it is asked."""
        raise NotImplementedError

    def said(self) -> str:
        """Return what is said when it is saved."""
        raise NotImplementedError

    def _saved(self, result: object) -> None:
        self._desk.say(self.said())
        self.done.emit(result)


class LeavePage(SavingPage):
    """Days on which an adviser cannot be had."""

    def __init__(
        self, desk: Desk, today: Callable[[], date], day: date, trainer: TrainerHit | None
    ) -> None:
        super().__init__(desk, "Leave", "Enter the leave")
        self._client_uuid = new_uuid()
        self.trainer = self.fields.add(trainer_field(desk, "&Who is away", needed=True))
        self.trainer.set_value(trainer)
        self.first = DateField("&First day", today=today, needed=True, key="first")
        self.last = DateField("&Last day", today=today, needed=True, key="last")
        self.fields.row(self.first, self.last)
        self.first.set_value(day)
        self.last.set_value(day)
        parts = [(str(part), str(part).capitalize()) for part in Part]
        self.part = self.fields.add(ChoiceField("&Part of the day", parts, key="part"))
        self.part.set_value(str(Part.DAY))
        self.finish()

    def save(self) -> None:
        """Enter the leave; it can be undone."""
        hit, first, last = self.trainer.value(), self.first.value(), self.last.value()
        if not self.fields.check() or hit is None or first is None or last is None:
            return
        self.show_busy(True)
        part = Part(self.part.value() or Part.DAY)
        ask = TakeLeave(self._client_uuid, hit.id, first, last, part)
        self._desk.do(self, self.done.emit, undoing.leave, ask, on_refused=self.show_refusal)


class TrainerPage(SavingPage):
    """An adviser or trainer, new or known."""

    def __init__(
        self, desk: Desk, services: Sequence[Service], row: TrainerRow | None = None
    ) -> None:
        title, save = ("New adviser", "Add the adviser") if row is None else (row.name, "Save")
        super().__init__(desk, title, save)
        self._client_uuid = new_uuid()
        self._row = row
        self.name = self.fields.add(TextField("&Name", needed=True, key="name", max_length=120))
        self.initials = TextField("&Initials", key="initials", max_length=6, placeholder="AE")
        choices = [(number, f"{code}  {name}") for number, code, name in services]
        self.service = ChoiceField("Ser&vice", choices, key="service_id", empty="From outside")
        self.fields.row(self.initials, self.service, stretch=(1, 3))
        self.email = self.fields.add(TextField("&E-mail", key="email", max_length=200))
        self.telephone = TextField("Tele&phone", key="telephone", max_length=40)
        self.cost = MoneyField("Cost of a da&y", key="cost_per_day")
        self.fields.row(self.telephone, self.cost)
        self.is_active = self.fields.add(CheckField("&Offered for new work"))
        self.is_active.set_value(True)
        self.is_active.setVisible(row is not None)
        if row is not None:
            self._show(row)
        self.finish()

    def _show(self, row: TrainerRow) -> None:
        self.name.set_value(row.name)
        self.initials.set_value(row.initials)
        self.service.set_value(row.service_id)
        self.email.set_value(row.email)
        self.telephone.set_value(row.telephone)
        self.cost.set_value(row.cost_per_day)
        self.is_active.set_value(row.is_active)

    def asked(self) -> tuple[Callable[..., Any], object]:
        name, initials, cost = self.name.value(), self.initials.value(), self.cost.value()
        words = self.email.value(), self.telephone.value()
        service = self.service.value()
        if self._row is None:
            return add_trainer, AddTrainer(
                self._client_uuid, name, service, initials, *words, cost or NO_COST
            )
        return edit_trainer, EditTrainer(
            self._row.id,
            self._row.version,
            name,
            service,
            initials,
            *words,
            cost or NO_COST,
            self.is_active.value(),
        )

    def said(self) -> str:
        return f"Saved: {self.name.value()}."


class PricesPage(SavingPage):
    """What a service asks of each band for visits of a kind, from a day on."""

    def __init__(
        self,
        desk: Desk,
        today: Callable[[], date],
        services: Sequence[Service],
        known: Sequence[VisitPrices],
    ) -> None:
        line = "Before VAT, for one visit. What was booked keeps its price."
        super().__init__(desk, "Prices of visits", "Save the prices", [line])
        self._known = {(row.service_id, row.kind): row for row in known}
        choices = [(number, f"{code}  {name}") for number, code, name in services]
        self.service = self.fields.add(
            ChoiceField("Ser&vice", choices, needed=True, key="service_id")
        )
        kinds = [(str(kind), str(kind).capitalize()) for kind in VisitKind]
        self.kind = self.fields.add(ChoiceField("&Length", kinds, needed=True, key="kind"))
        self.fields.section("By band", "empty: not sold to it")
        self.bands = {band: self.fields.add(MoneyField(band.capitalize())) for band in Band}
        self.prices_from = self.fields.add(
            DateField("Prices hold &from", today=today, key="prices_from", hint="Empty: always.")
        )
        self.service.changed.connect(self._show_known)
        self.kind.changed.connect(self._show_known)
        self._show_known()
        self.fields.mark_clean()
        self.finish()

    def _show_known(self) -> None:
        row = self._known.get((self.service.value() or 0, self.kind.value() or ""))
        newest: dict[str, Pence] = {}
        for price in sorted(row.prices, key=_valid_from) if row else ():
            newest[price.band] = price.amount
        for band, field in self.bands.items():
            field.show_value(newest.get(band))

    def asked(self) -> tuple[Callable[..., Any], object]:
        given = ((band, field.value()) for band, field in self.bands.items())
        prices = tuple(BandPrice(band, amount) for band, amount in given if amount is not None)
        kind = VisitKind(self.kind.value() or VisitKind.DAY)
        since = self.prices_from.value() or ALWAYS
        return set_visit_prices, SetVisitPrices(self.service.value() or 0, kind, prices, since)

    def said(self) -> str:
        return f"Saved: the prices of a {self.kind.value()}."


class TimePage(Page):
    """What else an adviser does: a course session, leave, something other.

    Signals:
        course_wanted: int: the session's id.
        done: the leave is given back.
    """

    course_wanted = Signal(int)
    done = Signal(object)

    def __init__(self, desk: Desk, row: TimeRow, trainer: str) -> None:
        taken = TakenTime(
            trainer,
            row.purpose,
            row.words,
            row.starts_at,
            row.ends_at,
            row.reserved_from,
            row.reserved_to,
        )
        title = "Leave" if row.purpose == Purpose.LEAVE else row.words or row.purpose.capitalize()
        said = f"{trainer} {doing_words(row.purpose, row.words)} {when_words(taken)}."
        super().__init__(title, lines=[said])
        self._desk = desk
        self._row = row
        if row.purpose == Purpose.SESSION:
            self.section().buttons(Button("Open the course", "school", on_click=self._open))
        elif row.purpose != Purpose.VISIT:
            back = Button("Give the days back", "arrow-back-up", on_click=self._give_back)
            self.section().buttons(back)

    def _open(self) -> None:
        if self._row.source_id is not None:
            self.course_wanted.emit(self._row.source_id)

    def _give_back(self) -> None:
        row = self._row
        self._desk.do(self, self._given, undoing.give_back, row.id, row.version)

    def _given(self, _nothing: object) -> None:
        self.done.emit(None)


def _valid_from(price: Any) -> date:
    day: date = price.valid_from
    return day
