"""Screens of the Services tab: the adviser's diary, visits, leave, prices."""
