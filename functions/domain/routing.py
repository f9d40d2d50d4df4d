"""Whose matter it is (SOP, 3C, 5 and 6).

A police matter goes to the Commissioner's or Superintendent's nodal officer, whatever the rules say. Any
other goes where the administrators' rules have it go. Where no rule fits, the department leads where one is
named, else the district administration. What names none of them, a suggestion for instance, goes to the
Chief Minister's Office.

A district that is announced and has no code yet may be named; its matters come under the code of its parent
district, and so go where that one's do.
"""

from __future__ import annotations

from collections.abc import Mapping

from functions.domain.office import CMO_GRIEVANCE_CELL, Office, OfficeKind
from functions.domain.record import Record, Subject
from functions.domain.routing_rules import NO_RULES, RoutingRules


def office_for(subject: Subject, offices: Mapping[str, Office], rules: RoutingRules = NO_RULES) -> Office:
    """The office that leads.

    Args:
        subject: the matter.
        offices: the register, by code.
        rules: those that decide; without any it is the office that the subject names.
    """
    if subject.police_office is None:
        rule = rules.choose(subject)
        # A rule may be older than the register, and its office be gone from it.
        if rule is not None and rule.office in offices:
            return offices[rule.office]
    code = subject.police_office or subject.department or subject.district or CMO_GRIEVANCE_CELL
    return offices[code]


def office_of(record: Record, offices: Mapping[str, Office], rules: RoutingRules) -> Office | None:
    """The office that a record is to go to, None where it has no matter.

    What the portal transferred stays with the office that the portal named, whatever the rules say.
    """
    if record.subject is None:
        return None
    return office_for(record.subject, offices, NO_RULES if record.transfers else rules)


def also_concerned(subject: Subject, leads: Office) -> str | None:
    """Code of the office that is told for information: the named department or district that does not lead.

    Args:
        subject: the matter. One of the police concerns no other office.
        leads: the office that has it.
    """
    if subject.police_office is not None:
        return None
    if leads.kind is OfficeKind.DEPARTMENT:
        return subject.district
    if leads.kind is OfficeKind.DISTRICT and subject.department != CMO_GRIEVANCE_CELL:
        return subject.department
    return None
