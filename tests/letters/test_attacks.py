"""What plain SQL must not do to the outbox."""

import pytest

from lle_desk.core.db import Database
from lle_desk.letters.rules import STEPS, PostState
from tests.core.office import assert_refused_by, insert, run

SENDING = (
    "UPDATE message SET state = 'sending', attempts = attempts + 1, claimed_by = 'psql',"
    " claimed_at = '2014-03-04 09:30:00', version = version + 1 WHERE id = :id"
)
SENT = (
    "UPDATE message SET state = 'sent', sent_at = '2014-03-04 09:31:00', version = version + 1"
    " WHERE id = :id"
)
AGAIN = "UPDATE message SET state = 'queued', sent_at = NULL, version = version + 1 WHERE id = :id"


def add_message(database: Database, **more: object) -> int:
    values = {
        "kind": "confirmation",
        "record_kind": "course_booking",
        "record_id": 1,
        "record_name": "B-00001",
        "to_address": "head@demo.example",
        "to_name": "",
        "subject": "Booking B-00001",
        "message_id": "<1@lle.example>",
        "eml": "Subject: Booking\r\n\r\nwords",
        "state": "queued",
        "attempts": 0,
        "claimed_by": "",
        "error": "",
        "queued_at": "2014-03-04 09:30:00",
        "queued_by": "ann",
    }
    return insert(database, "message", **(values | more))


def test_a_sent_message_is_never_changed_nor_sent_again(database: Database) -> None:
    message = add_message(database)
    run(database, SENDING, id=message)
    run(database, SENT, id=message)
    for attack in (
        AGAIN,
        SENDING,
        "UPDATE message SET to_address = 'else@demo.example', version = version + 1 WHERE id = :id",
        "UPDATE message SET eml = 'other words' WHERE id = :id",
        "UPDATE message SET error = 'it never came', version = version + 1 WHERE id = :id",
    ):
        with assert_refused_by("message_kept"):
            run(database, attack, id=message)


def test_what_waits_keeps_its_words_and_its_address(database: Database) -> None:
    message = add_message(database)
    for column in ("eml", "to_address", "subject", "message_id", "record_name"):
        with assert_refused_by("message_kept"):
            run(
                database,
                f"UPDATE message SET {column} = 'else', version = version + 1 WHERE id = :id",
                id=message,
            )


def test_nothing_is_sent_without_being_claimed_or_claimed_twice(database: Database) -> None:
    message = add_message(database)
    with assert_refused_by("message_step"):
        run(database, SENT, id=message)
    run(database, SENDING, id=message)
    with assert_refused_by("message_step"):
        run(database, SENDING, id=message)
    with assert_refused_by("message_step"):
        run(database, AGAIN, id=message)


def test_a_message_begins_waiting_and_there_is_one_of_each(database: Database) -> None:
    with assert_refused_by("message_begins_queued"):
        add_message(database, state="sent", sent_at="2014-03-04 09:30:00")
    add_message(database)
    with assert_refused_by("uq_message_message_id"):
        add_message(database)


def test_no_message_is_removed(administrators_database: Database) -> None:
    message = add_message(administrators_database)
    with assert_refused_by("message_kept"):
        run(administrators_database, "DELETE FROM message WHERE id = :id", id=message)


@pytest.mark.parametrize("bad", ["", "x" * 4001])
def test_the_words_of_a_letter_are_neither_empty_nor_endless(database: Database, bad: str) -> None:
    with assert_refused_by("ck_letter_template_body_text"):
        insert(database, "letter_template", kind="confirmation", subject="Booked", body=bad)


PATHS: dict[PostState, tuple[PostState, ...]] = {
    PostState.QUEUED: (),
    PostState.SENDING: (PostState.SENDING,),
    PostState.SENT: (PostState.SENDING, PostState.SENT),
    PostState.FAILED: (PostState.SENDING, PostState.FAILED),
    PostState.UNSURE: (PostState.SENDING, PostState.UNSURE),
    PostState.WITHDRAWN: (PostState.WITHDRAWN,),
}


def step(database: Database, message: int, state: PostState) -> None:
    """Write the next state with all that belongs to it, as the program does."""
    if state == PostState.SENDING:
        run(database, SENDING, id=message)
        return
    at = "'2014-03-04 09:31:00'" if state == PostState.SENT else "NULL"
    run(
        database,
        f"UPDATE message SET state = :state, error = 'x', version = version + 1, sent_at = {at}"
        " WHERE id = :id",
        state=str(state),
        id=message,
    )


@pytest.mark.parametrize("begins", list(PostState))
def test_the_database_takes_the_steps_of_the_rules_and_no_others(
    database: Database, begins: PostState
) -> None:
    for ends in set(PostState) - {begins}:
        message = add_message(database, message_id=f"<{begins}-{ends}@lle.example>")
        for state in PATHS[begins]:
            step(database, message, state)
        if ends in STEPS[begins]:
            step(database, message, ends)
        else:
            with assert_refused_by("message_step", "message_kept"):
                step(database, message, ends)
