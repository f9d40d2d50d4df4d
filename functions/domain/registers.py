"""The registers that ship with the code: offices, ranks, schemes, categories, service levels, the standard.

Dated data, loaded from files; see ``functions/registers/README.md`` for where each row comes from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from functions.domain.alert_rules import AlertRules
from functions.domain.office import Office, Rank
from functions.domain.service_level import ServiceLevel
from functions.domain.words import Phrases

EmergencyCandidate = Literal["no", "possible", "yes"]


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
        department: code of the department whose matter it usually is; ``CMO`` where no single one is right.
        emergency: whether such a matter is one: hardly ever, sometimes, or as a rule.
    """

    code: str
    names: Mapping[str, str]
    department: str
    emergency: EmergencyCandidate

    def name_in(self, language: str) -> str:
        """The name in that language, English where there is none."""
        return self.names.get(language) or self.names["en"]


@dataclass(frozen=True)
class NotTakenUp:
    """A subject that a grievance line does not take up.

    Attributes:
        name: English, as it stands in a sentence.
        phrases: words that speak of it.
    """

    code: str
    name: str
    phrases: Phrases


@dataclass(frozen=True)
class Registers:
    """All registers that ship with the code.

    Attributes:
        offices: departments, districts and police offices, by code; likewise schemes and categories.
        announced_districts: code of the parent district, by the name of a district that has no code yet.
        police_districts: codes of the revenue districts in which a police office lies, by its code.
        service_levels: the time for redress until administrators upload their own.
        standard: names of the checks that a field visit must find fulfilled.
        emergency_words: words that speak of an emergency, by the category in which they do; ``""`` holds
            those that do in any.
        supporting_words: words too common to suggest an emergency, that bear one out in the reason of a flag.
        not_taken_up: subjects that are not taken up.
        alert_rules: which event tells whom.
    """

    offices: Mapping[str, Office]
    announced_districts: Mapping[str, str]
    police_districts: Mapping[str, frozenset[str]]
    ranks: tuple[Rank, ...]
    schemes: Mapping[str, Scheme]
    categories: Mapping[str, Category]
    service_levels: tuple[ServiceLevel, ...]
    standard: tuple[str, ...]
    emergency_words: Mapping[str, Phrases]
    supporting_words: Phrases
    not_taken_up: tuple[NotTakenUp, ...]
    alert_rules: AlertRules

    def district_in_force(self, named: str | None) -> str | None:
        """Code of the district that a matter comes under: of one that is only announced, its parent's.

        Args:
            named: code of a district, or the name of an announced one, whatever its capitals; anything else
                is given back as it is.
        """
        parents = {name.casefold(): parent for name, parent in self.announced_districts.items()}
        return parents.get(named.casefold(), named) if named is not None else None
