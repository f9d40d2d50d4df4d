"""A file was put into the registry bucket; an officer may have a successor; a new day began."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import unquote_plus

from chalice.app import Blueprint

from functions.adapters.wiring import ports, settings
from functions.domain.calendar import IST
from functions.domain.errors import Fault, Refused
from functions.domain.model import CLOCK_DIFFERENCE
from functions.domain.ports import Ports
from functions.domain.upload import Upload
from functions.observability import count, logger, observed
from functions.queued import each_body
from functions.registry import drafts
from functions.registry.applying import Outcome, apply
from functions.registry.files import COLUMNS
from functions.registry.handing_over import hand_over
from functions.registry.rosters import send_rosters_of_day
from functions.registry.vacant_posts import tell_vacancies

registry = Blueprint(__name__)

_COUNTERS = {
    Outcome.APPLIED: "RegistryApplied",
    Outcome.REFUSED: "RegistryRefused",
    Outcome.SUPERSEDED: "RegistrySuperseded",
}


@registry.lambda_function(name="registry")
@observed
def apply_uploads(event: dict[str, Any], _: object) -> None:
    """S3 event: each file is applied whole or not at all; of a draft it is told what it would change."""
    for entry in event["Records"]:
        uploaded = entry["s3"]["object"]
        version = uploaded.get("versionId")
        key = unquote_plus(uploaded["key"])
        if drafts.is_draft(key):
            valid = drafts.preview(ports(), key, version, version or uploaded["eTag"])
            logger.info("draft previewed", key=key, valid=valid)
            continue
        outcome = apply(
            ports(),
            settings().grievance_cell_mail,
            key,
            version,
            _upload(ports(), entry, key),
            ex_officio_counts=settings().ex_officio_ranks,
        )
        count(_COUNTERS[outcome])
        logger.info("upload handled", key=key, outcome=outcome)


@registry.lambda_function(name="posts")
@observed
def look_after_posts(event: dict[str, Any], _: object) -> dict[str, Any]:
    """SQS batch of offices -> partial batch response; the nightly scheduled event -> what was done."""
    if "Records" in event:
        return each_body(ports(), event, _hand_over)
    return _begin_day(ports(), event)


def _upload(outside: Ports, entry: Mapping[str, Any], key: str) -> Upload:
    uploaded = entry["s3"]["object"]
    version = uploaded.get("versionId")
    at = entry.get("eventTime")
    if at is None:
        # Who asks for a file by hand need not know when it came; one of an unknown name is refused anyway.
        at = outside.uploads.uploaded_at(key, version) if key in COLUMNS else outside.clock.now()
    return Upload.model_validate(
        {"version": version or uploaded["eTag"], "at": at, "sequencer": uploaded.get("sequencer")}
    )


def _hand_over(body: Mapping[str, Any]) -> None:
    handed_over = hand_over(ports(), body["office"])
    logger.info("office looked after", office=body["office"], handed_over=handed_over)


def _begin_day(outside: Ports, event: Mapping[str, Any]) -> dict[str, Any]:
    """Successors take over, vacancies are told, and the lists of people that are due are sent.

    Each is done whatever becomes of the others.

    Raises:
        Refused: the event is of a day ahead.
        Exception: the first failure, where there was one; the night is to be told again.
    """
    now = datetime.fromisoformat(event["time"]).astimezone(UTC)
    if settings().stage != "local" and now > outside.clock.now() + CLOCK_DIFFERENCE:
        raise Refused(Fault("/time", "lies more than five minutes in the future"))
    cell, today = settings().grievance_cell_mail, now.astimezone(IST).date()
    jobs: Mapping[str, Callable[[], int]] = {
        "offices": lambda: _look_at_every_office(outside),
        "vacancies_told": lambda: tell_vacancies(outside, cell, today),
        "rosters_sent": lambda: send_rosters_of_day(outside, cell, today),
    }
    result: dict[str, int] = {}
    failed: Exception | None = None
    for name, job in jobs.items():
        try:
            result[name] = job()
        except Exception as error:  # noqa: BLE001 - one that fails is to keep no other from its day
            logger.exception("part of the night failed", error=type(error).__name__, part=name)
            failed = failed or error
    if failed is not None:
        raise failed
    logger.info("day begun", extra=result)
    return result


def _look_at_every_office(outside: Ports) -> int:
    offices = sorted({officer.office for officer in outside.registry.all_officers()})
    outside.handovers.ask(offices, timedelta())
    return len(offices)
