"""The outbox against a real mail server on loopback."""

import ssl
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest

from lle_desk.core.days import now_utc
from lle_desk.core.db import By, Database
from lle_desk.core.errors import OfficerError
from lle_desk.letters.actions import (
    SetMessage,
    claim_next,
    mark_lost,
    message_arrived,
    queue_messages,
    send_again,
)
from lle_desk.letters.exports.sending import Sent, send_waiting
from lle_desk.letters.queries import outbox
from tests.letters.post import BY, NOW, a_mail, asked, mail_server, name_server, put_in


def states(database: Database) -> dict[str, str]:
    return {row.to_address: row.state for row in database.read(outbox)}


def test_what_waits_is_sent_with_the_letter_inside(database: Database) -> None:
    with mail_server() as office:
        name_server(database, office.port)
        mail = a_mail("head@demo.example", "Bestätigung: Français & Łódź", to_name="Zoë Łuk")
        database.write(BY, queue_messages, [asked(mail)], NOW)
        assert send_waiting(database, BY) == Sent(sent=1)
    [got] = office.mails()
    assert got["Subject"] == "Bestätigung: Français & Łódź"
    assert got["To"].addresses[0].display_name == "Zoë Łuk"
    [letter] = got.iter_attachments()
    assert letter.get_content_type() == "application/pdf"
    assert letter.get_content() == mail.pdf
    assert got["Message-ID"].startswith(f"<{mail.uuid}.")
    [row] = database.read(outbox)
    assert (row.state, row.attempts, row.error) == ("sent", 1, "")
    assert row.sent_at is not None


def test_one_refused_address_keeps_no_other_from_going(database: Database) -> None:
    with mail_server() as office:
        office.refused = {"gone@demo.example"}
        name_server(database, office.port)
        put_in(database, "a@demo.example", "gone@demo.example", "b@demo.example")
        assert send_waiting(database, BY) == Sent(sent=2, failed=1)
        row = next(row for row in database.read(outbox) if row.state == "failed")
        assert row.error == "550 5.1.1 No such person here"
        office.refused = set()
        database.write(BY, send_again, SetMessage(row.id, row.version))
        assert send_waiting(database, BY) == Sent(sent=1)
    assert office.to() == ["a@demo.example", "b@demo.example", "gone@demo.example"]


def test_a_line_cut_while_the_words_go_is_unsure_and_not_sent_again_by_itself(
    database: Database,
) -> None:
    with mail_server() as office:
        office.hangs_up_on, office.hangs_up_after = {"cut@demo.example"}, {"took@demo.example"}
        name_server(database, office.port)
        put_in(database, "cut@demo.example", "took@demo.example", "well@demo.example")
        assert send_waiting(database, BY) == Sent(sent=1, unsure=2)
        assert send_waiting(database, BY) == Sent()
    assert office.to() == ["took@demo.example", "well@demo.example"]
    assert states(database)["took@demo.example"] == "unsure"
    said = next(row.error for row in database.read(outbox) if row.state == "unsure")
    assert "Ask the school whether it came" in said


def test_a_slow_server_is_waited_for_so_long_and_then_unsure(database: Database) -> None:
    with mail_server() as office:
        office.slow = 1.0
        name_server(database, office.port)
        put_in(database, "slow@demo.example")
        began = time.monotonic()
        assert send_waiting(database, BY, timeout=0.3) == Sent(unsure=1)
        assert time.monotonic() - began < 1.0
        assert send_waiting(database, BY) == Sent()
    assert office.to() == ["slow@demo.example"]  # it had it all the time


def test_two_desks_at_once_send_each_message_once(database: Database, database_url: str) -> None:
    addresses = [f"n{number}@demo.example" for number in range(12)]
    with mail_server() as office:
        name_server(database, office.port)
        put_in(database, *addresses)
        other = Database(database_url)
        desks = [
            threading.Thread(target=send_waiting, args=(one, By("ann", name)))
            for one, name in ((database, "desk-1"), (other, "desk-2"))
        ]
        for desk in desks:
            desk.start()
        for desk in desks:
            desk.join()
        other.close()
    assert office.to() == sorted(addresses)
    assert {row.attempts for row in database.read(outbox)} == {1}


