"""The registers that ship with the code: CSV files beside it, read once per worker."""

from __future__ import annotations

import csv
import functools
from collections.abc import Iterator
from pathlib import Path

from functions.adapters.alert_table import alert_rules
from functions.domain.office import Office, OfficeKind, Rank
from functions.domain.registers import Category, EmergencyCandidate, NotTakenUp, Registers, Scheme
from functions.domain.service_level import ServiceLevel
from functions.domain.words import Phrases

_FOLDER = Path(__file__).parent.parent / "registers"
_POLICE_KINDS = {"commissionerate": OfficeKind.COMMISSIONERATE, "district": OfficeKind.POLICE_DISTRICT}
_FLOORS = {"true": True, "false": False, "": None}
_CANDIDATES: dict[str, EmergencyCandidate] = {"no": "no", "possible": "possible", "yes": "yes"}
_LANGUAGES = {"en": "name", "bn": "name_bn", "hi": "name_hi"}


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (_FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _offices() -> Iterator[Office]:
    kinds = {"departments": OfficeKind.DEPARTMENT, "districts": OfficeKind.DISTRICT}
    for name, kind in kinds.items():
        for row in _rows(name):
            yield Office(code=row["code"], kind=kind, name=row["name"], name_bn=row["name_bn"] or None)
    for row in _rows("police_offices"):
        yield Office(
            code=row["code"],
            kind=_POLICE_KINDS[row["kind"]],
            name=row["name"],
            name_bn=row["name_bn"] or None,
        )


def _emergency_words(*, when: str = "") -> dict[str, Phrases]:
    rows = list(_rows("emergency_words"))
    unless = [phrase for row in rows for phrase in _listed(row["unless"])]
    rows = [row for row in rows if row["when"] == when]
    return {
        category: Phrases.of((row["word"] for row in rows if row["category"] == category), unless)
        for category in {row["category"] for row in rows}
    }


def _not_taken_up() -> Iterator[NotTakenUp]:
    for row in _rows("not_taken_up"):
        said = [word for column in ("words_en", "words_bn", "words_hi") for word in _listed(row[column])]
        yield NotTakenUp(code=row["code"], name=row["name"], phrases=Phrases.of(said, _listed(row["unless"])))


def _listed(cell: str) -> list[str]:
    return [part for part in cell.split(";") if part]


def service_level_of(row: dict[str, str]) -> ServiceLevel:
    """A row of the register of service levels, in the columns that administrators upload.

    Raises:
        ValueError: a value is not of its column's kind.
    """
    return ServiceLevel.model_validate(
        {**row, "reminders": tuple(int(percent) for percent in row["reminders"].split(";") if percent)}
    )


@functools.cache
def registers(*, at_any_hour: bool = False) -> Registers:
    """All of them, by code.

    Args:
        at_any_hour: whether messages keep no hours.
    """
    return Registers(
        offices={office.code: office for office in _offices()},
        announced_districts={row["name"]: row["parent_code"] for row in _rows("announced_districts")},
        police_districts={
            row["code"]: frozenset(_listed(row["districts"])) for row in _rows("police_offices")
        },
        ranks=tuple(
            Rank(ladder=row["ladder"], rank=row["rank"], meets_floor=_FLOORS[row["nodal_floor"]])
            for row in _rows("ranks")
        ),
        schemes={
            row["code"]: Scheme(
                code=row["code"], name=row["name"], departments=frozenset(row["departments"].split(";"))
            )
            for row in _rows("schemes")
        },
        categories={
            row["code"]: Category(
                code=row["code"],
                names={language: row[column] for language, column in _LANGUAGES.items() if row[column]},
                department=row["default_department"],
                emergency=_CANDIDATES[row["emergency_candidate"]],
            )
            for row in _rows("categories")
        },
        service_levels=tuple(service_level_of(row) for row in _rows("service_levels")),
        standard=tuple(row["check"] for row in _rows("standard") if row["required"] == "true"),
        emergency_words=_emergency_words(),
        supporting_words=_emergency_words(when="flagged")[""],
        not_taken_up=tuple(_not_taken_up()),
        alert_rules=alert_rules(at_any_hour=at_any_hour),
    )
