"""What is taken: where the code judges behind the models, the schemas say the same."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator
from typing import TypeVar

from pydantic import BaseModel

from functions.adapters import bundled
from functions.domain.errors import (
    Refused,
)
from functions.domain.record import CallbackOutcome, Kind, Status
from functions.domain.registration import faults_of_registration
from functions.intake import callbacks
from functions.intake.contract import (
    RecordIn,
)
from functions.recall import portal_events
from functions.recall.contract import (
    PortalEventIn,
)
from functions.signed import read_json
from functions.validate import analysts
from functions.validate.contract import DecisionIn
from tests import builders
from tests.builders import NOW, in_status, reference_of
from tests.fakes import FakePorts
from tests.unit.openapi.document import REFERENCE, Json, validator

Model = TypeVar("Model", bound=BaseModel)


def agree(name: str, body: Json, takes: Callable[[Json], object]) -> bool:
    """Whether the schema lets a body pass; the code must say the same."""
    try:
        takes(body)
    except Refused:
        taken = False
    else:
        taken = True
    assert validator(name).is_valid(body) == taken, body
    return taken


def read(model: type[Model], body: Json) -> Model:
    return read_json(model, json.dumps(body).encode())


def combinations(**choices: tuple[object, ...]) -> Iterator[Json]:
    """Every body of these choices; ``...`` leaves the field out."""
    for values in itertools.product(*choices.values()):
        yield {name: value for name, value in zip(choices, values, strict=True) if value is not ...}


def test_what_a_kind_of_record_requires() -> None:
    subjects = (
        ...,
        None,
        {"summary": "More buses to Bagula"},
        {"summary": " ", "district": "320"},
        *({"summary": "More buses", code: value} for code, value in _OFFICES),
        {"summary": "More buses", "department": None, "district": None, "police_office": None},
    )
    bodies = combinations(
        record_id=("CC-1",),
        kind=tuple(Kind),
        call=tuple(
            {"started_at": "2026-11-24T10:05:00+05:30", **call}
            for call in combinations(agent_id=("A-17", None, ...), language=("bn", None, ...))
        ),
        caller=({"phone": builders.PHONE},),
        subject=subjects,
        emergency=(..., None, {"reason": "Somebody is in danger"}),
    )
    offices = bundled.registers().offices

    def take(body: Json) -> None:
        wire = read(RecordIn, body)
        faults = faults_of_registration(wire.kind, wire.call, wire.subject, wire.emergency, offices, NOW)
        if faults:
            raise Refused(*faults)

    assert {True, False} == {agree("RecordIn", body, take) for body in bodies}


_OFFICES = (("department", "HFW"), ("district", "320"), ("police_office", "POL-RANAGHAT"))


def test_what_a_decision_requires() -> None:
    def take(body: Json) -> None:
        analysts._hold_together(read(DecisionIn, body))

    bodies = combinations(
        analyst_id=("DA-03",),
        decision=("approve", "reject", "duplicate", "amend"),
        reason=(..., None, " ", "before the court"),
        duplicate_of=(..., None, reference_of("CC-20261124-000001")),
        amendments=(..., None, {}, {"scheme": None}, {"summary": None}, {"summary": "Roads"}),
    )
    assert {True, False} == {agree("DecisionIn", body, take) for body in bodies}


def test_what_an_event_of_the_portal_requires() -> None:
    outside = FakePorts()

    def take(body: Json) -> None:
        portal_events._hold_together(read(PortalEventIn, body), outside)

    bodies = combinations(
        portal_id=(..., None, builders.PORTAL_ID),
        reference=(..., None, REFERENCE),
        type=("action_taken", "accepted", "transferred", "reminder_sent"),
        at=(NOW.isoformat(),),
        report=(..., None, ""),
        department=(..., None, "PRD"),
        district=(..., None, "320"),
        police_office=(..., "POL-RANAGHAT"),
    )
    assert {True, False} == {agree("PortalEventIn", body, take) for body in bodies}


def test_what_a_call_back_requires() -> None:
    def attempt(body: Json) -> None:
        outside = FakePorts()
        outside.records.put(in_status(Status.AWAITING_CALLBACK))
        callbacks.attempt(outside, builders.request(body), REFERENCE)

    bodies = combinations(
        agent_id=("A-17", ...), outcome=(*CallbackOutcome, "busy"), record_id=(..., None, "CC-1", "no id")
    )
    assert {True, False} == {agree("CallbackIn", body, attempt) for body in bodies}
