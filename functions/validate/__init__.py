"""Validation (SOP, 3B): automatic checks, then the data analysts' decision."""
