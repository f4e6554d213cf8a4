"""Files of the programme that other programs take."""
