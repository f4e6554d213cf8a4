"""The forms of the programme: a course with its prices, an event with its sessions."""

from collections.abc import Callable, Sequence
from datetime import date

from lle_desk.core.errors import OfficerError
from lle_desk.core.records import new_uuid
from lle_desk.courses.actions import (
    AddCourse,
    AddEvent,
    EditCourse,
    EditEvent,
    NewSession,
)
from lle_desk.courses.queries import (
    CourseCard,
    CourseHit,
    EventCard,
    ServiceHit,
    find_courses,
)
from lle_desk.courses.rules import keep_words
from lle_desk.courses.ui.move_look import MoveLook
from lle_desk.courses.ui.prices_field import PricesField, newest_prices, prices_on
from lle_desk.courses.ui.sessions_field import SessionsField
from lle_desk.customers.rules import ALWAYS
from lle_desk.offers.rules import BandPrice
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
)
from lle_desk.qt.sight import bring_into_sight
from lle_desk.qt.words import label, tip

OF_SESSIONS = frozenset({"sessions", "space", "starts_at", "ends_at", "layout", "heads"})


class CourseForm(Form):
    """A course: code, title, service, and what a place costs each band from a day on."""

    def __init__(self, services: Sequence[ServiceHit], today: Callable[[], date]) -> None:
        super().__init__()
        self.client_uuid = new_uuid()
        self.card: CourseCard | None = None
        self._today = today
        self.title = self.add(TextField("&Title", needed=True, key="title"))
        self.code = TextField("C&ode", needed=True, key="code", max_length=30, placeholder="PHON")
        choices = [(service.id, f"{service.code}  {service.name}") for service in services]
        self.service = ChoiceField("Ser&vice", choices, needed=True, key="service")
        self.row(self.code, self.service, stretch=(1, 2))
        self.short_title = self.add(
            TextField("S&hort name", key="short_title", max_length=40, placeholder="for the diary")
        )
        self.summary = self.add(LinesField("S&ummary", rows=2, key="summary"))
        self.price_note = self.section("Prices by band", "a place, before VAT")
        self.prices = self.add(PricesField("A band without a price cannot be booked."))
        self.prices_from = self.add(
            DateField("Prices hold &from", today=today, key="prices_from", hint="Empty: always.")
        )
        self.is_active = self.add(CheckField("In the pro&gramme"))
        self.is_active.set_value(True)
        self.is_active.hide()

    def show_course(self, card: CourseCard) -> None:
        """Show a course that is there. What was sold keeps its price."""
        self.card = card
        self.title.set_value(card.title)
        self.code.set_value(card.code)
        self.code.line.setReadOnly(True)
        self.service.set_value(card.service_id)
        self.service.setEnabled(False)
        self.short_title.set_value(card.short_title)
        self.summary.set_value(card.summary)
        self.prices.set_value(newest_prices(card.prices))
        self.prices_from.set_value(self._today())
        self.is_active.set_value(card.is_active)
        self.is_active.show()
        self.price_note.set("new prices from the day below")

    def new_course(self) -> AddCourse:
        """Return what to add."""
        return AddCourse(
            client_uuid=self.client_uuid,
            code=self.code.value(),
            title=self.title.value(),
            service_id=self.service.value() or 0,
            prices=tuple(self.prices.value()),
            prices_from=self.prices_from.value() or ALWAYS,
            short_title=self.short_title.value(),
            summary=self.summary.value(),
        )

    def edited(self, card: CourseCard) -> EditCourse:
        """Return the course as it shall be, with the prices that are other than the last."""
        known = {price.band: price.amount for price in newest_prices(card.prices)}
        return EditCourse(
            course_id=card.id,
            seen_version=card.version,
            title=self.title.value(),
            short_title=self.short_title.value(),
            summary=self.summary.value(),
            is_active=self.is_active.value(),
            prices=tuple(
                price for price in self.prices.value() if known.get(price.band) != price.amount
            ),
            prices_from=self.prices_from.value() or self._today(),
        )


