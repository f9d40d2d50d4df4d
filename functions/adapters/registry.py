"""What administrators keep, in force, in DynamoDB, versioned.

That is officers, holidays, service levels and field executives. A new version's rows are written beside the
old one's, and one write of the ``CURRENT`` item puts all of them in force; whoever reads sees the old set or
the new one, never a mixture. Routing reads one office's rows, so that the size of the registry adds nothing
to the cost of a grievance.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from functions.adapters import bundled
from functions.adapters.outages import unavailable_when_out
from functions.adapters.table import Item, Table, from_item, to_item
from functions.domain.calendar import Calendar
from functions.domain.errors import Unavailable
from functions.domain.office import FieldExecutive, Officer
from functions.domain.ports import Clock, Identifiers
from functions.domain.registers import Registers
from functions.domain.service_level import ServiceLevel

_KNOWN_FOR = timedelta(seconds=30)
_ROWS_PER_WRITE = 25
_WRITE_TRIES = 8


class DynamoRegistry:
    """Fills the ``Registry`` port."""

    def __init__(self, table: Table, clock: Clock, identifiers: Identifiers) -> None:
        self._table = table
        self._clock = clock
        self._identifiers = identifiers
        self._known: dict[str, tuple[datetime, dict[str, Any]]] = {}

    def registers(self) -> Registers:
        """See ``ports.Registry.registers``."""
        return bundled.registers()

    def calendar(self) -> Calendar:
        """See ``ports.Registry.calendar``."""
        holidays = self._current("holidays").get("holidays", {})
        return Calendar(frozenset(date.fromisoformat(day) for day in holidays))

    def service_levels(self) -> Sequence[ServiceLevel]:
        """See ``ports.Registry.service_levels``."""
        rows = self._current("service_levels").get("levels")
        if rows is None:
            return bundled.registers().service_levels
        return [ServiceLevel.model_validate(row) for row in rows]

    def on_roster(self, executive_id: str, day: date) -> bool:
        """See ``ports.Registry.on_roster``."""
        rows = self._current("field_executives").get("executives", [])
        executives = (FieldExecutive.model_validate(row) for row in rows)
        return any(one.executive_id == executive_id and one.serves_on(day) for one in executives)

    def officers_of(self, office: str) -> Sequence[Officer]:
        """See ``ports.Registry.officers_of``."""
        version = self._current("officers").get("version")
        if version is None:
            return ()
        found: list[Officer] = []
        arguments: dict[str, Any] = {
            "TableName": self._table.name,
            "KeyConditionExpression": "pk = :pk",
            "ExpressionAttributeValues": to_item({":pk": _rows_key(version, office)}),
        }
        while True:
            with unavailable_when_out("table"):
                answer = self._table.client.query(**arguments)
            found += [Officer.model_validate(from_item(item)["officer"]) for item in answer["Items"]]
            if "LastEvaluatedKey" not in answer:
                return found
            arguments["ExclusiveStartKey"] = answer["LastEvaluatedKey"]

    def apply_officers(self, officers: Sequence[Officer], version: str) -> None:
        """See ``ports.Registry.apply_officers``."""
        rows = [
            to_item(
                {
                    "pk": _rows_key(version, officer.office),
                    "sk": f"{officer.level}#{number:05d}",
                    "officer": officer.model_dump(mode="json"),
                }
            )
            for number, officer in enumerate(officers)
        ]
        for start in range(0, len(rows), _ROWS_PER_WRITE):
            self._write(rows[start : start + _ROWS_PER_WRITE])
        self._put_in_force("officers", {"version": version, "rows": len(rows)})

    def apply_service_levels(self, levels: Sequence[ServiceLevel], version: str) -> None:
        """See ``ports.Registry.apply_service_levels``."""
        rows = [level.model_dump(mode="json") for level in levels]
        self._put_in_force("service_levels", {"version": version, "levels": rows})

    def apply_executives(self, executives: Sequence[FieldExecutive], version: str) -> None:
        """See ``ports.Registry.apply_executives``."""
        rows = [executive.model_dump(mode="json") for executive in executives]
        self._put_in_force("field_executives", {"version": version, "executives": rows})

    def apply_holidays(self, holidays: Mapping[str, str], version: str) -> None:
        """See ``ports.Registry.apply_holidays``."""
        self._put_in_force("holidays", {"version": version, "holidays": dict(holidays)})

    def _current(self, name: str) -> dict[str, Any]:
        now = self._clock.now()
        known = self._known.get(name)
        if known is not None and now - known[0] <= _KNOWN_FOR:
            return known[1]
        with unavailable_when_out("table"):
            answer = self._table.client.get_item(
                TableName=self._table.name, Key=to_item(_current_key(name)), ConsistentRead=True
            )
        current = from_item(answer["Item"]) if "Item" in answer else {}
        self._known[name] = (now, current)
        return current

    def _put_in_force(self, name: str, values: dict[str, object]) -> None:
        with unavailable_when_out("table"):
            self._table.client.put_item(
                TableName=self._table.name,
                Item=to_item({**_current_key(name), **values, "applied_at": self._clock.now().isoformat()}),
            )
        self._known.pop(name, None)

    def _write(self, rows: Sequence[Item]) -> None:
        pending: Any = {self._table.name: [{"PutRequest": {"Item": row}} for row in rows]}
        for tried in range(_WRITE_TRIES):
            with unavailable_when_out("table"):
                pending = self._table.client.batch_write_item(RequestItems=pending).get("UnprocessedItems")
            if not pending:
                return
            self._clock.sleep(self._identifiers.fraction() * 0.1 * 2**tried)
        raise Unavailable("table")


def _current_key(name: str) -> dict[str, str]:
    return {"pk": f"REGISTRY#{name}", "sk": "CURRENT"}


def _rows_key(version: str, office: str) -> str:
    return f"REGISTRY#officers#{version}#{office}"
