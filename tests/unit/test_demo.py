"""The demo's pure parts: the sample calls, what became of them, and that all are accounted for."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from functions.domain.office import Officer
from local.client import Answer
from local.demo.calls import Sample, read_samples
from local.demo.outcome import Call, State, conserve
from local.demo.sent import MAIL, SMS, Message, Officers, not_reached
from local.errors import LocalStackError

NOW = datetime(2026, 11, 24, 10, 15, 0, 123456, tzinfo=UTC)
SAMPLES = read_samples()


def sample(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - a field is anything
    return {
        "title": "A call",
        "expect": "forwarded",
        "signature": "good",
        "analyst": {"decision": "approve", "reason": "Complete."},
        "record": {"record_id": "CC-1", "call": {"started_at": "{{now}}"}},
    } | changes


def officer(level: str, number: int, **changes: Any) -> Officer:  # noqa: ANN401 - a field is anything
    return Officer.model_validate(
        {
            "office": "HFW",
            "level": level,
            "name": "Somebody",
            "designation": f"{level} officer",
            "rank": "Joint Secretary",
            "phone": f"+91900000000{number}",
            "whatsapp": None,
            "email": f"{level}@officers.wb.example",
            "language": "bn",
            "valid_from": "2026-01-01",
            "valid_to": None,
        }
        | changes
    )


def state(status: str) -> State:
    return State.model_validate(
        {
            "status": status,
            "emergency": False,
            "assignee": None,
            "sla": {"due_at": None, "breached": False, "escalation": 0},
            "timeline": [],
            "recalls": 0,
        }
    )


def played(status: str | None, answer: int = 201, **changes: Any) -> Call:  # noqa: ANN401 - as above
    body = {"reference": "SSM-4821-903-7717"} if answer < 300 else {}
    call = Call(1, Sample.model_validate(sample(**changes)), Answer(answer, {}, body))
    call.state = state(status) if status else None
    return call


def test_every_sample_of_the_project_can_be_played() -> None:
    assert len(SAMPLES) == 12
    assert [one.refusal for one in SAMPLES if one.refusal] == [401, 422]
    assert {one.record_id for one in SAMPLES if one.signature == "bad"} == {
        one.record_id for one in SAMPLES if one.refusal == 401
    }


def test_a_body_is_filled_and_has_an_id_of_its_run() -> None:
    first, second = (SAMPLES[0].body(run, NOW) for run in ("one", "two"))
    assert first["call"]["started_at"] == "2026-11-24T10:15:00+00:00"
    assert first["record_id"] == f"{SAMPLES[0].record_id}-one" != second["record_id"]
    assert first["subject"] == SAMPLES[0].record["subject"]
    assert "{{" not in json.dumps(first)


def test_a_decision_names_the_reference_of_the_earlier_record() -> None:
    decision = next(one.analyst for one in SAMPLES if one.expect == "duplicate")
    assert decision
    body = decision.body("DA-DEMO", "SSM-4821-903-7717")
    assert (body["decision"], body["duplicate_of"]) == ("duplicate", "SSM-4821-903-7717")


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ([sample(colour="red")], "line 1: colour"),
        ([sample(), sample()], "line 2: CC-1 comes twice"),
        ([sample(analyst=None)], "line 1.*do not fit"),
        ([sample(expect="under_review")], "line 1.*do not fit"),
        ([sample(record={})], "line 1.*record_id"),
        (
            [
                sample(
                    expect="duplicate",
                    analyst={"decision": "duplicate", "reason": "Same.", "duplicate_of_record": "CC-0"},
                )
            ],
            "line 1: CC-0 is no earlier call",
        ),
    ],
)
def test_a_line_that_cannot_be_used_is_named(
    tmp_path: Path, lines: list[dict[str, Any]], reason: str
) -> None:
    path = tmp_path / "calls.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    with pytest.raises(LocalStackError, match=reason):
        read_samples(path)


def test_the_sums_of_the_samples() -> None:
    statuses = ["forwarded"] * 7 + ["rejected", "duplicate", "under_review"]
    sums = conserve([201] * 10 + [401, 422], statuses)
    assert sums.holds
    assert sums.lines == (
        "in 10 = forwarded 7 + rejected 1 + duplicate 1 + open 1",
        "posted 12 = in 10 + refused 2",
    )


def test_open_is_all_that_is_under_way_and_forwarded_all_that_was() -> None:
    sums = conserve(
        [201] * 6, ["registered", "under_review", "accepted", "action_taken", "recalled", "closed"]
    )
    assert sums.holds
    assert (sums.open, sums.forwarded) == (3, 3)


@pytest.mark.parametrize("statuses", [["forwarded"], ["forwarded", None], ["forwarded", "mislaid"]])
def test_a_record_that_is_nowhere_breaks_the_sum(statuses: list[str | None]) -> None:
    sums = conserve([201, 201], statuses)
    assert not sums.holds
    assert sums.lines[0].startswith("in 2 != forwarded 1 +")


@pytest.mark.parametrize("answer", [None, 500, 503])
def test_a_post_that_is_neither_in_nor_refused_breaks_the_sum(answer: int | None) -> None:
    sums = conserve([201, answer], ["forwarded"])
    assert not sums.holds
    assert sums.lines[1] == "posted 2 != in 1 + refused 0"


def test_a_call_that_came_where_it_should_differs_in_nothing() -> None:
    assert played("forwarded").difference() is None
    assert played(None, 401, expect="refused-401", analyst=None).difference() is None


@pytest.mark.parametrize(
    ("call", "reason"),
    [
        (played("accepted"), "it is accepted, expected was forwarded"),
        (played(None), "it is unreadable, expected was forwarded"),
        (played(None, 422), "it was answered 422, expected was 201"),
        (
            played("under_review", expect="refused-422", analyst=None),
            "it was answered 201, expected was 422",
        ),
    ],
)
def test_a_difference_is_said_in_words(call: Call, reason: str) -> None:
    assert call.difference() == reason


def test_a_refused_decision_and_a_missing_alert_are_differences() -> None:
    refused, unheard = played("under_review"), played("forwarded")
    refused.decision = Answer(409, {}, {})
    unheard.missing = ["Joint Secretary by SMS"]
    assert refused.difference() == "the analyst's decision was answered 409"
    assert unheard.difference() == "not alerted: Joint Secretary by SMS"


def test_nodal_officer_and_head_in_post_are_to_be_alerted() -> None:
    nodal, head = officer("nodal", 1), officer("head", 2)
    former = officer("nodal", 3, valid_to="2026-06-30")
    register = Officers([former, nodal, head, officer("apex", 4), officer("nodal", 5, office="FS")])
    assert register.to_alert("HFW", date(2026, 11, 24)) == [nodal, head]
    assert register.designation_of(head.email) == "head officer"
    assert register.designation_of("+917000010001") is None


def test_whom_an_alert_has_not_reached() -> None:
    nodal, head = officer("nodal", 1), officer("head", 2)
    sent = [Message(SMS, nodal.phone, ""), Message(MAIL, nodal.email, ""), Message(SMS, head.phone, "")]
    assert not_reached([nodal, head], sent) == ["head officer by mail"]
    assert not_reached([nodal], sent) == []
