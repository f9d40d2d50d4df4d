"""Lists of people that offices are given: nodal officers and field validation executives (SOP, 4B to 6)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Literal

from functions.domain.model import Value
from functions.domain.office import FieldExecutive, Level, Officer, in_post

_A_DAY = timedelta(days=1)

DISTRICT_IS_TOLD = (Level.NODAL, Level.HEAD)
"""Who of a district administration gets its list: its nodal officer and the District Magistrate."""


class RosterSent(Value):
    """One mail with a list. No name is in it.

    Attributes:
        of: who stands in the list.
        occasion: version of the upload that brought it, the month, such as ``2026-12``, or the day on which
            a term began or is over.
        office: code of the office that gets it.
        level: of the officer in it who does.
    """

    of: Literal["nodal-officers", "field-executives"]
    occasion: str
    office: str
    level: Level

    @property
    def key(self) -> str:
        """What makes it the same list when its occasion comes again."""
        return f"{self.of}#{self.occasion}#{self.office}#{self.level}"


def nodal_officers(officers: Sequence[Officer], today: date) -> Sequence[Officer]:
    """The nodal officers in post on that day, one for each office, in the order of the offices' codes."""
    offices = sorted({officer.office for officer in officers})
    found = (
        in_post([one for one in officers if one.office == office], Level.NODAL, today) for office in offices
    )
    return [officer for officer in found if officer is not None]


def executives_of(
    district: str, executives: Sequence[FieldExecutive], today: date
) -> Sequence[FieldExecutive]:
    """The executives who serve a district on that day, or will, in the order of their ids."""
    serving = [
        one
        for one in executives
        if district in one.districts and (one.valid_to is None or one.valid_to >= today)
    ]
    return sorted(serving, key=lambda one: one.executive_id)


def districts_served(executives: Sequence[FieldExecutive], today: date) -> Collection[str]:
    """The districts whose list has anybody on that day."""
    districts = {district for one in executives for district in one.districts}
    return {district for district in districts if executives_of(district, executives, today)}


def officers_change(officers: Sequence[Officer], today: date) -> bool:
    """Whether another one is nodal officer of any office than on the day before, because of a term."""
    return nodal_officers(officers, today) != nodal_officers(officers, today - _A_DAY)


def districts_that_change(executives: Sequence[FieldExecutive], today: date) -> Collection[str]:
    """The districts that somebody serves from that day on, or does not serve any more."""
    yesterday = today - _A_DAY
    changing = [one for one in executives if one.serves_on(today) != one.serves_on(yesterday)]
    return {district for one in changing for district in one.districts}