class EventForm(Form):
    """An event: its course, sessions, places, decision date, and prices if they differ."""

    def __init__(self, desk: Desk, today: Callable[[], date]) -> None:
        super().__init__()
        self.client_uuid = new_uuid()
        self.card: EventCard | None = None
        self.course: FindField[CourseHit] = self.add(
            FindField(
                "Cou&rse",
                desk,
                find_courses,
                text=lambda hit: hit.title,
                detail=_course_detail,
                key_of=lambda hit: hit.id,
                icon="presentation",
                needed=True,
                key="course",
                placeholder="Title or code",
            )
        )
        self.section("Sessions")
        self.sessions = self.add(SessionsField(desk, today))
        self.look = MoveLook(desk, self.sessions)
        self.widget(self.look)
        self.section("Places")
        self.capacity = NumberField("Ca&pacity", least=1, most=10_000, needed=True, key="capacity")
        self.minimum = NumberField("&Minimum", least=0, key="minimum")
        self.budgeted = NumberField("Bud&geted", least=0, key="budgeted")
        tip(self.budgeted, "How many places its price was worked out on")
        self.decision_on = DateField("&Decide by", today=today, key="decision_on")
        self.row(self.capacity, self.minimum, self.budgeted)
        self._add_rest()

    def _add_rest(self) -> None:
        """Add what an event may have, and mostly has not."""
        arrival = "from 09:00: tea, coffee, signing in"
        self.arrival = TextField(
            "Arri&val, for the letter", key="arrival_words", placeholder=arrival
        )
        self.row(self.decision_on, self.arrival, stretch=(1, 1))
        self.materials = self.add(
            LinesField("Materials to &bring, for the letter", rows=2, key="materials")
        )
        self.notes = self.add(LinesField("No&tes for the office", rows=2, key="notes"))
        self.section("Prices by band", "a place, before VAT")
        self.own_prices = self.add(CheckField("Prices of its o&wn, other than the course's"))
        self.prices = self.add(PricesField("A band without a price cannot be booked."))
        self.prices.hide()
        self.kept = label("", "small", wrap=True)
        self.kept.hide()
        self.widget(self.kept)
        self.code = self.add(
            TextField("Code", key="code", max_length=40, placeholder="next of its service")
        )
        self.own_prices.changed.connect(self._on_own_prices)

    def show_event(self, card: EventCard) -> None:
        """Show an event that is there."""
        self.card = card
        row = card.row
        service = row.service_code
        self.course.set_value(CourseHit(row.course_id, row.code, row.title, 0, service))
        self.course.hide()
        self.sessions.know_trainers({one.id: one.trainers for one in card.sessions})
        self.sessions.set_value(sessions_as_typed(card))
        self.capacity.set_value(row.capacity)
        self.minimum.set_value(row.minimum)
        self.decision_on.set_value(row.decision_on)
        self.budgeted.set_value(card.budgeted)
        self.arrival.set_value(card.arrival_words)
        self.materials.set_value(card.materials)
        self.look.show_event(card)
        self.notes.set_value(card.notes)
        self.code.hide()
        self.prices.set_value(prices_on(card.prices, row.first_on))
        self.own_prices.set_value(card.has_own_prices)
        self._on_own_prices()

    def show_copy(self, card: EventCard) -> None:
        """Start a new event with what another has, but its days, its notes and its code."""
        row = card.row
        service = row.service_code
        self.course.show_value(CourseHit(row.course_id, row.code, row.title, 0, service))
        self.capacity.set_value(row.capacity)
        self.minimum.set_value(row.minimum)
        self.budgeted.set_value(card.budgeted)
        self.arrival.set_value(card.arrival_words)
        self.materials.set_value(card.materials)
        self.sessions.show_copies(card.sessions)
        if card.has_own_prices:
            self.own_prices.set_value(True)
            self.prices.set_value(newest_prices(card.prices))
            self._on_own_prices()

    def show_course(self, hit: CourseHit) -> None:
        """Choose the course."""
        self.course.show_value(hit)

    def go_to_prices(self) -> None:
        """Go to the first price, or to what gives the event prices of its own."""
        (self.prices if self.own_prices.value() else self.own_prices).setFocus()
        bring_into_sight(self.kept)

    def new_event(self) -> AddEvent:
        """Return what to add."""
        hit = self.course.value()
        return AddEvent(
            client_uuid=self.client_uuid,
            course_id=hit.id if hit else 0,
            sessions=tuple(self.sessions.value()),
            capacity=self.capacity.value() or 0,
            minimum=self.minimum.value() or 0,
            code=self.code.value(),
            decision_on=self.decision_on.value(),
            budgeted=self.budgeted.value(),
            materials=self.materials.value(),
            prices=self._own_prices(),
            arrival_words=self.arrival.value(),
            notes=self.notes.value(),
        )

    def edited(self, card: EventCard) -> EditEvent:
        """Return the event as it shall be."""
        return EditEvent(
            event_id=card.row.id,
            seen_version=card.row.version,
            sessions=tuple(self.sessions.value()),
            capacity=self.capacity.value() or 0,
            minimum=self.minimum.value() or 0,
            decision_on=self.decision_on.value(),
            budgeted=self.budgeted.value(),
            materials=self.materials.value(),
            arrival_words=self.arrival.value(),
            notes=self.notes.value(),
            prices=self._own_prices(),
        )

    def check(self) -> bool:
        """Check each field; an event with prices of its own has one at least."""
        if not super().check():
            return False
        if self.own_prices.value() and not self._own_prices():
            no_price = "Give at least one band a price, or let the course's prices hold."
            self.show_refusal(OfficerError(no_price, self.prices.key))
            return False
        return True

    def show_refusal(self, refusal: OfficerError | str) -> None:
        """Say what was refused beside its field; of a trainer, room or day at its session."""
        key = refusal.field if isinstance(refusal, OfficerError) else ""
        if key == "trainer":
            self.sessions.show_trainer_refusal(str(refusal))
        elif key in OF_SESSIONS:
            if not self.sessions.show_refusal(str(refusal)):
                super().show_refusal(str(refusal))
                self.look.look()  # which session it is, and whether a reason would do
        else:
            super().show_refusal(refusal)

    def _own_prices(self) -> tuple[BandPrice, ...]:
        return tuple(self.prices.value()) if self.own_prices.value() else ()

    def _on_own_prices(self) -> None:
        """Show whose prices hold, and that what is booked keeps its own."""
        is_own = self.own_prices.value()
        self.prices.setVisible(is_own)
        if self.card is not None:
            self.kept.set(_kept_words(self.card, is_own=is_own))
            self.kept.setVisible(bool(self.kept.text()))
        if is_own and self.own_prices.box.hasFocus():
            bring_into_sight(self.prices if self.kept.isHidden() else self.kept)


def sessions_as_typed(card: EventCard) -> tuple[NewSession, ...]:
    """Return the sessions of an event as the form holds them."""
    return tuple(
        NewSession(
            row.starts_at, row.ends_at, row.outside_venue, row.trainer_names, row.id, row.version
        )
        for row in card.sessions
    )


def _kept_words(card: EventCard, *, is_own: bool) -> str:
    """Return what other prices would mean for who is booked already, and who will be."""
    if not is_own and not card.has_own_prices:
        return "The course's prices hold. They are changed, for all its events, on the course."
    whose = "these prices" if is_own else "the course's prices"
    return f"Who books from now on pays {whose}{keep_words(card.row.held)}."


def _course_detail(hit: CourseHit) -> str:
    return f"{hit.code} · {hit.service_code}"
