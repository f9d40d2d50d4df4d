"""The registers, and what administrators keep."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from functions.adapters import bundled
from functions.domain.calendar import IST, Calendar
from functions.domain.office import FieldExecutive, Officer
from functions.domain.registers import Registers
from functions.domain.roster import districts_served
from functions.domain.routing_rules import NO_RULES, RoutingRule, RoutingRules
from functions.domain.service_level import ServiceLevel
from functions.domain.upload import Upload
from functions.domain.vacancy import Post, emptied
from functions.registry.files import HOLIDAYS, OFFICERS
from tests.fakes.samples import sample
from tests.fakes.system import FakeClock


class FakeRegistry:
    """The registers in the bundle; officers and holidays of the samples until others are applied.

    Attributes:
        clock: by which it tells the day.
        versions: of the uploads in force, by what they hold.
        former: who held a post in a version that was replaced.
        emptied: the posts that were filled once and are not now.
        served_before: the districts that had executives a version ago.
    """

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.officers: list[Officer] = list(sample(OFFICERS).officers)
        self.former: list[Officer] = []
        self.emptied: Mapping[Post, date] = {}
        self.served_before: Collection[str] = ()
        self.holidays: Mapping[str, str] = dict(sample(HOLIDAYS).holidays)
        self.levels: Sequence[ServiceLevel] = bundled.registers().service_levels
        self.executives: Sequence[FieldExecutive] = ()
        self.routing = NO_RULES
        self._uploads: dict[str, Upload] = {}

    @property
    def versions(self) -> Mapping[str, str]:
        """Of the uploads in force."""
        return {name: upload.version for name, upload in self._uploads.items()}

    def registers(self) -> Registers:
        """See ``ports.Registry.registers``."""
        return bundled.registers()

    def service_levels(self) -> Sequence[ServiceLevel]:
        """See ``ports.Registry.service_levels``."""
        return self.levels

    def all_executives(self) -> Sequence[FieldExecutive]:
        """See ``ports.Registry.all_executives``."""
        return self.executives

    def districts_served_before(self) -> Collection[str]:
        """See ``ports.Registry.districts_served_before``."""
        return self.served_before

    def officers_upload(self) -> Upload | None:
        """See ``ports.Registry.officers_upload``."""
        return self._uploads.get("officers")

    def emptied_posts(self) -> Mapping[Post, date]:
        """See ``ports.Registry.emptied_posts``."""
        return self.emptied

    def on_roster(self, executive_id: str, day: date) -> bool:
        """See ``ports.Registry.on_roster``."""
        return any(one.executive_id == executive_id and one.serves_on(day) for one in self.executives)

    def calendar(self) -> Calendar:
        """See ``ports.Registry.calendar``."""
        return Calendar(frozenset(date.fromisoformat(day) for day in self.holidays))

    def officers_of(self, office: str) -> Sequence[Officer]:
        """See ``ports.Registry.officers_of``."""
        return [officer for officer in self.officers if officer.office == office]

    def all_officers(self) -> Sequence[Officer]:
        """See ``ports.Registry.all_officers``."""
        return self.officers

    def holders_of(self, office: str) -> Mapping[str, Officer]:
        """See ``ports.Registry.holders_of``."""
        people = [*self.former, *self.officers]
        return {officer.holder: officer for officer in people if officer.office == office}

    def apply_officers(self, officers: Sequence[Officer], upload: Upload) -> str | None:
        """See ``ports.Registry.apply_officers``."""
        again = self.versions.get("officers") == upload.version
        later = self._later("officers", upload)
        if later is None and not again:
            self.former += [one for one in self.officers if one not in officers]
            self.emptied = emptied(self.emptied, self.officers, officers, self._today())
            self.officers = list(officers)
        return later

    def apply_service_levels(self, levels: Sequence[ServiceLevel], upload: Upload) -> str | None:
        """See ``ports.Registry.apply_service_levels``."""
        later = self._later("service_levels", upload)
        self.levels = self.levels if later else list(levels)
        return later

    def apply_executives(self, executives: Sequence[FieldExecutive], upload: Upload) -> str | None:
        """See ``ports.Registry.apply_executives``."""
        again = self.versions.get("field_executives") == upload.version
        later = self._later("field_executives", upload)
        if later is None and not again:
            self.served_before = districts_served(self.executives, self._today())
            self.executives = list(executives)
        return later

    def apply_holidays(self, holidays: Mapping[str, str], upload: Upload) -> str | None:
        """See ``ports.Registry.apply_holidays``."""
        later = self._later("holidays", upload)
        self.holidays = self.holidays if later else dict(holidays)
        return later

    def routing_rules(self) -> RoutingRules:
        """See ``ports.Registry.routing_rules``."""
        return self.routing

    def apply_routing(self, rules: Sequence[RoutingRule], upload: Upload) -> str | None:
        """See ``ports.Registry.apply_routing``."""
        later = self._later("routing", upload)
        self.routing = self.routing if later else RoutingRules(rules, upload.version)
        return later

    def _today(self) -> date:
        return self.clock.now().astimezone(IST).date()

    def _later(self, name: str, upload: Upload) -> str | None:
        standing = self._uploads.get(name)
        if standing is not None and not upload.is_later_than(standing):
            return None if standing.version == upload.version else standing.version
        self._uploads[name] = upload
        return None
