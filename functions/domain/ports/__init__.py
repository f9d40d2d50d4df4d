"""The one way to the outside: every dependency that a handler may reach, as a Protocol.

``adapters.wiring`` fills them with AWS, the portal, the clock and randomness; tests fill them with fakes, so
that the very handlers run in one process with virtual time.
"""

from functions.domain.ports.alert_log import AlertLog, Telling
from functions.domain.ports.alert_queues import AlertQueues
from functions.domain.ports.contacts import Contacts
from functions.domain.ports.deliveries import Deliveries, DeliveryEvents, Told
from functions.domain.ports.events import EventBus
from functions.domain.ports.handovers import Handovers
from functions.domain.ports.links import Links
from functions.domain.ports.messaging import Attachment, Mail, Messaging, WhatsAppMessage
from functions.domain.ports.opt_outs import OptOuts
from functions.domain.ports.outside import Ports
from functions.domain.ports.pending_events import PendingEvents
from functions.domain.ports.portal import (
    BUSY,
    Accepted,
    HeldOtherwise,
    Portal,
    PortalAnswer,
    PortalPage,
    RefusedByPortal,
    TryLater,
)
from functions.domain.ports.portal_circuit import PortalCircuit
from functions.domain.ports.receipts import Receipts
from functions.domain.ports.record_keeping import Registered, WaitsAlready
from functions.domain.ports.record_lists import Page
from functions.domain.ports.records import Records
from functions.domain.ports.redelivery import Redelivery
from functions.domain.ports.registry import Registry
from functions.domain.ports.secrets import Secrets
from functions.domain.ports.system import Clock, Identifiers
from functions.domain.ports.uploads import Uploads
from functions.domain.ports.watermark import Watermark
from functions.domain.ports.workflow import Workflow

__all__ = [
    "BUSY",
    "Accepted",
    "AlertLog",
    "AlertQueues",
    "Attachment",
    "Clock",
    "Contacts",
    "Deliveries",
    "DeliveryEvents",
    "EventBus",
    "Handovers",
    "HeldOtherwise",
    "Identifiers",
    "Links",
    "Mail",
    "Messaging",
    "OptOuts",
    "Page",
    "PendingEvents",
    "Portal",
    "PortalAnswer",
    "PortalCircuit",
    "PortalPage",
    "Ports",
    "Receipts",
    "Records",
    "Redelivery",
    "RefusedByPortal",
    "Registered",
    "Registry",
    "Secrets",
    "Telling",
    "Told",
    "TryLater",
    "Uploads",
    "WaitsAlready",
    "Watermark",
    "WhatsAppMessage",
    "Workflow",
]
