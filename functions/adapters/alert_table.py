"""The alert table as it stands beside the messages: two CSV files."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from functions.domain.alert_rules import AlertRule, AlertRules
from functions.domain.channel import Channel
from functions.domain.sending_hours import SendingHours

_FOLDER = Path(__file__).parent.parent / "messages"
_YES = {"yes": True, "no": False}
_KEEPS_HOURS = {"kept": True, "any": False}


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (_FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _rule(row: dict[str, str]) -> AlertRule:
    return AlertRule.model_validate(
        {
            **{name: cell for name, cell in row.items() if name != "hours"},
            "rung": int(row["rung"]) if row["rung"] else None,
            "channels": tuple(row["channels"].split(";")),
            "keeps_hours": _KEEPS_HOURS[row["hours"]],
            "asks": _YES[row["asks"]],
            "outlives_assignment": _YES[row["outlives_assignment"]],
        }
    )


def alert_rules(*, at_any_hour: bool = False) -> AlertRules:
    """The table, read anew.

    Args:
        at_any_hour: whether no channel has hours.

    Raises:
        ValueError, KeyError: a value is not of its column's kind.
    """
    hours = {
        Channel(row["channel"]): SendingHours.model_validate({"opens": row["opens"], "closes": row["closes"]})
        for row in _rows("sending_hours")
    }
    return AlertRules(rows=tuple(map(_rule, _rows("alerts"))), hours={} if at_any_hour else hours)
