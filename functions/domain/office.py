"""Offices and the officers in them, as the SOP ranks them (sections 5 and 6).

An office is a department, a district administration or a police office; the code tells which. The Chief
Minister's Office holds the CMO Grievance Cell, the last step of every ladder.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum

from functions.domain.day import Day
from functions.domain.mail_address import Email
from functions.domain.model import Value
from functions.domain.phone import Phone
from functions.domain.text import Code, Language, Name

CMO_GRIEVANCE_CELL = "CMO"


class OfficeKind(StrEnum):
    """What kind of office a code names."""

    DEPARTMENT = "department"
    DISTRICT = "district"
    COMMISSIONERATE = "commissionerate"
    POLICE_DISTRICT = "police_district"


class Level(StrEnum):
    """Where in its office an officer stands: the nodal officer, its head, and above all the CMO's cell."""

    NODAL = "nodal"
    HEAD = "head"
    APEX = "apex"


class Office(Value):
    """An office that redresses grievances.

    Attributes:
        code: ``HFW``, ``320`` (Local Government Directory) or ``POL-RANAGHAT``.
        name: English name.
        name_bn: Bengali name where the register has one.
    """

    code: str
    kind: OfficeKind
    name: str
    name_bn: str | None = None

    def name_in(self, language: str) -> str:
        """The name in that language, English where there is none."""
        return self.name_bn if language == "bn" and self.name_bn else self.name

    @property
    def name_and_code(self) -> str:
        """As whoever keeps the registry reads it, who knows the one and writes the other."""
        return f"{self.name} ({self.code})"


class Rank(Value):
    """A step of a rank ladder.

    Attributes:
        ladder: which service: ``secretariat``, ``district``, ``police_district``, ``police_commissionerate``.
        meets_floor: whether it may be a nodal officer by the SOP; None where the SOP sets no floor (police).
    """

    ladder: str
    rank: str
    meets_floor: bool | None


class FieldExecutive(Value):
    """A member of a field validation team (SOP, 4).

    Attributes:
        districts: codes of the districts that the executive serves.
    """

    executive_id: Code
    name: Name
    phone: Phone
    districts: tuple[str, ...]
    valid_from: Day
    valid_to: Day | None

    def serves_on(self, day: date) -> bool:
        """Whether the executive is on the roster on that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def needed_level(office: str) -> Level:
    """The post that an office cannot be without: its nodal officer's.

    Of the CMO Grievance Cell it is its own officer's, the last step of every ladder, who is found whatever
    other post is vacant.
    """
    return Level.APEX if office == CMO_GRIEVANCE_CELL else Level.NODAL


LADDERS = {
    OfficeKind.DEPARTMENT: "secretariat",
    OfficeKind.DISTRICT: "district",
    OfficeKind.COMMISSIONERATE: "police_commissionerate",
    OfficeKind.POLICE_DISTRICT: "police_district",
}


_EX_OFFICIO = re.compile(r".+(?:&|\band)\s*(?:e\.?\s?o\.?|ex[- ]?officio)\s+(\S.*)", re.IGNORECASE)


class Officer(Value):
    """An officer's post and how to reach the one who holds it.

    Attributes:
        office: code of the office.
        valid_from: first day (IST) in the post.
        valid_to: last day in the post, None while it is open.
    """

    office: str
    level: Level
    name: Name
    designation: Name
    rank: str
    phone: Phone
    whatsapp: Phone | None
    email: Email
    language: Language
    valid_from: Day
    valid_to: Day | None

    def serves_on(self, day: date) -> bool:
        """Whether the officer holds the post on that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    @property
    def holder(self) -> str:
        """What stands for the person in this post where no name must stand; only the registry tells who."""
        told = (self.office, self.level, _as_one_name(self.name), self.phone, self.email.casefold())
        return hashlib.sha256("\n".join(told).encode()).hexdigest()[:24]


def is_same_person(one: Officer, other: Officer) -> bool:
    """Whether two holders of a post are one person, of whom something else was corrected.

    Number and address often belong to the post and go to whoever holds it next, so that the name decides;
    but who has that name and neither the number nor the address of before is somebody else.
    """
    same_contact = one.phone == other.phone or one.email.casefold() == other.email.casefold()
    return _as_one_name(one.name) == _as_one_name(other.name) and same_contact


def _as_one_name(name: str) -> str:
    return " ".join(name.split()).casefold()


def ex_officio_rank(rank: str) -> str | None:
    """The rank that an officer holds by office, such as that of ``OSD & e.o. Joint Secretary``; else None."""
    found = _EX_OFFICIO.fullmatch(rank)
    return found[1] if found else None


def may_serve(
    level: Level, office: Office, rank: str, ranks: Iterable[Rank], *, ex_officio_counts: bool = True
) -> str | None:
    """None when an officer of that rank may hold that post, else the reason in words, without the rank.

    A department's nodal officer is not below Joint Secretary, a district's not below Additional District
    Magistrate (SOP, 5 and 6). For the police the SOP sets no floor, but the rank must be one of theirs.

    Args:
        level: of the post.
        office: of the post.
        rank: of the officer; one that is held ex officio is read as the rank it names.
        ranks: the ladders.
        ex_officio_counts: whether such a rank meets a floor that it names.
    """
    ladder = LADDERS[office.kind]
    by_office = ex_officio_rank(rank)
    found = next((row for row in ranks if row.ladder == ladder and row.rank == (by_office or rank)), None)
    if found is None:
        return f"is not a rank of the {ladder.replace('_', ' ')} ladder"
    if level is not Level.NODAL or found.meets_floor is None:
        return None
    if not found.meets_floor:
        return f"is below the SOP's floor for a nodal officer of {office.code}"
    if by_office is not None and not ex_officio_counts:
        return f"is held ex officio, which does not meet the SOP's floor for a nodal officer of {office.code}"
    return None


def in_post(officers: Sequence[Officer], level: Level, day: date) -> Officer | None:
    """Who of an office's officers holds the post of that level on that day; of several the latest named."""
    serving = [officer for officer in officers if officer.level is level and officer.serves_on(day)]
    return max(serving, key=lambda officer: officer.valid_from, default=None)
