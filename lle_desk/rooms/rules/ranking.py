"""In which order rooms are offered."""

from collections.abc import Iterable

from lle_desk.rooms.rules.fit import Fit, Why


def best_first(fits: Iterable[Fit], heads: int) -> list[Fit]:
    """Return what fits by least waste: fewest empty seats, then fewest partitions opened."""
    return sorted(
        (fit for fit in fits if fit.fits),
        key=lambda fit: (
            (fit.capacity or 0) - heads,
            len(fit.space.cells),
            fit.space.sort_order,
            fit.space.name,
        ),
    )


def near_misses(fits: Iterable[Fit], heads: int) -> list[Fit]:
    """Return what does not fit, nearest first: free but too small, then large enough but taken."""
    order = {why: place for place, why in enumerate(Why)}
    return sorted(
        (fit for fit in fits if not fit.fits),
        key=lambda fit: (
            (fit.capacity or 0) < heads and not fit.may_force,
            order[fit.why],
            abs((fit.capacity or 0) - heads),
            fit.space.sort_order,
            fit.space.name,
        ),
    )
