"""Chance that falls the same way each time: seeded dice, fixed numbers, sums that come out."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar
from uuid import UUID, uuid5

NAMESPACE = UUID("6c6c6520-6465-736b-8064-656d6f206461")  # "lle desk demo da", in hexadecimal
T = TypeVar("T")


def dice(*names: object) -> Random:
    """Return dice that fall alike in every run for the same names."""
    return Random("/".join(str(name) for name in names))


def fixed_uuid(*names: object) -> str:
    """Return the `client_uuid` of one demo record, the same in every run."""
    return str(uuid5(NAMESPACE, "/".join(str(name) for name in names)))


def share_out(total: int, weights: Sequence[float]) -> list[int]:
    """Return whole shares of `total` in proportion to `weights`, by largest remainder."""
    whole = sum(weights)
    exact = [total * weight / whole for weight in weights]
    shares = [int(share) for share in exact]
    order = sorted(range(len(exact)), key=lambda place: shares[place] - exact[place])
    for place in order[: total - sum(shares)]:
        shares[place] += 1
    return shares


def fit_to_sum(
    values: Sequence[float], lows: Sequence[int], highs: Sequence[int], total: int
) -> list[int]:
    """Return whole numbers near `values`, each between its low and its high, that sum to `total`.

    Raises:
        ValueError: no such numbers exist.
    """
    if not sum(lows) <= total <= sum(highs):
        raise ValueError(f"{total} is not between {sum(lows)} and {sum(highs)}")
    scale = total / (sum(values) or 1)
    fitted = [
        min(max(round(value * scale), low), high)
        for value, low, high in zip(values, lows, highs, strict=True)
    ]
    while (left := total - sum(fitted)) != 0:
        step = 1 if left > 0 else -1
        ends = highs if left > 0 else lows
        movable = [place for place, value in enumerate(fitted) if value != ends[place]]
        for place in movable[:: max(1, len(movable) // abs(left))][: abs(left)]:
            fitted[place] += step
    return fitted


def pick(chance: Random, choices: Sequence[tuple[T, float]]) -> T:
    """Return one of `choices`, each a thing and its weight."""
    return chance.choices([thing for thing, _ in choices], [weight for _, weight in choices])[0]
