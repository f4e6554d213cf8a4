"""The forms of the inspector: a customer, a person, a fact from a day on."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal

from lle_desk.core.records import new_uuid
from lle_desk.customers.actions import (
    AddCustomerRequest,
    AddPersonRequest,
    EditCustomerRequest,
    EditPersonRequest,
    SetStandingRequest,
)
from lle_desk.customers.actions.erasing import ErasePerson
from lle_desk.customers.queries import CustomerCard, PersonRow
from lle_desk.customers.rules import STANDING_VALUES, CustomerWords, Kind, PersonWords, Standing
from lle_desk.customers.ui.facts import first_large
from lle_desk.qt.buttons import Button
from lle_desk.qt.form import (
    CheckField,
    ChoiceField,
    DateField,
    Form,
    LinesField,
    NumberField,
    TextField,
)
from lle_desk.qt.words import label

_KINDS = [(str(kind), first_large(kind)) for kind in Kind]


class CustomerForm(Form):
    """A customer, new or known. The register's own columns are not here but name and place."""

    def __init__(self, card: CustomerCard | None = None) -> None:
        super().__init__()
        self._card = card
        self._client_uuid = new_uuid()
        self._before = card.words if card else CustomerWords(str(Kind.DIRECTORATE), "")
        self.kind = self.add(ChoiceField("&Sort of customer", _KINDS, key="kind"))
        self.kind_from = self.add(
            DateField("It is so &from", key="kind_from", hint="The prices before that day stay.")
        )
        self.name = self.add(TextField("&Name, as invoiced", needed=True, key="name"))
        self.in_county = CheckField("In &Lancashire", key="in_county")
        self.in_county.setVisible(card is None)
        self.add(self.in_county)
        self._add_place()
        self._add_reach()
        self.notes = self.add(LinesField("N&otes, for the office", rows=3, key="notes"))
        self.kind.changed.connect(self._on_kind)
        self.show_words(self._before)

    def show_words(self, words: CustomerWords) -> None:
        """Show what is saved."""
        self._before = words
        self.kind.set_value(words.kind)
        self.kind_from.set_value(None)
        self.in_county.set_value(True)
        for name in _TEXTS:
            getattr(self, name).set_value(getattr(words, name))
        self.urn.set_value(words.urn)
        self._on_kind()

    def meet(self, card: CustomerCard) -> None:
        """Take in what another desk saved: fields that are not typed in, else mark them."""
        before, self._card, self._before = self._before, card, card.words
        for name in ("kind", "urn", *_TEXTS):
            now = getattr(card.words, name)
            if now != getattr(before, name):
                getattr(self, name).meet(now, f"Another desk made it “{now or ''}”.")

    def add_request(self) -> AddCustomerRequest:
        """Return what was typed, as a new customer."""
        return AddCustomerRequest(self._client_uuid, self._words(), self.in_county.value())

    @property
    def before(self) -> CustomerWords:
        """What is saved, as far as this form knows."""
        return self._before

    def edit_request(self, card: CustomerCard) -> EditCustomerRequest:
        """Return what was typed, as a change of `card` or of what another desk made of it."""
        now = self._card or card
        day = self.kind_from.value() if self.kind_from.isVisibleTo(self) else None
        return EditCustomerRequest(card.customer_id, now.version, self._words(), day)

    def _words(self) -> CustomerWords:
        texts = {name: getattr(self, name).value() for name in _TEXTS}
        kind = self.kind.value() or ""
        return replace(self._before, kind=kind, urn=self.urn.value(), **texts)

    def _add_place(self) -> None:
        self.section("Where")
        self.street = self.add(TextField("Stree&t", key="street"))
        self.locality = TextField("Lo&cality", key="locality")
        self.address3 = TextField("Address line &3", key="address3")
        self.row(self.locality, self.address3)
        self.town = TextField("To&wn", key="town")
        self.postcode = TextField("&Postcode", key="postcode", max_length=20)
        self.row(self.town, self.postcode, stretch=[3, 2])

    def _add_reach(self) -> None:
        self.section("How to reach and to charge them")
        self.telephone = TextField("T&elephone", key="telephone", max_length=20)
        self.email = TextField("E-&mail", key="email")
        self.row(self.telephone, self.email, stretch=[2, 3])
        self.urn = NumberField("&URN, if it is a school", most=9_999_999, key="urn")
        self.cost_centre = TextField("Cost centre for &recharges", key="cost_centre", max_length=20)
        self.row(self.urn, self.cost_centre)

    def _on_kind(self) -> None:
        is_new = self._card is None
        self.kind_from.setVisible(not is_new and self.kind.value() != self._before.kind)


_TEXTS = (
    "name",
    "street",
    "locality",
    "address3",
    "town",
    "postcode",
    "telephone",
    "email",
    "cost_centre",
    "notes",
)


