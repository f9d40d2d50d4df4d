"""What was pushed is held against what the portal lists: differences are told, and mended where they may."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import typer

from functions.domain.calendar import IST
from functions.domain.reference import derive
from local import reconcile as command
from tests.stack.world import World, record

NOT_POSTED = ("portal_id", "idempotency_key", "received_at", "recalls")
STRANGER = derive(b"a key that is none of the stack's", "call-centre", "nobody's")


def tamper(world: World, **order: object) -> None:
    """Does something to the portal's entries behind everybody's back."""
    answer = world.http.request("POST", f"{world.stack.portal_url}/_sim/tamper", json=order)
    assert answer.status == 200, answer.data
    assert answer.json()["touched"] == 1


def posted(world: World, reference: str) -> dict[str, Any]:
    """What was posted of a record."""
    (entry,) = world.portal_entries(reference)
    return {name: value for name, value in entry.items() if name not in NOT_POSTED}


def reconciled(world: World, since: datetime) -> dict[str, Any]:
    """A run by hand over the days since then, when all that just happened has settled.

    Returns:
        The differences in the files that it wrote, by reference and kind.
    """
    days = {"from": f"{since.astimezone(IST):%Y-%m-%d}", "to": f"{datetime.now(IST):%Y-%m-%d}"}
    ahead = datetime.now(UTC) + timedelta(minutes=20)
    answer = world.invoke("reconcile", {**days, "time": ahead.isoformat()})
    assert [day["read"] for day in answer["days"]] == [True] * len(answer["days"])
    s3, bucket = world.aws("s3"), world.stack.registry_bucket
    found: dict[str, Any] = {}
    for day in answer["days"]:
        report = json.loads(s3.get_object(Bucket=bucket, Key=day["report"])["Body"].read())
        found |= {f"{one['kind']} {one['reference']}": one for one in report["differences"]}
    return found


def outcomes(found: dict[str, Any], *references: str) -> dict[str, str]:
    """What became of each difference of these records."""
    return {name: one["outcome"] for name, one in found.items() if one["reference"] in references}


def test_an_answer_that_was_lost_is_adopted_and_the_execution_goes_on(world: World) -> None:
    # GIVEN a portal that takes everything and whose answers never come
    since = datetime.now(UTC)
    world.portal_misbehaves("drop_response", 1000)
    reference = world.registers(record())
    world.until_status(reference, "under_review")
    assert world.decides(reference).status == 200
    (entry,) = world.until(lambda: world.portal_entries(reference), lambda entries: entries)
    assert world.state(reference)["portal_id"] is None

    # WHEN both sides are compared
    found = reconciled(world, since)

    # THEN the record has the id that the portal gave it, and goes on to the officer
    assert outcomes(found, reference) == {f"missing_here {reference}": "adopted"}
    assert world.state(reference)["portal_id"] == entry["portal_id"]
    world.portal_misbehaves("ok")
    world.until_watched(reference, "forwarded")
    assert world.happened(reference).count("PushedToPortal") == 1
    assert outcomes(reconciled(world, since), reference) == {}
    world.drains()


def test_what_the_portal_did_behind_our_back_is_told_and_what_may_be_is_mended(world: World) -> None:
    # GIVEN records in the portal, of which it loses, alters and doubles some, and one that nobody knows
    since = datetime.now(UTC)
    untouched, lost, altered, doubled = (world.forwarded() for _ in range(4))
    references = (untouched, lost, altered, doubled, STRANGER)
    assert outcomes(reconciled(world, since), *references) == {}
    first_id = world.state(lost)["portal_id"]
    tamper(world, action="lose", reference=lost)
    tamper(world, action="alter", reference=altered, fields={"emergency": True, "summary": "Another"})
    tamper(world, action="add", posted=posted(world, doubled))
    tamper(world, action="add", posted={**posted(world, untouched), "reference": STRANGER})
    unmendable = {
        f"differing {altered}": "reported",
        f"double {doubled}": "reported",
        f"unknown_here {STRANGER}": "reported",
    }

    # WHEN both sides are compared
    found = reconciled(world, since)

    # THEN each is named, by its fields' names alone
    assert outcomes(found, *references) == {f"missing_there {lost}": "entered_again", **unmendable}
    assert found[f"differing {altered}"]["fields"] == ["emergency", "summary"]
    assert len(found[f"double {doubled}"]["listed_as"]) == 2
    # AND the lost one stands there again, and is known by its new id and its old one
    (entry,) = world.portal_entries(lost)
    assert world.state(lost)["portal_id"] == entry["portal_id"] != first_id
    for portal_id in (first_id, entry["portal_id"]):
        answer = world.portal.post(
            "/v1/portal/events",
            {"portal_id": portal_id, "type": "accepted", "at": datetime.now(UTC).isoformat()},
        )
        assert (answer.status, answer.body["reference"]) == (200, lost)
    # AND the CMO Grievance Cell is told
    mails = world.mails("Reconciliation with the portal")
    assert mails
    assert all(reference in mails[-1]["BodyText"] for reference in (lost, altered, doubled, STRANGER))
    assert untouched not in mails[-1]["BodyText"]

    # WHEN they are compared once more
    # THEN only what somebody has to look at is found
    assert outcomes(reconciled(world, since), *references) == unmendable
    assert len(world.portal_entries(lost)) == 1


def test_a_portal_that_does_not_answer_is_no_difference(world: World) -> None:
    world.portal_misbehaves("down")

    answer = world.invoke("reconcile", {"day": f"{datetime.now(IST):%Y-%m-%d}"})

    (day,) = answer["days"]
    assert (day["read"], day["not_read"], day["counts"]) == (False, "no-answer", {})
    mails = world.mails("could not be read")
    assert day["day"] in mails[-1]["BodyText"]


def test_the_command_shows_a_days_figures_and_where_the_report_is(
    world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "read_state", lambda _: world.stack)

    command.reconcile(at_once=True)

    told = capsys.readouterr().out
    assert '"read": true' in told
    assert f"s3://{world.stack.registry_bucket}/results/reconciliation/" in told
    with pytest.raises(typer.Exit):
        command.reconcile("yesterday")
    assert "is no day such as" in capsys.readouterr().err
