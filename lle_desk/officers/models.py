"""Who works here, and the services they book for."""

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from lle_desk.core.db import Base
from lle_desk.core.records import (
    STRICT,
    Recorded,
    flag_checks,
    one_of,
    record_checks,
    text_check,
    with_strict,
)
from lle_desk.core.types import Flag, Words

ROLES = ("officer", "room manager", "finance", "administrator")


class Officer(Recorded, Base):
    """Someone who signs in. `login` is their name on the PC and on PostgreSQL."""

    __tablename__ = "officer"
    __table_args__ = with_strict(
        record_checks(),
        text_check("login", 60),
        text_check("name", 80),
        text_check("initials", 4),
        one_of("role", ROLES),
        flag_checks("is_active"),
    )

    login: Mapped[str] = mapped_column(Words, unique=True)
    name: Mapped[str] = mapped_column(Words)
    initials: Mapped[str] = mapped_column(Words)
    role: Mapped[str] = mapped_column(Words)
    is_active: Mapped[bool] = mapped_column(Flag)


class Service(Recorded, Base):
    """One of the county's traded services, such as LPDS professional development."""

    __tablename__ = "service"
    __table_args__ = with_strict(
        record_checks(),
        text_check("code", 12),
        text_check("name", 80),
        text_check("cost_centre", 20),
        flag_checks("is_fully_traded"),
    )

    code: Mapped[str] = mapped_column(Words, unique=True)
    name: Mapped[str] = mapped_column(Words, unique=True)
    cost_centre: Mapped[str] = mapped_column(Words)
    is_fully_traded: Mapped[bool] = mapped_column(Flag)


class OfficerService(Base):
    """A service that an officer knows best: their lists show it first."""

    __tablename__ = "officer_service"
    __table_args__ = (
        CheckConstraint("officer_id > 0", name="officer_given"),
        STRICT | {"sqlite_autoincrement": False},
    )

    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"), primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"), primary_key=True)
