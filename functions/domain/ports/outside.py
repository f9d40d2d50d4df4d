"""All of the outside, as a handler is given it."""

from __future__ import annotations

from typing import Protocol

from functions.domain.ports.alert_log import AlertLog
from functions.domain.ports.alert_queues import AlertQueues
from functions.domain.ports.contacts import Contacts
from functions.domain.ports.deliveries import Deliveries, DeliveryEvents
from functions.domain.ports.events import EventBus
from functions.domain.ports.handovers import Handovers
from functions.domain.ports.links import Links
from functions.domain.ports.messaging import Messaging
from functions.domain.ports.opt_outs import OptOuts
from functions.domain.ports.pending_events import PendingEvents
from functions.domain.ports.portal import Portal
from functions.domain.ports.portal_circuit import PortalCircuit
from functions.domain.ports.receipts import Receipts
from functions.domain.ports.records import Records
from functions.domain.ports.redelivery import Redelivery
from functions.domain.ports.registry import Registry
from functions.domain.ports.secrets import Secrets
from functions.domain.ports.system import Clock, Identifiers
from functions.domain.ports.uploads import Uploads
from functions.domain.ports.watermark import Watermark
from functions.domain.ports.workflow import Workflow


class Ports(Protocol):
    """All of the outside, each part built when it is first used; what each is stands at its Protocol."""

    @property
    def clock(self) -> Clock:
        """The time."""

    @property
    def identifiers(self) -> Identifiers:
        """Randomness."""

    @property
    def secrets(self) -> Secrets:
        """Secrets Manager."""

    @property
    def records(self) -> Records:
        """The table of records."""

    @property
    def receipts(self) -> Receipts:
        """Receipts of batches."""

    @property
    def pending_events(self) -> PendingEvents:
        """The portal's events under ids that nobody knows yet."""

    @property
    def watermark(self) -> Watermark:
        """How far all changes are published."""

    @property
    def registry(self) -> Registry:
        """Officers, holidays, service levels, field executives, rules and registers."""

    @property
    def handovers(self) -> Handovers:
        """The queue of offices that may have got another officer."""

    @property
    def redelivery(self) -> Redelivery:
        """When a message of a queue that failed comes again."""

    @property
    def uploads(self) -> Uploads:
        """The registry bucket."""

    @property
    def bus(self) -> EventBus:
        """EventBridge."""

    @property
    def workflow(self) -> Workflow:
        """The state machine."""

    @property
    def portal(self) -> Portal:
        """The CMO Grievance Portal."""

    @property
    def portal_circuit(self) -> PortalCircuit:
        """How the portal was found lately."""

    @property
    def messaging(self) -> Messaging:
        """SMS, e-mail, WhatsApp and voice calls."""

    @property
    def alert_queues(self) -> AlertQueues:
        """The queues of events of which somebody is told."""

    @property
    def alert_log(self) -> AlertLog:
        """Evidence of what was told."""

    @property
    def deliveries(self) -> Deliveries:
        """What became of what was sent."""

    @property
    def delivery_events(self) -> DeliveryEvents:
        """The queue of what providers told."""

    @property
    def contacts(self) -> Contacts:
        """Which numbers and addresses are worth an attempt."""

    @property
    def opt_outs(self) -> OptOuts:
        """Who wants no SMS."""

    @property
    def links(self) -> Links:
        """Acknowledgement links."""
