"""Back again: the Action Taken Report, the field check, the recall."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.stack.world import ASSIGNMENTS, PERSONAL, World, record


def test_a_report_makes_a_field_check_due_and_a_good_visit_closes(world: World) -> None:
    # GIVEN a forwarded grievance whose officer reported
    reference = world.forwarded(district="303")
    portal_id = world.state(reference)["portal_id"]
    answer = world.reports_action(portal_id=portal_id)
    assert (answer.status, answer.body) == (200, {"reference": reference, "status": "action_taken"})

    # THEN the field team of the district sees it, with what it needs
    items = world.field.get(ASSIGNMENTS, [("district", "303"), ("limit", "100")]).body["items"]
    (item,) = [item for item in items if item["reference"] == reference]
    assert item["caller"]["phone"] == PERSONAL["phone"]
    assert "repaired" in item["report"]
    everywhere = world.field.get(ASSIGNMENTS, [("limit", "100")]).body["items"]
    assert reference in [item["reference"] for item in everywhere]
    elsewhere = world.field.get(ASSIGNMENTS, [("district", "664"), ("limit", "100")]).body["items"]
    assert reference not in [item["reference"] for item in elsewhere]

    # WHEN the visit meets the standard
    answer = world.visits(reference, redressed=True)

    # THEN the matter is closed and due no more
    assert (answer.status, answer.body) == (200, {"reference": reference, "status": "closed"})
    assert world.happened(reference)[-3:] == ["ActionTaken", "FieldReported", "RecordClosed"]
    items = world.field.get(ASSIGNMENTS, [("district", "303"), ("limit", "100")]).body["items"]
    assert reference not in [item["reference"] for item in items]


def test_a_visit_below_the_standard_recalls_to_officer_and_head_and_portal(world: World) -> None:
    # GIVEN an emergency whose report a visit found wanting
    reference = world.forwarded(emergency=True)
    before = world.state(reference)
    # What is reported on is asked of nobody any more.
    world.until(lambda: world.sms(reference), lambda sent: len(sent) == 2)
    assert world.reports_action(reference=reference).status == 200

    answer = world.visits(reference, redressed=False)
    assert (answer.status, answer.body["status"]) == (200, "recalled")

    # THEN it is with the officer again, with a new due date, counted
    state = world.state(reference)
    assert state["recalls"] == 1
    assert state["assignee"]["level"] == "nodal"
    assert state["sla"]["due_at"] > before["sla"]["due_at"]
    # AND both are told again
    world.until(lambda: world.sms(reference), lambda sent: len(sent) == 4)
    # AND the portal keeps the recall under the grievance, once
    (entry,) = world.until(lambda: world.portal_entries(reference), lambda entries: entries[0]["recalls"])
    assert [recall["recall_of"] for recall in entry["recalls"]] == [entry["portal_id"]]
    assert entry["portal_id"] == state["portal_id"]

    # WHEN the officer reports again and the next visit is content
    assert world.reports_action(reference=reference).status == 200
    assert world.visits(reference, redressed=True).body["status"] == "closed"
    # THEN the whole is one story
    assert world.state(reference)["recalls"] == 1


def test_a_report_for_an_id_that_nobody_knows_yet_is_kept_and_matched(world: World) -> None:
    # GIVEN a portal that stores and loses its answers, so that we do not know the id
    world.portal_misbehaves("drop_response", 3)
    reference = world.registers(record())
    world.until_status(reference, "under_review")
    assert world.decides(reference).status == 200
    (entry,) = world.until(lambda: world.portal_entries(reference), lambda entries: len(entries) == 1)

    # WHEN the portal reports under it
    answer = world.reports_action(portal_id=entry["portal_id"])

    # THEN it is kept, or known by now; and in the end the action is on the record, once
    assert answer.status in {200, 202}
    world.until_status(reference, "action_taken")
    assert world.happened(reference).count("ActionTaken") == 1
    assert len(world.portal_entries(reference)) == 1
    state = world.until(lambda: world.state(reference), lambda seen: seen["portal_id"])
    assert state["portal_id"] == entry["portal_id"]


def test_a_report_for_an_id_that_never_comes_is_answered_and_not_lost(world: World) -> None:
    answer = world.reports_action(portal_id="CMO/2026/9999999")

    assert answer.status == 202


def test_a_report_by_reference_may_overtake_our_pushs_answer(world: World) -> None:
    # GIVEN a grievance that is accepted while the portal does not answer
    world.portal_misbehaves("down")
    reference = world.registers(record())
    world.until_status(reference, "under_review")
    assert world.decides(reference).status == 200
    world.until_status(reference, "accepted")

    # WHEN the report comes first
    assert world.reports_action(reference=reference).body["status"] == "action_taken"
    world.portal_misbehaves("ok")

    # THEN the push's answer is noted when it comes, and the record stays where it is
    state = world.until(lambda: world.state(reference), lambda seen: seen["portal_id"])
    assert state["status"] == "action_taken"
    assert len(world.portal_entries(reference)) == 1


def test_a_visit_before_the_report_in_force_is_a_conflict(world: World) -> None:
    reference = world.forwarded()
    too_early = (datetime.now(UTC) - timedelta(hours=1)).isoformat()
    assert world.visits(reference, redressed=True).status == 409
    assert world.reports_action(reference=reference).status == 200

    assert world.visits(reference, redressed=True, visited_at=too_early).status == 409
    assert world.state(reference)["status"] == "action_taken"


def test_of_two_reports_of_one_visit_the_second_is_told_the_state(world: World) -> None:
    reference = world.forwarded()
    assert world.reports_action(reference=reference).status == 200

    first, second = world.at_once([lambda: world.visits(reference, redressed=True)] * 2)

    assert sorted((first.status, second.status)) == [200, 409]
    assert world.happened(reference).count("FieldReported") == 1


def test_reports_where_no_officer_has_the_record_are_conflicts(world: World) -> None:
    reference = world.registers(record())
    world.until_status(reference, "under_review")

    answer = world.reports_action(reference=reference)

    assert answer.status == 409
    assert "under_review" in answer.body["detail"]
    assert world.decides(reference, "reject", reason="of a test").status == 200


def test_a_transfer_by_the_portal_keeps_the_clock_and_tells_the_new_officer(world: World) -> None:
    reference = world.forwarded()
    before = world.state(reference)
    old_link = world.until(lambda: world.links(reference), lambda found: len(found) == 2)[0]

    answer = world.reports_action(reference=reference, type="transferred", department="PRD", report=None)

    assert answer.status == 200
    state = world.state(reference)
    assert state["department"] == "PRD"
    assert state["assignee"]["office"] == "PRD"
    assert state["sla"]["due_at"] == before["sla"]["due_at"]
    assert world.page("POST", old_link)[0] == 409
    world.until(lambda: world.sms(reference), lambda sent: len(sent) == 4)


def test_a_transfer_may_overtake_our_pushs_answer(world: World) -> None:
    # GIVEN a grievance that the portal has stored, and of which every answer is lost
    world.portal_misbehaves("drop_response", 100)
    reference = world.registers(record())
    world.until_status(reference, "under_review")
    assert world.decides(reference).status == 200
    (entry,) = world.until(lambda: world.portal_entries(reference), bool)

    # WHEN the portal gives it to another office before it answers again
    moved = world.reports_action(reference=reference, type="transferred", department="PRD", report=None)
    assert moved.status == 200
    world.portal_misbehaves("ok")
    world.drains()

    # THEN the push that comes again is the one that the portal knows, and its officer is the new one
    state = world.until_status(reference, "forwarded")
    assert state["portal_id"] == entry["portal_id"]
    assert (state["department"], state["assignee"]["office"]) == ("PRD", "PRD")
    assert len(world.portal_entries(reference)) == 1
    world.until(lambda: world.sms(reference), bool)


def test_what_the_portal_only_wants_to_have_said_is_taken(world: World) -> None:
    reference = world.forwarded()
    for kind in ("accepted", "reminder_sent"):
        assert world.reports_action(reference=reference, type=kind, report=None).status == 200
    assert world.state(reference)["status"] == "forwarded"


def test_portal_events_that_do_not_hold_together_are_refused(world: World) -> None:
    reference = world.forwarded()
    for more, status in (
        ({"reference": None}, 422),
        ({"reference": "SSM-4821-903-7718"}, 422),
        ({"reference": "SSM-4821-903-7717"}, 404),
        ({"reference": reference, "report": None}, 422),
        ({"reference": reference, "type": "transferred", "report": None}, 422),
        ({"reference": reference, "type": "transferred", "department": "NOPE"}, 422),
        ({"reference": reference, "type": "destroyed"}, 422),
        ({"reference": reference, "at": "2026-11-24T10:00:00"}, 422),
        ({"reference": reference, "colour": "red"}, 422),
    ):
        assert world.reports_action(**more).status == status, more
    assert world.visits(reference, redressed=True, checks={"citizen_contacted": True}).status == 422
    assert world.visits("SSM-4821-903-7717", redressed=True).status == 404
    assert world.state(reference)["status"] == "forwarded"


def test_the_secrets_of_portal_and_field_open_only_their_own_doors(world: World) -> None:
    assert world.portal.get(ASSIGNMENTS).status == 401
    assert world.field.post("/v1/portal/events", {}).status == 401
    assert world.call_centre.get(ASSIGNMENTS).status == 401
