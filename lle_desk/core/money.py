"""Money as whole pence. No float and no Decimal is ever stored or added up."""

import re
from typing import NewType

Pence = NewType("Pence", int)
BasisPoints = NewType("BasisPoints", int)  # 2000 is 20 %

MINUS = "\N{MINUS SIGN}"
_TYPED = re.compile(r"^(?P<sign>[-\N{MINUS SIGN}])?£?(?P<whole>\d{1,9})(?:\.(?P<rest>\d{1,2}))?$")


def vat_on(net: Pence, rate: BasisPoints) -> Pence:
    """Return the VAT on `net`, to the nearest penny, halves away from zero.

    A credit is the exact mirror of its charge: `vat_on(-n, r) == -vat_on(n, r)`.

    Raises:
        ValueError: `rate` is negative.
    """
    if rate < 0:
        raise ValueError(f"VAT rate below zero: {rate}")
    rounded = (abs(net) * rate + 5_000) // 10_000
    return Pence(rounded if net >= 0 else -rounded)


def pounds(amount: Pence) -> str:
    """Return `amount` as printed for people: £1,234.50, with a true minus: −£3.00."""
    return f"{MINUS if amount < 0 else ''}£{figures(Pence(abs(amount)))}"


def figures(amount: Pence) -> str:
    """Return `amount` without the pound sign, for columns headed £: 1,234.50, −3.00."""
    whole, rest = divmod(abs(amount), 100)
    return f"{MINUS if amount < 0 else ''}{whole:,}.{rest:02d}"


def pence_typed(text: str) -> Pence | None:
    """Return the amount an officer typed ("165", "£1,165.50"), or None when it is not one."""
    found = _TYPED.match(text.replace(",", "").replace(" ", ""))
    if not found:
        return None
    amount = int(found["whole"]) * 100 + int((found["rest"] or "0").ljust(2, "0"))
    return Pence(-amount if found["sign"] else amount)
