"""Numbers that are known to fail: what a recipient's last four digits let happen."""

UNREACHABLE = "0404"
"""Taken, and then not delivered: no WhatsApp there, the line is dead."""
NO_ANSWER = "0480"
"""A call rings out; WhatsApp works."""
OPTED_OUT = "0410"
"""A call is refused at once, since its owner wants none; WhatsApp works."""


def ends(phone: str, digits: str) -> bool:
    """Whether a number is one of those."""
    return phone.endswith(digits)
