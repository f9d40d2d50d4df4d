"""What administrators keep, in force, in DynamoDB, versioned.

That is officers, holidays, service levels, field executives and rules of routing. A new version's rows are
written beside the old one's, and one write of the ``CURRENT`` item puts all of them in force; whoever reads
sees the old set or the new one, never a mixture. The item tells which upload it came of and the write is
guarded by it, so that the later of two uploads wins in whatever order they are handled. Routing reads one
office's officers, and the rules once for each version, so that the size of the registry adds nothing to the
cost of a grievance.

Who held a post in a version that was replaced is kept apart, by what stands for the person in the records:
what is open with a post passes to the successor, and the former officer is told. What else is to be known of
what was replaced stands in the ``CURRENT`` item, carried on from one version to the next: the posts that were
filled once and are not now, and the districts that had executives a version ago.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from botocore.exceptions import ClientError

from functions.adapters import bundled
from functions.adapters.outages import code_of, unavailable_when_out
from functions.adapters.table import Item, Table, from_item, to_item
from functions.domain.calendar import IST, Calendar
from functions.domain.errors import Unavailable
from functions.domain.mail_address import AS_KEPT
from functions.domain.office import FieldExecutive, Level, Officer
from functions.domain.ports import Clock, Identifiers
from functions.domain.registers import Registers
from functions.domain.roster import districts_served
from functions.domain.routing_rules import NO_RULES, Pattern, RoutingRule, RoutingRules
from functions.domain.service_level import ServiceLevel
from functions.domain.upload import Upload
from functions.domain.vacancy import Post, emptied

_KNOWN_FOR = timedelta(seconds=30)
_ROWS_PER_WRITE = 25
# An item holds 400 KB at most, and a rule takes some 90 bytes of it.
_RULES_PER_ITEM = 1_000
_WRITE_TRIES = 8
_GUARDED_TRIES = 5
_FORMER_KEPT_FOR = timedelta(days=366)


class DynamoRegistry:
    """Fills the ``Registry`` port."""

    def __init__(
        self, table: Table, clock: Clock, identifiers: Identifiers, *, at_any_hour: bool = False
    ) -> None:
        self._at_any_hour = at_any_hour
        self._table = table
        self._clock = clock
        self._identifiers = identifiers
        self._known: dict[str, tuple[datetime, dict[str, Any]]] = {}
        self._routing = NO_RULES

    def registers(self) -> Registers:
        """See ``ports.Registry.registers``."""
        return bundled.registers(at_any_hour=self._at_any_hour)

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
        return any(one.executive_id == executive_id and one.serves_on(day) for one in self.all_executives())

    def all_executives(self) -> Sequence[FieldExecutive]:
        """See ``ports.Registry.all_executives``."""
        return _executives_in(self._current("field_executives"))

    def districts_served_before(self) -> Collection[str]:
        """See ``ports.Registry.districts_served_before``."""
        return frozenset(self._current("field_executives").get("served_before", ()))

    def officers_upload(self) -> Upload | None:
        """See ``ports.Registry.officers_upload``."""
        return _upload_in(self._read("officers"))

    def emptied_posts(self) -> Mapping[Post, date]:
        """See ``ports.Registry.emptied_posts``."""
        return _emptied_in(self._current("officers"))

    def officers_of(self, office: str) -> Sequence[Officer]:
        """See ``ports.Registry.officers_of``."""
        return self._officers_in(self._current("officers"), office)

    def all_officers(self) -> Sequence[Officer]:
        """See ``ports.Registry.all_officers``."""
        return self._every_officer_in(self._current("officers"))

    def holders_of(self, office: str) -> Mapping[str, Officer]:
        """See ``ports.Registry.holders_of``."""
        people = [*self._rows(_former_key(office)), *self.officers_of(office)]
        return {officer.holder: officer for officer in people}

    def apply_officers(self, officers: Sequence[Officer], upload: Upload) -> str | None:
        """See ``ports.Registry.apply_officers``."""
        rows = [
            to_item(
                {
                    "pk": _rows_key(upload.version, officer.office),
                    "sk": f"{officer.level}#{number:05d}",
                    "officer": officer.model_dump(mode="json"),
                }
            )
            for number, officer in enumerate(officers)
        ]
        staying = {officer.holder for officer in officers}

        def write(before: Mapping[str, Any]) -> Mapping[str, object]:
            replaced = self._every_officer_in(before)
            # A person may stand in a version twice, for two terms.
            leaving = {one.holder: one for one in replaced if one.holder not in staying}
            self._write([self._former(officer) for officer in leaving.values()])
            self._write(rows)
            left = emptied(_emptied_in(before), replaced, officers, self._today())
            return {
                "rows": len(rows),
                "emptied": {f"{office}#{level}": day.isoformat() for (office, level), day in left.items()},
            }

        return self._put_in_force("officers", upload, write)

    def apply_service_levels(self, levels: Sequence[ServiceLevel], upload: Upload) -> str | None:
        """See ``ports.Registry.apply_service_levels``."""
        rows = [level.model_dump(mode="json") for level in levels]
        return self._put_in_force("service_levels", upload, lambda _: {"levels": rows})

    def apply_executives(self, executives: Sequence[FieldExecutive], upload: Upload) -> str | None:
        """See ``ports.Registry.apply_executives``."""
        rows = [executive.model_dump(mode="json") for executive in executives]

        def values(before: Mapping[str, Any]) -> Mapping[str, object]:
            again = before.get("version") == upload.version
            served = (
                before.get("served_before", ())
                if again
                else districts_served(_executives_in(before), self._today())
            )
            return {"executives": rows, "served_before": sorted(served)}

        return self._put_in_force("field_executives", upload, values)

    def apply_holidays(self, holidays: Mapping[str, str], upload: Upload) -> str | None:
        """See ``ports.Registry.apply_holidays``."""
        return self._put_in_force("holidays", upload, lambda _: {"holidays": dict(holidays)})

    def routing_rules(self) -> RoutingRules:
        """See ``ports.Registry.routing_rules``: read and indexed once for each version."""
        version = self._current("routing").get("version")
        if version != self._routing.version:
            self._routing = RoutingRules(self._rules_of(version), version) if version else NO_RULES
        return self._routing

    def apply_routing(self, rules: Sequence[RoutingRule], upload: Upload) -> str | None:
        """See ``ports.Registry.apply_routing``."""
        chunks = [
            to_item(
                {
                    "pk": _routing_key(upload.version),
                    "sk": f"{start:05d}",
                    "rules": json.dumps(rules[start : start + _RULES_PER_ITEM]),
                }
            )
            for start in range(0, len(rules), _RULES_PER_ITEM)
        ]

        def write(_: Mapping[str, Any]) -> Mapping[str, object]:
            self._write(chunks)
            return {"rows": len(rules)}

        return self._put_in_force("routing", upload, write)

    def _today(self) -> date:
        return self._clock.now().astimezone(IST).date()

    def _rules_of(self, version: str) -> list[RoutingRule]:
        # Consistent: what is read now is kept for as long as the version is in force.
        return [
            RoutingRule(priority, Pattern(*pattern), office)
            for item in self._items(_routing_key(version), consistent=True)
            for priority, pattern, office in json.loads(from_item(item)["rules"])
        ]

    def _officers_in(self, current: Mapping[str, Any], office: str) -> Sequence[Officer]:
        version = current.get("version")
        return self._rows(_rows_key(version, office)) if version is not None else ()

    def _every_officer_in(self, current: Mapping[str, Any]) -> Sequence[Officer]:
        offices = self.registers().offices if "version" in current else ()
        return [officer for office in offices for officer in self._officers_in(current, office)]

    def _rows(self, key: str) -> list[Officer]:
        # Consistent: a version is read from the very moment on in which it is in force.
        items = self._items(key, consistent=True)
        return [Officer.model_validate(from_item(item)["officer"], context=AS_KEPT) for item in items]

    def _items(self, key: str, *, consistent: bool = False) -> list[Item]:
        found: list[Item] = []
        arguments: dict[str, Any] = {
            "TableName": self._table.name,
            "KeyConditionExpression": "pk = :pk",
            "ExpressionAttributeValues": to_item({":pk": key}),
            "ConsistentRead": consistent,
        }
        while True:
            with unavailable_when_out("table"):
                answer = self._table.client.query(**arguments)
            found += answer["Items"]
            if "LastEvaluatedKey" not in answer:
                return found
            arguments["ExclusiveStartKey"] = answer["LastEvaluatedKey"]

    def _former(self, officer: Officer) -> Item:
        kept_until = self._clock.now() + _FORMER_KEPT_FOR
        return to_item(
            {
                "pk": _former_key(officer.office),
                "sk": f"{officer.level}#{officer.holder}",
                "officer": officer.model_dump(mode="json"),
                "expires_at": int(kept_until.timestamp()),
            }
        )

    def _current(self, name: str) -> dict[str, Any]:
        now = self._clock.now()
        known = self._known.get(name)
        if known is not None and now - known[0] <= _KNOWN_FOR:
            return known[1]
        current = self._read(name)
        self._known[name] = (now, current)
        return current

    def _read(self, name: str) -> dict[str, Any]:
        with unavailable_when_out("table"):
            answer = self._table.client.get_item(
                TableName=self._table.name, Key=to_item(_current_key(name)), ConsistentRead=True
            )
        return from_item(answer["Item"]) if "Item" in answer else {}

    def _put_in_force(
        self,
        name: str,
        upload: Upload,
        write: Callable[[Mapping[str, Any]], Mapping[str, object]],
    ) -> str | None:
        """Puts an upload in force, unless a later one is: then its version is returned.

        Args:
            name: of what it holds.
            upload: which one.
            write: writes what stands beside the ``CURRENT`` item, knowing the one that is to be replaced, and
                returns what the new one holds.
        """
        for tried in range(_GUARDED_TRIES):
            before = self._read(name)
            standing = _upload_in(before)
            if standing is not None and not upload.is_later_than(standing):
                self._known.pop(name, None)
                # The very same is in force where an earlier attempt put it there.
                return None if standing.version == upload.version else standing.version
            if self._replace(name, before, upload, write(before)):
                self._known.pop(name, None)
                return None
            self._clock.sleep(self._identifiers.fraction() * 0.1 * 2**tried)
        raise Unavailable("registry", 5)

    def _replace(
        self, name: str, before: Mapping[str, Any], upload: Upload, values: Mapping[str, object]
    ) -> bool:
        owner = self._identifiers.owner()
        item = {
            **_current_key(name),
            **values,
            "version": upload.version,
            "uploaded_at": upload.at.isoformat(),
            "sequencer": upload.sequencer,
            "applied_at": self._clock.now().isoformat(),
            "owner": owner,
        }
        guard: dict[str, Any] = {"ConditionExpression": "attribute_not_exists(pk)"}
        if "owner" in before:
            guard = {
                "ConditionExpression": "#owner = :owner",
                "ExpressionAttributeNames": {"#owner": "owner"},
                "ExpressionAttributeValues": to_item({":owner": before["owner"]}),
            }
        elif before:
            # Written before uploads were told apart.
            guard = {
                "ConditionExpression": "attribute_not_exists(#owner)",
                "ExpressionAttributeNames": {"#owner": "owner"},
            }
        try:
            with unavailable_when_out("table"):
                self._table.client.put_item(
                    TableName=self._table.name,
                    Item=to_item(item),
                    ReturnValuesOnConditionCheckFailure="ALL_OLD",
                    **guard,
                )
        except ClientError as error:
            if code_of(error) != "ConditionalCheckFailedException":
                raise
            old: Any = error.response.get("Item", {})
            # Our own write, whose answer was lost and which was sent again.
            return bool(old.get("owner") == to_item({"owner": owner})["owner"])
        return True

    def _write(self, rows: Sequence[Item]) -> None:
        for start in range(0, len(rows), _ROWS_PER_WRITE):
            self._write_some(rows[start : start + _ROWS_PER_WRITE])

    def _write_some(self, rows: Sequence[Item]) -> None:
        pending: Any = {self._table.name: [{"PutRequest": {"Item": row}} for row in rows]}
        for tried in range(_WRITE_TRIES):
            with unavailable_when_out("table"):
                pending = self._table.client.batch_write_item(RequestItems=pending).get("UnprocessedItems")
            if not pending:
                return
            self._clock.sleep(self._identifiers.fraction() * 0.1 * 2**tried)
        raise Unavailable("table")


def _upload_in(current: Mapping[str, Any]) -> Upload | None:
    """Which upload is in force; None where none is, or where it is not known which."""
    if "uploaded_at" not in current:
        return None
    return Upload(version=current["version"], at=current["uploaded_at"], sequencer=current.get("sequencer"))


def _emptied_in(current: Mapping[str, Any]) -> Mapping[Post, date]:
    found: dict[Post, date] = {}
    for key, day in current.get("emptied", {}).items():
        office, level = key.split("#")
        found[office, Level(level)] = date.fromisoformat(day)
    return found


def _executives_in(current: Mapping[str, Any]) -> Sequence[FieldExecutive]:
    return [FieldExecutive.model_validate(row) for row in current.get("executives", ())]


def _current_key(name: str) -> dict[str, str]:
    return {"pk": f"REGISTRY#{name}", "sk": "CURRENT"}


def _rows_key(version: str, office: str) -> str:
    return f"REGISTRY#officers#{version}#{office}"


def _routing_key(version: str) -> str:
    return f"REGISTRY#routing#{version}"


def _former_key(office: str) -> str:
    return f"REGISTRY#former-officers#{office}"
