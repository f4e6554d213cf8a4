"""What a customer is to the council: price band, payment route and VAT class, each by date."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lle_desk.core.days import MONTHS

ALWAYS = date(2000, 1, 1)  # the start of a standing that has no known beginning
LANCASHIRE = "888"  # the county's number in the national register
ADDRESS_LINES = 6  # what the window of a DL envelope shows


# Where a school's own name ends and what sort of school it is begins; no first word is cut.
_SORT = re.compile(
    r"(?<=\w)[,']?[ -]+(?:(?:the )?(?:church of england|c ?of ?e|ce|rc|roman catholic|catholic|"
    r"methodist|voluntary|community|controlled|aided|endowed|parochial|primary|infants?'?|"
    r"juniors?'?|nursery|high|grammar|secondary|first|middle|special|sixth form|school|"
    r"academy|college))\b.*",
    re.IGNORECASE,
)


class Kind(StrEnum):
    """What sort of organisation books."""

    MAINTAINED = "LCC-maintained school"
    OTHER_MAINTAINED = "other council's school"
    ACADEMY = "academy"
    INDEPENDENT = "independent school"
    COLLEGE = "college"
    UNIVERSITY = "university"
    DIRECTORATE = "LCC directorate"
    COUNCIL = "other council"
    COMPANY = "external company"
    GROUP = "trust, federation or alliance"


SCHOOL_KINDS = (
    Kind.MAINTAINED,
    Kind.OTHER_MAINTAINED,
    Kind.ACADEMY,
    Kind.INDEPENDENT,
    Kind.COLLEGE,
)


@dataclass(frozen=True, slots=True)
class CustomerWords:
    """What officers type of a customer, and the register tells of a school."""

    kind: str
    name: str
    short_name: str = ""
    urn: int | None = None
    street: str = ""
    locality: str = ""
    address3: str = ""
    town: str = ""
    county: str = ""
    postcode: str = ""
    telephone: str = ""
    email: str = ""
    website: str = ""
    cost_centre: str = ""
    notes: str = ""
    is_demo: bool = False


@dataclass(frozen=True, slots=True)
class PersonWords:
    """What officers type of a contact or delegate."""

    given_name: str
    family_name: str
    job_title: str = ""
    email: str = ""
    telephone: str = ""
    is_contact: bool = False
    is_demo: bool = False


class Standing(StrEnum):
    """The three facts of a customer that are separate, and each dated."""

    BAND = "price band"
    ROUTE = "payment route"
    VAT = "VAT class"


class Band(StrEnum):
    """Which price a customer pays."""

    SUBSCRIBER = "county subscriber"
    COUNTY = "county"
    OUT_OF_COUNTY = "out of county"
    EXTERNAL = "external"
    INTERNAL = "internal"


class Route(StrEnum):
    """How a customer pays."""

    RECHARGE = "recharge"
    INVOICE = "invoice"


class VatClass(StrEnum):
    """What a customer is to the council for VAT."""

    SAME_BODY = "same legal body"
    ELIGIBLE = "other eligible body"
    ANYONE = "anyone else"


STANDING_VALUES: dict[Standing, tuple[str, ...]] = {
    Standing.BAND: tuple(Band),
    Standing.ROUTE: tuple(Route),
    Standing.VAT: tuple(VatClass),
}


@dataclass(frozen=True, slots=True)
class DatedStanding:
    """One fact from a day on, and why: "county", 1 Sep 2013, "maintained by Lancashire"."""

    standing: Standing
    value: str
    valid_from: date
    reason: str


def school_short(name: str) -> str:
    """Return a school's name without what sort of school it is: "Chorley All Saints".

    Where nothing else would be left, the name as it is.
    """
    found = _SORT.search(name)
    own = name[: found.start()].rstrip(" ,-&") if found else name
    return name if own.casefold() == "the" else own


def standing_on(
    facts: Iterable[DatedStanding], standing: Standing, day: date
) -> DatedStanding | None:
    """Return the fact of that sort in force on `day`, or None when none has begun."""
    begun = [fact for fact in facts if fact.standing == standing and fact.valid_from <= day]
    return max(begun, key=lambda fact: fact.valid_from, default=None)


def first_standings(kind: Kind, in_county: bool) -> dict[Standing, tuple[str, str]]:
    """Return value and reason of the three facts of a customer of this kind.

    The council's terms: maintained schools and directorates are recharged and the same legal
    body; academies, colleges and other councils' schools are eligible bodies; all but
    Lancashire's own pay the dearer band; companies pay the external price.
    """
    band = _band(kind, in_county)
    inside = kind in (Kind.MAINTAINED, Kind.DIRECTORATE)
    route = Route.RECHARGE if inside else Route.INVOICE
    return {
        Standing.BAND: (band, _band_reason(kind, in_county)),
        Standing.ROUTE: (route, f"{kind}: {'journal inside the council' if inside else 'invoice'}"),
        Standing.VAT: (_vat_class(kind), f"{kind}"),
    }


def _band(kind: Kind, in_county: bool) -> Band:
    if kind is Kind.DIRECTORATE:
        return Band.INTERNAL
    if kind in (Kind.COMPANY, Kind.UNIVERSITY):
        return Band.EXTERNAL
    return Band.COUNTY if in_county else Band.OUT_OF_COUNTY


def _band_reason(kind: Kind, in_county: bool) -> str:
    if kind in (Kind.DIRECTORATE, Kind.COMPANY, Kind.UNIVERSITY):
        return str(kind)
    return f"{kind} {'in' if in_county else 'outside'} Lancashire"


def _vat_class(kind: Kind) -> VatClass:
    if kind in (Kind.MAINTAINED, Kind.DIRECTORATE):
        return VatClass.SAME_BODY
    eligible = (Kind.OTHER_MAINTAINED, Kind.ACADEMY, Kind.COLLEGE, Kind.UNIVERSITY, Kind.COUNCIL)
    return VatClass.ELIGIBLE if kind in eligible else VatClass.ANYONE


def customer_number(customer_id: int) -> str:
    """Return the number officers and papers call a customer by: "C-00417"."""
    return f"C-{customer_id:05d}"


def dfe_words(la_code: str, dfe_number: str) -> str:
    """Return a school's DfE number, "888/2001", or "" when it has none."""
    return f"{la_code}/{dfe_number}" if la_code and dfe_number else ""


def since_words(fact: DatedStanding) -> str:
    """Return "from 1 Sep 2014", or "" when it has always been so."""
    begun = fact.valid_from
    return "" if begun <= ALWAYS else f"from {begun.day} {MONTHS[begun.month - 1]} {begun.year}"


def address_lines(
    name: str,
    places: Iterable[str],
    town: str,
    postcode: str,
    contact: str = "",
    most: int = ADDRESS_LINES,
) -> tuple[str, ...]:
    """Return the lines of an envelope's window, at most `most`: nothing may be cut off there.

    `places` are street, locality and the like. What does not fit goes on one line together,
    the last of them first.
    """
    middle = [place for place in places if place]
    head = [line for line in (contact, name) if line]
    foot = [line for line in (town.upper(), postcode) if line]
    while len(middle) > 1 and len(head) + len(middle) + len(foot) > most:
        middle[-2:] = [", ".join(middle[-2:])]
    if len(head) + len(middle) + len(foot) > most:
        foot = ["  ".join(foot)]
    return tuple(head + middle + foot)


@dataclass(frozen=True, slots=True)
class CareWords:
    """What a person needs; "" is nothing asked for."""

    access: str = ""
    diet: str = ""
    medical: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.access or self.diet or self.medical)
