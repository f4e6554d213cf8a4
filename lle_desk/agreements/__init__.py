"""Agreements (SLAs): what a customer pays for a while, and what they may use of it."""
