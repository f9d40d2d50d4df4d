"""The acknowledgement link: for one assignment, stored hashed, expiring."""

import hashlib
from datetime import datetime, timedelta

import pytest

from functions.domain import forwarding
from functions.domain.acknowledgement import LIFETIME, Link, LinkState, digest_of, state_of
from functions.domain.office import Level
from functions.domain.record import Record, Status
from tests.builders import NOW, accepted, forwarded, in_status, raised, under_review, with_officer

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


def test_the_link_of_an_earlier_assignment_only_informs() -> None:
    record = with_officer(raised())
    assert state_of(link(assignment=1), record, NOW) is LinkState.SUPERSEDED
    assert state_of(link(assignment=2), record, NOW) is LinkState.ASK


@pytest.mark.parametrize("record", [accepted(), under_review(), in_status(Status.REJECTED)])
def test_a_link_to_a_record_that_is_with_nobody_only_informs(record: Record) -> None:
    assert state_of(link(), record, NOW) is LinkState.SUPERSEDED


def test_an_emergency_that_is_back_with_the_analysts_is_still_the_officers_to_acknowledge() -> None:
    back = under_review(raised())
    assert back.assignment is not None
    assert state_of(link(), back, NOW) is LinkState.ASK
