"""What goes wrong with the local stack, in words for the person at the terminal."""


class LocalStackError(Exception):
    """The local stack cannot do what was asked; the message says why."""
