"""Demo data: an office that never was, around today and over whole years."""

from lle_desk.demo.make import make_demo

__all__ = ["DemoSummary", "make_demo"]
