"""The very definition at work on the emulator: which states an execution enters, and how it ends.

The functions are played; what their answers may be is held by ``tests/unit/test_step_outcomes.py``. The
emulator does not tell which states inside the emergency's branches were entered; the calls of the functions
do.
"""
