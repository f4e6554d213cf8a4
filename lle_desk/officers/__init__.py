"""Officers: who works at the desks and what each prefers."""
