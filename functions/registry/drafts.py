"""A draft of rules of routing: what it would change is told, and nothing is put in force."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict

from functions.domain.ports import Ports
from functions.domain.rerouting import counts, examples, moves
from functions.domain.routing_rules import RoutingRules
from functions.registry.files import ROUTING, Checked, LineError, check

FOLDER = "drafts/"
LAST = "last"
"""What the uploader notes beside a draft: how many records to look at."""
LOOKED_AT = 500
MOST_LOOKED_AT = 5_000
MOST_REFERENCES = 200


def is_draft(key: str) -> bool:
    """Whether a file of the bucket is only a draft."""
    return key.startswith(FOLDER)


def result_key(key: str, version: str) -> str:
    """Where the outcome of a draft is written."""
    return f"results/{key.removesuffix('.csv')}/{version}.json"


def preview(outside: Ports, key: str, object_version: str | None, version: str) -> bool:
    """Writes which of the last records would go to another office under a draft than under what is in force.

    Args:
        outside: the ports.
        key: the draft's name in the bucket.
        object_version: S3's version of it, None when the bucket keeps none.
        version: under which the outcome is written.

    Returns:
        Whether the draft validates.

    Raises:
        Unavailable: a dependency is out; the draft comes again.
    """
    checked, last = _checked(outside, key, object_version)
    outcome: dict[str, object] = {
        "valid": not checked.errors,
        "rows": checked.rows,
        "errors": [asdict(error) for error in checked.errors],
    }
    if not checked.errors:
        outcome |= _changes(outside, RoutingRules(checked.routing.rules, version), last)
    outside.uploads.write_result(result_key(key, version), json.dumps(outcome, ensure_ascii=False))
    return not checked.errors


def _checked(outside: Ports, key: str, object_version: str | None) -> tuple[Checked, int]:
    if key != FOLDER + ROUTING:
        return Checked(errors=[LineError(1, "", f"only a draft of {ROUTING} can be previewed")]), 0
    noted = outside.uploads.noted(key, object_version).get(LAST, str(LOOKED_AT))
    if not noted.isascii() or not noted.isdigit() or not 1 <= int(noted) <= MOST_LOOKED_AT:
        wrong = f"the note {LAST} beside it is no whole number from 1 to {MOST_LOOKED_AT}"
        return Checked(errors=[LineError(1, "", wrong)]), 0
    content = outside.uploads.read(key, object_version)
    return check(ROUTING, content, outside.registry.registers()), int(noted)


def _changes(outside: Ports, draft: RoutingRules, last: int) -> Mapping[str, object]:
    in_force = outside.registry.routing_rules()
    records = outside.records.newest(last)
    moved = moves(records, outside.registry.registers().offices, in_force, draft)
    return {
        "in_force": in_force.version,
        "looked_at": len(records),
        "transferred": sum(record.transfers > 0 for record in records),
        "moved": len(moved),
        "moves": [{"from": before, "to": after, "count": count} for (before, after), count in counts(moved)],
        "records": [
            {"reference": move.reference, "from": move.before, "to": move.after}
            for move in examples(moved, MOST_REFERENCES)
        ],
    }
