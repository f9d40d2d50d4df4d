"""Keeps count of how the portal answers."""

from __future__ import annotations

from collections.abc import Callable

from functions.domain import circuit as circuits
from functions.domain.circuit import Circuit
from functions.domain.errors import Outrun
from functions.domain.ports import Ports
from functions.observability import logger

_TRIES = 8


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


def note_failure(outside: Ports) -> Circuit:
    """One more attempt failed."""
    now = outside.clock.now()
    circuit = change(outside, lambda before: circuits.failed(before, at=now))
    if circuit.opened_at == now:
        logger.warning("the portal is out: grievances wait for it in their order")
    return circuit


def note_answer(outside: Ports, found: Circuit) -> None:
    """The portal answered an attempt that was made with the circuit as ``found``."""
    if found.failures:
        change(outside, circuits.succeeded)
