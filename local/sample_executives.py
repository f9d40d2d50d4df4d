"""Writes samples/registry/field_executives.csv: two made-up field validation executives per district.

Run it with ``python -m local.sample_executives``. The same registers give the same file, byte for byte.
None of them exists: every name is marked "(sample)", the phones count up from +919001000001.
"""

from __future__ import annotations

import csv
import itertools

from local.sample_officers import FIRST_NAMES, LAST_NAMES, REGISTERS, TARGET, VALID_FROM

EXECUTIVES = TARGET.parent / "field_executives.csv"
COLUMNS = ("executive_id", "name", "phone", "districts", "valid_from", "valid_to")
PER_DISTRICT = 2


def rows() -> list[tuple[str, ...]]:
    """The roster, in the order of the register of districts."""
    with (REGISTERS / "districts.csv").open(encoding="utf-8", newline="") as lines:
        districts = [row["code"] for row in csv.DictReader(lines)]
    posts = [district for district in districts for _ in range(PER_DISTRICT)]
    names = zip(itertools.cycle(reversed(FIRST_NAMES)), itertools.cycle(LAST_NAMES), strict=False)
    return [
        (f"FE-{number:03d}", f"{first} {last} (sample)", f"+91900100{number:04d}", district, VALID_FROM, "")
        for number, (district, (first, last)) in enumerate(zip(posts, names, strict=False), start=1)
    ]


def main() -> None:
    """Writes the file."""
    with EXECUTIVES.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([COLUMNS, *rows()])


if __name__ == "__main__":
    main()
