"""A visit being planned or changed in the inspector."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from PySide6.QtCore import Signal

from lle_desk.charges.rules import ChargeState
from lle_desk.consultancy.actions import (
    EditVisit,
    PlanVisit,
    PlanVisits,
    VisitAsked,
    plan_visits,
    undoing,
)
from lle_desk.consultancy.queries import (
    NoPrice,
    SeriesWanted,
    VisitCard,
    VisitPrice,
    VisitWanted,
    priced,
)
from lle_desk.consultancy.rules import HOURS, kind_of
from lle_desk.consultancy.ui.repeat import RepeatPart
from lle_desk.core.money import Pence, pounds
from lle_desk.core.records import new_uuid
from lle_desk.customers.queries import person_row
from lle_desk.customers.rules import Route
from lle_desk.customers.ui.chooser import CustomerChooser, PersonChooser
from lle_desk.qt.chooser import FindField
from lle_desk.qt.desk import Desk
from lle_desk.qt.form import (
    CheckField,
    ChoiceField,
    DateField,
    Form,
    LinesField,
    NumberField,
    TextField,
    TimeField,
)
from lle_desk.qt.inspector import Page
from lle_desk.qt.words import label
from lle_desk.trainers.queries import TrainerHit
from lle_desk.trainers.ui.finder import trainer_field

MOST_TRAVEL = 480
USUAL_TRAVEL = 30
Service = tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class VisitStart:
    """What is known when a new visit is begun: where the diary stood."""

    starts_at: datetime
    ends_at: datetime
    trainer: TrainerHit | None = None
    service_id: int | None = None
    customer_id: int | None = None


class VisitForm(Form):
    """Who goes where, when and for what; the price stands below while it is typed."""

    def __init__(self, desk: Desk, services: Sequence[Service], today: Callable[[], date]) -> None:
        super().__init__()
        self.client_uuid = new_uuid()
        self._desk = desk
        self._leaving_out: tuple[int, ...] = ()
        self._card: VisitCard | None = None
        self.customer = self.add(CustomerChooser(desk, needed=True))
        self.contact = self.add(PersonChooser(desk, "C&ontact there", key="contact"))
        self.topic = self.add(TextField("To&pic", needed=True, key="topic", max_length=200))
        self.section("When and who")
        self.day = DateField("&Day", today=today, needed=True, key="starts_at")
        self.hours = ChoiceField(
            "&Length", [(key, one.words) for key, one in HOURS.items()], key="kind", empty="Other"
        )
        self.row(self.day, self.hours)
        self.starts = TimeField("&From", needed=True, key="from")
        self.ends = TimeField("&To", needed=True, key="to")
        self.before = NumberField("Travel &before", most=MOST_TRAVEL, key="travel_before")
        self.after = NumberField("and aft&er", most=MOST_TRAVEL, key="travel_after")
        self.row(self.starts, self.ends, self.before, self.after)
        self.trainer: FindField[TrainerHit] = self.add(trainer_field(desk, needed=True))
        self.repeat = RepeatPart(self, desk, self.day.value)
        self._add_paid(services)
        self._connect()

    def _add_paid(self, services: Sequence[Service]) -> None:
        self.section("Paid")
        self.service = ChoiceField(
            "Ser&vice",
            [(number, f"{code}  {name}") for number, code, name in services],
            needed=True,
            key="service_id",
        )
        self.add(self.service)
        self.price, self.credited = label("", "quiet", wrap=True), label("", "warning", wrap=True)
        for said in (self.price, self.credited):
            self.widget(said)
        self.credited.hide()
        self.free = self.add(CheckField("No char&ge"))
        self.free_reason = self.add(
            TextField("Because", needed=True, key="no_charge_reason", max_length=200)
        )
        self.free_reason.hide()
        self.order_number = self.add(TextField("Order &number", key="order_number", max_length=60))
        self.notes = self.add(LinesField("Notes for the off&ice", rows=2, key="notes_office"))

    def _connect(self) -> None:
        self.customer.customer_chosen.connect(self._on_customer)
        self.hours.changed.connect(self._take_hours)
        self.free.changed.connect(self._on_free)
        for field in (self.day, self.starts, self.ends, self.before, self.after):
            field.changed.connect(self._on_time)
        for asked in (self.customer, self.service, self.day, self.starts, self.ends):
            asked.changed.connect(self._ask_price)
        for billed in (self.free, self.order_number):
            billed.changed.connect(self._say_credit)
        for looked in (
            self.customer,
            self.service,
            self.starts,
            self.ends,
            self.before,
            self.after,
            self.trainer,
            self.hours,
            self.free,
            self.repeat,
        ):
            looked.changed.connect(self._look_at_days)
        self.day.changed.connect(self.repeat.fill)
        self.trainer.chosen.connect(self._look_at_days)

    def show_start(self, start: VisitStart) -> None:
        """Begin a new visit where the diary stood."""
        self.day.set_value(start.starts_at.date())
        self._show_times(start.starts_at, start.ends_at)
        self.before.set_value(USUAL_TRAVEL)
        self.after.set_value(USUAL_TRAVEL)
        self.trainer.set_value(start.trainer)
        self.service.set_value(start.service_id)
        if start.customer_id is not None:
            self.customer.set_customer(start.customer_id)
        self._on_time()

    def show_visit(self, card: VisitCard) -> None:
        """Show a visit that is there."""
        self._leaving_out = (card.time_id,)
        self.repeat.hide()
        self.customer.set_customer(card.customer_id)
        if card.contact_id is not None:
            self._desk.load(self, self.contact.set_value, person_row, card.contact_id)
        self.topic.set_value(card.topic)
        self.day.set_value(card.starts_at.date())
        self._show_times(card.starts_at, card.ends_at)
        self.before.set_value(card.travel_before)
        self.after.set_value(card.travel_after)
        self.trainer.set_value(TrainerHit(card.trainer_id, card.trainer, "", card.service_code))
        self.service.set_value(card.service_id)
        self.free.set_value(bool(card.no_charge_reason))
        self.free_reason.set_value(card.no_charge_reason)
        self.free_reason.setVisible(self.free.value())
        self.order_number.set_value(card.order_number)
        self.notes.set_value(card.notes_office)
        self._on_time()
        self._card = card

    @property
    def may_credit(self) -> bool:
        """Whether it stands on the form that an issued paper is credited."""
        return not self.credited.isHidden()

    @property
    def times(self) -> tuple[datetime, datetime] | None:
        """The times as typed, None while one is missing."""
        day, starts, ends = self.day.value(), self.starts.value(), self.ends.value()
        if day is None or starts is None or ends is None:
            return None
        return datetime.combine(day, starts), datetime.combine(day, ends)

    def asked(self) -> VisitAsked | None:
        """Return the visit as typed, None while a time is missing."""
        times = self.times
        if times is None:
            return None
        contact = self.contact.value()
        hit = self.trainer.value()
        return VisitAsked(
            trainer_id=hit.id if hit else 0,
            customer_id=self.customer.customer_id or 0,
            service_id=self.service.value() or 0,
            kind=str(kind_of(*times)),
            starts_at=times[0],
            ends_at=times[1],
            topic=self.topic.value(),
            contact_id=contact.person_id if contact else None,
            travel_before=self.before.value() or 0,
            travel_after=self.after.value() or 0,
            order_number=self.order_number.value(),
            notes_office=self.notes.value(),
            no_charge_reason=self.free_reason.value() if self.free.value() else "",
        )

    def _show_times(self, starts_at: datetime, ends_at: datetime) -> None:
        self.starts.set_value(starts_at.time())
        self.ends.set_value(ends_at.time())
        self._name_hours()

    def _name_hours(self) -> None:
        known = {(one.starts, one.ends): key for key, one in HOURS.items()}
        starts, ends = self.starts.value(), self.ends.value()
        found = known.get((starts, ends)) if starts and ends else None
        if self.hours.value() != found:
            self.hours.set_value(found)

    def _on_customer(self, customer_id: int) -> None:
        self.contact.set_args(customer_id)
        person = self.contact.value()
        if person is not None and person.customer_id != customer_id:
            self.contact.show_value(None)
        self._ask_price()

    def _take_hours(self) -> None:
        chosen = HOURS.get(self.hours.value() or "")
        if chosen is not None:
            self.starts.show_value(chosen.starts)
            self.ends.show_value(chosen.ends)
            self._on_time()
            self._ask_price()

    def _on_time(self) -> None:
        """Let the finder say who is free then."""
        self._name_hours()
        times = self.times
        if times is not None:
            self.trainer.set_args(*times, self._leaving_out)

    def _on_free(self) -> None:
        self.free_reason.setVisible(self.free.value())
        self.price.setVisible(not self.free.value())

    def _say_credit(self) -> None:
        """Say what is credited where an issued paper has what is changed here."""
        card, asked = self._card, self.asked()
        if card is None or asked is None:
            return
        billed = [row for row in card.counting if row.state == ChargeState.BILLED]
        before = (
            card.customer_id,
            card.service_id,
            card.kind,
            card.order_number,
            bool(card.no_charge_reason),
        )
        now = (
            asked.customer_id,
            asked.service_id,
            asked.kind,
            asked.order_number,
            self.free.value(),
        )
        self.credited.setVisible(bool(billed) and before != now)
        back = pounds(Pence(sum(row.net for row in billed)))
        reverses = Route.RECHARGE in {row.route for row in billed}
        self.credited.setText(
            f"It was recharged by journal: saving issues a reversing recharge of {back} before VAT"
            " at once and charges anew."
            if reverses
            else f"It is on an issued paper: saving credits {back} before VAT at once and charges"
            " anew."
        )

    def _look_at_days(self, *_what: object) -> None:
        """Say what is against the days of a repeated visit, and what they cost together."""
        asked = self.asked()
        if asked is None or not asked.customer_id or not asked.service_id:
            self.repeat.look(None)
            return
        wanted = SeriesWanted(
            asked.trainer_id,
            asked.service_id,
            asked.customer_id,
            asked.kind,
            asked.starts_at - timedelta(minutes=asked.travel_before),
            asked.ends_at + timedelta(minutes=asked.travel_after),
            (asked.starts_at.date(), *self.repeat.others),
        )
        self.repeat.look(wanted)

    def _ask_price(self) -> None:
        self._say_credit()
        asked = self.asked()
        if asked is None or not asked.customer_id or not asked.service_id:
            self.price.set("", "quiet")
            return
        wanted = VisitWanted(
            asked.service_id,
            asked.kind,
            asked.customer_id,
            asked.starts_at.date(),
            self._card.id if self._card is not None else 0,
        )
        self._desk.load(self, self._show_price, priced, wanted)

    def _show_price(self, answer: VisitPrice | NoPrice) -> None:
        if isinstance(answer, NoPrice):
            self.price.set(answer.why, "warning")
        else:
            self.price.set(answer.words, "fine" if not answer.net else "strong")


class VisitFormPage(Page):
    """A visit being planned or changed.

    Signals:
        done: it is saved. int: its id.
    """

    done = Signal(int)

    def __init__(
        self,
        desk: Desk,
        services: Sequence[Service],
        today: Callable[[], date],
        card: VisitCard | None = None,
    ) -> None:
        super().__init__(
            "New visit" if card is None else card.customer, code=card.words if card else ""
        )
        self._desk = desk
        self._card = card
        self._start: VisitStart | None = None
        self.fields = VisitForm(desk, services, today)
        if card is not None:
            self.fields.show_visit(card)
        self.form(self.fields)
        self._save_button = self.foot("Plan the visit" if card is None else "Save")
        self.saved.connect(self.save)
        self.fields.repeat.changed.connect(self._count_visits)

    def save(self) -> None:
        """Check the form and save it; what is wrong is said beside its field."""
        asked = self.fields.asked()
        if not self.fields.check() or asked is None:
            return
        self.show_busy(True)
        if self._card is None:
            others = self.fields.repeat.others
            if others:
                all_days = PlanVisits(self.fields.client_uuid, asked, others)
                act = plan_visits
                self._desk.do(self, self._all_planned, act, all_days, on_refused=self.show_refusal)
                return
            new = PlanVisit(self.fields.client_uuid, asked)
            self._desk.do(self, self._planned, undoing.plan, new, on_refused=self.show_refusal)
        else:
            changed = EditVisit(
                self._card.id, self._card.version, asked, may_credit=self.fields.may_credit
            )
            self._desk.do(self, self._changed, undoing.edit, changed, on_refused=self.show_refusal)

    def focus_first(self) -> None:
        """Go to the school, or on to the topic where the school is known."""
        known = self._start is not None and self._start.customer_id is not None
        (self.fields.topic if known else self.fields.customer).setFocus()

    def begin(self, start: VisitStart) -> None:
        """Begin a new visit where the screen stood."""
        self._start = start
        self.fields.show_start(start)

    def _count_visits(self) -> None:
        count = len(self.fields.repeat.others) + 1
        self._save_button.set_text(f"Plan {count} visits" if count > 1 else "Plan the visit")

    def _planned(self, visit_id: int) -> None:
        self.done.emit(visit_id)

    def _all_planned(self, ids: Sequence[int]) -> None:
        self.done.emit(ids[0])

    def _changed(self, _nothing: object) -> None:
        if self._card is not None:
            self.done.emit(self._card.id)
