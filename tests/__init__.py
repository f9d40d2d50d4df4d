"""The tests, split by what they need."""