def test_a_message_left_by_a_crash_is_unsure_after_a_while(database: Database) -> None:
    put_in(database, "head@demo.example")
    assert database.write(BY, claim_next, "desk-1 that died", NOW) is not None
    assert database.write(BY, claim_next, "desk-2", NOW) is None
    assert database.write(BY, mark_lost, NOW, 10) == 0
    assert database.write(BY, mark_lost, NOW.replace(hour=10), 10) == 1
    [row] = database.read(outbox)
    assert (row.state, row.attempts) == ("unsure", 1)


def test_a_desk_killed_between_sending_and_writing_it_down_sends_nothing_twice(
    database: Database, database_url: str
) -> None:
    with mail_server() as office:
        office.slow = 60.0  # it has the letter, and its receipt never comes
        name_server(database, office.port)
        put_in(database, "head@demo.example", "next@demo.example")
        sends = (
            "import sys\nfrom lle_desk.core.db import By, Database\n"
            "from lle_desk.letters.exports.sending import send_waiting\n"
            "send_waiting(Database(sys.argv[1]), By('ann', 'desk-1'))\n"
        )
        desk = subprocess.Popen([sys.executable, "-c", sends, database_url])
        try:
            began = time.monotonic()
            while not office.taken and time.monotonic() - began < 20:
                time.sleep(0.02)
        finally:
            desk.kill()
            desk.wait()
        office.slow = 0
        assert send_waiting(database, By("ann", "desk-2")) == Sent(sent=1)
        assert states(database)["head@demo.example"] == "sending"  # perhaps it still goes
        assert database.write(BY, mark_lost, now_utc() + timedelta(minutes=11), 10) == 1
        assert send_waiting(database, By("ann", "desk-2")) == Sent()
        row = next(row for row in database.read(outbox) if row.state == "unsure")
        assert row.error.startswith("It was cut off while it was being sent.")
        database.write(BY, message_arrived, SetMessage(row.id, row.version), now_utc())
    assert office.to() == ["head@demo.example", "next@demo.example"]
    assert set(states(database).values()) == {"sent"}


@pytest.mark.parametrize("administrators_url", ["sqlite"], indirect=True)
def test_a_server_out_of_reach_leaves_all_waiting(database: Database) -> None:
    with mail_server() as office:
        port = office.port
    name_server(database, port)
    put_in(database, "head@demo.example")
    with pytest.raises(OfficerError, match=r"127\.0\.0\.1 cannot be reached .* goes on waiting"):
        send_waiting(database, BY)
    assert states(database) == {"head@demo.example": "queued"}


@pytest.mark.parametrize("administrators_url", ["sqlite"], indirect=True)
def test_no_server_is_said_in_one_sentence(database: Database) -> None:
    with pytest.raises(OfficerError, match="No mail server is set"):
        send_waiting(database, BY)


@pytest.mark.filterwarnings("ignore")  # the server's own surprise at the desk that turns away
@pytest.mark.parametrize("administrators_url", ["sqlite"], indirect=True)
def test_the_password_goes_over_an_encrypted_line(database: Database, tmp_path: Path) -> None:
    server, client = _certificate(tmp_path)
    with mail_server(tls_context=server, auth_required=True, require_starttls=True) as office:
        name_server(database, office.port, login="office", security="starttls")
        put_in(database, "head@demo.example")
        with pytest.raises(OfficerError, match="refuses the login"):
            send_waiting(database, BY, "wrong", encrypted=client)
        with pytest.raises(OfficerError, match="not the one it says"):
            send_waiting(database, BY, "secret")  # nobody vouches for its certificate
        assert send_waiting(database, BY, "secret", encrypted=client) == Sent(sent=1)
    assert office.to() == ["head@demo.example"]


def _certificate(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
         "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out",
         str(certificate)],
        check=True,
        capture_output=True,
    )  # fmt: skip
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate, key)
    return server, ssl.create_default_context(cafile=str(certificate))
