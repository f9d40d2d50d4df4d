"""Alerts (SOP, 3D, 5 and 6): the officer and the head of the office are told."""
