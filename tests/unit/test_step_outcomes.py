"""Every outcome that a step can answer is one that the Choice behind it knows, and no other is expected."""

from collections.abc import Iterator
from itertools import product
from typing import Any, get_args, get_type_hints

import pytest

from functions.domain import execution, lifecycle
from functions.domain.circuit import Circuit
from functions.domain.office import CMO_GRIEVANCE_CELL, Level, Officer
from functions.domain.ports import Accepted, HeldOtherwise, Portal, PortalAnswer, RefusedByPortal, TryLater
from functions.domain.record import Recall, Record, Status
from functions.push.pushing import enter
from functions.route import assigning
from functions.validate import steps
from tests import builders
from tests.builders import NOW, PORTAL_ID
from tests.fakes import FakePorts
from tests.workflow.definition import State, at, chosen, load, states

STATES = dict(states(load()))
REFERENCE = builders.reference_of()
THIS, OTHER, DEAD = "arn:this", "arn:other", "arn:dead"
RECALL = Recall(number=1, at=NOW, due_at=NOW, failed=("grievance_resolved",))
ASSIGNED = builders.raised().assignment

OUT = Circuit(opened_at=NOW)


def _record(status: Status, *, emergency: bool = False, **fields: object) -> Record:
    return builders.in_status(status, emergency=emergency).model_copy(update=fields)


def _outside(
    record: Record, *, portal: PortalAnswer | None = None, officers: tuple[Officer, ...] = ()
) -> FakePorts:
    """The outside with that record alone; of all executions only ``OTHER`` runs."""
    outside = FakePorts()
    outside.records.put(record)
    outside.workflow.running.add(OTHER)
    outside.registry.officers = list(officers)
    outside.portal.script.extend([portal] if portal else [])
    return outside


def _standings() -> Iterator[Record]:
    """A record in every place where an execution could find it."""
    for status, emergency, portal_id, assignment in product(
        sorted(builders.REACHED), (False, True), (None, PORTAL_ID), (None, ASSIGNED)
    ):
        yield _record(status, emergency=emergency, portal_id=portal_id, assignment=assignment)


def _words(choice: State) -> set[str]:
    """The outcomes that a Choice names."""
    rules = list(choice["Choices"])
    for rule in rules:
        rules += rule.get("And", rule.get("Or", ()))
    return {rule["StringEquals"] for rule in rules if "StringEquals" in rule}


def test_the_choice_after_taking_up_names_every_outcome_and_no_other() -> None:
    outcomes = {steps.take_up(_outside(record), REFERENCE, THIS) for record in _standings()}
    held = _record(Status.REGISTERED, execution=OTHER)
    outcomes.add(steps.take_up(_outside(held), REFERENCE, THIS))
    # The default is for what is finished.
    assert outcomes == _words(STATES["Where does it stand?"]) | {"finished"}


@pytest.mark.parametrize(
    ("record", "following"),
    [
        (_record(Status.REGISTERED), "Validation by the data analysts"),
        (_record(Status.UNDER_REVIEW), "Validation by the data analysts"),
        (_record(Status.REGISTERED, emergency=True), "Validation of an emergency by the data analysts"),
        (_record(Status.UNDER_REVIEW, emergency=True), "Validation of an emergency by the data analysts"),
        (_record(Status.ACCEPTED), "First attempt at the portal"),
        (_record(Status.ACCEPTED, portal_id=PORTAL_ID), "Route to the nodal officer"),
        (
            _record(Status.ACCEPTED, emergency=True),
            "Raise the emergency with the HoD and push it to the portal",
        ),
        (
            _record(Status.ACCEPTED, emergency=True, assignment=ASSIGNED),
            "Raise the emergency with the HoD and push it to the portal",
        ),
        (
            _record(Status.ACCEPTED, emergency=True, portal_id=PORTAL_ID),
            "Raise the emergency with the HoD and push it to the portal",
        ),
        (_record(Status.UNDER_REVIEW, execution=OTHER), "Another execution is in charge"),
        (_record(Status.UNDER_REVIEW, execution=THIS), "Validation by the data analysts"),
        # Whoever was in charge is gone.
        (_record(Status.UNDER_REVIEW, execution=DEAD), "Validation by the data analysts"),
        (_record(Status.ACCEPTED, execution=DEAD), "First attempt at the portal"),
        (_record(Status.FORWARDED), "Nothing left to do"),
        (_record(Status.REJECTED), "Nothing left to do"),
        (_record(Status.DUPLICATE), "Nothing left to do"),
        (_record(Status.CLOSED), "Nothing left to do"),
    ],
)
def test_an_execution_goes_on_from_where_the_record_stands(record: Record, following: str) -> None:
    outcome = steps.take_up(_outside(record), REFERENCE, THIS)
    assert chosen(STATES["Where does it stand?"], {"standing": {"outcome": outcome}}) == following


