"""Registries, rules of routing and grievances as hypothesis draws them, and what they mean in plain words.

What is drawn is what comes from outside: the cells of the administrators' files, the body of a registration.
What ought to follow is read from the cells alone, by none of the product's code.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from local.layout import PROJECT
from tests.builders import NOW, SUBJECT, record_in

A_DAY = timedelta(days=1)
TODAY = NOW.date()
CELL = "CMO"
LADDERS: Mapping[str, str] = {
    "HFW": "secretariat",
    "PRD": "secretariat",
    CELL: "secretariat",
    "320": "district",
    "POL-RANAGHAT": "police_district",
    "POL-KOLKATA": "police_commissionerate",
}
"""The offices that have officers, and whose ranks theirs are."""
FLOORS: Mapping[str, str] = {"secretariat": "Joint Secretary", "district": "Additional District Magistrate"}
"""The lowest rank of a nodal officer (SOP, 5 and 6); for the police the SOP sets none."""
ANNOUNCED: Mapping[str, str] = {"Ranaghat": "320", "sundarban": "304"}
"""Districts that have no code yet, and under whose code their matters come."""
NOBODY_EVER = ("FS", "304")
"""Offices of the registers for which no drawn file names an officer."""


def _ranks() -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    with (PROJECT / "functions" / "registers" / "ranks.csv").open(encoding="utf-8", newline="") as file:
        for row in sorted(csv.DictReader(file), key=lambda row: int(row["order"])):
            found.setdefault(row["ladder"], []).append(row["rank"])
    return found


RANKS = _ranks()
"""The ranks of each ladder, the highest first."""


@dataclass(frozen=True)
class Row:
    """A line of ``officers.csv``.

    Attributes:
        person: who it is; one person may stand in several lines.
        rank: of the ladder.
        by_office: whether the rank is held ex officio, beside another one.
    """

    office: str
    level: str
    person: int
    rank: str
    by_office: bool
    valid_from: date
    valid_to: date | None

    def serves_on(self, day: date) -> bool:
        """Whether that day is one of the term."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    @property
    def is_high_enough(self) -> bool:
        """Whether the SOP lets an officer of this rank hold the post."""
        ladder = LADDERS[self.office]
        if self.level != "nodal" or ladder not in FLOORS:
            return True
        return RANKS[ladder].index(self.rank) <= RANKS[ladder].index(FLOORS[ladder])

    @property
    def phone(self) -> str:
        """By which the person is told from the others."""
        return f"+9190000001{self.person:02d}"

    @property
    def cells(self) -> Mapping[str, str]:
        """As the file has it."""
        return {
            "office": self.office,
            "level": self.level,
            "name": f"Officer {self.person} (sample)",
            "designation": f"{self.rank} ({self.level})",
            "rank": f"OSD & e.o. {self.rank}" if self.by_office else self.rank,
            "phone": self.phone,
            "whatsapp": "",
            "email": f"officer{self.person}@officers.wb.example",
            "language": "bn",
            "valid_from": self.valid_from.isoformat(),
            "valid_to": self.valid_to.isoformat() if self.valid_to else "",
        }


@dataclass(frozen=True)
class Rule:
    """A line of ``routing.csv``; ``*`` leaves a field open."""

    priority: int
    category: str
    scheme: str
    department: str
    district: str
    office: str

    @property
    def pattern(self) -> tuple[str, str, str, str]:
        """What it asks of a matter."""
        return self.category, self.scheme, self.department, self.district

    @property
    def is_valid(self) -> bool:
        """Whether it names no district that has no code yet: its parent's matters would be caught as well."""
        return self.district not in ANNOUNCED

    def fits(self, subject: Mapping[str, Any]) -> bool:
        """Whether the matter is what it asks for."""
        fields = ("category", "scheme", "department", "district")
        asked = zip(fields, self.pattern, strict=True)
        return all(value == "*" or subject[name] == value for name, value in asked)


def as_csv(rows: Sequence[Mapping[str, object]], columns: Sequence[str]) -> bytes:
    """A file of these rows."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def highest_rank(office: str) -> str:
    """The first of the office's ladder."""
    return RANKS[LADDERS[office]][0]


def holder(rows: Sequence[Row], office: str, level: str, day: date) -> Row | None:
    """Who holds a post on a day; of several the one named last."""
    serving = [row for row in rows if (row.office, row.level) == (office, level) and row.serves_on(day)]
    return max(serving, key=lambda row: row.valid_from, default=None)


def in_code(district: str | None) -> str | None:
    """The code that a district's matters come under."""
    return ANNOUNCED.get(district, district) if district else None


def office_of(subject: Mapping[str, Any], rules: Sequence[Rule]) -> str:
    """Which office a matter goes to: the police's own, else by the rules, else the one that it names."""
    subject = {**subject, "district": in_code(subject["district"])}
    if subject["police_office"]:
        return str(subject["police_office"])
    fitting = [rule for rule in rules if rule.fits(subject)]
    if fitting:
        first = min(
            fitting,
            key=lambda rule: (rule.priority, rule.pattern.count("*"), [at == "*" for at in rule.pattern]),
        )
        return in_code(first.office) or ""
    return str(subject["department"] or subject["district"] or CELL)


