"""Checks an upload and puts it in force, or says line by line why not."""

from __future__ import annotations

import json
from dataclasses import asdict

from functions.domain.ports import Mail, Ports
from functions.registry import files
from functions.registry.files import COLUMNS, Checked, LineError, check

_MOST_ERRORS_IN_MAIL = 50


def apply(outside: Ports, tell: str, key: str, object_version: str | None, version: str) -> bool:
    """Handles one upload.

    Args:
        outside: the ports.
        tell: e-mail address of the CMO Grievance Cell.
        key: the file's name in the bucket.
        object_version: S3's version of it, None when the bucket keeps none.
        version: under which it is put in force and its result is written.

    Returns:
        Whether it is in force now.
    """
    if key in COLUMNS:
        checked = check(key, outside.uploads.read(key, object_version), outside.registry.registers())
    else:
        checked = Checked(errors=[LineError(1, "", "no file of this name is known: " + ", ".join(COLUMNS))])
    applied = not checked.errors
    if applied:
        _put_in_force(outside, key, checked, version)
    result = {
        "applied": applied,
        "rows": checked.rows,
        "errors": [asdict(error) for error in checked.errors],
    }
    outside.uploads.write_result(f"results/{key}/{version}.json", json.dumps(result, ensure_ascii=False))
    outside.messaging.send_mail(_mail(tell, key, version, checked))
    return applied


def _put_in_force(outside: Ports, key: str, checked: Checked, version: str) -> None:
    match key:
        case files.OFFICERS:
            outside.registry.apply_officers(checked.officers, version)
        case files.HOLIDAYS:
            outside.registry.apply_holidays(checked.holidays, version)
        case files.SERVICE_LEVELS:
            outside.registry.apply_service_levels(checked.levels, version)
        case files.EXECUTIVES:
            outside.registry.apply_executives(checked.executives, version)


def _mail(to: str, key: str, version: str, checked: Checked) -> Mail:
    if checked.errors:
        subject = f"Registry: {key} was refused, nothing was changed"
        lines = [f"line {error.line}, {error.column or 'whole'}: {error.detail}" for error in checked.errors]
        left_out = len(lines) - _MOST_ERRORS_IN_MAIL
        lines = lines[:_MOST_ERRORS_IN_MAIL] + ([f"and {left_out} more"] if left_out > 0 else [])
    else:
        subject = f"Registry: {key} is in force, {checked.rows} rows"
        lines = [f"{checked.rows} rows were applied as version {version}."]
    text = "\n".join(lines)
    html = "<pre>" + text.replace("&", "&amp;").replace("<", "&lt;") + "</pre>"
    return Mail(to=to, subject=subject, text=text, html=html)