@pytest.mark.parametrize("status", [Status.ACTION_TAKEN, Status.RECALLED, Status.CLOSED])
@pytest.mark.parametrize(
    ("emergency", "pushing"),
    [
        (False, "First attempt at the portal"),
        (True, "Raise the emergency with the HoD and push it to the portal"),
    ],
)
def test_what_has_moved_on_is_still_told_to_the_portal(
    status: Status,
    emergency: bool,  # noqa: FBT001 - a parameter
    pushing: str,
) -> None:
    """The officer may be quicker than the portal, and its recall may have to wait for it."""

    def following(**fields: object) -> str:
        untold = {"portal_id": None, "recalled": (), "recalls_pushed": 0}
        record = _record(status, emergency=emergency, **{**untold, **fields})
        outcome = steps.take_up(_outside(record), REFERENCE, THIS)
        return chosen(STATES["Where does it stand?"], {"standing": {"outcome": outcome}})

    second = RECALL.model_copy(update={"number": 2})
    assert following() == pushing
    assert following(recalled=(RECALL,)) == pushing
    assert following(portal_id=PORTAL_ID, recalled=(RECALL,)) == pushing
    assert following(portal_id=PORTAL_ID, recalled=(RECALL, second), recalls_pushed=1) == pushing
    assert following(portal_id=PORTAL_ID, recalled=(RECALL, second), recalls_pushed=2) == "Nothing left to do"
    assert following(portal_id=PORTAL_ID) == "Nothing left to do"
    # Not while another execution is at it.
    assert following(execution=OTHER) == "Another execution is in charge"
    assert following(execution=DEAD) == pushing


def test_the_execution_that_is_in_charge_is_written_into_the_record() -> None:
    for before, after in ((None, THIS), (THIS, THIS), (DEAD, THIS), (OTHER, OTHER)):
        outside = _outside(_record(Status.RECALLED, execution=before))
        steps.take_up(outside, REFERENCE, THIS)
        assert outside.records.load(REFERENCE).execution == after


def test_the_choice_after_the_decision_names_all_that_can_come_of_a_review() -> None:
    decided = {
        rule.to.value
        for rule in lifecycle.TABLE
        if rule.status is Status.UNDER_REVIEW and rule.to is not Status.UNDER_REVIEW
    }
    assert decided == _words(STATES["What was decided?"])


@pytest.mark.parametrize(
    ("status", "emergency", "following"),
    [
        (Status.ACCEPTED, False, "First attempt at the portal"),
        (Status.ACCEPTED, True, "Raise the emergency with the HoD and push it to the portal"),
        (Status.REJECTED, False, "Rejected"),
        (Status.REJECTED, True, "Rejected"),
        (Status.DUPLICATE, False, "Marked as a duplicate"),
        (Status.DUPLICATE, True, "Marked as a duplicate"),
        # Told late, when the record has moved on: it is asked where it stands.
        *((status, True, "Take up the grievance") for status in (Status.FORWARDED, Status.UNDER_REVIEW)),
    ],
)
def test_a_decision_leads_to_its_step(status: Status, emergency: bool, following: str) -> None:  # noqa: FBT001 - a parameter
    told = execution.outcome_of(_record(status, emergency=emergency))
    assert chosen(STATES["What was decided?"], {"decision": told}) == following