GOES = (
    "Their name, e-mail, telephone and needs; their address on bookings; their name on charges "
    "that are on no paper yet; and the words of letters in the outbox that tell of them, which are "
    "taken out if they wait still. The audit trail forgets all of this too."
)
STAYS = (
    "Issued invoices, credit notes and recharges with the charges on them, also in the audit "
    "trail: the law has the accounts kept, and an issued paper is never changed.",
    "Bookings, places, attendance and answers on evaluation sheets, without the name: they count "
    "in the figures.",
    "What was typed about them in notes, reasons and comments: only a reader can tell. Change it "
    "there.",
    "What was printed, saved or sent, and backups: they are outside the program.",
)


class EraseForm(Form):
    """What erasing a person does, and the tick without which it is not done."""

    def __init__(self, person: PersonRow) -> None:
        super().__init__()
        self._person = person
        self.section("What goes")
        self.widget(label(GOES, wrap=True))
        self.section("What stays, and why")
        for stays in STAYS:
            self.widget(label(stays, wrap=True))
        self.is_sure = self.add(CheckField("&Erase them: this cannot be undone", key="is_sure"))

    def request(self) -> ErasePerson:
        """Return what is asked for."""
        return ErasePerson(self._person.person_id, self._person.version, self.is_sure.value())


class PersonForm(Form):
    """A contact or delegate, new or known; a known one may be erased.

    Signals:
        erase_wanted: the officer pressed Erase.
    """

    erase_wanted = Signal()

    def __init__(self, person: PersonRow | None = None) -> None:
        super().__init__()
        self._person = person
        self.erase: Button | None = None  # for the foot of the page
        if person is not None:
            self.erase = Button("Erase …", "trash", kind="danger", on_click=self.erase_wanted.emit)
        self._client_uuid = new_uuid()
        self.given_name = TextField("&Given name", key="given_name", max_length=100)
        self.family_name = TextField("&Family name", needed=True, key="family_name", max_length=100)
        self.row(self.given_name, self.family_name)
        self.job_title = self.add(TextField("&What they do", key="job_title", max_length=100))
        self.telephone = self.add(TextField("T&elephone", key="telephone", max_length=40))
        self.email = self.add(TextField("E-&mail", key="email"))
        self.is_contact = self.add(CheckField("&Contact: letters may go to them", key="is_contact"))
        if person is not None:
            for name in _PERSONAL:
                getattr(self, name).set_value(getattr(person.words, name))

    def add_request(self, customer_id: int) -> AddPersonRequest:
        """Return what was typed, as a new person of a customer."""
        return AddPersonRequest(self._client_uuid, customer_id, self._words())

    def edit_request(self, person: PersonRow) -> EditPersonRequest:
        """Return what was typed, as a change of `person`."""
        return EditPersonRequest(person.person_id, person.version, self._words())

    def _words(self) -> PersonWords:
        typed = {name: getattr(self, name).value() for name in _PERSONAL}
        is_demo = self._person.words.is_demo if self._person else False
        return PersonWords(**typed, is_demo=is_demo)


_PERSONAL = ("given_name", "family_name", "job_title", "email", "telephone", "is_contact")


class StandingForm(Form):
    """A price band, payment route or VAT class from a day on."""

    def __init__(self, card: CustomerCard, today: date) -> None:
        super().__init__()
        self._card = card
        self._client_uuid = new_uuid()
        facts = [(str(standing), first_large(standing)) for standing in Standing]
        self.standing = self.add(ChoiceField("&What changes", facts, key="standing"))
        self.value = self.add(ChoiceField("&To be", _values_of(Standing.BAND), key="value"))
        self.valid_from = self.add(DateField("&From", needed=True, key="valid_from"))
        self.reason = self.add(
            TextField(
                "W&hy",
                needed=True,
                key="reason",
                hint="It is printed beside the price.",
                max_length=200,
            )
        )
        self.standing.set_value(str(Standing.BAND))
        self.valid_from.set_value(today)
        self.standing.changed.connect(self._show_choices)
        self._show_choices()

    def request(self) -> SetStandingRequest:
        """Return what was chosen."""
        standing = Standing(self.standing.value() or Standing.BAND)
        return SetStandingRequest(
            client_uuid=self._client_uuid,
            customer_id=self._card.customer_id,
            standing=standing,
            value=self.value.value() or "",
            valid_from=self.valid_from.value() or date.min,
            reason=self.reason.value(),
        )

    def _show_choices(self) -> None:
        """Offer the values of the fact that changes, the one in force chosen."""
        standing = Standing(self.standing.value() or Standing.BAND)
        now = {
            Standing.BAND: self._card.band,
            Standing.ROUTE: self._card.route,
            Standing.VAT: self._card.vat,
        }[standing]
        self.value.set_choices(_values_of(standing))
        self.value.set_value(now.value if now else STANDING_VALUES[standing][0])


def _values_of(standing: Standing) -> list[tuple[str, str]]:
    return [(str(value), first_large(value)) for value in STANDING_VALUES[standing]]
