"""The desk: loads, saves, and hears of other desks, on both databases."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import text
from sqlalchemy.orm import Session

from lle_desk.core.db import By, Database, acting
from lle_desk.core.errors import DatabaseOutOfReach, OfficerError
from lle_desk.core.records import new_uuid
from lle_desk.qt.desk import Desk
from lle_desk.qt.stale import Refresher
from tests.core.office import add_customer, run
from tests.patient import WOKEN_MS

BLANK = (
    "short_name la_code la_name dfe_number establishment_type phase trust_name street "
    "locality address3 town county postcode telephone email website cost_centre source notes"
)
CUT = (
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
ON_POSTGRESQL = pytest.mark.parametrize("administrators_url", ["postgresql"], indirect=True)


def customer_names(session: Session, like: str = "%") -> list[str]:
    found = text("SELECT name FROM customer WHERE name LIKE :like ORDER BY name")
    return list(session.scalars(found, {"like": like}))


def refuse(session: Session, field: str = "") -> None:
    raise OfficerError("Oak Room seats 20, not 99. Choose a larger room.", field)


def unexpected(answer: object) -> None:
    pytest.fail(f"nobody waited for {answer!r}")


@pytest.fixture
def owner(qapp: object) -> QObject:
    return QObject()


@pytest.fixture
def other_desk(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    yield database
    database.close()


def test_a_load_is_answered_on_the_gui_thread(desk: Desk, owner: QObject, qtbot: QtBot) -> None:
    add_customer(desk._database, "Demo Primary School")
    answers: list[tuple[list[str], threading.Thread]] = []
    desk.load(
        owner,
        lambda names: answers.append((names, threading.current_thread())),
        customer_names,
        "Demo%",
    )
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == [(["Demo Primary School"], threading.main_thread())]


def test_another_desk_is_heard_without_being_looked_for(
    desk: Desk, other_desk: Database, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(desk.changed, timeout=WOKEN_MS) as heard:
        add_customer(other_desk, "Sample Academy")
    assert "customer" in heard.args[0]


def test_nothing_is_heard_twice_and_nothing_missed(
    desk: Desk, other_desk: Database, qtbot: QtBot
) -> None:
    heard: list[frozenset[str]] = []
    desk.changed.connect(heard.append)
    for number in range(5):
        add_customer(other_desk, f"Sample {number}")
    last = other_desk.read(lambda s: s.scalar(text("SELECT max(position) FROM audit")))
    qtbot.waitUntil(lambda: desk._seen == last)
    qtbot.waitUntil(lambda: not desk.is_busy())
    told = len(heard)
    assert 1 <= told <= 5
    desk.look_for_changes()
    qtbot.waitUntil(lambda: not desk.is_busy())
    assert len(heard) == told


def test_an_own_save_is_answered_first_and_then_told_to_all(
    desk: Desk, owner: QObject, qtbot: QtBot
) -> None:
    told: list[object] = []
    desk.changed.connect(lambda tables: told.append("changed" if "customer" in tables else tables))
    desk.act(owner, told.append, add_by_sql, "Own School")
    qtbot.waitUntil(lambda: "changed" in told)
    assert told[0] == "ann"


def add_by_sql(session: Session, name: str) -> str:
    """Save a customer as a slice's action would, and return who did it."""
    columns = BLANK.split()
    names = ", ".join(["client_uuid", "version", "kind", "is_demo", "name", *columns])
    blank = ", ".join("''" for _ in columns)
    is_demo = "1" if session.get_bind().dialect.name == "sqlite" else "true"
    session.execute(
        text(
            f"INSERT INTO customer ({names}) VALUES"
            f" (:uuid, 1, 'academy', {is_demo}, :name, {blank})"
        ),
        {"uuid": new_uuid(), "name": name},
    )
    return acting(session).officer


def test_a_refusal_goes_to_who_asked(desk: Desk, owner: QObject, qtbot: QtBot) -> None:
    refusals: list[OfficerError] = []
    desk.act(owner, unexpected, refuse, "heads", on_refused=refusals.append)
    qtbot.waitUntil(lambda: bool(refusals))
    assert (str(refusals[0])[:8], refusals[0].field) == ("Oak Room", "heads")


def test_a_refusal_nobody_shows_is_said(desk: Desk, owner: QObject, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.refused) as refused:
        desk.act(owner, unexpected, refuse)
    assert refused.args == ["Oak Room seats 20, not 99. Choose a larger room."]
    assert desk.is_live


