"""Whose matter it is (SOP, 3C, 5 and 6).

A police matter goes to the Commissioner's or Superintendent's nodal officer; else the department leads where
one is named, else the district administration. What names none of them, a suggestion for instance, goes to
the Chief Minister's Office.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from functions.domain.office import CMO_GRIEVANCE_CELL, Level, Office, Officer, in_post
from functions.domain.record import Subject

LADDER = (Level.NODAL, Level.HEAD)


def office_for(subject: Subject, offices: Mapping[str, Office]) -> Office:
    """The office that leads."""
    code = subject.police_office or subject.department or subject.district or CMO_GRIEVANCE_CELL
    return offices[code]


def officer_in(officers: Sequence[Officer], day: date) -> Officer | None:
    """The nodal officer in post on that day, else the head of the office, else None.

    Args:
        officers: of one office, as the registry has them.
    """
    for level in LADDER:
        if officer := in_post(officers, level, day):
            return officer
    return None
