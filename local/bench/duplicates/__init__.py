"""Measures what is found of duplicates, how much of it is right, and what it takes."""
