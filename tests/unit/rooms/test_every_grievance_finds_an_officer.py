"""Whatever the registry and the rules: a grievance finds an officer who may have it, or the failure is loud.

A registry in use, played at random: files of officers and rules are uploaded, days go by, grievances are
registered and routed, offices are looked after. What ought to happen is read from the files' own cells.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from functions import officers
from functions.domain.assignment import awaits_redress
from functions.domain.calendar import IST
from functions.domain.record import EventType, Record, Status
from functions.intake.registering import register
from functions.registry.applying import Outcome, apply
from functions.registry.files import COLUMNS, OFFICERS, ROUTING
from functions.registry.handing_over import hand_over
from functions.route.assigning import NO_OFFICER, NO_OFFICER_YET, assign
from tests import registries
from tests.builders import accepted, in_portal, request, under_review, upload
from tests.fakes import FakePorts
from tests.registries import CELL, LADDERS, Row, Rule, grievance, holder, office_of

MISSING = "OfficerMissing"


class RegistryInUse:
    """A registry and those who use it."""

    def __init__(self, counted: list[str]) -> None:
        self.outside = FakePorts()
        self.outside.registry.officers = []
        self.rows: Sequence[Row] = []
        self.rules: Sequence[Rule] = []
        self.subjects: dict[str, Mapping[str, Any]] = {}
        self.counted = counted
        self._uploads = 0

    @property
    def today(self) -> date:
        """The day in India."""
        return self.outside.clock.now().astimezone(IST).date()

    def holder(self, office: str, level: str) -> Row | None:
        """Who holds a post today, by the file in force."""
        return holder(self.rows, office, level, self.today)

    def in_charge(self, office: str) -> Row | None:
        """Whose the office's matters are today; None where they are nobody's."""
        return self.holder(office, "nodal") or self.holder(office, "head") or self.holder(CELL, "apex")

    def open_records(self) -> list[Record]:
        """What officers have and are yet to redress."""
        return [record for record in self.outside.records.kept.values() if awaits_redress(record)]

    # --- what happens

    def officers_are_uploaded(self, file: list[Row]) -> None:
        """Refused with every wrong line or every office named that would be left; else in force whole."""
        before = list(self.outside.registry.officers)
        wrong = [line for line, row in enumerate(file, 2) if not row.is_high_enough]
        left = set() if wrong else self._left_by(file)
        outcome, errors = self._upload(OFFICERS, [row.cells for row in file])
        if wrong or left:
            assert outcome is Outcome.REFUSED
            assert self.outside.registry.officers == before
            if wrong:
                assert [(error["line"], error["column"]) for error in errors] == [
                    (at, "rank") for at in wrong
                ]
            else:
                assert len(errors) == len(left)
                assert all(any(office in error["detail"] for error in errors) for office in left)
            assert "refused" in self.outside.messaging.mails[-1].subject
        else:
            assert (outcome, errors) == (Outcome.APPLIED, [])
            self.rows = file

    def _left_by(self, file: Sequence[Row]) -> set[str]:
        """The offices in use that the file leaves without a nodal officer today, or the Cell without apex."""

        def has_one(rows: Sequence[Row], office: str) -> bool:
            return holder(rows, office, "apex" if office == CELL else "nodal", self.today) is not None

        records = self.outside.records.kept.values()
        reported = [record for record in records if record.status is Status.ACTION_TAKEN]
        in_use = {one.assignment.office for one in [*self.open_records(), *reported] if one.assignment}
        named = {row.office for row in file}
        # The Cell is the last step of every ladder, whether the file names it or not.
        meant = {office for office in named | {CELL} if has_one(self.rows, office)}
        return {office for office in in_use | meant if not has_one(file, office)}

    def rules_are_uploaded(self, file: list[Rule]) -> None:
        """In force whole, or refused with the line of every rule that names a district without a code."""
        before = self.outside.registry.routing
        rows = [
            dict(zip(COLUMNS[ROUTING], (one.priority, *one.pattern, one.office), strict=True)) for one in file
        ]
        outcome, errors = self._upload(ROUTING, rows)
        wrong = [line for line, one in enumerate(file, 2) if not one.is_valid]
        if wrong:
            assert outcome is Outcome.REFUSED
            assert [(error["line"], error["column"]) for error in errors] == [
                (at, "district") for at in wrong
            ]
            assert self.outside.registry.routing is before
        else:
            assert (outcome, errors) == (Outcome.APPLIED, [])
            self.rules = file

    def _upload(self, key: str, rows: Sequence[Mapping[str, object]]) -> tuple[Outcome, list[dict[str, Any]]]:
        self._uploads += 1
        version = f"v{self._uploads}"
        self.outside.uploads.files[key, version] = registries.as_csv(rows, COLUMNS[key])
        uploaded = upload(version, at=self.outside.clock.now(), sequencer=f"{self._uploads:04X}")
        outcome = apply(self.outside, "cell@wb.example", key, version, uploaded)
        result = json.loads(self.outside.uploads.results[f"results/{key}/{version}.json"])
        return outcome, result["errors"]

    def a_grievance_comes(self, subject: dict[str, Any], *, emergency: bool) -> None:
        """From the tele-caller to the officer; an emergency does not wait for the portal."""
        number = len(self.subjects) + 1
        body = grievance(number, subject, emergency=emergency)
        body["call"]["started_at"] = self.outside.clock.now().isoformat()
        answer = json.loads(register(self.outside, request(body, webhook_id=f"msg_{number}")).answer)
        reference: str = answer["reference"]
        self.subjects[reference] = subject
        record = accepted(under_review(self.outside.records.load(reference)))
        if not emergency:
            record = in_portal(record, portal_id=f"CMO/2026/{number:07d}")
        self.outside.records.put(record)
        self._route(reference)

    def those_that_found_nobody_are_tried_again(self) -> None:
        """As the watch over their step has it."""
        for reference, record in list(self.outside.records.kept.items()):
            if record.assignment is None:
                self._route(reference)

    def _route(self, reference: str) -> None:
        before = self.outside.records.load(reference)
        self.counted.clear()
        outcome = assign(self.outside, reference)
        record = self.outside.records.load(reference)
        office = office_of(self.subjects[reference], self.rules)
        charge = self.in_charge(office)
        if charge is None:
            assert outcome == (NO_OFFICER_YET if record.portal_id is None else NO_OFFICER)
            assert record == before
            assert self.counted == [MISSING] * 3
            return
        assert outcome == "routed"
        assert record.assignment is not None
        # It is with whoever the file in force names for the office, who serves today and may have it.
        given = record.assignment
        assert (given.office, given.level) == (charge.office, charge.level)
        assert charge.serves_on(self.today)
        assert charge.is_high_enough
        person = self.outside.registry.holders_of(given.office)[given.holder or ""]
        assert (person.phone, given.officer) == (charge.phone, charge.cells["designation"])
        # A nodal officer is of the very office; that somebody else has it in his stead was told.
        passed_over = ("nodal", "head", "apex").index(given.level)
        assert given.office == (CELL if given.level == "apex" else office)
        assert self.counted == [MISSING] * passed_over
        # AND the bus tells of it, so that he hears.
        told = EventType.EMERGENCY_RAISED if record.is_emergency else EventType.RECORD_FORWARDED
        assert record.events[-1].type is told
        assert record.events[-1].data["office"] == given.office
        assert record.status is (Status.ACCEPTED if record.is_emergency else Status.FORWARDED)

    def days_go_by(self, days: int, *, late: bool) -> None:
        """To a morning, or to just after midnight in India, when it is yesterday still by UTC."""
        day = self.today + timedelta(days=days)
        clock_time = time(0, 30) if late else time(10, 15)
        self.outside.clock.moment = max(
            self.outside.clock.moment, datetime.combine(day, clock_time, tzinfo=IST)
        )

    def an_office_is_looked_after(self, office: str) -> None:
        """What is open with a post is with whoever holds it; with a vacant one it stays."""
        before = {record.reference: record.assignment for record in self.open_records()}
        hand_over(self.outside, office)
        for record in self.open_records():
            given = record.assignment
            if given is None or given.office != office:
                assert given == before[record.reference]
                continue
            present = self.holder(office, given.level)
            person = self.outside.registry.holders_of(office)[given.holder or ""]
            if present is None:
                assert given == before[record.reference]
            else:
                assert person.phone == present.phone

    def every_office_with_something_open_is_known(self) -> None:
        """Nothing is ever with an office that is none, or with nobody."""
        for record in self.open_records():
            assert record.assignment is not None
            assert record.assignment.office in LADDERS


Step = Callable[[RegistryInUse], None]

_steps: st.SearchStrategy[Step] = st.one_of(
    *[
        st.builds(
            lambda subject, emergency: lambda use: use.a_grievance_comes(subject, emergency=emergency),
            registries.subjects,
            st.booleans(),
        )
    ]
    * 6,
    registries.officers_files.map(lambda file: lambda use: use.officers_are_uploaded(file)),
    registries.routing_files.map(lambda file: lambda use: use.rules_are_uploaded(file)),
    st.builds(
        lambda days, late: lambda use: use.days_go_by(days, late=late),
        st.integers(0, 2),
        st.sampled_from([True, True, False]),
    ),
    registries.offices.map(lambda office: lambda use: use.an_office_is_looked_after(office)),
    st.just(RegistryInUse.those_that_found_nobody_are_tried_again),
)


@settings(max_examples=80)
@given(
    officers_first=registries.officers_files,
    rules_first=registries.routing_files,
    steps=st.lists(_steps, min_size=6, max_size=20),
)
def test_whatever_the_registry_a_grievance_finds_an_officer_or_the_failure_is_loud(
    officers_first: list[Row], rules_first: list[Rule], steps: list[Step]
) -> None:
    counted: list[str] = []
    with patch.object(officers, "count", counted.append):
        use = RegistryInUse(counted)
        use.officers_are_uploaded(officers_first)
        use.rules_are_uploaded(rules_first)
        for step in steps:
            step(use)
            use.every_office_with_something_open_is_known()
