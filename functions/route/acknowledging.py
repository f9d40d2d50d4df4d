"""The acknowledgement page: opening it only looks, its button acknowledges."""

from __future__ import annotations

from dataclasses import dataclass

from functions.adapters.messages import render
from functions.changing import change
from functions.domain import forwarding
from functions.domain.acknowledgement import Link, LinkState, digest_of, state_of
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
_STATUSES = {LinkState.SUPERSEDED: 409, LinkState.EXPIRED: 410}


@dataclass(frozen=True)
class Page:
    """What the browser gets."""

    status: int
    html: str


def look(outside: Ports, token: str) -> Page:
    """The page as the link stands now; nothing changes."""
    link = _find(outside, token)
    if link is None:
        return Page(404, _filled(LinkState.EXPIRED, None))
    record = outside.records.load(link.reference)
    return Page(200, _filled(state_of(link, record, outside.clock.now()), record))


def acknowledge(outside: Ports, token: str) -> Page:
    """Acknowledges, if the link still may; pressing twice is no error."""
    link = _find(outside, token)
    if link is None:
        return Page(404, _filled(LinkState.EXPIRED, None))
    now = outside.clock.now()
    met: list[LinkState] = []

    def decide(record: Record) -> Record:
        met.append(state_of(link, record, now))
        if met[-1] is not LinkState.ASK:
            return record
        return forwarding.acknowledged(record, level=link.level, assignment=link.assignment, at=now)

    record = change(outside, link.reference, decide)
    state = LinkState.DONE if met[-1] is LinkState.ASK else met[-1]
    return Page(_STATUSES.get(state, 200), _filled(state, record))


def _find(outside: Ports, token: str) -> Link | None:
    if not 0 < len(token) <= _LONGEST_TOKEN:
        return None
    return outside.links.find(digest_of(token))


def _filled(state: LinkState, record: Record | None) -> str:
    return render(
        "ack/page.html.j2",
        {
            "state": state.value,
            "reference": record.reference if record else "",
            "emergency": record.is_emergency if record else False,
            "due": told(record.due_at) if record else "",
            "acknowledged_at": told(record.acknowledged_at) if record else "",
        },
    )
