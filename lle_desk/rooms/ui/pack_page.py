"""The day pack: which papers of which day, and how they will look."""

from collections.abc import Collection

from lle_desk.core.days import day_words
from lle_desk.qt.choices import FilterChip
from lle_desk.rooms.papers import DayPack, PackPart
from lle_desk.rooms.queries import day_pack
from lle_desk.rooms.ui.prints import Drawing, PrintPage

CHOSEN = "rooms/pack"


class PackPage(PrintPage):
    """All papers of a day in one run; the chips choose which."""

    what = "Day pack"

    def choices(self) -> None:
        left_out = self.desk.settings.text(CHOSEN, "").split("|")
        self._pack: DayPack | None = None
        self.chips: dict[PackPart, FilterChip] = {}
        for part in PackPart:
            chip = self.bar.chip(str(part), on=part not in left_out, on_toggle=self._chosen)
            self.chips[part] = chip

    @property
    def title(self) -> str:
        parts = self._parts()
        [what] = [str(part) for part in parts] if len(parts) == 1 else ["Day pack"]
        return f"{what} {day_words(self.stepper.day)}"

    def ask(self) -> None:
        self.desk.load(self, self._show_pack, day_pack, self.site_id, self.stepper.day, self.now())

    def _parts(self) -> list[PackPart]:
        return [part for part, chip in self.chips.items() if chip.is_on()]

    def _show_pack(self, pack: DayPack) -> None:
        if pack.day != self.stepper.day:
            return  # the officer has gone on; the next answer is under way
        self._pack = pack
        for part, chip in self.chips.items():
            chip.set_count(pack.count(part))
        self._draw()

    def _draw(self) -> None:
        if self._pack is None:
            return
        if self._parts():
            self.draw(draw_pack, self._pack, self._parts())
        else:
            self.stop()
            self._show_paper(b"")
            self.view.show_empty("No paper is chosen: press one of the chips above.")

    def _chosen(self, _on: bool) -> None:
        left_out = [str(part) for part, chip in self.chips.items() if not chip.is_on()]
        self.desk.settings.set_text(CHOSEN, "|".join(left_out))
        self._draw()


def draw_pack(pack: DayPack, parts: Collection[PackPart], drawing: Drawing) -> bytes:
    """Return the papers as a PDF. The PDF library is loaded at the first paper."""
    from lle_desk.rooms.documents import day_pack_pdf

    return day_pack_pdf(pack, parts, drawing.step)
