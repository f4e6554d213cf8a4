"""The queue of the room manager: approve, refuse, offer another, and what is free now."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Qt

from lle_desk.core.days import short_day, span_words
from lle_desk.core.errors import OfficerError
from lle_desk.core.records import new_uuid
from lle_desk.qt.chips import BadgeText
from lle_desk.qt.desk import Desk
from lle_desk.qt.stale import Refresher
from lle_desk.qt.table_model import Column, RowTableModel
from lle_desk.rooms.actions.asking import (
    Answer,
    Approve,
    Offer,
    approve_request,
    decline_offer,
    offer_room,
    refuse_request,
    take_offer,
    withdraw_request,
)
from lle_desk.rooms.actions.keeping import Keeping
from lle_desk.rooms.queries import space_facts
from lle_desk.rooms.queries.asking import RequestRow, requests_queue
from lle_desk.rooms.rules import SpaceFacts, number_words
from lle_desk.rooms.rules.asking import RequestState, age_words
from lle_desk.rooms.ui.judging import category_code
from lle_desk.rooms.ui.list_page import ListPage
from lle_desk.rooms.ui.page_keys import PageKeys
from lle_desk.rooms.ui.placing import Placed, placed_from

TABLES = frozenset({"room_request", "room_answer", "room_use", "room_booking", "closure", "space"})
Key = Qt.Key


class RequestsPage(ListPage):
    """What officers asked for a room, freed ones first, then by age."""

    def __init__(self, desk: Desk) -> None:
        self._model_of: RowTableModel[RequestRow] = RowTableModel(
            _columns(), key=lambda row: row.request_id, ground=_ground
        )
        super().__init__(
            desk,
            "Requests for the room manager",
            self._model_of,
            "Nobody waits for a room. A booking taken as “Ask the room manager” stands here.",
            "user-check",
        )
        self._spaces: Sequence[SpaceFacts] = ()
        acts = (
            ("Approve", "check", "A", self._approve),
            ("Approve provisionally", "hourglass", "V", self._approve_provisionally),
            ("Refuse", "ban", "R", self._refuse),
            ("Offer another", "arrows-exchange", "O", self._offer),
            ("Take the offer", "circle-check", "T", self._take),
            ("Leave the offer", "x", "L", self._decline),
            ("Withdraw", "arrow-back-up", "W", self._withdraw),
        )
        self.lay_out_list(acts)
        keys = (Key.Key_A, Key.Key_V, Key.Key_R, Key.Key_O, Key.Key_T, Key.Key_L, Key.Key_W)
        calls = {key: call for key, (_w, _i, _k, call) in zip(keys, acts, strict=True)}
        self._keys = PageKeys(self.table, calls)
        self.table.row_chosen.connect(self._chosen)
        self.table.row_opened.connect(self._open)
        self._fresh = Refresher(self, desk, TABLES, self._load)

    @property
    def rows(self) -> Sequence[RequestRow]:
        """The queue as shown."""
        return self._model_of.rows

    def _load(self) -> None:
        self.desk.load(self, self._show, requests_queue, self._site_id, _now())
        self.desk.load(self, self._know_spaces, space_facts, self._site_id)

    def _know_spaces(self, spaces: Sequence[SpaceFacts]) -> None:
        self._spaces = spaces

    def _show(self, rows: Sequence[RequestRow]) -> None:
        self.show_rows(rows)
        freed = sum(row.is_freed for row in rows)
        waiting = sum(row.state == RequestState.WAITING for row in rows)
        told = f"{waiting} waiting" if rows else ""
        self.told.set(f"{told}, {freed} free now that could not be had before" if freed else told)

    # Answers

    def _approve(self) -> None:
        self._approve_as("confirmed")

    def _approve_provisionally(self) -> None:
        self._approve_as("provisional")

    def _approve_as(self, status: str) -> None:
        row = self._row()
        if row is None:
            return
        if row.is_free and row.space_id is not None:
            self._approved(row, status, row.space_id)
            return
        best = row.instead.name if row.instead else ""
        why = row.verdict if row.room else "no room was named"
        self.ask(
            f"{row.room or 'Room'}: {why}. Which room?",
            "Approve it there",
            lambda words: self._approved_in(row, status, words),
            best,
        )

    def _approved_in(self, row: RequestRow, status: str, words: str) -> bool:
        found = self._placed(row, words)
        if found is not None:
            self._approved(row, status, found.space.id)
        return found is not None

    def _approved(self, row: RequestRow, status: str, space_id: int) -> None:
        ask = Approve(
            client_uuid=new_uuid(),
            request_id=row.request_id,
            seen_version=row.version,
            space_id=space_id,
            status=status,
        )
        self._do(approve_request, f"Approved {_called(row)}", ask)

    def _refuse(self) -> None:
        row = self._row()
        if row is not None:
            asked = f"Why can {row.asked_by} not have it?"
            self.ask(asked, "Refuse it", lambda words: self._refused_why(row, words))

    def _refused_why(self, row: RequestRow, words: str) -> bool:
        if not words:
            self.answer.show_error(f"Say why: {row.asked_by} reads it.")
            return False
        self._do(refuse_request, f"Refused {_called(row)}", self._answer(row, words))
        return True

    def _offer(self) -> None:
        row = self._row()
        if row is not None:
            when = f"{row.starts_at:%H:%M}-{row.ends_at:%H:%M}"
            best = f"{row.instead.name} {when}" if row.instead else when
            asked = "Offer which room, and when?"
            self.ask(asked, "Offer it", lambda words: self._offered(row, words), best)

    def _offered(self, row: RequestRow, words: str) -> bool:
        found = self._placed(row, words)
        if found is None:
            return False
        ask = Offer(
            client_uuid=new_uuid(),
            request_id=row.request_id,
            seen_version=row.version,
            space_id=found.space.id,
            starts_at=found.starts_at,
            ends_at=found.ends_at,
        )
        self._do(offer_room, f"Offered {found.words} for {_called(row)}", ask)
        return True

    def _placed(self, row: RequestRow, words: str) -> Placed | None:
        try:
            return placed_from(words, self._spaces, row.starts_at, row.ends_at)
        except OfficerError as error:
            self.answer.show_error(str(error))
            return None

    def _take(self) -> None:
        row = self._row()
        if row is not None:
            self._do(take_offer, f"Took the offer for {_called(row)}", self._answer(row))

    def _decline(self) -> None:
        row = self._row()
        if row is not None and row.offer is not None:
            self._do(decline_offer, f"Left the offer for {_called(row)}", self._answer(row))

    def _withdraw(self) -> None:
        row = self._row()
        if row is not None:
            self._do(withdraw_request, f"Withdrew {_called(row)}", self._answer(row))

    def _answer(self, row: RequestRow, words: str = "") -> Answer:
        return Answer(
            client_uuid=new_uuid(),
            request_id=row.request_id,
            seen_version=row.version,
            words=words,
        )

    def _do(self, action: Callable[..., int], words: str, ask: object) -> None:
        self.say_refused("")
        done = Keeping(action, words)
        self.desk.do(self, self._done, done, ask, on_refused=self._refused)

    def _done(self, _version: int) -> None:
        self._load()

    def _chosen(self, row: RequestRow | None) -> None:
        if row is not None:
            self.use_chosen.emit(row.use_id)

    def _open(self, row: object) -> None:
        if isinstance(row, RequestRow):
            self.use_opened.emit(row.use_id)

    def _row(self) -> RequestRow | None:
        row = self.table.chosen()
        return row if isinstance(row, RequestRow) else None


def _now() -> datetime:
    return datetime.now().replace(microsecond=0)  # noqa: DTZ005  (the office's clock)


def _called(row: RequestRow) -> str:
    return f"“{row.title}”, {number_words(row.number)}"


def _ground(row: RequestRow) -> str | None:
    return "fine_fill" if row.is_freed else None


def _state(row: RequestRow) -> list[BadgeText]:
    if row.is_freed:
        return [BadgeText("Now free", "fine", "circle-check")]
    kinds = {
        "waiting": BadgeText("Waiting", "warning", "clock"),
        "offered": BadgeText("Offered", "accent", "arrows-exchange"),
        "refused": BadgeText("Refused", "refusal", "ban"),
    }
    return [kinds[row.state]]


def _told(row: RequestRow) -> str:
    """Return the offer or the last answer, with who gave it."""
    if row.offer is not None:
        when = span_words(row.offer.starts_at, row.offer.ends_at)
        return f"{row.offer.room} {when}, by {row.answered_by}"
    if row.state == RequestState.REFUSED:
        return f"{row.answer} ({row.answered_by})"
    return row.note


def _columns() -> list[Column[RequestRow]]:
    return [
        Column("State", lambda row: "", width=110, badges=_state),
        Column(
            "Asked by",
            lambda row: row.asked_by,
            width=100,
            second=lambda row: age_words(row.asked_at, _now()),
        ),
        Column(
            "For",
            lambda row: row.title,
            width=0,
            square=lambda row: category_code(row.category),
            second=lambda row: row.customer or number_words(row.number),
        ),
        Column(
            "Room and time",
            lambda row: row.room or "any room",
            width=180,
            second=lambda row: (
                f"{short_day(row.starts_at.date())} {span_words(row.starts_at, row.ends_at)}"
            ),
        ),
        Column(
            "Heads",
            lambda row: str(row.heads),
            width=80,
            numeric=True,
            second=lambda row: row.layout,
        ),
        Column(
            "Can be had",
            lambda row: row.verdict,
            width=200,
            colour=lambda row: "fine" if row.is_free else "refusal",
            second=lambda row: f"free then: {row.instead.name}" if row.instead else "",
        ),
        Column("Note or answer", _told, width=200, quiet=True, give_up=1),
    ]
