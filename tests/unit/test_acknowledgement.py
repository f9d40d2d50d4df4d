"""The acknowledgement link: for one assignment, stored hashed, expiring."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from functions.adapters.bundled import registers
from functions.domain import clock, forwarding, review, succession
from functions.domain.acknowledgement import (
    LIFETIME,
    Link,
    LinkStanding,
    LinkState,
    digest_of,
    standing_of,
    state_of,
)
from functions.domain.calendar import Calendar
from functions.domain.office import Level
from functions.domain.record import Record
from tests.builders import (
    ANALYST,
    NOW,
    SUBJECT,
    accepted,
    action_taken,
    forwarded,
    officer,
    raised,
    under_review,
    visited,
    with_officer,
)

ENDS = NOW + LIFETIME


def link(*, assignment: int = 1, level: Level = Level.NODAL) -> Link:
    return Link(
        digest=digest_of("token"),
        reference=forwarded().reference,
        assignment=assignment,
        level=level,
        expires_at=ENDS,
    )


def test_a_token_is_stored_hashed() -> None:
    assert digest_of("token") == hashlib.sha256(b"token").hexdigest()
    assert "token" not in link().model_dump_json()


@pytest.mark.parametrize("record", [forwarded(), forwarded(emergency=True), raised()])
@pytest.mark.parametrize("level", Level)
def test_a_fresh_link_asks(record: Record, level: Level) -> None:
    assert state_of(link(level=level), record, NOW) is LinkState.ASK


@pytest.mark.parametrize(
    ("now", "state"),
    [
        (ENDS - timedelta(microseconds=1), LinkState.ASK),
        (ENDS, LinkState.EXPIRED),
        (ENDS + LIFETIME, LinkState.EXPIRED),
    ],
)
def test_a_link_expires_at_its_moment(now: datetime, state: LinkState) -> None:
    assert state_of(link(), forwarded(), now) is state


def test_once_acknowledged_every_link_of_the_assignment_only_informs() -> None:
    record = forwarding.acknowledged(forwarded(), level=Level.NODAL, assignment=1, at=NOW)
    assert state_of(link(), record, NOW) is LinkState.ALREADY
    assert state_of(link(level=Level.HEAD), record, NOW) is LinkState.ALREADY


AT = NOW + timedelta(hours=3)
HFW = registers().offices["HFW"]


def transferred() -> Record:
    office = registers().offices["320"]
    return forwarding.transferred(forwarded(), subject=SUBJECT, office=office, officer=officer("320"), at=AT)


def succeeded() -> Record:
    return succession.succeeded(forwarded(), office=HFW, officer=officer(name="Another"), at=AT)


def escalated() -> Record:
    return clock.escalate(forwarded(), office=HFW, officer=officer(level=Level.HEAD), at=AT)


def recalled() -> Record:
    return visited(action_taken(), meets_standard=False, again_to=(HFW, officer()), at=AT)


def back(at: datetime = NOW) -> Record:
    return under_review(raised(), at=at)


def withdrawn() -> Record:
    return review.amend(
        back(),
        analyst_id=ANALYST,
        reason=None,
        amendments={"department": "PRD", "scheme": None, "category": None},
        offices=registers().offices,
        levels=registers().service_levels,
        calendar=Calendar(),
        at=AT,
    )


def rejected() -> Record:
    return review.reject(back(), analyst_id=ANALYST, reason="A reason", at=AT)


def duplicate() -> Record:
    return review.mark_duplicate(
        back(), analyst_id=ANALYST, reason=None, duplicate_of="SSM-4821-903-7717", at=AT
    )


HAPPENED: dict[str, tuple[Callable[[], Record], LinkState]] = {
    "transferred": (transferred, LinkState.TRANSFERRED),
    "succeeded": (succeeded, LinkState.SUCCEEDED),
    "escalated": (escalated, LinkState.ESCALATED),
    "recalled": (recalled, LinkState.RECALLED),
    "withdrawn": (withdrawn, LinkState.WITHDRAWN),
    "rejected": (rejected, LinkState.WITHDRAWN),
    "duplicate": (duplicate, LinkState.WITHDRAWN),
    "action taken": (lambda: action_taken(forwarded(), at=AT), LinkState.REPORTED),
    "closed": (lambda: visited(at=AT), LinkState.CLOSED),
}


@pytest.mark.parametrize(("happened", "state"), HAPPENED.values(), ids=HAPPENED)
def test_a_link_that_was_overtaken_tells_by_what_and_since_when(
    happened: Callable[[], Record], state: LinkState
) -> None:
    assert standing_of(link(), happened(), AT) == LinkStanding(state, AT)


def test_what_an_analyst_gave_to_another_office_is_with_another_office() -> None:
    again = forwarding.assigned(withdrawn(), office=registers().offices["PRD"], officer=officer("PRD"), at=AT)
    assert standing_of(link(), again, AT) == LinkStanding(LinkState.TRANSFERRED, AT)


def test_the_link_of_an_earlier_assignment_only_informs() -> None:
    record = with_officer(raised())
    assert state_of(link(assignment=1), record, NOW) is LinkState.SENT_ANEW
    assert state_of(link(assignment=2), record, NOW) is LinkState.ASK


@pytest.mark.parametrize("record", [accepted(), under_review()])
def test_a_link_to_a_record_that_is_with_nobody_only_informs(record: Record) -> None:
    assert state_of(link(), record, NOW) is LinkState.SENT_ANEW


@pytest.mark.parametrize("happened", [*HAPPENED, "nothing", "acknowledged"])
def test_what_a_link_says_once_it_expired_does_not_depend_on_the_record(happened: str) -> None:
    records = {name: make for name, (make, _) in HAPPENED.items()}
    records["nothing"] = forwarded
    records["acknowledged"] = lambda: forwarding.acknowledged(
        forwarded(), level=Level.NODAL, assignment=1, at=NOW
    )
    assert standing_of(link(), records[happened](), ENDS) == LinkStanding(LinkState.EXPIRED, ENDS)


def test_an_emergency_that_is_back_with_the_analysts_is_still_the_officers_to_acknowledge() -> None:
    assert back().assignment is not None
    assert state_of(link(), back(), NOW) is LinkState.ASK
