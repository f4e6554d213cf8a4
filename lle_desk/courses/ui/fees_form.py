"""The fees of who cancelled late before an event was called off: they fall, unless one is kept."""

from collections.abc import Sequence

from lle_desk.core.money import Pence, pounds
from lle_desk.courses.queries.fees import CancellationFee
from lle_desk.qt.form import CheckField, Form
from lle_desk.qt.words import Label, label

WHY = "Nobody could have come, so nobody pays these. Tick what is to be paid all the same."


class FeesForm(Form):
    """One line a fee: what becomes of it, and a tick that keeps it."""

    def __init__(self, fees: Sequence[CancellationFee]) -> None:
        super().__init__()
        self._fees = tuple(fees)
        self._sum = self.section("Fees for cancelling late", "")
        self.widget(label(WHY, "quiet", wrap=True))
        self.keeps: dict[int, CheckField] = {}
        self._said: dict[int, Label] = {}
        for fee in self._fees:
            words = f"Keep {pounds(fee.net)}, {fee.words}".replace("&", "&&")
            keep = self.add(CheckField(words, key=f"fee {fee.charge_id}"))
            self.keeps[fee.charge_id] = keep
            said = label("", "small", wrap=True)
            self._said[fee.charge_id] = said
            self.widget(said)
            keep.changed.connect(self._say)
        self._say()

    @property
    def kept(self) -> tuple[int, ...]:
        """The charges that are to be paid all the same."""
        return tuple(number for number, keep in self.keeps.items() if keep.value())

    def _say(self) -> None:
        kept = self.kept
        falls = [fee for fee in self._fees if fee.charge_id not in kept]
        left = pounds(Pence(sum(fee.net for fee in falls)))
        self._sum.set(f"{left} falls" if falls else "all kept")
        for fee in self._fees:
            stays = "Stays as it is billed" if fee.is_billed else "Goes on the next paper"
            said = stays if fee.charge_id in kept else fee.falls
            self._said[fee.charge_id].set(f"{said}.")
