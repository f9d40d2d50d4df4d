"""Automatic checks of what was filled in: what is missing, and what does not go together."""

from __future__ import annotations

from collections.abc import Iterator

from functions.domain.office import CMO_GRIEVANCE_CELL
from functions.domain.record import Finding, Kind, Record, Subject
from functions.domain.registers import Category, Registers

_POLICE_DEPARTMENT = "HHA"
# The two categories of the register that belong to a kind of call; all others are grievances'.
_KIND_OF_CATEGORY = {"suggestion": Kind.SUGGESTION, "scheme-enquiry": Kind.ENQUIRY}


def of_scheme(subject: Subject, registers: Registers) -> Finding | None:
    """The scheme is known, and the department runs it."""
    if subject.scheme is None:
        return None
    scheme = registers.schemes.get(subject.scheme)
    if scheme is None:
        return Finding(
            code="unknown-scheme", severity="notice", text="The scheme is not in the register of schemes."
        )
    if subject.department is not None and subject.department not in scheme.departments:
        return Finding(
            code="scheme-of-another-department",
            severity="warning",
            text=f"{scheme.name} is run by {', '.join(sorted(scheme.departments))}, "
            f"not by {subject.department}.",
        )
    return None


def of_category(record: Record, subject: Subject, registers: Registers) -> Iterator[Finding]:
    """A category is named and known; kind, department and police office go with it."""
    if subject.category is None:
        if record.kind is Kind.GRIEVANCE:
            yield Finding(code="no-category", severity="notice", text="The grievance has no category.")
        return
    category = registers.categories.get(subject.category)
    if category is None:
        yield Finding(
            code="unknown-category",
            severity="notice",
            text="The category is not in the register of categories.",
        )
        return
    kind = _KIND_OF_CATEGORY.get(category.code, Kind.GRIEVANCE)
    # Who enquires may name what the enquiry is about.
    if kind is not record.kind and (record.kind, kind) != (Kind.ENQUIRY, Kind.GRIEVANCE):
        yield Finding(
            code="category-of-another-kind",
            severity="notice",
            text=f"The record is of the kind {record.kind}, but its category {category.code} is not.",
        )
    if _elsewhere(category, subject, registers):
        yield Finding(
            code="category-of-another-department",
            severity="notice",
            text=f"Matters of the category {category.code} usually are {category.department}'s, "
            f"not {subject.department}'s.",
        )
    yield from _police(category, subject)


def _elsewhere(category: Category, subject: Subject, registers: Registers) -> bool:
    """Whether another department than the named one would be usual; a scheme's own department is right."""
    scheme = registers.schemes.get(subject.scheme or "")
    usual = {category.department, *(scheme.departments if scheme else ())}
    return (
        subject.department is not None
        and category.department != CMO_GRIEVANCE_CELL
        and subject.department not in usual
    )


def _police(category: Category, subject: Subject) -> Iterator[Finding]:
    is_police_matter = category.department == _POLICE_DEPARTMENT
    if is_police_matter and subject.police_office is None:
        yield Finding(
            code="no-police-office",
            severity="warning",
            text=f"Matters of the category {category.code} are the police's, but no police office is named.",
        )
    if not is_police_matter and subject.police_office is not None:
        yield Finding(
            code="police-office-for-another-matter",
            severity="notice",
            text="A police office is named and so gets the matter, though matters of the category "
            f"{category.code} seldom are the police's.",
        )


def of_place(record: Record, subject: Subject, registers: Registers) -> Iterator[Finding]:
    """It is told where, and the places do not contradict each other."""
    if subject.district is None and subject.police_office is None:
        yield Finding(
            code="no-place", severity="notice", text="Neither a district nor a police office is named."
        )
    around = registers.police_districts.get(subject.police_office or "")
    if around is not None and subject.district is not None and subject.district not in around:
        yield Finding(
            code="police-office-of-another-district",
            severity="warning",
            text="The police office does not lie in the district that is named.",
        )
    if record.caller.residence == "out_of_state" and not (subject.details or "").strip():
        yield Finding(
            code="out-of-state-without-details",
            severity="notice",
            text="The caller lives outside the State, and no details tell where in it the matter lies.",
        )


def of_enquiry(record: Record, subject: Subject) -> Finding | None:
    """An enquiry is about a scheme (SOP, 2)."""
    if record.kind is not Kind.ENQUIRY or subject.scheme is not None:
        return None
    return Finding(
        code="enquiry-without-scheme", severity="notice", text="The enquiry names no scheme that it is about."
    )
