"""What officers do with customers: add, edit, date a fact, keep people."""

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lle_desk.core.days import day_words
from lle_desk.core.errors import OfficerError, RecordChanged
from lle_desk.core.ready import known_id
from lle_desk.core.records import new_uuid
from lle_desk.core.refusals import explain
from lle_desk.core.types import clean_text
from lle_desk.customers.models import Customer, CustomerStanding, Person
from lle_desk.customers.rules import (
    ALWAYS,
    LANCASHIRE,
    STANDING_VALUES,
    CustomerWords,
    DatedStanding,
    Kind,
    PersonWords,
    Standing,
    customer_number,
    first_standings,
    standing_on,
)

W = TypeVar("W", CustomerWords, PersonWords)

explain(
    {
        "uq_customer_urn": ("Another customer has this URN.", "urn"),
        "ck_customer_urn_number": ("A URN has six or seven digits.", "urn"),
        "ck_customer_name_text": ("Give the name, at most 200 letters.", "name"),
        "ck_customer_notes_text": ("The notes are longer than 4,000 letters.", "notes"),
        "ck_customer_postcode_text": ("The postcode is longer than 20 letters.", "postcode"),
        "ck_customer_telephone_text": ("The number is longer than 20 letters.", "telephone"),
        "ck_customer_cost_centre_text": ("The cost centre is longer than 20.", "cost_centre"),
        "ck_person_family_name_given": ("Give the family name.", "family_name"),
        "ck_customer_standing_reason_text": ("Say why, in at most 200 letters.", "reason"),
    }
)


@dataclass(frozen=True, slots=True)
class AddCustomerRequest:
    """A customer typed in. `client_uuid` is made when the form opens."""

    client_uuid: str
    words: CustomerWords
    in_county: bool = True


@dataclass(frozen=True, slots=True)
class EditCustomerRequest:
    """A customer changed. When it becomes of another kind, `kind_from` is the day it does."""

    customer_id: int
    seen_version: int
    words: CustomerWords
    kind_from: date | None = None


@dataclass(frozen=True, slots=True)
class SetStandingRequest:
    """A fact of a customer from a day on, and why."""

    client_uuid: str
    customer_id: int
    standing: Standing
    value: str
    valid_from: date
    reason: str


@dataclass(frozen=True, slots=True)
class AddPersonRequest:
    """A contact or delegate of a customer."""

    client_uuid: str
    customer_id: int
    words: PersonWords


@dataclass(frozen=True, slots=True)
class EditPersonRequest:
    """A person changed."""

    person_id: int
    seen_version: int
    words: PersonWords


def add_customer(session: Session, ask: AddCustomerRequest) -> int:
    """Make a customer with the three standings of its kind; return its number.

    Raises:
        OfficerError: it has no name or kind, or is here already.
    """
    known = known_id(session, Customer, ask.client_uuid)
    if known is not None:
        return known
    words = _checked(ask.words)
    _refuse_twin(session, words, 0)
    customer = Customer(
        client_uuid=ask.client_uuid,
        la_code=LANCASHIRE if ask.in_county else "",
        la_name="Lancashire" if ask.in_county else "",
        **_columns(words),
    )
    session.add(customer)
    session.flush()
    _date_facts(session, customer.id, first_standings(Kind(words.kind), ask.in_county), ALWAYS)
    return customer.id


def edit_customer(session: Session, ask: EditCustomerRequest) -> int:
    """Change a customer; a new kind dates its three standings anew from `kind_from`.

    Raises:
        RecordChanged: someone else saved it meanwhile.
        OfficerError: a word is missing, or it would be another customer's twin.
    """
    customer = _opened(session, Customer, ask.customer_id, ask.seen_version, "This customer")
    words = _checked(ask.words)
    _refuse_twin(session, words, customer.id)
    if words.kind != customer.kind:
        if ask.kind_from is None:
            raise OfficerError(f"Say from which day it is {words.kind}.", "kind_from")
        facts = first_standings(Kind(words.kind), customer.la_code == LANCASHIRE)
        _date_facts(session, customer.id, facts, ask.kind_from)
    for name, value in _columns(words).items():
        setattr(customer, name, value)
    session.flush()
    return customer.id


def set_standing(session: Session, ask: SetStandingRequest) -> int:
    """Date a fact of a customer; one that began on the same day is put right.

    Raises:
        OfficerError: the value is unknown, no reason is given, or it is so already.
    """
    known = known_id(session, CustomerStanding, ask.client_uuid)
    if known is not None:
        return known
    standing = Standing(ask.standing)
    if ask.value not in STANDING_VALUES[standing]:
        raise OfficerError(f"Choose the {standing} from the list.", "value")
    reason = clean_text(ask.reason)
    if not reason:
        raise OfficerError("Say why: it is printed beside the price.", "reason")
    if ask.valid_from < ALWAYS:
        raise OfficerError(f"Choose a day from {day_words(ALWAYS)} on.", "valid_from")
    session.get_one(Customer, ask.customer_id)
    _refuse_same(session, ask)
    return _put_standing(session, ask.client_uuid, ask.customer_id, _fact(ask, reason))


def add_person(session: Session, ask: AddPersonRequest) -> int:
    """Make a contact or delegate; return its number.

    Raises:
        OfficerError: no family name is given.
    """
    known = known_id(session, Person, ask.client_uuid)
    if known is not None:
        return known
    words = _checked_person(ask.words)
    session.get_one(Customer, ask.customer_id)
    person = Person(client_uuid=ask.client_uuid, customer_id=ask.customer_id, **_columns(words))
    session.add(person)
    session.flush()
    return person.id


