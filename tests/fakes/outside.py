"""All of the outside, as a handler is given it."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.fakes.alert_log import FakeAlertLog
from tests.fakes.alert_queues import FakeAlertQueues
from tests.fakes.contacts import FakeContacts
from tests.fakes.deliveries import FakeDeliveries, FakeDeliveryEvents
from tests.fakes.events import FakeBus
from tests.fakes.handovers import FakeHandovers
from tests.fakes.links import FakeLinks
from tests.fakes.messaging import FakeMessaging
from tests.fakes.opt_outs import FakeOptOuts
from tests.fakes.pending_events import FakePendingEvents
from tests.fakes.portal import FakePortal
from tests.fakes.portal_circuit import FakePortalCircuit
from tests.fakes.receipts import FakeReceipts
from tests.fakes.records import FakeRecords
from tests.fakes.redelivery import FakeRedelivery
from tests.fakes.registry import FakeRegistry
from tests.fakes.secrets import FakeSecrets
from tests.fakes.system import FakeClock, FakeIdentifiers
from tests.fakes.uploads import FakeUploads
from tests.fakes.watermark import FakeWatermark
from tests.fakes.workflow import FakeWorkflow


@dataclass
class FakePorts:
    """All of the outside in memory. Fills the ``Ports``."""

    clock: FakeClock = field(default_factory=FakeClock)
    identifiers: FakeIdentifiers = field(default_factory=FakeIdentifiers)
    secrets: FakeSecrets = field(default_factory=FakeSecrets)
    registry: FakeRegistry = field(default_factory=FakeRegistry)
    handovers: FakeHandovers = field(default_factory=FakeHandovers)
    redelivery: FakeRedelivery = field(default_factory=FakeRedelivery)
    uploads: FakeUploads = field(default_factory=FakeUploads)
    bus: FakeBus = field(default_factory=FakeBus)
    workflow: FakeWorkflow = field(default_factory=FakeWorkflow)
    portal: FakePortal = field(default_factory=FakePortal)
    portal_circuit: FakePortalCircuit = field(default_factory=FakePortalCircuit)
    alert_queues: FakeAlertQueues = field(default_factory=FakeAlertQueues)
    messaging: FakeMessaging = field(default_factory=FakeMessaging)
    links: FakeLinks = field(default_factory=FakeLinks)
    watermark: FakeWatermark = field(default_factory=FakeWatermark)
    contacts: FakeContacts = field(default_factory=FakeContacts)
    delivery_events: FakeDeliveryEvents = field(default_factory=FakeDeliveryEvents)
    records: FakeRecords = field(init=False)
    receipts: FakeReceipts = field(init=False)
    pending_events: FakePendingEvents = field(init=False)
    alert_log: FakeAlertLog = field(init=False)
    deliveries: FakeDeliveries = field(init=False)
    opt_outs: FakeOptOuts = field(init=False)

    def __post_init__(self) -> None:
        """Registry, records and alert log tell the time by the same clock."""
        self.registry.clock = self.clock
        self.records = FakeRecords(self.clock, self.identifiers)
        self.receipts = FakeReceipts(self.records)
        self.pending_events = FakePendingEvents(self.clock, self.records)
        self.alert_log = FakeAlertLog(self.clock)
        self.deliveries = FakeDeliveries(self.alert_log)
        self.opt_outs = FakeOptOuts(self.records)