@ON_POSTGRESQL
def test_a_broken_connection_is_said_and_mended_quietly(
    desk: Desk, administrators_database: Database, other_desk: Database, qtbot: QtBot
) -> None:
    told: list[tuple[bool, str]] = []
    desk.live_changed.connect(lambda live, words: told.append((live, words)))
    assert run(administrators_database, CUT)
    qtbot.waitUntil(lambda: any(live for live, _words in told))
    assert told[0][0] is False
    assert "offline since" in told[0][1]
    with qtbot.waitSignal(desk.changed, timeout=WOKEN_MS) as heard:
        add_customer(other_desk, "After The Break")
    assert "customer" in heard.args[0]


@ON_POSTGRESQL
def test_while_nothing_answers_it_stays_calm_and_comes_back_by_itself(
    desk: Desk, administrators_database: Database, owner: QObject, qtbot: QtBot
) -> None:
    """Out of reach for a while: said once, saves refused in words, then live again."""
    told: list[bool] = []
    refused: list[OfficerError] = []
    desk.live_changed.connect(lambda live, _words: told.append(live))
    run(administrators_database, "ALTER ROLE ann NOLOGIN")
    try:
        run(administrators_database, CUT)
        qtbot.waitUntil(lambda: told == [False])
        desk.act(owner, unexpected, add_by_sql, "Lost School", on_refused=refused.append)
        qtbot.waitUntil(lambda: bool(refused))
        assert isinstance(refused[0], DatabaseOutOfReach)
        assert told == [False]
    finally:
        run(administrators_database, "ALTER ROLE ann LOGIN")
    qtbot.waitUntil(lambda: told == [False, True])
    with qtbot.waitSignal(desk.changed, timeout=WOKEN_MS):
        add_customer(administrators_database, "After The Break")


def test_a_desk_that_is_closed_while_it_asks_for_news_listens_no_more(
    desk: Desk, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: not desk.is_busy())
    desk._ask_watch()
    desk.close()
    qtbot.waitUntil(lambda: not desk.is_busy())
    assert desk._notifier is None or not desk._notifier.isEnabled()


def test_a_hidden_screen_waits_and_catches_up(
    desk: Desk, other_desk: Database, qtbot: QtBot
) -> None:
    screen, loads = QWidget(), []
    qtbot.addWidget(screen)
    fresh = Refresher(screen, desk, {"customer"}, lambda: loads.append(1))
    assert loads == []
    with qtbot.waitExposed(screen):
        screen.show()
    assert len(loads) == 1
    screen.hide()
    with qtbot.waitSignal(desk.changed):
        add_customer(other_desk, "While Hidden")
    assert len(loads) == 1
    screen.show()
    assert len(loads) == 2
    fresh.look_again()
    assert len(loads) == 3


def test_what_changed_elsewhere_does_not_reload(
    desk: Desk, other_desk: Database, qtbot: QtBot
) -> None:
    screen, loads = QWidget(), []
    qtbot.addWidget(screen)
    fresh = Refresher(screen, desk, {"invoice"}, lambda: loads.append(1))
    screen.show()
    with qtbot.waitSignal(desk.changed):
        add_customer(other_desk, "No Invoice")
    assert len(loads) == 1
    assert fresh.parent() is screen


def test_work_without_the_database_is_done_elsewhere(
    desk: Desk, owner: QObject, qtbot: QtBot
) -> None:
    answers: list[threading.Thread] = []
    desk.work(owner, answers.append, threading.current_thread)
    qtbot.waitUntil(lambda: bool(answers))
    assert answers[0] is not threading.main_thread()


def test_what_will_be_printed_is_not_made_void_by_what_is_drawn_after_it(
    desk: Desk, owner: QObject, qtbot: QtBot
) -> None:
    printed: list[str] = []
    seen: list[str] = []
    desk.finish(owner, printed.append, str.upper, "letter")
    desk.work(owner, seen.append, str.upper, "first")
    desk.work(owner, seen.append, str.upper, "second")
    qtbot.waitUntil(lambda: not desk.is_busy())
    assert printed == ["LETTER"]
    assert seen == ["SECOND"]


def test_what_was_done_is_said_with_its_way_back(desk: Desk, qtbot: QtBot) -> None:
    offered: list[tuple[object, object]] = []
    desk.undo_offered.connect(lambda undo, redo: offered.append((undo, redo)))
    with qtbot.waitSignal(desk.said) as said:
        desk.say("Booked: Oak Room.", undo=dict)
    assert said.args == ["Booked: Oak Room."]
    assert offered == [(dict, None)]
    assert By("ann", "desk-1") == desk.by
