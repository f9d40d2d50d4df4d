"""What administrators keep: officers, holidays, service levels, rosters, rules of routing."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Protocol

from functions.domain.calendar import Calendar
from functions.domain.office import FieldExecutive, Officer
from functions.domain.registers import Registers
from functions.domain.routing_rules import RoutingRule, RoutingRules
from functions.domain.service_level import ServiceLevel
from functions.domain.upload import Upload
from functions.domain.vacancy import Post


class Registry(Protocol):
    """What administrators keep (officers, holidays, service levels, field executives), and the registers."""

    def registers(self) -> Registers:
        """All that ships with the code."""

    def routing_rules(self) -> RoutingRules:
        """The rules of routing in force; ``NO_RULES`` until some are uploaded."""

    def service_levels(self) -> Sequence[ServiceLevel]:
        """The service levels in force: those uploaded, else those that ship with the code."""

    def calendar(self) -> Calendar:
        """The working calendar with the holidays in force."""

    def officers_of(self, office: str) -> Sequence[Officer]:
        """All officers of an office in the version in force, also those whose time is over or to come."""

    def all_officers(self) -> Sequence[Officer]:
        """The same of every office."""

    def holders_of(self, office: str) -> Mapping[str, Officer]:
        """Who is or was in a post of an office, by what stands for the person: see ``Officer.holder``.

        Those of former versions are kept for a year.
        """

    def officers_upload(self) -> Upload | None:
        """Which upload of officers is in force, read anew; None where none is, or it is not known which."""

    def emptied_posts(self) -> Mapping[Post, date]:
        """The posts that earlier versions filled and the one in force did not on the day it came.

        Of each the last day on which somebody held it; see ``vacancy.emptied``.
        """

    def apply_officers(self, officers: Sequence[Officer], upload: Upload) -> str | None:
        """Puts a whole new set of officers in force, at one stroke, unless a later upload is in force.

        Returns:
            None when it is in force; else the version that is, for here as for every file the later of two
            uploads wins, in whatever order they are handled.

        Raises:
            Unavailable: the table is out, or others change the registry all the time.
        """

    def all_executives(self) -> Sequence[FieldExecutive]:
        """All field validation executives in the version in force, also of the past and to come."""

    def districts_served_before(self) -> Collection[str]:
        """The districts that had executives in the version that the one in force replaced."""

    def on_roster(self, executive_id: str, day: date) -> bool:
        """Whether a field validation executive is on the roster on that day."""

    def apply_service_levels(self, levels: Sequence[ServiceLevel], upload: Upload) -> str | None:
        """Puts a whole new register of service levels in force, as ``apply_officers`` does."""

    def apply_executives(self, executives: Sequence[FieldExecutive], upload: Upload) -> str | None:
        """Puts a whole new roster of field validation executives in force, as ``apply_officers`` does."""

    def apply_holidays(self, holidays: Mapping[str, str], upload: Upload) -> str | None:
        """Puts a whole new list of holidays (ISO date to name) in force, as ``apply_officers`` does."""

    def apply_routing(self, rules: Sequence[RoutingRule], upload: Upload) -> str | None:
        """Puts a whole new set of routing rules in force, as ``apply_officers`` does; none withdraws all."""
