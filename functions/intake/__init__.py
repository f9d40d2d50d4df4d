"""Intake (SOP, 2 and 3A): the call centre application hands over its records."""
