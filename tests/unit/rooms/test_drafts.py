"""A draft of rules of routing: told what it would change, and nothing is changed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from functions.domain.record import Status
from functions.domain.routing_rules import NO_RULES, Pattern, RoutingRule, RoutingRules
from functions.registry import drafts
from tests.builders import (
    PRIVATE,
    SUBJECT,
    forwarded,
    in_portal,
    in_status,
    numbered,
    officer,
    under_review,
)
from tests.fakes import FakePorts

KEY = "drafts/routing.csv"
HEADER = "priority,category,scheme,department,district,office\n"
DRAFT = HEADER + "1,swasthya-sathi-refused,*,*,320,320\n"


def preview(outside: FakePorts, content: str = DRAFT, key: str = KEY, **noted: str) -> dict[str, Any]:
    outside.uploads.files[key, "v1"] = content.encode()
    outside.uploads.notes[key, "v1"] = noted
    valid = drafts.preview(outside, key, "v1", "v1")
    (written,) = outside.uploads.results
    assert written == f"results/{key.removesuffix('.csv')}/v1.json"
    outcome: dict[str, Any] = json.loads(outside.uploads.results.pop(written))
    assert outcome["valid"] is valid is (outcome["errors"] == [])
    return outcome


def some_records(outside: FakePorts) -> None:
    """Three that the draft concerns, one that it does not, one that the portal transferred."""
    elsewhere = SUBJECT.model_copy(update={"district": "303"})
    records = [
        in_portal(),
        forwarded(),
        under_review(),
        forwarded().model_copy(update={"subject": elsewhere}),
        forwarded().model_copy(update={"transfers": 1}),
    ]
    ids = {number: f"CMO/2026/{number}" for number in range(len(records))}
    outside.records.put(
        *(
            numbered(record, number).model_copy(
                update={"portal_id": ids[number] if record.portal_id else None}
            )
            for number, record in enumerate(records)
        )
    )


@pytest.mark.parametrize(
    ("key", "draft"),
    [(KEY, True), ("drafts/officers.csv", True), ("routing.csv", False), ("old-drafts/routing.csv", False)],
)
def test_a_draft_is_told_from_what_is_to_be_applied(key: str, *, draft: bool) -> None:
    assert drafts.is_draft(key) is draft


def test_it_is_told_how_many_would_go_which_way(outside: FakePorts) -> None:
    some_records(outside)
    outcome = preview(outside)
    told = outcome.pop("records")
    assert outcome == {
        "valid": True,
        "rows": 1,
        "errors": [],
        "in_force": None,
        "looked_at": 5,
        "transferred": 1,
        "moved": 3,
        "moves": [{"from": "HFW", "to": "320", "count": 3}],
    }
    assert [(one["from"], one["to"]) for one in told] == [("HFW", "320")] * 3
    assert {one["reference"] for one in told} == {
        numbered(forwarded(), number).reference for number in range(3)
    }


def test_it_is_held_against_the_rules_in_force(outside: FakePorts) -> None:
    some_records(outside)
    rule = RoutingRule(1, Pattern(category="swasthya-sathi-refused", district="320"), "320")
    outside.registry.routing = RoutingRules([rule], "v0")
    assert (preview(outside)["moved"], preview(outside)["in_force"]) == (0, "v0")
    withdrawn = preview(outside, HEADER)
    assert (withdrawn["valid"], withdrawn["rows"]) == (True, 0)
    assert withdrawn["moves"] == [{"from": "320", "to": "HFW", "count": 3}]


def test_nothing_is_applied_and_nobody_told(outside: FakePorts) -> None:
    some_records(outside)
    before = dict(outside.records.kept)
    preview(outside)
    assert outside.registry.routing is NO_RULES
    assert outside.registry.versions == {}
    assert outside.records.kept == before
    assert outside.messaging.mails == []


def test_no_personal_data_is_in_it(outside: FakePorts) -> None:
    some_records(outside)
    text = json.dumps(preview(outside), ensure_ascii=False)
    assert not [said for said in (*PRIVATE, officer().name) if said in text]


def test_a_draft_that_does_not_validate_is_told_line_by_line(outside: FakePorts) -> None:
    some_records(outside)
    outcome = preview(outside, DRAFT + "1,*,*,NOPE,*,320\n2,*,*,*,*,999\n")
    assert outcome == {
        "valid": False,
        "rows": 3,
        "errors": [
            {"line": 3, "column": "department", "detail": "is no department of the register, and is not *"},
            {"line": 4, "column": "office", "detail": "is in no register of offices"},
        ],
    }


@pytest.mark.parametrize("key", ["drafts/officers.csv", "drafts/", "drafts/old/routing.csv"])
def test_of_any_other_file_it_is_told_that_it_cannot_be_previewed(outside: FakePorts, key: str) -> None:
    outcome = preview(outside, key=key)
    assert "routing.csv" in outcome["errors"][0]["detail"]


def test_so_many_are_looked_at_as_was_noted_the_newest_first(outside: FakePorts) -> None:
    outside.records.put(*(numbered(under_review(), number) for number in range(4)))
    assert preview(outside, last="3")["looked_at"] == 3
    assert preview(outside, last="5000")["looked_at"] == 4


@pytest.mark.parametrize("last", ["", "0", "5001", "-1", "ten", "1.0", "১০"])
def test_a_note_that_is_no_number_is_told(outside: FakePorts, last: str) -> None:
    outcome = preview(outside, last=last)
    assert [(error["line"], error["column"]) for error in outcome["errors"]] == [(1, "")]
    assert "5000" in outcome["errors"][0]["detail"]


def test_no_more_references_are_told_than_can_be_read(outside: FakePorts) -> None:
    outside.records.put(*(numbered(under_review(), number) for number in range(250)))
    outcome = preview(outside)
    assert (outcome["moved"], len(outcome["records"])) == (250, drafts.MOST_REFERENCES)


def test_what_was_rejected_goes_nowhere(outside: FakePorts) -> None:
    outside.records.put(in_status(Status.REJECTED))
    assert preview(outside)["looked_at"] == 0
