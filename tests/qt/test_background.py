import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from lle_desk.core.errors import OfficerError
from lle_desk.qt.background import Background


def unexpected(answer: object) -> None:
    pytest.fail(f"nobody waited for {answer!r}")


@pytest.fixture
def background(qapp: object) -> Iterator[Background]:
    background = Background()
    yield background
    background.close()


def test_the_work_is_elsewhere_and_the_answer_here(background: Background, qtbot: QtBot) -> None:
    owner, answers = QObject(), list[tuple[object, object]]()
    background.run(
        owner,
        threading.current_thread,
        lambda worked: answers.append((worked, threading.current_thread())),
        unexpected,
    )
    qtbot.waitUntil(lambda: len(answers) == 1)
    [(worked_in, answered_in)] = answers
    assert worked_in is not threading.main_thread()
    assert answered_in is threading.main_thread()


def test_an_officer_error_goes_to_on_error(background: Background, qtbot: QtBot) -> None:
    def work() -> None:
        raise OfficerError("The room is taken.")

    owner, errors = QObject(), []
    background.run(owner, work, unexpected, lambda error: errors.append(str(error)))
    qtbot.waitUntil(lambda: errors == ["The room is taken."])


def test_a_bug_reaches_the_exception_hook(background: Background, qtbot: QtBot) -> None:
    owner = QObject()
    with qtbot.captureExceptions() as caught:
        background.run(owner, lambda: 1 / 0, unexpected, unexpected)
        qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is ZeroDivisionError


def test_a_deleted_owner_is_not_answered(background: Background, qtbot: QtBot) -> None:
    gate, answers = threading.Event(), list[object]()
    parent = QObject()
    owner = QObject(parent)
    background.run(owner, gate.wait, answers.append, unexpected)
    del parent  # takes the C++ owner with it
    gate.set()
    qtbot.wait(100)
    assert answers == []


def test_only_the_newest_refresh_is_answered(background: Background, qtbot: QtBot) -> None:
    slow, answers = threading.Event(), list[object]()
    owner = QObject()
    background.refresh(owner, lambda: slow.wait() and "old", answers.append, unexpected)
    background.refresh(owner, lambda: "new", answers.append, unexpected)
    qtbot.waitUntil(lambda: answers == ["new"])
    slow.set()
    qtbot.wait(100)
    assert answers == ["new"]


def test_two_subjects_of_one_owner_are_both_answered(background: Background, qtbot: QtBot) -> None:
    owner, answers = QObject(), list[object]()
    for subject in ("facts", "history"):
        background.refresh(owner, subject.upper, answers.append, unexpected, subject)
    qtbot.waitUntil(lambda: set(answers) == {"FACTS", "HISTORY"})


def test_it_says_when_work_begins_and_ends(background: Background, qtbot: QtBot) -> None:
    told: list[bool] = []
    background.busy_changed.connect(told.append)
    owner = QObject()
    for _ in range(3):
        background.run(owner, lambda: None, lambda _none: None, unexpected)
    qtbot.waitUntil(lambda: told == [True, False])
