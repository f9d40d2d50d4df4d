"""Whatever the portal answers: each goes in once, and in order."""

from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain import review
from functions.domain.ports import Accepted, HeldOtherwise, PortalAnswer, RefusedByPortal
from functions.domain.record import Record, Status
from functions.push.pushing import enter, park
from tests.builders import ANALYST
from tests.fakes import FakePorts
from tests.unit.rooms.draining.outage import BUSY, SILENT, grievance, run, waiting

ANSWERS: Sequence[PortalAnswer | None] = (
    None,
    None,
    None,
    SILENT,
    BUSY,
    RefusedByPortal("no"),
    HeldOtherwise(),
)


@given(
    emergencies=st.lists(st.booleans(), min_size=1, max_size=25),
    answers=st.lists(st.sampled_from(ANSWERS), max_size=40),
    dropped=st.sets(st.integers(0, 30), max_size=5),
)
@pytest.mark.parametrize("minutes", [40])
def test_whatever_the_portal_does_each_goes_in_once_and_in_order(
    minutes: int,
    emergencies: list[bool],
    answers: list[PortalAnswer | None],
    dropped: set[int],
) -> None:
    # GIVEN an outage with some waiting, and a portal that then answers this and that, and loses answers of
    # what it stored
    outside = FakePorts()
    records = [
        grievance(number, emergency=emergency, minutes=number) for number, emergency in enumerate(emergencies)
    ]
    waiting(outside, *records)
    script = list(answers)
    stored: dict[str, str] = {}
    asked = Counter[str]()

    def push(record: Record, recall: object) -> PortalAnswer:
        del recall
        asked[record.reference] += 1
        scripted = script.pop(0) if script else None
        if scripted is not None:
            return scripted
        stored.setdefault(record.reference, f"CMO/2026/{len(stored) + 1:07d}")
        return SILENT if sum(asked.values()) in dropped else Accepted(stored[record.reference])

    outside.portal.push = push  # type: ignore[method-assign]  # the test's own portal
    # WHEN the drainer comes each minute, and the analysts approve what was refused
    for _ in range(minutes):
        run(outside)
        for record in records:
            current = outside.records.load(record.reference)
            if current.status is Status.UNDER_REVIEW:
                approved = review.approve(current, analyst_id=ANALYST, reason=None, at=outside.clock.now())
                outside.records.save(current, approved)
                if enter(outside, record.reference, 0)["outcome"] != "pushed":
                    park(outside, record.reference, "another token")
        outside.clock.advance(minutes=1)
    # THEN the portal holds each once, under the id that we know
    kept = {record.reference: outside.records.load(record.reference) for record in records}
    assert {reference: record.portal_id for reference, record in kept.items()} == stored
    assert len(set(stored.values())) == len(records)
    assert not outside.portal_circuit.kept.is_open
    # AND where it refused none and lost nothing, in the order of the rules
    if not any(isinstance(answer, RefusedByPortal | HeldOtherwise) for answer in answers):
        by_rule = sorted(records, key=lambda one: (not one.is_emergency, one.registered_at))
        assert list(stored) == [record.reference for record in by_rule]
