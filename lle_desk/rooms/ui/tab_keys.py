"""The keys of the Rooms tab, as its sheet (F1) lists them; a test presses each."""

from lle_desk.qt.keys import KeyLine

KEYS = (
    KeyLine("Arrows, Home, End", "Go over bookings and free time"),
    KeyLine("Enter", "Open the booking, or book the free time"),
    KeyLine("N", "New booking in the selected time"),
    KeyLine("Ctrl+N", "New booking"),
    KeyLine("Ctrl+Arrows", "Move the booking by a quarter of an hour or a room"),
    KeyLine("Ctrl+Shift+Left, Right", "Move it by a day"),
    KeyLine("Shift+Left, Right", "Make it shorter or longer"),
    KeyLine("C", "Confirm"),
    KeyLine("P", "Park: take the booking out of its room"),
    KeyLine("S, Ctrl+click", "Swap two bookings"),
    KeyLine("Alt+W", "While swapping: rooms only, or times as well"),
    KeyLine("K", "Keep the booking in its room when rooms are given out anew"),
    KeyLine("L", "Its letter"),
    KeyLine("Alt+J", "Another room or day in the same booking"),
    KeyLine("Alt+K", "While booking: the next day too"),
    KeyLine("Alt+I", "Order catering"),
    KeyLine("Alt+V", "Lend equipment"),
    KeyLine("Alt+Q", "Rooms that fit"),
    KeyLine("+, −, 0", "Zoom"),
    KeyLine("Space", "Fold a group of rooms"),
    KeyLine("Ctrl+L", "Lists: requests, options, find a room, count heads …"),
    KeyLine("Ctrl+P", "Print: day pack, week, set-up sheet, the plan"),
)
