"""The whole outside in memory: every port, so that the very functions of the product run in one process.

Each fake keeps what its port promises (``functions.domain.ports``) and remembers what was asked of it.
"""

from tests.fakes.alert_log import FakeAlertLog
from tests.fakes.alert_queues import FakeAlertQueues
from tests.fakes.contacts import FakeContacts
from tests.fakes.deliveries import FakeDeliveries, FakeDeliveryEvents
from tests.fakes.events import FakeBus
from tests.fakes.handovers import FakeHandovers
from tests.fakes.links import FakeLinks
from tests.fakes.messaging import Call, FakeMessaging, Sms, WhatsApp
from tests.fakes.opt_outs import FakeOptOuts
from tests.fakes.outside import FakePorts
from tests.fakes.pending_events import FakePendingEvents
from tests.fakes.portal import FakePortal
from tests.fakes.portal_circuit import FakePortalCircuit
from tests.fakes.receipts import FakeReceipts
from tests.fakes.records import FakeRecords
from tests.fakes.redelivery import FakeRedelivery
from tests.fakes.registry import FakeRegistry
from tests.fakes.samples import SAMPLES, sample
from tests.fakes.secrets import FakeSecrets
from tests.fakes.system import FakeClock, FakeIdentifiers
from tests.fakes.uploads import FakeUploads
from tests.fakes.watermark import FakeWatermark
from tests.fakes.workflow import FakeWorkflow

__all__ = [
    "SAMPLES",
    "Call",
    "FakeAlertLog",
    "FakeAlertQueues",
    "FakeBus",
    "FakeClock",
    "FakeContacts",
    "FakeDeliveries",
    "FakeDeliveryEvents",
    "FakeHandovers",
    "FakeIdentifiers",
    "FakeLinks",
    "FakeMessaging",
    "FakeOptOuts",
    "FakePendingEvents",
    "FakePortal",
    "FakePortalCircuit",
    "FakePorts",
    "FakeReceipts",
    "FakeRecords",
    "FakeRedelivery",
    "FakeRegistry",
    "FakeSecrets",
    "FakeUploads",
    "FakeWatermark",
    "FakeWorkflow",
    "Sms",
    "WhatsApp",
    "sample",
]
