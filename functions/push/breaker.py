"""Keeps count of how the portal answers."""

from __future__ import annotations

from collections.abc import Callable

from functions.domain import circuit as circuits
from functions.domain.circuit import Circuit
from functions.domain.errors import Outrun
from functions.domain.ports import Ports, TryLater
from functions.observability import count, logger

_TRIES = 8
_TOKEN = "set the secret ssm/portal/token"  # noqa: S105 - its name
_REFUSES_US = {
    "status-401": f"the token is wrong: {_TOKEN}",
    "status-403": f"the token may not do this: have it allowed by whoever runs the portal, or {_TOKEN}",
    "status-404": "the address is wrong: set the parameter PortalBaseUrl",
}


def change(outside: Ports, decide: Callable[[Circuit], Circuit]) -> Circuit:
    """The circuit after a decision, kept; decided anew when somebody else was first.

    Where very many write at once the last of them may not be counted: the others have said the same.
    """
    for tried in range(_TRIES):
        before = outside.portal_circuit.read()
        after = decide(before)
        if after == before:
            return before
        try:
            return outside.portal_circuit.save(before, after)
        except Outrun:
            outside.clock.sleep(outside.identifiers.fraction() * 0.02 * 2**tried)
    return outside.portal_circuit.read()


def note_failure(outside: Ports, met: TryLater) -> Circuit:
    """One more attempt failed, in that way."""
    now = outside.clock.now()
    circuit = change(
        outside, lambda before: circuits.failed(before, at=now, why=met.why, retry_after=met.retry_after)
    )
    if circuit.opened_at == now:
        logger.warning("the portal is out: grievances wait for it in their order", why=met.why)
    return circuit


def note_why(why: str | None) -> None:
    """Says what to mend where the portal is there and turns us away: it would be waited for in vain."""
    if why in _REFUSES_US:
        count("PortalRefusesUs")
        logger.error("the portal refuses us", why=why, mend=_REFUSES_US[why])


def note_answer(outside: Ports, found: Circuit) -> None:
    """The portal answered an attempt that was made with the circuit as ``found``."""
    if found.failures:
        change(outside, circuits.succeeded)
