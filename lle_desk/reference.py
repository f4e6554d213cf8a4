"""The office's reference data: services, finance's VAT table, cancellation scales, settings.

Shipped as files an administrator can read; what is already there is never overwritten.
"""

import csv
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.days import LONG_DAYS
from lle_desk.core.models import Setting
from lle_desk.core.money import Pence
from lle_desk.core.paths import resources
from lle_desk.core.records import new_uuid
from lle_desk.courses.models import EvaluationQuestion
from lle_desk.customers.rules import VatClass
from lle_desk.offers.models import CancellationScale, CancellationStep, VatCodeRate, VatRule
from lle_desk.offers.rules import Supply
from lle_desk.officers.models import Service
from lle_desk.rooms.models import OpeningHours, Site

WOODLANDS = "WDL"


def install_reference_data(session: Session) -> None:
    """Add the rows of `resources/reference` that the database does not have yet."""
    _add_services(session)
    _add_vat(session)
    _add_scales(session)
    _add_settings(session)
    if session.scalar(select(Site.id).where(Site.code == WOODLANDS)) is None:
        session.add(Site(client_uuid=new_uuid(), code=WOODLANDS, name="Woodlands, Chorley"))
    _add_hours(session)
    _add_questions(session)


def _add_hours(session: Session) -> None:
    """Say when Woodlands is open, unless somebody has said so already."""
    session.flush()
    site_id = session.scalars(select(Site.id).where(Site.code == WOODLANDS)).one()
    if session.scalar(select(OpeningHours.id).where(OpeningHours.site_id == site_id).limit(1)):
        return
    for row in _rows("opening_hours.csv"):
        session.add(
            OpeningHours(
                client_uuid=new_uuid(),
                site_id=site_id,
                weekday=LONG_DAYS.index(row["weekday"]),
                opens=_minutes(row["opens"]),
                closes=_minutes(row["closes"]),
            )
        )


def _add_questions(session: Session) -> None:
    """Add the questions of the evaluation sheet, unless the office has questions of its own."""
    if session.scalar(select(EvaluationQuestion.id).limit(1)) is not None:
        return
    for row in _rows("evaluation_questions.csv"):
        session.add(
            EvaluationQuestion(
                client_uuid=new_uuid(),
                words=row["words"],
                short_words=row["short_words"],
                sort_order=int(row["sort_order"]),
            )
        )


def _minutes(clock: str) -> int:
    """Return "08:30" in minutes after midnight; "" is nought: shut."""
    hours, _, minutes = clock.partition(":")
    return int(hours or 0) * 60 + int(minutes or 0)


def _rows(name: str) -> Iterator[dict[str, str]]:
    file: Path = resources() / "reference" / name
    with file.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _add_services(session: Session) -> None:
    known = set(session.scalars(select(Service.code)))
    for row in _rows("services.csv"):
        if row["code"] not in known:
            session.add(
                Service(
                    client_uuid=new_uuid(),
                    code=row["code"],
                    name=row["name"],
                    cost_centre=row["cost_centre"],
                    is_fully_traded=row["is_fully_traded"] == "yes",
                )
            )


def _add_vat(session: Session) -> None:
    if session.scalar(select(VatCodeRate.id).limit(1)) is not None:
        return
    for row in _rows("vat_rates.csv"):
        session.add(
            VatCodeRate(
                client_uuid=new_uuid(),
                code=row["code"],
                rate=int(row["rate"]),
                valid_from=date.fromisoformat(row["valid_from"]),
            )
        )
    ruled: set[tuple[str, str]] = set()
    for row in _rows("vat_rules.csv"):  # the same legal body comes first, before any other rule
        for supply in list(Supply) if row["supply"] == "*" else [row["supply"]]:
            for vat_class in list(VatClass) if row["vat_class"] == "*" else [row["vat_class"]]:
                if (supply, vat_class) not in ruled:
                    ruled.add((supply, vat_class))
                    session.add(_vat_rule(row, supply, vat_class))


def _vat_rule(row: dict[str, str], supply: str, vat_class: str) -> VatRule:
    return VatRule(
        client_uuid=new_uuid(),
        supply=str(supply),
        vat_class=str(vat_class),
        code=row["code"],
        valid_from=date.fromisoformat(row["valid_from"]),
        reason=row["reason"],
    )


def _add_scales(session: Session) -> None:
    scales = {scale.name: scale for scale in session.scalars(select(CancellationScale))}
    known = set(scales)
    for row in _rows("cancellation_scales.csv"):
        if row["scale"] in known:
            continue
        if row["scale"] not in scales:
            scale = CancellationScale(
                client_uuid=new_uuid(),
                name=row["scale"],
                unit=row["unit"],
                free_place_fee=Pence(int(row["free_place_fee"])),
            )
            session.add(scale)
            session.flush()
            scales[scale.name] = scale
        session.add(
            CancellationStep(
                client_uuid=new_uuid(),
                scale_id=scales[row["scale"]].id,
                notice_below=int(row["notice_below"]) if row["notice_below"] else None,
                percent=int(row["percent"]),
                base=row["base"],
            )
        )


def _add_settings(session: Session) -> None:
    known = set(session.scalars(select(Setting.name)))
    shipped = json.loads((resources() / "reference" / "settings.json").read_text(encoding="utf-8"))
    for name, value in shipped.items():
        if name not in known:
            session.add(Setting(name=name, value=json.dumps(value)))
