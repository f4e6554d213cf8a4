"""School terms as an office plans by them, when nobody has told the county's own dates."""

from datetime import date, timedelta

SUMMER_ENDS = (8, 31)


def last_of_term(day: date) -> date:
    """Return the last day of the term `day` is in.

    Autumn ends with the year, spring on the day before Good Friday, summer with August.
    """
    if day.month >= 9:
        return date(day.year, 12, 31)
    from dateutil.easter import easter

    spring_ends = easter(day.year) - timedelta(days=3)
    return spring_ends if day <= spring_ends else date(day.year, *SUMMER_ENDS)
