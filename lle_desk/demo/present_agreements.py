"""Agreements around today: running, running out, used up and over, made as officers make them."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.agreements.actions import EndAgreement, MakeAgreement, end_agreement, make_agreement
from lle_desk.agreements.models import Agreement
from lle_desk.agreements.rules import Allowance
from lle_desk.core.money import Pence
from lle_desk.demo.dice import fixed_uuid
from lle_desk.demo.present import Present
from lle_desk.officers.models import Service


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One agreement: which school, which service, its days from today, what it allows."""

    school: int
    service: str
    title: str
    begins: int
    ends: int
    price: int
    allowance: Allowance
    units: int = 0
    order_number: str = ""
    is_ended: bool = False


WANTED = (
    _Wanted(8, "LPDS", "Twenty course places", -90, 275, 2_400_00, Allowance.PLACES, 20, "PO 7001"),
    _Wanted(16, "LPDS", "Three course places", -60, 305, 390_00, Allowance.PLACES, 3),
    _Wanted(8, "LPDS", "Six days of advice", -80, 285, 2_500_00, Allowance.DAYS, 12, "PO 7003"),
    _Wanted(18, "LPDS", "Ten course places", -340, 18, 1_300_00, Allowance.PLACES, 10),
    _Wanted(17, "GOV", "Governor training", -45, 320, 450_00, Allowance.PLACES, 8, "PO 7005"),
    _Wanted(13, "LPDS", "Two days of advice", -200, 25, 880_00, Allowance.DAYS, 4),
    _Wanted(5, "LPDS", "Twelve course places", -420, -55, 1_500_00, Allowance.PLACES, 12),
    _Wanted(20, "GOV", "Subscription", -30, 335, 260_00, Allowance.NONE),
    _Wanted(15, "LPDS", "Four course places", -70, 295, 500_00, Allowance.PLACES, 4, is_ended=True),
)
WHY_ENDED = "The school joined a trust that has its own training (demo)"
CLOSED_AFTER = 20  # days ago


def add_present_agreements(session: Session, there: Present) -> int:
    """Make the agreements before anything is booked, so that bookings use them; return how many."""
    services = dict(session.execute(select(Service.code, Service.id)).all())
    made = 0
    for place, wanted in enumerate(WANTED):
        agreement_id = make_agreement(
            session,
            MakeAgreement(
                fixed_uuid("present agreement", place),
                there.schools[wanted.school].id,
                services[wanted.service],
                wanted.title,
                there.today + timedelta(days=wanted.begins),
                there.today + timedelta(days=wanted.ends),
                Pence(wanted.price),
                wanted.allowance,
                wanted.units,
                wanted.order_number,
                is_demo=True,
            ),
        )
        if wanted.is_ended:
            _end(session, agreement_id, there.today - timedelta(days=CLOSED_AFTER))
        made += 1
    return made


def _end(session: Session, agreement_id: int, day: date) -> None:
    version = session.get_one(Agreement, agreement_id).version
    end_agreement(session, EndAgreement(agreement_id, version, day, WHY_ENDED))
