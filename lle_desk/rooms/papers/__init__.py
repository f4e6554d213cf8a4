"""What the papers of the rooms say: plain values, worked out before they get here."""

from lle_desk.rooms.papers.set_up import ChartLane, SetUpRow, SetUpSheet, TurnRound

__all__ = ["ChartLane", "SetUpRow", "SetUpSheet", "TurnRound"]
