"""A deployment where it takes two analysts to reject a record."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.stack.world import World, record

REASON = "It is before the court."


@pytest.fixture
def twice(world: World) -> Iterator[World]:
    """The world with a second look at rejections, and without one afterwards."""
    with world.deployed_with(["api"], SECOND_LOOK="on"):
        yield world


def under_review(world: World) -> str:
    reference = world.registers(record())
    world.until_status(reference, "under_review")
    return reference


def findings(world: World, reference: str) -> dict[str, str]:
    (item,) = [item for item in world.waiting_for_review() if item["reference"] == reference]
    return {finding["code"]: finding["text"] for finding in item["findings"]}


def test_one_analyst_proposes_and_another_one_confirms(twice: World) -> None:
    reference = under_review(twice)

    # WHEN an analyst rejects it
    first = twice.decides(reference, "reject", reason=REASON)
    # THEN it waits on, and the others see why
    assert (first.status, first.body) == (200, {"reference": reference, "status": "under_review"})
    assert REASON in findings(twice, reference)["rejection-proposed"]
    assert twice.state(reference)["status"] == "under_review"
    # AND the same analyst cannot confirm it
    again = twice.decides(reference, "reject", reason=REASON)
    assert again.status == 409
    assert "under_review" in again.body["detail"]
    assert "another analyst" in again.body["detail"]

    # WHEN another one does
    second = twice.decides(reference, "reject", reason=REASON, analyst_id="DA-8")
    # THEN it is rejected, once, and its execution ends
    assert second.body == {"reference": reference, "status": "rejected"}
    assert twice.happened(reference)[-2:] == ["ReviewRequested", "RecordRejected"]
    (execution,) = twice.until(
        lambda: twice.executions(reference), lambda found: found and found[0]["status"] == "SUCCEEDED"
    )
    # AND nothing that was said or who said it left the record
    told = str(twice.until_told(reference, 3)) + str(twice.state(reference)) + execution["output"]
    assert not [said for said in (REASON, "DA-7", "DA-8") if said in told]


def test_whoever_proposed_it_may_approve_it_after_all(twice: World) -> None:
    reference = under_review(twice)
    assert twice.decides(reference, "reject", reason=REASON).body["status"] == "under_review"
    assert twice.decides(reference).body["status"] == "accepted"
    twice.until_status(reference, "forwarded")


def test_without_it_the_first_word_is_enough(world: World) -> None:
    reference = under_review(world)
    assert world.decides(reference, "reject", reason=REASON).body["status"] == "rejected"
