"""Deciding about an event in the inspector: what follows stands there before it is done."""

from PySide6.QtCore import Signal

from lle_desk.charges.rules import papers_back
from lle_desk.core.days import short_day, span_words
from lle_desk.core.money import Pence, pounds
from lle_desk.core.records import new_uuid
from lle_desk.courses.actions.deciding import MOST_REASON, DecideEvent, decide_event
from lle_desk.courses.queries.deciding import DecisionEffect
from lle_desk.courses.queries.telling import PersonToTell
from lle_desk.courses.rules import EventState, counted
from lle_desk.courses.ui.fees_form import FeesForm
from lle_desk.customers.rules import Route
from lle_desk.qt.desk import Desk
from lle_desk.qt.form import CheckField, Form, TextField
from lle_desk.qt.inspector import Page

WRITE_WORDS = "&E-mail everybody at once"
WRITES_AT_ONCE = "courses/email_decisions"  # as it was chosen the last time
MOST_NAMED = 12  # bookings shown before it is done; all of them stand on the list afterwards


class DecidePage(Page):
    """Confirms an event, or calls it off, once everything that follows was seen.

    Signals:
        done: it is decided. int, bool: the event's id, and whether all are to be e-mailed.
    """

    done = Signal(int, bool)

    def __init__(self, desk: Desk, effect: DecisionEffect, decided: EventState) -> None:
        row = effect.card.row
        self._is_off = decided == EventState.CANCELLED
        title = "Call the event off" if self._is_off else "Confirm that it runs"
        super().__init__(title, code=row.code, lines=[row.title])
        self._desk, self._effect, self._decided = desk, effect, decided
        self._uuid = new_uuid()
        self.fields = Form()
        words = "&Why it is called off" if self._is_off else "&Why it runs all the same"
        self.reason = self.fields.add(
            TextField(words, needed=self._is_off, key="reason", max_length=MOST_REASON)
        )
        self._reached = sum(bool(person.email) for person in effect.people)
        self.by_email = CheckField(WRITE_WORDS)
        self.by_email.set_value(bool(self._reached) and desk.settings.flag(WRITES_AT_ONCE))
        if self._reached:
            self.fields.add(self.by_email)
        self.form(self.fields)
        self.fees = FeesForm(effect.fees) if self._is_off and effect.fees else None
        if self._is_off:
            self._add_places()
            self._add_money()
            if self.fees is not None:
                self.form(self.fees)
            self._add_freed()
        else:
            self._add_shortage()
        self._add_people()
        self.foot("Call it off" if self._is_off else "Confirm to run")
        self.saved.connect(self.save)

    def save(self) -> None:
        """Decide."""
        if not self.fields.check():
            return
        self.show_busy(True)
        row = self._effect.card.row
        reason, kept = self.reason.value(), self.fees.kept if self.fees is not None else ()
        ask = DecideEvent(self._uuid, row.id, row.version, self._decided, reason, kept)
        self._desk.do(self, self._decided_it, decide_event, ask, on_refused=self.show_refusal)

    def _add_places(self) -> None:
        effect = self._effect
        section = self.section("Places")
        if not effect.places and not effect.waiting:
            section.note("Nobody is booked and nobody waits.")
        if effect.places:
            section.line(
                f"{counted(effect.places, 'place')} cancelled, without a fee", icon="users"
            )
        if effect.from_agreements:
            back = counted(effect.from_agreements, "place")
            section.line(f"{back} back to the agreement", icon="arrow-back-up")
        if effect.used_up:
            late = counted(effect.used_up, "place")
            section.line(f"{late} cancelled late before: back too", icon="arrow-back-up")
        if effect.waiting:
            section.line(f"{counted(effect.waiting, 'place')} waited for no longer", icon="clock")

    def _add_money(self) -> None:
        effect = self._effect
        section = self.section("Money", "before VAT")
        section.amount("Struck out", "on no paper yet", pounds(effect.struck_out))
        section.amount("Credited now", "on issued invoices", pounds(effect.credited))
        if effect.reversed:
            section.amount("Reversed now", "recharged by journal", pounds(effect.reversed))
        routes = [
            *([Route.INVOICE] if effect.credited else []),
            *([Route.RECHARGE] if effect.reversed else []),
            *(fee.route for fee in effect.fees if fee.is_billed),
        ]
        if routes:
            issued = papers_back(routes)
            section.note(
                f"{issued[0].upper()}{issued[1:]} at once; this is not undone with Ctrl+Z."
            )

    def _add_freed(self) -> None:
        section = self.section("Rooms and trainers")
        for row in self._effect.card.sessions:
            when = f"{short_day(row.starts_at.date())}  {span_words(row.starts_at, row.ends_at)}"
            freed = [row.room, *(trainer.name for trainer in row.trainers)]
            words = ", ".join(one for one in freed if one)
            section.line(when, role="strong", icon="calendar-event")
            section.line(f"{words} free again" if words else "nothing is held", icon="door")

    def _add_shortage(self) -> None:
        row = self._effect.card.row
        section = self.section("Below the minimum", "")
        short = row.minimum - row.held
        section.chase(
            "alert-triangle",
            f"{row.held} of at least {row.minimum} booked",
            f"{short} short",
            kind="warning",
        )
        money = self._effect.money
        section.amount("Income", "from places", pounds(money.income))
        known = "rooms, trainers, catering" if money.is_known else "as far as it is known"
        section.amount("Cost", known, pounds(money.cost))
        left = Pence(money.income - money.cost)
        section.amount(
            "Left over" if left >= 0 else "Lost", "", pounds(Pence(abs(left))), strong=True
        )

    def _add_people(self) -> None:
        people = self._effect.people
        section = self.section("Whom to tell", counted(len(people), "booking"))
        for person in people[:MOST_NAMED]:
            section.line(person.customer, reach_words(person), role="strong")
        more = len(people) - MOST_NAMED
        if more > 0:
            section.note(f"and {counted(more, 'more booking', 'more bookings')}")
        left = len(people) - self._reached
        if left:
            section.note(f"Tell {counted(left, 'booking')} without an e-mail address by telephone.")
        section.note("The list stays with the event, to be ticked off as each is told.")

    def _decided_it(self, _decision: int) -> None:
        row = self._effect.card.row
        writes = self.by_email.value()
        if self._reached:
            self._desk.settings.set_flag(WRITES_AT_ONCE, writes)
        self.done.emit(row.id, writes)


def reach_words(person: PersonToTell) -> str:
    """Return the telephone number, else the e-mail, else that neither is known."""
    return person.telephone or person.email or "no number known"
