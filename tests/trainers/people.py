"""Trainers made for the tests."""

from lle_desk.core.db import Database
from lle_desk.core.money import Pence
from lle_desk.core.records import new_uuid
from lle_desk.trainers.actions import AddTrainer, add_trainer
from tests.courses.people import ANN, service_id


def a_trainer(database: Database, name: str = "Anna Example", *, ours: bool = True) -> int:
    service = database.read(service_id) if ours else None
    ask = AddTrainer(new_uuid(), name, service, cost_per_day=Pence(35_000))
    return database.write(ANN, add_trainer, ask)
