"""What the forms of consultancy ask for."""

from dataclasses import dataclass
from datetime import date, datetime

from lle_desk.consultancy.rules import VisitKind
from lle_desk.customers.rules import ALWAYS
from lle_desk.offers.rules import BandPrice


@dataclass(frozen=True, slots=True)
class VisitAsked:
    """What a visit is: who goes where, when, for what. `no_charge_reason` "" is charged.

    `travel_before` and `travel_after` in minutes.
    """

    trainer_id: int
    customer_id: int
    service_id: int
    kind: str
    starts_at: datetime
    ends_at: datetime
    topic: str
    contact_id: int | None = None
    travel_before: int = 0
    travel_after: int = 0
    order_number: str = ""
    notes_office: str = ""
    no_charge_reason: str = ""


@dataclass(frozen=True, slots=True)
class PlanVisit:
    """A new visit. `client_uuid` is made when the form opens."""

    client_uuid: str
    asked: VisitAsked
    is_demo: bool = False


@dataclass(frozen=True, slots=True)
class EditVisit:
    """A visit as it shall be.

    `may_credit`: the officer was shown that what an issued paper has is credited for it.
    """

    visit_id: int
    seen_version: int
    asked: VisitAsked
    may_credit: bool = False


@dataclass(frozen=True, slots=True)
class MoveVisit:
    """A visit in another place of the diary: other hours, another day, another consultant."""

    visit_id: int
    seen_version: int
    trainer_id: int
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class SetVisitState:
    """Confirm a visit, or take that back."""

    visit_id: int
    seen_version: int
    state: str


@dataclass(frozen=True, slots=True)
class WriteNote:
    """The note of a visit and its day; with it the visit is done."""

    visit_id: int
    seen_version: int
    note: str
    note_on: date


@dataclass(frozen=True, slots=True)
class CancelVisit:
    """A visit to cancel. `by_us` costs nothing; `waived_because` "" charges what is due."""

    visit_id: int
    seen_version: int
    notice_on: date
    reason: str
    waived_because: str = ""
    by_us: bool = False


@dataclass(frozen=True, slots=True)
class SetVisitPrices:
    """What a service asks of each band for a visit of a kind, from a day on."""

    service_id: int
    kind: VisitKind
    prices: tuple[BandPrice, ...]
    prices_from: date = ALWAYS


@dataclass(frozen=True, slots=True)
class PlanVisits:
    """The same visit on several days: on its own, and at the same hours on `others`."""

    client_uuid: str
    asked: VisitAsked
    others: tuple[date, ...]
