"""Writes samples/registry/officers.csv: made-up officers for every office of the registers.

Run it with ``python -m local.sample_officers``. The same registers always give the same file, byte for byte.
No officer in it exists: every name is marked "(sample)", the phones count up from +919000000001, and the
mail addresses lie under the reserved top-level domain ``.example``.
"""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
REGISTERS = ROOT / "functions" / "registers"
TARGET = ROOT / "samples" / "registry" / "officers.csv"
VALID_FROM = "2026-01-01"

FIRST_NAMES = (
    *("Ananya", "Subrata", "Moumita", "Debashis", "Rehana", "Arindam", "Sunita", "Kaushik"),
    *("Piyali", "Tenzing", "Shampa", "Imran", "Baishali", "Partha", "Lakshmi", "Nirmal"),
    *("Sharmistha", "Biswajit", "Tanuja", "Ashraful", "Chaitali", "Pranab", "Sumana", "Gautam"),
    *("Nasima", "Indranil", "Dolon", "Samiran", "Manju", "Sandip", "Ruma"),
)
LAST_NAMES = (
    *("Roy", "Mondal", "Chatterjee", "Das", "Sarkar", "Pal", "Ghosh", "Basu", "Mahato", "Biswas"),
    *("Banerjee", "Dutta", "Saha", "Nandi", "Sinha", "Dey", "Bhattacharya", "Barman", "Pramanik", "Sen"),
    *("Haldar", "Rai", "Majumdar", "Kundu", "Adhikari", "Naskar", "Mukherjee", "Maity", "Chakraborty"),
)
NODAL_RANKS = ("Joint Secretary", "Special Secretary", "Joint Secretary", "Additional Secretary")
HEAD_RANKS = ("Principal Secretary", "Secretary", "Additional Chief Secretary")
ENGLISH_OFFICES = frozenset(
    ("CMO", "HHA", "ICE", "ITE", "TOUR", "309", "702", "POL-DARJEELING", "POL-KALIMPONG"),
)


class Post(NamedTuple):
    """A post that an office must have filled."""

    office: str
    level: str
    rank: str
    designation: str


class Officer(NamedTuple):
    """A row of officers.csv, its fields in the order of the columns."""

    office: str
    level: str
    name: str
    designation: str
    rank: str
    phone: str
    whatsapp: str
    email: str
    language: str
    valid_from: str
    valid_to: str


def _register(file: str) -> list[dict[str, str]]:
    with (REGISTERS / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _department_posts() -> Iterator[Post]:
    for index, row in enumerate(_register("departments.csv")):
        code = row["code"]
        nodal, head = NODAL_RANKS[index % len(NODAL_RANKS)], HEAD_RANKS[index % len(HEAD_RANKS)]
        yield Post(code, "nodal", nodal, f"{nodal} (Grievance)")
        yield Post(code, "head", head, head)
        if code == "CMO":
            apex = "Senior Special Secretary"
            yield Post(code, "apex", apex, f"{apex}, CMO Grievance Cell")


def _district_posts() -> Iterator[Post]:
    for row in _register("districts.csv"):
        nodal, head = "Additional District Magistrate", "District Magistrate & Collector"
        yield Post(row["code"], "nodal", nodal, f"{nodal} (Grievance)")
        yield Post(row["code"], "head", head, head)


def _police_posts() -> Iterator[Post]:
    for row in _register("police_offices.csv"):
        nodal = "Additional Superintendent of Police"
        if row["kind"] == "commissionerate":
            nodal = "Deputy Commissioner of Police"
        yield Post(row["code"], "nodal", nodal, f"{nodal} (Grievance)")
        yield Post(row["code"], "head", row["head_post"], row["head_post"])


def _name(index: int) -> str:
    """A name for each index below the product of the two lists, whose lengths share no divisor."""
    return f"{FIRST_NAMES[index % len(FIRST_NAMES)]} {LAST_NAMES[index % len(LAST_NAMES)]} (sample)"


def officers() -> list[Officer]:
    """All sample officers: departments, districts, then police offices, each in its register's order."""
    posts = (*_department_posts(), *_district_posts(), *_police_posts())
    rows = []
    for index, post in enumerate(posts):
        phone = f"+9190000{index + 1:05d}"
        rows.append(
            Officer(
                office=post.office,
                level=post.level,
                name=_name(index),
                designation=post.designation,
                rank=post.rank,
                phone=phone,
                whatsapp=phone,
                email=f"{post.level}.{post.office.lower()}@officers.wb.example",
                language="en" if post.office in ENGLISH_OFFICES else "bn",
                valid_from=VALID_FROM,
                valid_to="",
            ),
        )
    return rows


def as_csv() -> str:
    """The text of officers.csv."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(Officer._fields)
    writer.writerows(officers())
    return text.getvalue()


def main() -> None:
    """Write the file."""
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(as_csv(), encoding="utf-8", newline="")
    print(f"{len(officers())} made-up officers written to {TARGET.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