def edit_person(session: Session, ask: EditPersonRequest) -> int:
    """Change a person.

    Raises:
        RecordChanged: someone else saved it meanwhile.
        OfficerError: no family name is given, or the person was erased.
    """
    person = _opened(session, Person, ask.person_id, ask.seen_version, "This person")
    if person.erased_on is not None:
        raise OfficerError("This person's record was erased and cannot be changed.")
    for name, value in _columns(_checked_person(ask.words)).items():
        setattr(person, name, value)
    session.flush()
    return person.id


R = TypeVar("R", Customer, Person)


def _opened(session: Session, model: type[R], key: int, seen_version: int, what: str) -> R:
    record = session.get(model, key)
    if record is None:
        raise OfficerError(f"{what} is no longer there.")
    if record.version != seen_version:
        raise RecordChanged(
            f"{what} was changed at another desk while you had it open."
            " What they changed is marked; look, then save again."
        )
    return record


def _columns(words: CustomerWords | PersonWords) -> dict[str, object]:
    return {one.name: getattr(words, one.name) for one in fields(words)}


def _cleaned(words: W) -> W:
    texts = {name: value for name, value in _columns(words).items() if isinstance(value, str)}
    kept = {name: clean_text(value) for name, value in texts.items()}
    one_line = {name: " ".join(text.split()) for name, text in kept.items() if name != "notes"}
    return replace(words, **(kept | one_line))  # type: ignore[arg-type]


def _checked(words: CustomerWords) -> CustomerWords:
    words = _cleaned(words)
    if words.kind not in list(Kind):
        raise OfficerError("Choose what sort of customer it is.", "kind")
    if not words.name:
        raise OfficerError("Give the name it is to be invoiced under.", "name")
    _refuse_long(words, {"postcode": 20, "telephone": 20, "cost_centre": 20, "notes": 4000}, 200)
    return replace(words, postcode=words.postcode.upper())


def _checked_person(words: PersonWords) -> PersonWords:
    words = _cleaned(words)
    if not words.family_name:
        raise OfficerError("Give at least the family name.", "family_name")
    if words.email and "@" not in words.email.strip("@"):
        raise OfficerError("An e-mail address has an @ in the middle.", "email")
    _refuse_long(words, {"telephone": 40, "email": 200}, 100)
    return words


def _refuse_long(words: CustomerWords | PersonWords, limits: dict[str, int], most: int) -> None:
    for name, value in _columns(words).items():
        limit = limits.get(name, most)
        if isinstance(value, str) and len(value) > limit:
            raise OfficerError(f"This is longer than {limit:,} letters. Shorten it.", name)


def _refuse_twin(session: Session, words: CustomerWords, own_id: int) -> None:
    """Refuse a second record of one organisation, naming the first."""
    others = select(Customer.id, Customer.name).where(Customer.id != own_id)
    if words.urn is not None:
        twin = session.execute(others.where(Customer.urn == words.urn)).first()
        if twin is not None:
            raise OfficerError(
                f"URN {words.urn} is {twin.name} ({customer_number(twin.id)}). Open that one.",
                "urn",
            )
    same = (func.lower(Customer.name) == words.name.lower(), Customer.postcode == words.postcode)
    twin = session.execute(others.where(*same)).first()
    if twin is not None:
        raise OfficerError(
            f"{twin.name} is here already as {customer_number(twin.id)}, with the same postcode."
            " Open that one.",
            "name",
        )


def _refuse_same(session: Session, ask: SetStandingRequest) -> None:
    of = CustomerStanding
    held = session.execute(
        select(of.standing, of.value, of.valid_from, of.reason).where(
            of.customer_id == ask.customer_id, of.standing == ask.standing
        )
    )
    facts = [
        DatedStanding(Standing(row.standing), row.value, row.valid_from, row.reason) for row in held
    ]
    now = standing_on(facts, ask.standing, ask.valid_from)
    if now and now.value == ask.value and now.valid_from < ask.valid_from:
        since = "" if now.valid_from <= ALWAYS else f" since {day_words(now.valid_from)}"
        raise OfficerError(f"Its {ask.standing} is {now.value}{since} already.", "value")


def _fact(ask: SetStandingRequest, reason: str) -> DatedStanding:
    return DatedStanding(Standing(ask.standing), ask.value, ask.valid_from, reason)


def _date_facts(
    session: Session,
    customer_id: int,
    facts: dict[Standing, tuple[str, str]],
    valid_from: date,
) -> None:
    for standing, (value, reason) in facts.items():
        fact = DatedStanding(standing, str(value), valid_from, reason)
        _put_standing(session, new_uuid(), customer_id, fact)


def _put_standing(session: Session, client_uuid: str, customer_id: int, fact: DatedStanding) -> int:
    """Add the fact, or put right the one that began on the same day; return its number."""
    of = CustomerStanding
    row = session.scalar(
        select(of).where(
            of.customer_id == customer_id,
            of.standing == str(fact.standing),
            of.valid_from == fact.valid_from,
        )
    )
    if row is None:
        row = CustomerStanding(
            client_uuid=client_uuid,
            customer_id=customer_id,
            standing=str(fact.standing),
            valid_from=fact.valid_from,
        )
        session.add(row)
    row.value, row.reason = fact.value, fact.reason
    session.flush()
    return row.id
