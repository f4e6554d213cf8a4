"""What officers do with agreements, and how a booking uses one."""

from lle_desk.agreements.actions.agreeing import (
    EditAgreement,
    EndAgreement,
    MakeAgreement,
    Use,
    edit_agreement,
    end_agreement,
    make_agreement,
    move_use_day,
    return_use,
    use_agreement,
)

__all__ = [
    "EditAgreement",
    "EndAgreement",
    "MakeAgreement",
    "Use",
    "edit_agreement",
    "end_agreement",
    "make_agreement",
    "move_use_day",
    "return_use",
    "use_agreement",
]
