"""Finds a trainer while you type: the free first, of the others what they do then."""

from typing import Any

from lle_desk.qt.chooser import FindField
from lle_desk.qt.desk import Desk
from lle_desk.trainers.queries import TrainerHit, find_trainers


def trainer_field(desk: Desk, title: str = "&Who goes", **options: Any) -> FindField[TrainerHit]:
    """Return the field. `set_args(starts_at, ends_at, leaving_out)` says for which time."""
    return FindField(
        title,
        desk,
        find_trainers,
        text=lambda hit: hit.name,
        detail=_detail,
        key_of=lambda hit: hit.id,
        **{"icon": "user", "key": "trainer", "placeholder": "Name or initials", **options},
    )


def _detail(hit: TrainerHit) -> str:
    service = hit.service_code or "outside"
    return f"{hit.initials} · {service} · {hit.doing or 'free then'}"
