"""A caller's records, found by the number that never stands in an address."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, StringConstraints

from functions.domain.model import Value
from functions.domain.phone import Phone
from functions.domain.ports import Ports
from functions.intake.contract import public_state
from functions.intake.standing import standing_of
from functions.signed import DEFAULT_LIMIT, MAX_LIMIT, SignedRequest


class SearchIn(Value):
    """The body of ``POST /v1/call-centre/search``."""

    phone: Phone
    limit: Annotated[int, Field(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT
    cursor: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,512}$")] | None = None


def search(outside: Ports, request: SignedRequest) -> dict[str, Any]:
    """A page of a caller's records, newest first. A reading: it leaves no receipt.

    Raises:
        Refused: it does not validate.
    """
    wire = request.read(SearchIn)
    page = outside.records.of_caller(wire.phone, wire.limit, wire.cursor)
    known = {record.reference: record for record in page.records}
    return {
        "items": [public_state(standing_of(outside, record, known)) for record in page.records],
        "next": page.next,
    }
