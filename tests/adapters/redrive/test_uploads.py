"""An upload that failed is asked for again, unless a later one is in force."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from botocore.exceptions import ClientError

from infra.redrive import INVOCATIONS, Outcome, redrive
from tests.adapters.redrive.letters import upload
from tests.adapters.redrive.place import BUCKET, STACK, Place


def put_file(place: Place, key: str, text: str) -> str:
    assert place.clients.storage is not None
    return place.clients.storage.put_object(Bucket=BUCKET, Key=key, Body=text.encode())["VersionId"]


def put_result(place: Place, key: str, version: str, *, applied: bool) -> None:
    """What became of an upload, as the registry writes it."""
    put_file(place, f"results/{key}/{version}.json", json.dumps({"applied": applied}))


def test_an_upload_is_asked_for_again(place: Place) -> None:
    letter = upload(put_file(place, "officers.csv", "office"))
    place.put(INVOCATIONS, letter)
    assert place.run()[INVOCATIONS] == Outcome(INVOCATIONS, handed_back=1, dropped=0, left=0)
    assert place.functions.invoked == [("registry", "Event", letter["requestPayload"])]


def test_an_upload_that_a_later_one_replaced_never_comes_into_force_again(place: Place) -> None:
    # GIVEN a list of officers that failed, and a corrected one that is in force since
    first = put_file(place, "my officers.csv", "office")
    put_result(place, "my officers.csv", put_file(place, "my officers.csv", "office,level"), applied=True)
    place.put(INVOCATIONS, upload(first, key="my+officers.csv"))
    # THEN the first one is not put over it
    assert place.run()[INVOCATIONS] == Outcome(INVOCATIONS, handed_back=0, dropped=1, left=0)
    assert place.functions.invoked == []


@pytest.mark.parametrize("applied", [False, None], ids=["refused", "not handled yet"])
def test_an_upload_goes_on_while_no_later_one_is_in_force(place: Place, *, applied: bool | None) -> None:
    # GIVEN a list of officers that failed, and a later one that was refused, or may yet be
    first, later = put_file(place, "officers.csv", "office"), put_file(place, "officers.csv", "nonsense")
    if applied is not None:
        put_result(place, "officers.csv", later, applied=applied)
    letter = upload(first)
    place.put(INVOCATIONS, letter)
    # THEN the first one is asked for again
    assert place.run()[INVOCATIONS] == Outcome(INVOCATIONS, handed_back=1, dropped=0, left=0)
    assert place.functions.invoked == [("registry", "Event", letter["requestPayload"])]


def test_of_several_uploads_in_one_letter_only_the_newest_go_on(place: Place) -> None:
    old, new = put_file(place, "officers.csv", "1"), put_file(place, "officers.csv", "2")
    put_result(place, "officers.csv", new, applied=True)
    letter = upload(old)
    letter["requestPayload"]["Records"] += upload(new)["requestPayload"]["Records"]
    place.put(INVOCATIONS, letter)
    assert place.run()[INVOCATIONS].handed_back == 1
    assert place.functions.invoked == [("registry", "Event", upload(new)["requestPayload"])]


@pytest.mark.parametrize("version", ["of-a-file-that-is-gone", None])
def test_an_upload_of_which_nothing_newer_is_known_is_asked_for_again(
    place: Place, version: str | None
) -> None:
    place.put(INVOCATIONS, upload(version))
    assert place.run()[INVOCATIONS].handed_back == 1


def test_a_bucket_that_may_not_be_looked_into_keeps_the_letter(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(**_: object) -> None:
        raise ClientError(
            {
                "Error": {"Code": "403", "Message": "Forbidden"},
                "ResponseMetadata": {"HTTPStatusCode": 403},  # type: ignore[typeddict-item]  # the rest is not read
            },
            "HeadObject",
        )

    monkeypatch.setattr(place.clients.storage, "head_object", denied)
    place.put(INVOCATIONS, upload("v"))
    outcome = place.run()[INVOCATIONS]
    assert (outcome.left, place.functions.invoked) == (1, [])


def test_uploads_go_unchecked_without_a_look_into_the_bucket(place: Place) -> None:
    first = put_file(place, "officers.csv", "1")
    put_file(place, "officers.csv", "2")
    place.put(INVOCATIONS, upload(first))
    (*_, outcome) = redrive(STACK, replace(place.clients, storage=None))
    assert outcome.handed_back == 1
