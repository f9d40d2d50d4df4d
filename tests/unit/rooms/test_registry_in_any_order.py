"""Uploads of officers handled in any order: the latest accepted is in force, floors and offices hold."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from functions.adapters.bundled import registers
from functions.domain.office import Level, Officer, in_post, may_serve
from functions.registry.applying import Outcome, apply
from functions.registry.files import OFFICERS
from functions.registry.handing_over import hand_over
from tests.builders import NOW, forwarded, numbered, officer, upload
from tests.fakes import FakePorts
from tests.unit.rooms.test_in_use import as_file

OFFICES = ("HFW", "FISH", "320", "POL-RANAGHAT")
RANKS = {
    "HFW": ("Joint Secretary", "OSD & e.o. Joint Secretary", "Deputy Secretary", "Secretary"),
    "FISH": ("Special Secretary", "Assistant Secretary"),
    "320": ("Additional District Magistrate", "Sub-Divisional Officer"),
    "POL-RANAGHAT": ("Inspector", "Superintendent of Police"),
}
TODAY = NOW.date()
DAYS = st.integers(-3, 3).map(lambda days: TODAY + timedelta(days=days))


@st.composite
def people(draw: st.DrawFn) -> Officer:
    """An officer of any post, of any rank of its ladder, in any days around today."""
    office = draw(st.sampled_from(OFFICES))
    valid_from = draw(st.just(date(2026, 1, 1)) | DAYS)
    last = draw(st.none() | DAYS.filter(lambda day: day >= valid_from))
    number = draw(st.integers(0, 9))
    return officer(
        office,
        draw(st.sampled_from([Level.NODAL, Level.NODAL, Level.HEAD])),
        name=f"Officer {number} (sample)",
        phone=f"+91900000100{number}",
        email=f"officer{number}@wb.example",
        rank=draw(st.sampled_from(RANKS[office])),
        valid_from=valid_from,
        valid_to=last,
    )


@dataclass(frozen=True)
class Put:
    """An upload: the how-manieth by S3's order, and what is in it."""

    order: int
    officers: tuple[Officer, ...]


@st.composite
def handled(draw: st.DrawFn) -> list[Put]:
    """Uploads in the order in which they are handled, some of them twice."""
    contents = draw(st.lists(st.lists(people(), min_size=1, max_size=6), min_size=1, max_size=5))
    puts = [Put(order, tuple(officers)) for order, officers in enumerate(contents)]
    return draw(st.permutations([*puts, *draw(st.lists(st.sampled_from(puts), max_size=2))]))


def handle(outside: FakePorts, put: Put) -> Outcome:
    version = f"v{9 - put.order}"
    outside.uploads.files[OFFICERS, version] = as_file(put.officers)
    at = NOW + timedelta(milliseconds=put.order)
    outcome = apply(outside, "cell@wb.example", OFFICERS, version, upload(version, at=at))
    result = json.loads(outside.uploads.results[f"results/{OFFICERS}/{version}.json"])
    assert result["applied"] is (outcome is Outcome.APPLIED)
    return outcome


def meets_floor(one: Officer) -> bool:
    known = registers()
    return may_serve(one.level, known.offices[one.office], one.rank, known.ranks) is None


def has_nodal_officer(officers: list[Officer], office: str) -> bool:
    return in_post([one for one in officers if one.office == office], Level.NODAL, TODAY) is not None


@given(puts=handled(), open_with=st.sets(st.sampled_from(OFFICES)))
def test_the_latest_accepted_is_in_force_whatever_the_order(puts: list[Put], open_with: set[str]) -> None:
    outside = FakePorts()
    outside.registry.officers = []
    records = [
        numbered(forwarded(who=officer(office)), number).model_copy(update={"portal_id": f"CMO/{number}"})
        for number, office in enumerate(sorted(open_with))
    ]
    outside.records.put(*records)
    accepted: list[Put] = []
    for put in puts:
        before = list(outside.registry.officers)
        outcome = handle(outside, put)
        missing = [office for office in open_with if not has_nodal_officer(list(put.officers), office)]
        wrong = [one for one in put.officers if not meets_floor(one)]
        latest_order = max((one.order for one in accepted), default=-1)
        # THEN an officer below the floor refuses the whole
        if wrong:
            assert outcome is Outcome.REFUSED
        # AND what is in force is not asked again, nor is what is older
        elif put.order <= latest_order:
            assert outcome is (Outcome.APPLIED if put.order == latest_order else Outcome.SUPERSEDED)
        # AND an office in use without a nodal officer refuses the whole
        elif missing:
            assert outcome is Outcome.REFUSED
        if outcome is Outcome.APPLIED:
            accepted.append(put)
        else:
            assert outside.registry.officers == before
        # AND what was superseded is older than what is in force
        if outcome is Outcome.SUPERSEDED:
            assert put.order < max(one.order for one in accepted)
        if accepted:
            latest = max(accepted, key=lambda one: one.order)
            assert outside.registry.officers == list(latest.officers)
        assert all(meets_floor(one) for one in outside.registry.officers)
    # AND whatever happened, what is open is with whoever holds its post now, once all offices were looked at
    for office in OFFICES:
        hand_over(outside, office)
    for record in outside.records.kept.values():
        assert record.assignment
        present = in_post(outside.registry.officers_of(record.assignment.office), Level.NODAL, TODAY)
        assert present is None or record.assignment.holder == present.holder
        assert [event.sequence for event in record.events] == list(range(1, len(record.events) + 1))
