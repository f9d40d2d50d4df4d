"""What all tests share."""

from hypothesis import settings

# How long an example takes says nothing on a busy machine: performance is measured by benchmarks.
settings.register_profile("no-deadline", deadline=None)
settings.load_profile("no-deadline")
