"""What the Standard Operating Procedure means, as pure functions and values.

Nothing here knows AWS, the clock or the environment: time, identifiers and registers are handed in. Beside
the standard library and pydantic only pure computing libraries are used (``phonenumbers``, ``stdnum``).
"""
