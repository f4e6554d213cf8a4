"""What officers do to customers and their people. Each action is one transaction."""

from lle_desk.customers.actions.records import (
    AddCustomerRequest,
    AddPersonRequest,
    EditCustomerRequest,
    EditPersonRequest,
    SetStandingRequest,
    add_customer,
    add_person,
    edit_customer,
    edit_person,
    set_standing,
)

__all__ = [
    "AddCustomerRequest",
    "AddPersonRequest",
    "EditCustomerRequest",
    "EditPersonRequest",
    "SetStandingRequest",
    "add_customer",
    "add_person",
    "edit_customer",
    "edit_person",
    "set_standing",
]
