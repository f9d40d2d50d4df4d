"""The state machine: its definition, and the definition at work on an emulator."""
