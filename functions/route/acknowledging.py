"""The acknowledgement page: opening it only looks, its button acknowledges."""

from __future__ import annotations

from dataclasses import dataclass

from functions.adapters.messages import render
from functions.changing import change
from functions.domain import forwarding
from functions.domain.acknowledgement import (
    Link,
    LinkStanding,
    LinkState,
    digest_of,
    standing_of,
    state_of,
)
from functions.domain.ports import Ports
from functions.domain.record import Record
from functions.wire import told

HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'",
}
_LONGEST_TOKEN = 64
_STATUSES = {LinkState.DONE: 200, LinkState.ALREADY: 200, LinkState.UNKNOWN: 404, LinkState.EXPIRED: 410}
_OVERTAKEN = 409
_AGAIN = "again"
"""What the page says where nobody knows how the link stands."""


@dataclass(frozen=True)
class Page:
    """What the browser gets."""

    status: int
    html: str


def look(outside: Ports, token: str) -> Page:
    """The page as the link stands now; nothing changes."""
    link = _find(outside, token)
    if link is None:
        return _unknown()
    record = outside.records.load(link.reference)
    return Page(200, _filled(standing_of(link, record, outside.clock.now()), record))


def acknowledge(outside: Ports, token: str) -> Page:
    """Acknowledges, if the link still may; pressing twice is no error."""
    link = _find(outside, token)
    if link is None:
        return _unknown()
    now = outside.clock.now()
    met: list[LinkState] = []

    def decide(record: Record) -> Record:
        met.append(state_of(link, record, now))
        if met[-1] is not LinkState.ASK:
            return record
        return forwarding.acknowledged(
            record,
            level=link.level,
            assignment=link.assignment,
            office=link.office,
            channel=link.channel,
            at=now,
        )

    record = change(outside, link.reference, decide)
    standing = standing_of(link, record, now)
    if met[-1] is LinkState.ASK:
        standing = LinkStanding(LinkState.DONE, now)
    return Page(_STATUSES.get(standing.state, _OVERTAKEN), _filled(standing, record))


def try_again(status: int) -> Page:
    """The page where something is out: nothing of what is wrong, and the button for another try."""
    return Page(status, _rendered(_AGAIN))


def _find(outside: Ports, token: str) -> Link | None:
    if not 0 < len(token) <= _LONGEST_TOKEN:
        return None
    return outside.links.find(digest_of(token))


def _unknown() -> Page:
    return Page(_STATUSES[LinkState.UNKNOWN], _filled(LinkStanding(LinkState.UNKNOWN), None))


def _filled(standing: LinkStanding, record: Record | None) -> str:
    if record is None:
        return _rendered(standing.state.value, told(standing.since))
    return _rendered(
        standing.state.value,
        told(standing.since),
        reference=record.reference,
        due=told(record.due_at),
        emergency=record.is_emergency,
    )


def _rendered(
    state: str, since: str = "", *, reference: str = "", due: str = "", emergency: bool = False
) -> str:
    values = {"state": state, "since": since, "reference": reference, "due": due, "emergency": emergency}
    return render("ack/page.html.j2", values)
