"""The rooms, run against the outside in memory."""
