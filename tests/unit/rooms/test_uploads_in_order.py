"""S3's event tells which upload it is; the later of two is in force, and the other one's result says so."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from functions.domain.upload import Upload
from functions.registry import handler
from functions.registry.applying import Outcome, apply
from functions.registry.files import COLUMNS, EXECUTIVES, HOLIDAYS, OFFICERS, SERVICE_LEVELS
from tests.builders import CONTEXT, NOW, settings, upload
from tests.fakes import SAMPLES, FakePorts

CELL = "cell@wb.example"
LATER = upload("v-later", at=NOW + timedelta(seconds=1))
NAMES = [OFFICERS, HOLIDAYS, SERVICE_LEVELS, EXECUTIVES]


def handle(outside: FakePorts, name: str, come: Upload) -> tuple[Outcome, dict[str, Any]]:
    outside.uploads.files[name, come.version] = (SAMPLES / name).read_bytes()
    outcome = apply(outside, CELL, name, come.version, come)
    return outcome, json.loads(outside.uploads.results[f"results/{name}/{come.version}.json"])


def entry(version: str | None, **told: object) -> dict[str, Any]:
    """S3's word of an upload."""
    uploaded = {"key": OFFICERS, "eTag": "e-tag", **({"versionId": version} if version else {})}
    sequencer = {"sequencer": told.pop("sequencer")} if "sequencer" in told else {}
    return {**told, "s3": {"object": uploaded | sequencer}}


@pytest.fixture
def uploads(outside: FakePorts, monkeypatch: pytest.MonkeyPatch) -> FakePorts:
    """The handler's outside, with two versions of one file."""
    monkeypatch.setattr(handler, "ports", lambda: outside)
    monkeypatch.setattr(handler, "settings", lambda: settings(GRIEVANCE_CELL_MAIL=CELL))
    for version in ("v1", "v2", None):
        outside.uploads.files[OFFICERS, version] = (SAMPLES / OFFICERS).read_bytes()
    return outside


@pytest.mark.parametrize("name", NAMES)
def test_an_upload_that_is_handled_after_a_later_one_is_superseded(outside: FakePorts, name: str) -> None:
    assert handle(outside, name, LATER)[0] is Outcome.APPLIED
    asked = list(outside.handovers.asked)
    outcome, result = handle(outside, name, upload("v-first"))
    assert outcome is Outcome.SUPERSEDED
    ((error),) = result["errors"]
    assert (result["applied"], error["line"], error["column"]) == (False, 1, "")
    assert "superseded" in error["detail"]
    assert "v-later" in error["detail"]
    assert outside.registry.versions == {name.removesuffix(".csv"): "v-later"}
    assert outside.messaging.mails[-1].subject == (
        f"Registry: {name} was superseded by a later upload, nothing was changed"
    )
    assert outside.handovers.asked == asked


@pytest.mark.parametrize("name", NAMES)
def test_in_order_both_are_applied(outside: FakePorts, name: str) -> None:
    assert [handle(outside, name, come)[0] for come in (upload("v-first"), LATER)] == [Outcome.APPLIED] * 2


def test_a_later_upload_that_is_refused_supersedes_nothing(outside: FakePorts) -> None:
    outside.uploads.files[OFFICERS, "bad"] = b"no officers"
    assert apply(outside, CELL, OFFICERS, "bad", LATER) is Outcome.REFUSED
    assert handle(outside, OFFICERS, upload("v-first"))[0] is Outcome.APPLIED


def test_files_do_not_supersede_each_other(outside: FakePorts) -> None:
    assert handle(outside, HOLIDAYS, LATER)[0] is Outcome.APPLIED
    assert handle(outside, OFFICERS, upload("v-first"))[0] is Outcome.APPLIED


def test_every_known_file_has_its_place() -> None:
    for name in COLUMNS:
        if (SAMPLES / name).exists():
            assert handle(FakePorts(), name, LATER)[0] is Outcome.APPLIED


def test_s3s_event_tells_the_order(uploads: FakePorts) -> None:
    second = entry("v2", eventTime="2026-11-24T04:45:01.250Z", sequencer="0066")
    first = entry("v1", eventTime="2026-11-24T04:45:02.000Z", sequencer="0065")
    for come in (second, first):
        handler.apply_uploads({"Records": [come]}, CONTEXT)
    assert uploads.registry.versions == {"officers": "v2"}
    assert "superseded" in uploads.uploads.results[f"results/{OFFICERS}/v1.json"]


def test_of_an_event_without_a_time_s3_is_asked(uploads: FakePorts) -> None:
    uploads.uploads.taken_at = {(OFFICERS, "v1"): NOW, (OFFICERS, "v2"): NOW + timedelta(seconds=1)}
    for version in ("v2", "v1"):
        handler.apply_uploads({"Records": [entry(version)]}, CONTEXT)
    assert uploads.registry.versions == {"officers": "v2"}


def test_a_file_of_an_unknown_name_is_told_so_though_there_is_none(
    uploads: FakePorts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads.uploads, "uploaded_at", lambda *_: pytest.fail("nobody knows"))
    come = {"s3": {"object": {"key": "officials.csv", "versionId": "by-hand", "eTag": "x"}}}
    handler.apply_uploads({"Records": [come]}, CONTEXT)
    assert "officers.csv" in uploads.uploads.results["results/officials.csv/by-hand.json"]


def test_in_a_bucket_without_versions_the_content_names_it(uploads: FakePorts) -> None:
    handler.apply_uploads({"Records": [entry(None, eventTime="2026-11-24T04:45:01Z")]}, CONTEXT)
    assert uploads.registry.versions == {"officers": "e-tag"}


def test_ranks_held_ex_officio_are_judged_as_the_deployment_says(
    uploads: FakePorts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handler, "settings", lambda: settings(EX_OFFICIO_RANKS="off"))
    text = (SAMPLES / OFFICERS).read_text(encoding="utf-8")
    by_office = text.replace("Joint Secretary,+", "OSD & e.o. Joint Secretary,+", 1)
    uploads.uploads.files[OFFICERS, "v1"] = by_office.encode()
    handler.apply_uploads({"Records": [entry("v1")]}, CONTEXT)
    assert uploads.registry.versions == {}