# --- What is drawn


def _mostly(good: st.SearchStrategy[Any], bad: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """One in eight is bad, so that most files are applied and the others are seen."""
    return st.integers(1, 8).flatmap(lambda drawn: bad if drawn == 1 else good)


# Some more often than others, so that their posts have several holders.
offices = st.sampled_from(["HFW", "HFW", "HFW", "320", "320", "320", CELL, *LADDERS])


@st.composite
def rows(draw: st.DrawFn) -> Row:
    """An officer whose rank is high enough for the post, who serves, served or is to serve."""
    office = draw(offices)
    level = draw(st.sampled_from(["nodal", "nodal", "nodal", "head", "head", "apex"]))
    ladder = RANKS[LADDERS[office]]
    lowest = FLOORS.get(LADDERS[office]) if level == "nodal" else None
    enough = ladder[: ladder.index(lowest) + 1] if lowest else ladder
    # Many terms begin or end on one of the days that a test comes to.
    begins = TODAY + draw(st.sampled_from([-9, -5, -3, -2, -1, 0, 1, 2, 3])) * A_DAY
    return Row(
        office=office,
        level=level,
        person=draw(st.integers(1, 6)),
        # The floor itself more often than any other rank.
        rank=draw(st.sampled_from([*enough, enough[-1]])),
        by_office=draw(st.booleans()),
        valid_from=begins,
        valid_to=draw(st.none() | st.integers(1, 9).map(lambda days: begins + days * A_DAY)),
    )


@st.composite
def rows_below_the_floor(draw: st.DrawFn) -> Row:
    """An officer whose rank is the next below the floor."""
    office = draw(st.sampled_from(["HFW", "320"]))
    ladder = RANKS[LADDERS[office]]
    below = ladder[ladder.index(FLOORS[LADDERS[office]]) + 1]
    return Row(office, "nodal", 1, below, by_office=draw(st.booleans()), valid_from=TODAY, valid_to=None)


# Half of the files have somebody at the top for sure: else most would be refused once one has.
_at_the_top = st.sampled_from([[], [Row(CELL, "apex", 9, RANKS[LADDERS[CELL]][0], False, TODAY, None)]])
officers_files: st.SearchStrategy[list[Row]] = _mostly(
    st.tuples(st.lists(rows(), min_size=8, max_size=20), _at_the_top).map(
        lambda drawn: [*drawn[0], *drawn[1]]
    ),
    st.tuples(st.lists(rows(), max_size=4), rows_below_the_floor()).map(lambda drawn: [*drawn[0], drawn[1]]),
)

_rules = st.builds(
    Rule,
    priority=st.sampled_from([1, 1, 2]),
    category=st.sampled_from(["*", "drinking-water", "police-inaction"]),
    scheme=st.sampled_from(["*", "kanyashree"]),
    department=st.sampled_from(["*", "HFW", "PRD"]),
    district=st.sampled_from(["*", "320", "304"]),
    office=st.sampled_from([*LADDERS, *NOBODY_EVER, "Ranaghat"]),
)
_of_a_district_without_code = st.builds(
    Rule, st.just(9), st.just("*"), st.just("*"), st.just("*"), st.sampled_from([*ANNOUNCED]), st.just("HFW")
)
_rules_files = st.lists(_rules, min_size=2, max_size=14, unique_by=lambda rule: (rule.priority, rule.pattern))
routing_files: st.SearchStrategy[list[Rule]] = _mostly(
    _rules_files,
    st.tuples(_rules_files, _of_a_district_without_code).map(lambda drawn: [*drawn[0], drawn[1]]),
)

subjects: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "department": st.sampled_from([None, None, "HFW", "HFW", "HFW", "PRD", "FS"]),
        "district": st.sampled_from([None, None, "320", "320", "304", *ANNOUNCED]),
        "police_office": st.sampled_from([None, None, None, "POL-RANAGHAT", "POL-KOLKATA"]),
        "category": st.sampled_from([None, "drinking-water", "drinking-water", "police-inaction", "unknown"]),
        "scheme": st.sampled_from([None, "kanyashree", "kanyashree", "of-no-register"]),
    }
).filter(lambda subject: any(subject[name] for name in ("department", "district", "police_office")))


def grievance(number: int, subject: Mapping[str, Any], *, emergency: bool) -> dict[str, Any]:
    """The body of a registration."""
    said = {"summary": SUBJECT.summary, "details": SUBJECT.details, "block": None}
    return record_in(
        record_id=f"CC-{number:06d}",
        subject={**said, **subject},
        emergency={"reason": "The road is under water since the morning"} if emergency else None,
    )
