"""The registers that ship with the code: offices, ranks, schemes, categories, service levels, the standard.

Dated data, loaded from files; see ``functions/registers/README.md`` for where each row comes from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from functions.domain.office import Office, Rank
from functions.domain.service_level import ServiceLevel


@dataclass(frozen=True)
class Scheme:
    """A scheme that callers ask about.

    Attributes:
        departments: codes of the departments that run it.
    """

    code: str
    name: str
    departments: frozenset[str]


@dataclass(frozen=True)
class Category:
    """What a grievance is about.

    Attributes:
        names: by language code; English always.
        suggests_emergency: whether such matters often are emergencies.
    """

    code: str
    names: Mapping[str, str]
    suggests_emergency: bool

    def name_in(self, language: str) -> str:
        """The name in that language, English where there is none."""
        return self.names.get(language) or self.names["en"]


@dataclass(frozen=True)
class Registers:
    """All registers that ship with the code.

    Attributes:
        offices: departments, districts and police offices, by code; likewise schemes and categories.
        service_levels: the time for redress until administrators upload their own.
        standard: names of the checks that a field visit must find fulfilled.
    """

    offices: Mapping[str, Office]
    ranks: tuple[Rank, ...]
    schemes: Mapping[str, Scheme]
    categories: Mapping[str, Category]
    service_levels: tuple[ServiceLevel, ...]
    standard: tuple[str, ...]