PUSHES: list[tuple[Record, PortalAnswer | None, str, str]] = [
    (_record(Status.ACCEPTED), Accepted(PORTAL_ID), "Route to the nodal officer", "The portal has answered"),
    (
        _record(Status.ACCEPTED, portal_id=PORTAL_ID),
        None,
        "Route to the nodal officer",
        "The portal has answered",
    ),
    (
        _record(Status.ACCEPTED),
        TryLater(retry_after=None, why="no-answer"),
        "Wait for the portal",
        "Wait for the portal with the emergency",
    ),
    (
        _record(Status.ACCEPTED),
        HeldOtherwise(),
        "Wait for the portal",
        "Wait for the portal with the emergency",
    ),
    (
        _record(Status.ACCEPTED),
        RefusedByPortal("unknown district"),
        "Take up the grievance",
        "The portal has answered",
    ),
    # A recall, and a grievance that its officer redressed before the portal had it.
    (
        _record(Status.RECALLED),
        Accepted(PORTAL_ID),
        "Route to the nodal officer",
        "The portal has answered",
    ),
    (
        _record(Status.ACTION_TAKEN, portal_id=None),
        Accepted(PORTAL_ID),
        "Route to the nodal officer",
        "The portal has answered",
    ),
    (
        _record(Status.CLOSED, recalled=(RECALL,)),
        TryLater(retry_after=None, why="no-answer"),
        "Wait for the portal",
        "Wait for the portal with the emergency",
    ),
    # It was refused before, and the answer of that attempt was lost.
    (_record(Status.UNDER_REVIEW), None, "Take up the grievance", "The portal has answered"),
]


@pytest.mark.parametrize(("record", "portal", "following", "in_emergency"), PUSHES)
def test_what_the_portal_answers_leads_on(
    record: Record, portal: PortalAnswer | None, following: str, in_emergency: str
) -> None:
    _leads(enter(_outside(record, portal=portal), REFERENCE, 0), following, in_emergency)


def test_a_portal_that_is_out_leads_into_its_queue() -> None:
    outside = _outside(_record(Status.ACCEPTED))
    outside.portal_circuit.kept = OUT
    _leads(
        enter(outside, REFERENCE, 0),
        "Wait until the portal is back",
        "Wait until the portal is back with the emergency",
    )
    assert outside.portal.pushes == []


def test_every_outcome_of_a_push_is_one_that_the_choices_know() -> None:
    answers = (enter(_outside(record, portal=portal), REFERENCE, 0) for record, portal, _, _ in PUSHES)
    outcomes = {answer["outcome"] for answer in answers}
    # The default asks where the record stands.
    assert outcomes | {"portal_out"} == _words(STATES["Did the portal take it?"]) | {"refused"}
    assert _words(STATES["Did the portal take the emergency?"]) == {"try_later", "portal_out"}


def _leads(answer: dict[str, Any], following: str, in_emergency: str) -> None:
    for step, choice, expected in (
        ("Push to the CMO Grievance Portal", "Did the portal take it?", following),
        (
            "Push the emergency to the CMO Grievance Portal",
            "Did the portal take the emergency?",
            in_emergency,
        ),
    ):
        assert chosen(STATES[choice], {"push": _selected(STATES[step], answer)}) == expected


def test_every_answer_of_the_portal_was_tried() -> None:
    possible = set(get_args(get_type_hints(Portal.push)["return"]))
    assert possible == {type(portal) for _, portal, _, _ in PUSHES if portal is not None}


def test_the_wait_for_the_portal_takes_whole_seconds_and_the_next_attempt_is_one_more() -> None:
    answer = enter(_outside(_record(Status.ACCEPTED), portal=TryLater(90, "status-503")), REFERENCE, 2)
    push = _selected(STATES["Push to the CMO Grievance Portal"], answer)
    assert push == {"outcome": "try_later", "attempt": 3, "wait_seconds": 90}
    for name in ("Wait for the portal", "Wait for the portal with the emergency"):
        assert at(STATES[name]["SecondsPath"], {"push": push}) == 90


