"""What officers do to the price list. Each action is one transaction; see `Database.write`."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.errors import OfficerError
from lle_desk.core.money import Pence, pounds
from lle_desk.core.ready import known_id
from lle_desk.core.records import new_uuid
from lle_desk.core.refusals import explain
from lle_desk.core.types import clean_text
from lle_desk.customers.rules import ALWAYS, Band
from lle_desk.offers.models import CancellationScale, Offer, Price
from lle_desk.offers.rules import BandPrice, Supply

DEAREST = Pence(100_000_000)

explain(
    {
        "uq_offer_code": ("Another offer has this code. Choose another.", "code"),
        "ck_offer_code_text": ("Give a code of 1 to 30 letters.", "code"),
        "ck_offer_name_text": ("Give a name of 1 to 200 letters.", "name"),
        "ck_price_amount_sensible": ("A price is between £0.00 and £1,000,000.00.", "prices"),
        "uq_price_offer_id_band_valid_from": "This band has a price from that day already.",
    }
)


@dataclass(frozen=True, slots=True)
class AddOffer:
    """A new thing to sell. `scale_name` "" is sold without a cancellation scale."""

    client_uuid: str
    code: str
    name: str
    service_id: int
    supply: Supply = Supply.EDUCATION
    scale_name: str = "Courses"
    prices: tuple[BandPrice, ...] = ()
    prices_from: date = ALWAYS


@dataclass(frozen=True, slots=True)
class SetPrice:
    """What one band pays for an offer from a day on."""

    client_uuid: str
    offer_id: int
    band: str
    amount: Pence
    valid_from: date


def add_offer(session: Session, ask: AddOffer) -> int:
    """Add an offer with its first prices and return its id.

    Raises:
        OfficerError: the code is taken, the scale unknown, or a price is not sensible.
    """
    known = known_id(session, Offer, ask.client_uuid)
    if known is not None:
        return known
    code = clean_text(ask.code)
    taken = session.scalar(select(Offer.name).where(Offer.code == code))
    if taken is not None:
        raise OfficerError(f"The code {code} belongs to “{taken}”. Choose another.", "code")
    offer = Offer(
        client_uuid=ask.client_uuid,
        code=code,
        name=clean_text(ask.name),
        service_id=ask.service_id,
        supply=str(ask.supply),
        scale_id=_scale_id(session, ask.scale_name),
    )
    session.add(offer)
    session.flush()
    for price in ask.prices:
        set_price(
            session, SetPrice(new_uuid(), offer.id, price.band, price.amount, ask.prices_from)
        )
    return offer.id


def set_price(session: Session, ask: SetPrice) -> int:
    """Set the price of a band from a day on and return the price's id.

    The same band and day again corrects that price; what was booked keeps the price it had.

    Raises:
        OfficerError: there is no such band, or the amount is not sensible.
    """
    if ask.band not in tuple(Band):
        raise OfficerError(f"“{ask.band}” is not a price band. Choose one of the list.", "prices")
    if not 0 <= ask.amount <= DEAREST:
        raise OfficerError(
            f"A price is between {pounds(Pence(0))} and {pounds(DEAREST)}.", "prices"
        )
    found = session.scalar(
        select(Price).where(
            Price.offer_id == ask.offer_id,
            Price.band == ask.band,
            Price.valid_from == ask.valid_from,
        )
    )
    if found is not None:
        found.amount = ask.amount
        session.flush()
        return found.id
    price = Price(
        client_uuid=ask.client_uuid,
        offer_id=ask.offer_id,
        band=str(ask.band),
        amount=ask.amount,
        valid_from=ask.valid_from,
    )
    session.add(price)
    session.flush()
    return price.id


def _scale_id(session: Session, name: str) -> int | None:
    if not name:
        return None
    found = session.scalar(select(CancellationScale.id).where(CancellationScale.name == name))
    if found is None:
        raise OfficerError(f"There is no cancellation scale named “{name}”.", "scale")
    return found
