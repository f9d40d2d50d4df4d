"""Officers come and go: what is open passes to the successor, and the latest upload is in force."""

from __future__ import annotations

import csv
import io
import json
import sys
import time  # noqa: TID251 - how long it takes is what is measured
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from functions.domain.calendar import IST
from tests.stack.test_registry import text_of, upload
from tests.stack.world import World

OFFICERS = "officers.csv"
HANDED_OVER_WITHIN = 120
"""Seconds: half a minute until every function knows the new officers, then the queue, then the messages."""

Row = dict[str, str]


def report(line: str) -> None:
    """Shows what was measured when the tests run with ``-s``."""
    sys.stdout.write(f"\n{line}\n")


def rows() -> list[Row]:
    return list(csv.DictReader(io.StringIO(text_of(OFFICERS))))


def post(found: list[Row], office: str, level: str = "nodal") -> Row:
    (row,) = [row for row in found if (row["office"], row["level"]) == (office, level)]
    return row


def invoke(world: World, function: str, event: object) -> None:
    """Invokes a function whose only worker on this machine may be at work with what a queue brought."""
    busy = world.aws("lambda").exceptions.TooManyRequestsException

    def done() -> bool:
        with suppress(busy):
            world.invoke(function, event)
            return True
        return False

    world.until(done, bool)


def written(found: list[Row]) -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(found[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(found)
    return text.getvalue()


@pytest.fixture(autouse=True)
def _sample_officers_afterwards(world: World) -> Iterator[None]:
    yield
    assert upload(world, OFFICERS, text_of(OFFICERS))["applied"] is True


def test_what_is_open_passes_to_the_successor_and_both_are_told(world: World) -> None:
    reference = world.forwarded(department="ITE", district=None)
    (link, *_) = world.until(lambda: world.links(reference), lambda links: len(links) == 2)
    # What asks somebody to act is told only while it is with him.
    world.until(lambda: world.mails(reference), lambda sent: len(sent) == 2)
    found = rows()
    former = dict(post(found, "ITE"))
    successor = {"name": "A Successor (sample)", "phone": "+919000009001", "email": "successor@wb.example"}
    post(found, "ITE").update(successor, designation="Special Secretary (Redress)", language="en")

    assert upload(world, OFFICERS, written(found))["applied"] is True

    def assignee() -> str:
        return str(world.state(reference)["assignee"]["officer"])

    began = time.monotonic()
    world.until(assignee, lambda officer: officer == "Special Secretary (Redress)", HANDED_OVER_WITHIN)
    report(f"passed to the successor {time.monotonic() - began:.0f} s after the upload's result")
    state = world.state(reference)
    assert state["status"] == "forwarded"
    assert world.happened(reference).count("RecordForwarded") == 2
    # THEN the successor is told as of a forwarding, the former officer that it is his no more
    sms = world.until(lambda: world.sms(reference), lambda sent: len(sent) == 4)
    assert [each["PhoneNumber"] for each in sms].count(successor["phone"]) == 1
    (to_former,) = [each for each in sms if "HANDED OVER" in each["Message"]]
    assert to_former["PhoneNumber"] == former["phone"]
    mails = world.until(lambda: world.mails(reference), lambda sent: len(sent) == 4)
    assert {former["email"], successor["email"]} <= {to for mail in mails for to in mail["To"]}
    # AND the former officer's link only informs, the successor's acknowledges
    assert world.page("POST", link)[0] == 409
    assert world.page("POST", world.links(reference)[-1])[0] == 200
    # AND while it is open the office is not left without a nodal officer
    without = [row for row in rows() if (row["office"], row["level"]) != ("ITE", "nodal")]
    refused = upload(world, OFFICERS, written(without))
    assert refused["applied"] is False
    assert ["ITE" in error["detail"] for error in refused["errors"]] == [True]


def test_an_upload_that_is_handled_late_does_not_undo_a_later_one(world: World) -> None:
    s3, bucket = world.aws("s3"), world.stack.registry_bucket
    later = upload(world, OFFICERS, text_of(OFFICERS))
    assert later["applied"] is True
    # WHEN an upload from before comes only now
    before = (datetime.now(UTC) - timedelta(days=1)).isoformat()
    version = s3.list_object_versions(Bucket=bucket, Prefix=OFFICERS)["Versions"][-1]["VersionId"]
    s3.delete_object(Bucket=bucket, Key=f"results/{OFFICERS}/{version}.json")
    entry = {
        "eventTime": before,
        "s3": {"object": {"key": OFFICERS, "versionId": version, "sequencer": "00"}},
    }
    invoke(world, "registry", {"Records": [entry]})

    result = json.loads(s3.get_object(Bucket=bucket, Key=f"results/{OFFICERS}/{version}.json")["Body"].read())
    assert result["applied"] is False
    assert "superseded" in result["errors"][0]["detail"]


def test_the_cell_is_told_of_a_post_that_falls_vacant_and_only_once(world: World) -> None:
    found = rows()
    last_day = datetime.now(IST).date() + timedelta(days=3)
    post(found, "ITE", "head")["valid_to"] = last_day.isoformat()
    assert upload(world, OFFICERS, written(found))["applied"] is True
    scheduled = {"time": datetime.now(UTC).isoformat()}

    def told() -> list[dict[str, Any]]:
        invoke(world, "posts", scheduled)
        return world.mails(f"head of the office: last day {last_day:%d %b %Y}")

    # A worker knows the officers of before for half a minute.
    world.until(told, bool)
    assert len(told()) == 1
    assert "ITE" in told()[0]["BodyText"]


def test_a_registry_of_a_thousand_officers_is_applied_in_seconds(world: World) -> None:
    present = rows()
    earlier = [
        {**row, "name": "Before (sample)", "valid_from": f"{year}-01-01", "valid_to": f"{year}-12-31"}
        for year in range(2022, 2026)
        for row in present
    ]
    thousand = [*present, *earlier][:1000]
    began = time.monotonic()
    result = upload(world, OFFICERS, written(thousand))
    took = time.monotonic() - began
    report(f"1,000 officers in force after {took:.1f} s")
    assert result == {"applied": True, "rows": 1000, "errors": []}


def test_a_district_is_given_the_list_of_its_executives(world: World) -> None:
    before = len(world.mails("Field validation executives in Nadia"))
    assert upload(world, "field_executives.csv", text_of("field_executives.csv"))["applied"] is True
    mails = world.until(
        lambda: world.mails("Field validation executives in Nadia")[before:], lambda sent: len(sent) == 2
    )
    assert sorted(to for mail in mails for to in mail["To"]) == sorted(
        post(rows(), "320", level)["email"] for level in ("nodal", "head")
    )
    assert all("FE-" in mail["BodyText"] for mail in mails)
