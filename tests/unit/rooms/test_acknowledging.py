"""The acknowledgement page: opening it only looks, its button acknowledges, once and for one assignment."""

import re

import pytest

from functions.adapters.bundled import registers
from functions.adapters.messages import render
from functions.domain import clock, forwarding, review, succession
from functions.domain.acknowledgement import LIFETIME, Link, LinkState, digest_of
from functions.domain.channel import Channel
from functions.domain.office import Level
from functions.domain.record import Actor, EventType, Record
from functions.route.acknowledging import acknowledge, look
from tests.builders import (
    ANALYST,
    ANALYST_REASON,
    NOW,
    PRIVATE,
    SUBJECT,
    accepted,
    action_taken,
    forwarded,
    officer,
    raised,
    reference_of,
    under_review,
    visited,
    with_officer,
)
from tests.fakes import FakePorts

REFERENCE = reference_of()
TOKEN = "dG9rZW4tb2YtdGhlLWxpbms"
NODAL_DONE = forwarding.acknowledged(forwarded(), level=Level.NODAL, assignment=1, at=NOW)
ASKS = '<form method="post">'


def linked(
    outside: FakePorts,
    record: Record,
    *,
    assignment: int = 1,
    level: Level = Level.NODAL,
    office: str | None = "HFW",
) -> None:
    """Lets the record stand in the table and a link to it be sent."""
    outside.records.put(record)
    outside.links.keep(
        Link(
            digest=digest_of(TOKEN),
            reference=record.reference,
            assignment=assignment,
            level=level,
            office=office,
            channel=Channel.WHATSAPP,
            expires_at=NOW + LIFETIME,
        )
    )


OFFICES = registers().offices
TRANSFERRED = forwarding.transferred(
    forwarded(), subject=SUBJECT, office=OFFICES["320"], officer=officer("320"), at=NOW
)
SUCCEEDED = succession.succeeded(forwarded(), office=OFFICES["HFW"], officer=officer(name="Another"), at=NOW)
ESCALATED = clock.escalate(forwarded(), office=OFFICES["HFW"], officer=officer(level=Level.HEAD), at=NOW)
RECALLED = visited(action_taken(), meets_standard=False, again_to=(OFFICES["HFW"], officer()))
REJECTED = review.reject(under_review(raised()), analyst_id=ANALYST, reason=ANALYST_REASON, at=NOW)
STATES = [
    (forwarded(), 1, 200, 200, "Receipt acknowledged"),
    (forwarded(emergency=True), 1, 200, 200, "Receipt acknowledged"),
    (raised(), 1, 200, 200, "Receipt acknowledged"),
    (NODAL_DONE, 1, 200, 200, "acknowledged earlier"),
    (with_officer(raised()), 1, 200, 409, "was sent anew"),
    (accepted(), 1, 200, 409, "was sent anew"),
    (under_review(raised()), 1, 200, 200, "Receipt acknowledged"),
    (TRANSFERRED, 1, 200, 409, "went to another office"),
    (SUCCEEDED, 1, 200, 409, "another officer holds the post"),
    (ESCALATED, 1, 200, 409, "was escalated"),
    (RECALLED, 1, 200, 409, "was recalled"),
    (REJECTED, 1, 200, 409, "was withdrawn"),
    (action_taken(), 1, 200, 409, "Action was reported already"),
    (visited(), 1, 200, 409, "was closed"),
]


@pytest.mark.parametrize(("record", "assignment", "status", "_pressed", "_says"), STATES)
def test_opening_the_link_never_changes_anything(
    outside: FakePorts, record: Record, assignment: int, status: int, _pressed: int, _says: str
) -> None:
    linked(outside, record, assignment=assignment)
    for _ in range(3):
        page = look(outside, TOKEN)
        assert page.status == status
    assert outside.records.load(REFERENCE) == record
    assert outside.records.writes == 0


@pytest.mark.parametrize(("record", "assignment", "_opened", "status", "says"), STATES)
def test_pressing_the_button_says_what_came_of_it(
    outside: FakePorts, record: Record, assignment: int, _opened: int, status: int, says: str
) -> None:
    linked(outside, record, assignment=assignment)
    page = acknowledge(outside, TOKEN)
    assert page.status == status
    assert says in page.html
    assert ASKS not in page.html
    assert outside.records.writes == (says == "Receipt acknowledged")


@pytest.mark.parametrize("state", LinkState)
def test_every_state_has_its_own_words_in_both_languages_and_fits_a_slow_line(state: LinkState) -> None:
    def said(of: LinkState, language: str) -> str:
        return render(f"ack/said.{language}.html.j2", {"state": of.value, "since": "24 Nov 2026, 10:15 IST"})

    for language in ("bn", "en"):
        assert said(state, language) not in {said(other, language) for other in LinkState if other != state}
        assert len(said(state, language)) > 40
    assert not re.search(r"[\u0980-\u09ff]", said(state, "en"))
    assert not re.search(r"[a-z]{4}", re.sub("<[^>]+>", "", said(state, "bn")))


