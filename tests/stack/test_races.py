"""Each race ends in one of the lifecycle's states, with nothing lost and a clear 409 for the loser."""

from __future__ import annotations

from datetime import timedelta

from tests.stack.world import RECORDS, REVIEWS, World, record


def test_concurrent_deliveries_of_one_record_are_kept_once(world: World) -> None:
    body = record()
    same = [
        lambda: world.call_centre.post(RECORDS, body, webhook_id=f"w-{body['record_id']}") for _ in range(4)
    ]
    other = [lambda: world.call_centre.post(RECORDS, body) for _ in range(4)]

    answers = world.at_once([*same, *other])

    assert sorted(answer.status for answer in answers) == [200] * 7 + [201]
    assert len({answer.body["reference"] for answer in answers}) == 1
    world.until_status(answers[0].body["reference"], "under_review")
    assert len(world.executions(answers[0].body["reference"])) == 1


def test_two_analysts_decide_at_once(world: World) -> None:
    reference = world.registers(record())
    world.until_status(reference, "under_review")

    answers = world.at_once(
        [lambda: world.decides(reference), lambda: world.decides(reference, "reject", reason="no")]
    )

    assert sorted(answer.status for answer in answers) == [200, 409]
    kept = next(answer.body["status"] for answer in answers if answer.status == 200)
    decided = [name for name in world.happened(reference) if name in {"RecordAccepted", "RecordRejected"}]
    assert decided == ["RecordAccepted" if kept == "accepted" else "RecordRejected"]


def test_a_decision_while_the_fifteen_minutes_end(world: World) -> None:
    # the analyst first
    first = world.registers(record(emergency=True))
    world.until_status(first, "under_review")
    assert world.decides(first, "reject", reason="no emergency").status == 200
    world.sweeps(timedelta(minutes=16))
    assert world.state(first)["status"] == "rejected"

    # the clock first
    second = world.registers(record(emergency=True))
    world.until_status(second, "under_review")
    world.sweeps(timedelta(minutes=16))
    answer = world.decides(second, "reject", reason="no emergency")
    assert answer.status == 409
    world.until_status(second, "forwarded")

    # both at once
    third = world.registers(record(emergency=True))
    world.until_status(third, "under_review")
    statuses = world.at_once(
        [
            lambda: world.sweeps(timedelta(minutes=16))["failed"],
            lambda: world.decides(third, "reject", reason="no").status,
        ]
    )
    state = world.until_status(third, "rejected", "forwarded")
    assert (state["status"], statuses[1]) in {("rejected", 200), ("forwarded", 409)}


def test_a_recall_while_another_report_comes_in(world: World) -> None:
    # the report first: the visit was of what is no longer in force
    reference = world.forwarded()
    assert world.reports_action(reference=reference).status == 200
    visited_at = world.state(reference)["timeline"][-1]["at"]
    assert world.reports_action(reference=reference).status == 200
    assert world.visits(reference, redressed=False, visited_at=visited_at).status == 409
    assert world.state(reference)["status"] == "action_taken"

    # the recall first: the next report answers it
    assert world.visits(reference, redressed=False).body["status"] == "recalled"
    assert world.reports_action(reference=reference).body["status"] == "action_taken"

    # both at once
    report, visit = world.at_once(
        [
            lambda: world.reports_action(reference=reference),
            lambda: world.visits(reference, redressed=False),
        ]
    )
    assert report.status == 200
    assert visit.status in {200, 409}
    happened = world.happened(reference)
    assert happened.count("AtrRecalled") == 1 + (visit.status == 200)
    assert world.state(reference)["status"] in {"action_taken", "recalled"}


def test_an_acknowledgement_while_the_portal_transfers(world: World) -> None:
    # the acknowledgement first
    first = world.forwarded()
    link = world.until(lambda: world.links(first), lambda found: len(found) == 2)[0]
    assert world.page("POST", link)[0] == 200
    transfer = {"type": "transferred", "department": "PRD", "report": None}
    assert world.reports_action(reference=first, **transfer).status == 200
    assert world.state(first)["acknowledged_at"] is None, "the new officer has acknowledged nothing"

    # the transfer first
    second = world.forwarded()
    link = world.until(lambda: world.links(second), lambda found: len(found) == 2)[0]
    assert world.reports_action(reference=second, **transfer).status == 200
    assert world.page("POST", link)[0] == 409
    assert "AlertAcknowledged" not in world.happened(second)


def test_a_webhook_redelivered_after_its_record_moved_on(world: World) -> None:
    body = record()
    first = world.call_centre.post(RECORDS, body, webhook_id=f"w-{body['record_id']}")
    reference = first.body["reference"]
    world.until_status(reference, "under_review")
    decision = {"analyst_id": "DA-7", "decision": "approve"}
    decided = world.call_centre.post(f"{REVIEWS}/{reference}", decision, webhook_id=f"d-{reference}")
    world.until_status(reference, "forwarded")
    before = world.happened(reference)

    again = world.call_centre.post(RECORDS, body, webhook_id=f"w-{body['record_id']}")
    decided_again = world.call_centre.post(f"{REVIEWS}/{reference}", decision, webhook_id=f"d-{reference}")

    assert (again.status, again.body) == (200, first.body)
    assert (decided_again.status, decided_again.body) == (200, decided.body)
    assert world.happened(reference) == before
