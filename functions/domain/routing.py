"""Whose matter it is (SOP, 3C, 5 and 6).

A police matter goes to the Commissioner's or Superintendent's nodal officer; else the department leads where
one is named, else the district administration. What names none of them, a suggestion for instance, goes to
the Chief Minister's Office.
"""

from __future__ import annotations

from collections.abc import Mapping

from functions.domain.office import CMO_GRIEVANCE_CELL, Office
from functions.domain.record import Subject


def office_for(subject: Subject, offices: Mapping[str, Office]) -> Office:
    """The office that leads."""
    code = subject.police_office or subject.department or subject.district or CMO_GRIEVANCE_CELL
    return offices[code]
