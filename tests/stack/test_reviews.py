"""The data analysts' decisions, and what each leads to."""

from __future__ import annotations

from tests.stack.world import PERSONAL, REVIEWS, World, record


def under_review(world: World, **subject: str | None) -> str:
    reference = world.registers(record(emergency=False, **subject))
    world.until_status(reference, "under_review")
    return reference


def test_the_queue_shows_what_an_analyst_needs(world: World) -> None:
    reference = under_review(world, scheme="swasthya-sathi")

    items = world.waiting_for_review()

    (item,) = [item for item in items if item["reference"] == reference]
    assert item.keys() == {
        "reference",
        "registered_at",
        "emergency",
        "caller",
        "subject",
        "findings",
        "likely_duplicates",
    }
    assert item["caller"]["phone"] == PERSONAL["phone"]
    assert item["subject"]["summary"] == PERSONAL["summary"]
    # The scheme is the Health department's, the grievance was addressed to Public Health Engineering.
    # Every caller of these tests is the same, and so a habitual one after a while.
    codes = [finding["code"] for finding in item["findings"] if finding["code"] != "habitual-caller"]
    assert codes == ["scheme-of-another-department"]
    assert world.decides(reference, "reject", reason="of a test").status == 200


def test_the_queue_comes_page_by_page_and_each_waits_on_one_page_only(world: World) -> None:
    mine = {under_review(world) for _ in range(5)}
    seen: list[str] = []
    cursor: str | None = None
    while True:
        parameters = [("limit", "2")] + ([("cursor", cursor)] if cursor else [])
        page = world.call_centre.get(REVIEWS, parameters).body
        assert len(page["items"]) <= 2
        seen += [item["reference"] for item in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break

    assert len(seen) == len(set(seen))
    assert mine <= set(seen)
    for reference in mine:
        assert world.decides(reference, "reject", reason="of a test").status == 200


def test_limits_and_cursors_that_are_none_are_refused(world: World) -> None:
    for parameters in ([("limit", "0")], [("limit", "101")], [("limit", "x")], [("cursor", "!!!")]):
        assert world.call_centre.get(REVIEWS, parameters).status == 422


def test_a_rejected_grievance_goes_no_further(world: World) -> None:
    reference = under_review(world)

    answer = world.decides(reference, "reject", reason="before the court")

    assert answer.body == {"reference": reference, "status": "rejected"}
    (execution,) = world.until(
        lambda: world.executions(reference), lambda found: found and found[0]["status"] == "SUCCEEDED"
    )
    assert world.happened(reference)[-1] == "RecordRejected"
    assert world.portal_entries(reference) == []
    assert "before the court" not in str(world.state(reference)) + execution["output"]


def test_a_duplicate_names_the_grievance_that_goes_on(world: World) -> None:
    lead = under_review(world)
    repeat = under_review(world)

    answer = world.decides(repeat, "duplicate", duplicate_of=lead)

    assert answer.body["status"] == "duplicate"
    assert lead in world.state(repeat)["timeline"][-1]["note"]
    assert world.state(lead)["status"] == "under_review"
    assert world.decides(lead, "reject", reason="of a test").status == 200


def test_an_amendment_corrects_and_goes_to_the_corrected_office(world: World) -> None:
    reference = under_review(world, department="PWD")

    answer = world.decides(reference, "amend", amendments={"department": "PRD", "category": "road-village"})

    assert answer.body["status"] == "accepted"
    state = world.until_status(reference, "forwarded")
    assert state["department"] == "PRD"
    assert state["assignee"]["office"] == "PRD"
    (entry,) = world.portal_entries(reference)
    assert entry["department"] == "PRD"


def test_a_decision_that_lacks_what_it_needs_is_refused_and_changes_nothing(world: World) -> None:
    reference = under_review(world)

    for body, pointer in (
        ({"decision": "reject"}, "/reason"),
        ({"decision": "duplicate"}, "/duplicate_of"),
        ({"decision": "duplicate", "duplicate_of": "SSM-0000-000-0001"}, "/duplicate_of"),
        ({"decision": "duplicate", "duplicate_of": reference}, "/duplicate_of"),
        ({"decision": "amend"}, "/amendments"),
        ({"decision": "amend", "amendments": {"department": "NOPE"}}, "/amendments/department"),
        ({"decision": "amend", "amendments": {"caller": "x"}}, "/amendments/caller"),
        ({"decision": "perhaps"}, "/decision"),
    ):
        answer = world.call_centre.post(f"{REVIEWS}/{reference}", {"analyst_id": "DA-7", **body})
        assert answer.status == 422, body
        assert [error["pointer"] for error in answer.body["errors"]] == [pointer]

    assert world.state(reference)["status"] == "under_review"
    assert world.decides(reference, "reject", reason="of a test").status == 200


def test_of_two_decisions_the_second_is_told_the_state(world: World) -> None:
    reference = under_review(world)

    assert world.decides(reference, "reject", reason="of a test").status == 200
    second = world.decides(reference)

    assert second.status == 409
    assert "rejected" in second.body["detail"]


def test_the_repeat_of_a_decision_gets_the_first_answer(world: World) -> None:
    reference = under_review(world)
    body = {"analyst_id": "DA-7", "decision": "approve"}
    path = f"{REVIEWS}/{reference}"

    first = world.call_centre.post(path, body, webhook_id=f"decision-{reference}")
    world.until_status(reference, "forwarded")
    repeat = world.call_centre.post(path, body, webhook_id=f"decision-{reference}")
    other = world.call_centre.post(path, body | {"reason": "again"}, webhook_id=f"decision-{reference}")

    assert (first.status, repeat.status, other.status) == (200, 200, 409)
    assert repeat.body == first.body
    assert world.happened(reference).count("RecordAccepted") == 1


def test_a_grievance_that_the_portal_refuses_comes_back_to_the_analysts_with_its_reason(world: World) -> None:
    # GIVEN a portal that refuses
    world.portal_misbehaves("refuse", "department is not served by this portal")
    reference = under_review(world)

    # WHEN it is approved
    assert world.decides(reference).status == 200

    # THEN it waits for the analysts again, who see why
    state = world.until(lambda: world.state(reference), lambda seen: len(seen["timeline"]) == 4 and seen)
    assert state["status"] == "under_review"
    assert state["timeline"][-1]["event"] == "ReviewRequested"
    items = world.waiting_for_review()
    (item,) = [item for item in items if item["reference"] == reference]
    assert "department is not served by this portal" in item["findings"][0]["text"]

    # WHEN the portal takes it and an analyst decides again
    world.portal_misbehaves("ok")
    assert world.until(lambda: world.decides(reference).status, lambda status: status == 200)

    # THEN it is forwarded
    world.until_status(reference, "forwarded")
    assert len(world.portal_entries(reference)) == 1


def test_while_an_analyst_holds_it_no_other_decides(world: World) -> None:
    reference = world.registers(record())
    world.until_status(reference, "under_review")
    path = f"{REVIEWS}/{reference}/claim"

    held = world.call_centre.post(path, {"analyst_id": "DA-1"})
    assert held.status == 200
    assert held.body["until"]
    assert world.call_centre.post(path, {"analyst_id": "DA-2"}).status == 409
    assert world.decides(reference).status == 409

    answer = world.call_centre.post(
        f"{REVIEWS}/{reference}", {"analyst_id": "DA-1", "decision": "reject", "reason": "of a test"}
    )
    assert (answer.status, answer.body["status"]) == (200, "rejected")
    assert world.call_centre.post(path, {"analyst_id": "DA-1"}).status == 409
