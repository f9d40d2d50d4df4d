"""What administrators upload is applied whole or not at all, and the CMO Grievance Cell is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from local.layout import PROJECT
from tests.stack.world import World

SAMPLES = PROJECT / "samples" / "registry"


def upload(world: World, name: str, content: str) -> dict[str, Any]:
    """Puts a file into the registry bucket; its result."""
    s3 = world.aws("s3")
    bucket = world.stack.registry_bucket
    version = s3.put_object(Bucket=bucket, Key=name, Body=content.encode())["VersionId"]
    key = f"results/{name}/{version}.json"

    def result() -> list[dict[str, Any]]:
        listed = s3.list_objects_v2(Bucket=bucket, Prefix=key).get("Contents", [])
        return [json.loads(s3.get_object(Bucket=bucket, Key=one["Key"])["Body"].read()) for one in listed]

    return world.until(result, lambda found: found)[0]


def text_of(name: str) -> str:
    return Path(SAMPLES / name).read_text(encoding="utf-8")


def test_a_file_with_one_wrong_line_changes_nothing_and_names_the_line(world: World) -> None:
    lines = text_of("officers.csv").splitlines()
    lines[1] = lines[1].replace("Joint Secretary,+91", "Deputy Secretary,+91")
    lines[2] = lines[2].replace("AGRI,", "NOPE,", 1)

    result = upload(world, "officers.csv", "\n".join(lines) + "\n")

    assert result["applied"] is False
    assert [(error["line"], error["column"]) for error in result["errors"]] == [(2, "rank"), (3, "office")]
    assert world.until(
        lambda: world.mails("officers.csv was refused"),
        lambda mails: mails and "line 2" in mails[-1]["BodyText"],
    )
    # the officers of before serve on
    assert world.state(world.forwarded(department="AGRI"))["assignee"]["office"] == "AGRI"


def test_a_new_set_of_officers_is_in_force_for_the_next_grievance(world: World) -> None:
    changed = text_of("officers.csv").replace(
        "nodal.fish@officers.wb.example", "new.fish@officers.wb.example"
    )

    assert upload(world, "officers.csv", changed)["applied"] is True

    # Functions know a registry for half a minute; what is sent after that goes to the new officer.
    def address() -> list[str]:
        reference = world.forwarded(department="FISH", district=None)
        mails = world.until(lambda: world.mails(reference), lambda sent: len(sent) == 2)
        return [to for mail in mails for to in mail["To"]]

    assert world.until(address, lambda to: "new.fish@officers.wb.example" in to)
    assert upload(world, "officers.csv", text_of("officers.csv"))["applied"] is True


def test_a_file_of_an_unknown_name_is_told_so(world: World) -> None:
    result = upload(world, "officials.csv", "a,b\n1,2\n")

    assert result["applied"] is False
    assert "officers.csv" in result["errors"][0]["detail"]