def _selected(step: State, answer: dict[str, Any]) -> dict[str, Any]:
    """What a step keeps of its function's answer."""
    return {key[:-2]: at(path, {"Payload": answer}) for key, path in step["ResultSelector"].items()}


ROUTINGS: list[tuple[Record, tuple[Officer, ...], str]] = [
    (_record(Status.ACCEPTED), (builders.officer("HFW"),), "Forwarded"),
    (_record(Status.ACCEPTED), (builders.officer(CMO_GRIEVANCE_CELL, Level.APEX),), "Forwarded"),
    (_record(Status.ACCEPTED, assignment=ASSIGNED), (), "Forwarded"),
    # Whom it is with was settled long ago.
    *((_record(status), (), "Forwarded") for status in (Status.ACTION_TAKEN, Status.RECALLED, Status.CLOSED)),
    (_record(Status.ACCEPTED, portal_id=PORTAL_ID), (), "No officer holds the post"),
]


@pytest.mark.parametrize(("record", "officers", "following"), ROUTINGS)
def test_what_routing_answers_leads_on(record: Record, officers: tuple[Officer, ...], following: str) -> None:
    outcome = assigning.assign(_outside(record, officers=officers), REFERENCE)
    assert chosen(STATES["Was an officer found?"], {"routing": {"outcome": outcome}}) == following


@pytest.mark.parametrize(
    ("record", "officers", "following"),
    [
        (_record(Status.ACCEPTED, portal_id=None), (builders.officer("HFW"),), "Routing has answered"),
        (_record(Status.ACCEPTED, portal_id=None), (), "Wait until somebody holds the post"),
        # The portal has it: nothing else is under way, and that there is nobody fails the execution.
        (_record(Status.ACCEPTED, portal_id=PORTAL_ID), (), "Routing has answered"),
        # The portal refused it meanwhile, or it was rejected.
        (_record(Status.UNDER_REVIEW, portal_id=None), (), "Routing has answered"),
    ],
)
def test_what_routing_of_an_emergency_answers_leads_on(
    record: Record, officers: tuple[Officer, ...], following: str
) -> None:
    outcome = assigning.assign(_outside(record, officers=officers), REFERENCE)
    found = {"routing": {"outcome": outcome}}
    assert chosen(STATES["Was an officer found for the emergency?"], found) == following
    assert at(STATES["Routing has answered"]["Parameters"]["outcome.$"], found) == outcome


@pytest.mark.parametrize(
    ("route", "push", "following"),
    [
        ("routed", "pushed", "Forwarded"),
        ("routed", "refused", "Take up the grievance"),
        ("routed", "failed", "A step of the emergency failed"),
        ("failed", "pushed", "A step of the emergency failed"),
        ("failed", "failed", "A step of the emergency failed"),
        # It waited for the portal, and where it stood then is the outcome.
        ("routed", "forwarded", "Forwarded"),
        ("routed", "under_review", "Take up the grievance"),
        ("no_officer", "accepted", "No officer holds the post"),
        ("no_officer", "pushed", "No officer holds the post"),
        ("no_officer", "failed", "No officer holds the post"),
        # It is with the analysts again, and their decision must find an execution that waits for it.
        ("no_officer", "refused", "Take up the grievance"),
        ("failed", "refused", "Take up the grievance"),
    ],
)
def test_the_two_branches_of_an_emergency_lead_on_together(route: str, push: str, following: str) -> None:
    raised = [{"outcome": route}, {"outcome": push}]
    assert chosen(STATES["Was the emergency raised and pushed?"], {"raised": raised}) == following


def test_a_branch_that_failed_says_so() -> None:
    for name in ("Routing of the emergency failed", "Pushing the emergency failed"):
        assert STATES[name]["Result"] == {"outcome": "failed"}
    assert "failed" in _words(STATES["Was the emergency raised and pushed?"])
