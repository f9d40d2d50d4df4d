"""Checks an upload and puts it in force, or says line by line why not."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, timedelta
from enum import StrEnum
from functools import partial

from functions.domain.calendar import IST
from functions.domain.ports import Mail, Ports
from functions.domain.upload import Upload, UploadInForce
from functions.once import once
from functions.registry import files
from functions.registry.files import COLUMNS, Checked, LineError, check
from functions.registry.in_use import left_without_nodal_officer
from functions.registry.remarks import remarks
from functions.registry.rosters import send_rosters

KNOWN_EVERYWHERE = timedelta(seconds=35)
"""After so long every function knows a new version: they read what is in force anew each half minute.

What is open passes to successors only then, so that none of it is given, or told, to the former officer.
"""

UPLOADS = "UPLOADS"
"""Under which the alert log keeps that an upload was told to be in force: it concerns no record."""

_MOST_ERRORS_IN_MAIL = 50


class Outcome(StrEnum):
    """What became of an upload."""

    APPLIED = "applied"
    REFUSED = "refused"
    SUPERSEDED = "superseded"


def apply(
    outside: Ports,
    tell: str,
    key: str,
    object_version: str | None,
    upload: Upload,
    *,
    ex_officio_counts: bool = True,
) -> Outcome:
    """Handles one upload; doing so again changes nothing.

    Args:
        outside: the ports.
        tell: e-mail address of the CMO Grievance Cell.
        key: the file's name in the bucket.
        object_version: S3's version of it, None when the bucket keeps none.
        upload: under whose version it is put in force and its result is written.
        ex_officio_counts: whether a rank held ex officio meets the SOP's floor that it names.

    Returns:
        Whether it is in force now, and why not.

    Raises:
        Unavailable: a dependency is out; the upload comes again.
    """
    checked = _checked(outside, key, object_version, upload, ex_officio_counts=ex_officio_counts)
    outcome = Outcome.REFUSED if checked.errors else Outcome.APPLIED
    if outcome is Outcome.APPLIED:
        later = _put_in_force(outside, key, checked, upload)
        if later is not None:
            outcome = Outcome.SUPERSEDED
            checked.errors.append(
                LineError(1, "", f"was superseded: a later upload of this file is in force, version {later}")
            )
    if outcome is Outcome.APPLIED and key == files.OFFICERS:
        outside.handovers.ask(sorted({officer.office for officer in checked.officers}), KNOWN_EVERYWHERE)
    result = {
        "applied": outcome is Outcome.APPLIED,
        "rows": checked.rows,
        "errors": [asdict(error) for error in checked.errors],
    }
    outside.uploads.write_result(
        f"results/{key}/{upload.version}.json", json.dumps(result, ensure_ascii=False)
    )
    if outcome is not Outcome.APPLIED:
        outside.messaging.send_mail(_mail(tell, key, upload.version, checked, outcome))
        return outcome
    in_force = UploadInForce(file=key, version=upload.version)
    # Lists of people follow: where one does not go, the upload comes again.
    once(outside, UPLOADS, in_force, partial(_tell_in_force, outside, tell, key, checked, upload))
    send_rosters(outside, tell, key, upload.version, _today(outside))
    return outcome


def _tell_in_force(outside: Ports, to: str, key: str, checked: Checked, upload: Upload) -> str:
    told = remarks(outside, key, checked, _today(outside))
    return outside.messaging.send_mail(_mail(to, key, upload.version, checked, Outcome.APPLIED, told))


def _today(outside: Ports) -> date:
    return outside.clock.now().astimezone(IST).date()


def _checked(
    outside: Ports, key: str, object_version: str | None, upload: Upload, *, ex_officio_counts: bool
) -> Checked:
    if key not in COLUMNS:
        return Checked(errors=[LineError(1, "", "no file of this name is known: " + ", ".join(COLUMNS))])
    content = outside.uploads.read(key, object_version)
    checked = check(key, content, outside.registry.registers(), ex_officio_counts=ex_officio_counts)
    if key == files.OFFICERS and not checked.errors and not _is_decided(outside, upload):
        checked.errors += left_without_nodal_officer(outside, checked, _today(outside))
    return checked


def _is_decided(outside: Ports, upload: Upload) -> bool:
    """Whether an upload of officers, or a later one, is in force: then there is nothing left to refuse.

    An upload comes again when what follows its being in force failed, and a grievance may be open since with
    an office that it dropped.
    """
    standing = outside.registry.officers_upload()
    if standing is None:
        return False
    return standing.version == upload.version or not upload.is_later_than(standing)


def _put_in_force(outside: Ports, key: str, checked: Checked, upload: Upload) -> str | None:
    """None when it is in force; else the version of a later upload that is."""
    match key:
        case files.OFFICERS:
            return outside.registry.apply_officers(checked.officers, upload)
        case files.HOLIDAYS:
            return outside.registry.apply_holidays(checked.holidays, upload)
        case files.SERVICE_LEVELS:
            return outside.registry.apply_service_levels(checked.levels, upload)
        case files.EXECUTIVES:
            return outside.registry.apply_executives(checked.executives, upload)
        case files.ROUTING:
            return outside.registry.apply_routing(checked.routing.rules, upload)
    message = f"{key} has columns and no place in the registry"
    raise ValueError(message)


def _mail(
    to: str, key: str, version: str, checked: Checked, outcome: Outcome, told: Sequence[str] = ()
) -> Mail:
    match outcome:
        case Outcome.APPLIED:
            subject = f"Registry: {key} is in force, {checked.rows} rows"
        case Outcome.SUPERSEDED:
            subject = f"Registry: {key} was superseded by a later upload, nothing was changed"
        case Outcome.REFUSED:
            subject = f"Registry: {key} was refused, nothing was changed"
    if outcome is Outcome.APPLIED:
        lines = [f"{checked.rows} rows were applied as version {version}."]
        if key == files.OFFICERS:
            lines.append("Where a post has another officer now, what is open passes to the successor.")
        lines += told
    else:
        lines = [f"line {error.line}, {error.column or 'whole'}: {error.detail}" for error in checked.errors]
        left_out = len(lines) - _MOST_ERRORS_IN_MAIL
        lines = lines[:_MOST_ERRORS_IN_MAIL] + ([f"and {left_out} more"] if left_out > 0 else [])
    text = "\n".join(lines)
    html = "<pre>" + text.replace("&", "&amp;").replace("<", "&lt;") + "</pre>"
    return Mail(to=to, subject=subject, text=text, html=html)
