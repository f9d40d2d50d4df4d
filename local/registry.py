"""Uploads the sample registers the way an administrator does, and waits for the outcome."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from local.layout import PROJECT
from local.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from local.aws import Emulator

SAMPLES = tuple(
    PROJECT / "samples" / "registry" / name
    for name in ("holidays.csv", "officers.csv", "service_levels.csv", "field_executives.csv")
)

_SECONDS = 60
_ERRORS_SHOWN = 5


@dataclass(frozen=True)
class _File:
    """One file of the registry bucket."""

    emulator: Emulator
    bucket: str
    path: Path

    def results(self) -> dict[str, float]:
        """The outcomes that are there, by key, with the time of each."""
        pages = self.emulator.s3.get_paginator("list_objects_v2").paginate(
            Bucket=self.bucket, Prefix=f"results/{self.path.name}/"
        )
        return {
            found["Key"]: found["LastModified"].timestamp()
            for page in pages
            for found in page.get("Contents", [])
        }

    def outcome(self, key: str) -> dict[str, Any]:
        outcome: dict[str, Any] = json.loads(
            self.emulator.s3.get_object(Bucket=self.bucket, Key=key)["Body"].read()
        )
        return outcome

    def is_applied(self) -> bool:
        """Whether the last upload of it, be it ours or an administrator's, was applied."""
        results = self.results()
        return bool(results) and bool(self.outcome(max(results, key=results.__getitem__)).get("applied"))

    def is_someone_elses(self) -> bool:
        try:
            held = self.emulator.s3.head_object(Bucket=self.bucket, Key=self.path.name)["ETag"].strip('"')
        except ClientError:
            return False
        return held != hashlib.md5(self.path.read_bytes(), usedforsecurity=False).hexdigest()

    def upload(self) -> None:
        self.emulator.s3.put_object(
            Bucket=self.bucket, Key=self.path.name, Body=self.path.read_bytes(), ContentType="text/csv"
        )


def apply_samples(emulator: Emulator, bucket: str) -> Iterator[str]:
    """Uploads the sample registers that were never applied.

    Args:
        emulator: Where the bucket is.
        bucket: The registry bucket.

    Yields:
        A sentence for each register that was not applied; none when all is well.
    """
    registers = [_File(emulator, bucket, path) for path in SAMPLES if path.exists()]
    # One after the other: the emulator drops what comes to a function that is at its cap.
    for register in registers:
        if not register.is_applied() and not register.is_someone_elses():
            before = set(register.results())
            register.upload()
            wait_until(partial(_has_outcome, register, before), _SECONDS)
            yield from _refusal(register, before)


def _has_outcome(register: _File, before: set[str]) -> bool:
    return bool(set(register.results()) - before)


def _refusal(register: _File, before: set[str]) -> Iterator[str]:
    name = register.path.name
    fresh = {key: at for key, at in register.results().items() if key not in before}
    if not fresh:
        yield f"{name}: no outcome after {_SECONDS} seconds"
        return
    outcome = register.outcome(max(fresh, key=fresh.__getitem__))
    if outcome.get("applied"):
        return
    for error in outcome.get("errors", [])[:_ERRORS_SHOWN]:
        yield f"{name}, line {error.get('line')}, {error.get('column')}: {error.get('detail')}"
    yield f"{name}: not applied, {len(outcome.get('errors', []))} errors"