@pytest.mark.parametrize(("record", "assignment", "_opened", "_pressed", "_says"), STATES)
def test_the_page_is_small_and_needs_nothing_else(
    outside: FakePorts, record: Record, assignment: int, _opened: int, _pressed: int, _says: str
) -> None:
    linked(outside, record, assignment=assignment)
    for page in (look(outside, TOKEN), acknowledge(outside, TOKEN), look(outside, "unknown")):
        assert len(page.html.encode()) < 6_000
        assert not re.search(r"<script|<img|<link|url\(|src=|href=|\son[a-z]+=", page.html)
        assert '<html lang="bn">' in page.html
        assert '<div lang="en">' in page.html


def test_the_page_asks_only_while_there_is_something_to_acknowledge(outside: FakePorts) -> None:
    linked(outside, forwarded())
    assert ASKS in look(outside, TOKEN).html
    acknowledge(outside, TOKEN)
    assert ASKS not in look(outside, TOKEN).html


@pytest.mark.parametrize(
    ("level", "actor"),
    [
        (Level.NODAL, Actor.NODAL_OFFICER),
        (Level.HEAD, Actor.HEAD_OF_OFFICE),
        (Level.APEX, Actor.APEX_OF_OFFICE),
    ],
)
def test_the_acknowledgement_is_kept_with_who_gave_it(outside: FakePorts, level: Level, actor: Actor) -> None:
    linked(outside, forwarded(), level=level)
    outside.clock.advance(minutes=9)
    acknowledge(outside, TOKEN)
    record = outside.records.load(REFERENCE)
    assert record.acknowledged_at == outside.clock.now()
    assert record.events[-1].type is EventType.ALERT_ACKNOWLEDGED
    assert record.events[-1].by is actor
    assert record.events[-1].data == {
        "office": "HFW",
        "level": level,
        "assignment": 1,
        "channel": Channel.WHATSAPP,
    }


def test_the_cell_acknowledges_what_another_office_has(outside: FakePorts) -> None:
    linked(outside, forwarded(emergency=True), level=Level.APEX, office="CMO")
    assert acknowledge(outside, TOKEN).status == 200
    assert outside.records.load(REFERENCE).events[-1].by is Actor.CMO_GRIEVANCE_CELL


def test_pressing_twice_is_no_error_and_acknowledges_once(outside: FakePorts) -> None:
    linked(outside, forwarded())
    assert [acknowledge(outside, TOKEN).status for _ in range(2)] == [200, 200]
    events = [event.type for event in outside.records.load(REFERENCE).events]
    assert events.count(EventType.ALERT_ACKNOWLEDGED) == 1


def test_two_who_press_at_once_acknowledge_once(outside: FakePorts) -> None:
    linked(outside, forwarded())
    met: list[str] = []
    outside.records.before_write.append(lambda: met.append(acknowledge(outside, TOKEN).html))
    late = acknowledge(outside, TOKEN)
    assert "Receipt acknowledged" in met[0]
    assert "acknowledged earlier" in late.html


def test_an_officer_who_lost_the_record_while_pressing_is_told(outside: FakePorts) -> None:
    record = raised()
    linked(outside, record)
    moved = with_officer(record).model_copy(update={"version": record.version + 1})
    outside.records.before_write.append(lambda: outside.records.put(moved))
    assert acknowledge(outside, TOKEN).status == 409
    assert outside.records.load(REFERENCE) == moved


def test_a_link_that_expired_says_so_and_does_nothing(outside: FakePorts) -> None:
    linked(outside, forwarded())
    outside.clock.moment = NOW + LIFETIME
    page = acknowledge(outside, TOKEN)
    assert page.status == 410
    assert "expired" in page.html
    assert "expired" in look(outside, TOKEN).html
    assert outside.records.writes == 0


@pytest.mark.parametrize("token", ["", "x" * 65, "unknown", digest_of(TOKEN), TOKEN + " ", "' OR 1=1", "ট"])
def test_a_token_that_was_never_given_opens_nothing(outside: FakePorts, token: str) -> None:
    linked(outside, forwarded())
    for act in (look, acknowledge):
        page = act(outside, token)
        assert page.status == 404
        assert REFERENCE not in page.html
        assert ASKS not in page.html
    assert outside.records.writes == 0


@pytest.mark.parametrize("record", [record for record, *_ in STATES])
def test_no_page_shows_the_callers_data(outside: FakePorts, record: Record) -> None:
    linked(outside, record)
    shown = look(outside, TOKEN).html + acknowledge(outside, TOKEN).html + look(outside, TOKEN).html
    assert REFERENCE in shown
    assert not [said for said in PRIVATE if said in shown]
