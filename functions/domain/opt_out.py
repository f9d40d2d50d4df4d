"""A citizen's word on whether to be sent SMS."""

from __future__ import annotations

from functions.domain.model import Moment, Value
from functions.domain.phone import Phone
from functions.domain.text import Code


class OptOut(Value):
    """What a citizen told a tele-caller; the last word holds.

    Attributes:
        phone: whose number.
        opted_out: whether no SMS is wanted any more; False takes that back.
        agent_id: the tele-caller to whom it was said.
        at: when.
    """

    phone: Phone
    opted_out: bool
    agent_id: Code
    at: Moment
