"""The week on paper: A4 or A3 across."""

from lle_desk.core.days import day_words
from lle_desk.rooms.papers import WeekPlan
from lle_desk.rooms.queries import week_plan
from lle_desk.rooms.ui.prints import Drawing, PrintPage

SIZES = [("A4", "A4"), ("A3", "A3")]
CHOSEN = "rooms/week_paper"


class WeekPage(PrintPage):
    """Rooms and days of one week on one large sheet."""

    step = "week"
    what = "Weekly plan"

    def choices(self) -> None:
        self._plan: WeekPlan | None = None
        size = self.desk.settings.text(CHOSEN, "A4")
        self.paper = self.bar.segments(SIZES, size if size in dict(SIZES) else "A4")
        self.paper.chosen.connect(self._chosen)

    @property
    def title(self) -> str:
        return f"Rooms, week of {day_words(self.stepper.span[0])}"

    def ask(self) -> None:
        self.desk.load(self, self._show_plan, week_plan, self.site_id, self.stepper.day, self.now())

    def _show_plan(self, plan: WeekPlan) -> None:
        if plan.days[0] != self.stepper.span[0]:
            return  # the officer has gone on; the next answer is under way
        self._plan = plan
        self.draw(draw_week, plan, self.paper.choice == "A3")

    def _chosen(self, size: str) -> None:
        self.desk.settings.set_text(CHOSEN, size)
        if self._plan is not None:
            self.draw(draw_week, self._plan, size == "A3")


def draw_week(plan: WeekPlan, is_a3: bool, drawing: Drawing) -> bytes:
    """Return the week as a PDF. The PDF library is loaded at the first paper."""
    from lle_desk.rooms.documents import week_plan_pdf

    return week_plan_pdf(plan, is_a3=is_a3, step=drawing.step)
