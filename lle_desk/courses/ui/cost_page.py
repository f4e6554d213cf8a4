"""What an event costs: its line in the event, and the page where other costs are typed."""

from functools import partial

from PySide6.QtCore import Signal

from lle_desk.core.money import Pence, pounds
from lle_desk.core.records import new_uuid
from lle_desk.courses.actions.costs import SaveCost, save_cost
from lle_desk.courses.queries import EventCard
from lle_desk.courses.queries.breaking_even import BreakEven, CostRow
from lle_desk.courses.rules import break_even_words, counted
from lle_desk.qt.buttons import Button
from lle_desk.qt.desk import Desk
from lle_desk.qt.form import Form, MoneyField, TextField
from lle_desk.qt.inspector import Page
from lle_desk.qt.section import Section
from lle_desk.rooms.actions.keeping import Keeping


class CostPage(Page):
    """The costs of an event. Those typed here can be changed; the others follow from it.

    Signals:
        done: a cost was saved. int: the event's id.
    """

    done = Signal(int)

    def __init__(self, desk: Desk, card: EventCard) -> None:
        row = card.row
        super().__init__("Costs and income", code=row.code, lines=[row.title])
        self._desk, self._card = desk, card
        self._uuid = new_uuid()
        self._changing: CostRow | None = None
        even = card.break_even
        add_costs(self.section("Costs", "before VAT"), even)
        self._add_result(even)
        self._add_typed(even)
        self.fields = Form()
        self._title = self.fields.section("Another cost", "travel, printing, a speaker’s fee")
        self.what = self.fields.add(TextField("&What for", needed=True, key="what", max_length=120))
        self.amount = self.fields.add(MoneyField("&Amount", needed=True, key="amount"))
        self.form(self.fields)
        self.foot("Save the cost")
        self.saved.connect(self.save)

    def save(self) -> None:
        """Save what is typed; an amount of 0 strikes a cost out."""
        if not self.fields.check():
            return
        self._ask(self._changing, self.what.value(), self.amount.value() or Pence(0))

    def _ask(self, cost: CostRow | None, what: str, amount: Pence) -> None:
        self.show_busy(True)
        ask = SaveCost(
            self._uuid,
            self._card.row.id,
            what,
            amount,
            cost.id if cost else None,
            cost.version if cost else 0,
        )
        action = Keeping(
            save_cost, f"Saved the costs of {self._card.row.title}, {self._card.row.code}"
        )
        self._desk.do(self, self._saved, action, ask, on_refused=self.show_refusal)

    def _add_result(self, even: BreakEven) -> None:
        section = self.section("Break even", budget_words(even))
        section.amount("Costs", "", pounds(even.cost), strong=True)
        section.amount("Income", "from places", pounds(even.income), strong=True)
        section.note(f"{needed_words(even)}.", needed_role(even))

    def _add_typed(self, even: BreakEven) -> None:
        typed = [cost for cost in even.costs if cost.kind == "other"]
        if not typed:
            return
        section = self.section("Typed in", "change or strike out")
        for cost in typed:
            edit, drop = partial(self._change, cost), partial(self._strike_out, cost)
            change = Button("Change", "pencil", kind="quiet", on_click=edit)
            change.setAccessibleName(f"Change {cost.what}")
            strike = Button("Strike out", "x", kind="icon", on_click=drop)
            strike.setAccessibleName(f"Strike out {cost.what}")
            section.chase(
                "receipt", cost.what, pounds(cost.amount or Pence(0)), buttons=[change, strike]
            )

    def _change(self, cost: CostRow) -> None:
        self._changing = cost
        self._title.set(f"Changing “{cost.what}”; £0 strikes it out")
        self.what.set_value(cost.what)
        self.amount.set_value(cost.amount)
        self.what.setFocus()

    def _strike_out(self, cost: CostRow) -> None:
        self._ask(cost, cost.what, Pence(0))

    def _saved(self, _cost_id: int) -> None:
        self.fields.mark_clean()
        self.done.emit(self._card.row.id)


def add_costs(section: Section, even: BreakEven) -> None:
    """Add a line for each cost."""
    for cost in even.costs:
        known = "not known" if cost.amount is None else pounds(cost.amount)
        section.amount(cost.what, cost.why, known)


def needed_words(even: BreakEven) -> str:
    """Return "4 places still needed to break even at £195.00", with what is not known."""
    words = break_even_words(even.needed, even.price, Pence(even.cost - even.income))
    unknown = sum(cost.amount is None for cost in even.costs)
    if not unknown:
        return words
    missing = f"{counted(unknown, 'cost')} {'is' if unknown == 1 else 'are'} not known yet"
    if even.needed == 0:
        without = "it" if unknown == 1 else "them"
        return f"{missing}; without {without} the event breaks even"
    return f"{words}; {missing}"


def needed_role(even: BreakEven) -> str:
    """Return whether that is fine or a warning."""
    return "fine" if even.needed == 0 and even.is_known else "warning"


def budget_words(even: BreakEven) -> str:
    """Return "18 places budgeted", "" when nobody said."""
    return f"{counted(even.budgeted, 'place')} budgeted" if even.budgeted else ""
