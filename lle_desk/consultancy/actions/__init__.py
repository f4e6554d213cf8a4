"""What officers do in consultancy. Each action is one transaction."""

from lle_desk.consultancy.actions.charging import set_visit_prices
from lle_desk.consultancy.actions.ending import cancel_visit, set_visit_state, write_note
from lle_desk.consultancy.actions.repeating import plan_visits
from lle_desk.consultancy.actions.requests import (
    CancelVisit,
    EditVisit,
    MoveVisit,
    PlanVisit,
    PlanVisits,
    SetVisitPrices,
    SetVisitState,
    VisitAsked,
    WriteNote,
)
from lle_desk.consultancy.actions.visits import edit_visit, move_visit, plan_visit
from lle_desk.core.refusals import explain

__all__ = [
    "CancelVisit",
    "EditVisit",
    "MoveVisit",
    "PlanVisit",
    "PlanVisits",
    "SetVisitPrices",
    "SetVisitState",
    "VisitAsked",
    "WriteNote",
    "cancel_visit",
    "edit_visit",
    "move_visit",
    "plan_visit",
    "plan_visits",
    "set_visit_prices",
    "set_visit_state",
    "write_note",
]

explain(
    {
        "ck_visit_topic_text": ("Give a topic of 1 to 200 letters.", "topic"),
        "ck_visit_note_text": ("The note has at most 8,000 letters.", "note"),
        "ck_visit_notes_office_text": ("Notes have at most 4,000 letters.", "notes_office"),
        "ck_visit_order_number_text": ("An order number has at most 60 letters.", "order_number"),
        "ck_visit_no_charge_reason_text": (
            "Give a reason of at most 200 letters.",
            "no_charge_reason",
        ),
        "ck_visit_cancelled_reason_text": ("Give a reason of at most 400 letters.", "reason"),
        "ck_visit_done_has_note": ("A visit is done when its note is written.", "note"),
        "visit_holds_time": "A visit keeps its consultant's time. Cancel or move the visit.",
        "visit_kept": "A visit stays on record. Cancel it instead.",
    }
)
