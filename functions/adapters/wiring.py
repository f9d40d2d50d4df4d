"""The one place that builds clients, each when it is first used."""

from __future__ import annotations

import functools
from functools import cached_property
from typing import TypeVar

import boto3  # noqa: TID251 - here, and only here
from botocore.client import BaseClient
from botocore.config import Config

from functions.adapters.alert_log import DynamoAlertLog
from functions.adapters.alert_queues import SqsAlertQueues
from functions.adapters.contacts import DynamoContacts
from functions.adapters.deliveries import DynamoDeliveries
from functions.adapters.delivery_events import SqsDeliveryEvents
from functions.adapters.events import EventBridgeBus
from functions.adapters.handovers import SqsHandovers
from functions.adapters.links import DynamoLinks
from functions.adapters.messaging import AwsMessaging
from functions.adapters.opt_outs import DynamoOptOuts
from functions.adapters.pending_events import DynamoPendingEvents
from functions.adapters.portal import CmoGrievancePortal
from functions.adapters.portal_circuit import DynamoPortalCircuit
from functions.adapters.receipts import DynamoReceipts
from functions.adapters.records import DynamoRecords
from functions.adapters.redelivery import SqsRedelivery
from functions.adapters.registry import DynamoRegistry
from functions.adapters.secrets import ManagedSecrets
from functions.adapters.system import SystemClock, SystemIdentifiers
from functions.adapters.table import Table
from functions.adapters.uploads import S3Uploads
from functions.adapters.voice import Caller
from functions.adapters.watermark import DynamoWatermark
from functions.adapters.whatsapp import WhatsAppSender
from functions.adapters.workflow import StepFunctions
from functions.domain.held_alerts import Readers
from functions.domain.ports import Ports
from functions.settings import Settings, read

Client = TypeVar("Client", bound=BaseClient)

# API Gateway gives up after 29 seconds, the API's function after 20, and Lambda bills by time: fail early,
# try again with jitter. Three tries of 4 seconds and the pauses between them are 15 at the most. What we send
# is built from validated values; checking its shape once more would cost a fifth of the SDK's time.
_CONFIG = Config(
    connect_timeout=2,
    read_timeout=4,
    retries={"mode": "standard", "total_max_attempts": 3},
    max_pool_connections=8,
    parameter_validation=False,
)
# No provider knows a message that comes twice for the same one: each try of the SDK's may ring once more. So
# it tries once, and waits long enough for a slow one. While it is not known what came of it, the alert log's
# claim stands.
_SENDING = _CONFIG.merge(Config(read_timeout=10, retries={"mode": "standard", "total_max_attempts": 1}))


class Wiring:
    """Fills the ``Ports`` with AWS, the portal, the clock and randomness."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @cached_property
    def _session(self) -> boto3.Session:
        return boto3.Session()

    @cached_property
    def clock(self) -> SystemClock:
        """The system's clock."""
        return SystemClock()

    @cached_property
    def identifiers(self) -> SystemIdentifiers:
        """The system's randomness."""
        return SystemIdentifiers()

    @cached_property
    def _table(self) -> Table:
        return Table(self._session.client("dynamodb", config=_CONFIG), self.settings.table)

    @cached_property
    def secrets(self) -> ManagedSecrets:
        """Secrets Manager."""
        return ManagedSecrets(self._session.client("secretsmanager", config=_CONFIG), self.clock)

    @cached_property
    def records(self) -> DynamoRecords:
        """The table's records."""
        return DynamoRecords(self._table, self.clock, self.identifiers)

    @cached_property
    def receipts(self) -> DynamoReceipts:
        """The table's receipts of batches."""
        return DynamoReceipts(self._table)

    @cached_property
    def pending_events(self) -> DynamoPendingEvents:
        """The table's events of grievances that are not known yet."""
        return DynamoPendingEvents(self._table, self.clock)

    @cached_property
    def watermark(self) -> DynamoWatermark:
        """The table's note of what is published."""
        return DynamoWatermark(self._table, self.clock)

    @cached_property
    def registry(self) -> DynamoRegistry:
        """The table's registry, and the registers in the bundle."""
        return DynamoRegistry(
            self._table, self.clock, self.identifiers, at_any_hour=not self.settings.quiet_hours
        )

    @cached_property
    def handovers(self) -> SqsHandovers:
        """The queue of offices where an officer may have a successor."""
        return SqsHandovers(self._session.client("sqs", config=_CONFIG), self.settings.handovers)

    @cached_property
    def redelivery(self) -> SqsRedelivery:
        """The queues that functions read from."""
        return SqsRedelivery(self._session.client("sqs", config=_CONFIG))

    @cached_property
    def uploads(self) -> S3Uploads:
        """The registry bucket."""
        return S3Uploads(self._session.client("s3", config=_CONFIG), self.settings.registry_bucket)

    @cached_property
    def bus(self) -> EventBridgeBus:
        """The event bus."""
        return EventBridgeBus(self._session.client("events", config=_CONFIG), self.settings.bus)

    @cached_property
    def workflow(self) -> StepFunctions:
        """The state machine."""
        client = self._session.client("stepfunctions", config=_CONFIG)
        return StepFunctions(client, self.settings.state_machine_arn)

    @cached_property
    def portal(self) -> CmoGrievancePortal:
        """The CMO Grievance Portal."""
        return CmoGrievancePortal(self.settings.portal_base_url, self.secrets)

    @cached_property
    def portal_circuit(self) -> DynamoPortalCircuit:
        """The table's note of how the portal was found."""
        return DynamoPortalCircuit(self._table, self.identifiers)

    @cached_property
    def messaging(self) -> AwsMessaging:
        """SNS, SES and End User Messaging."""
        return AwsMessaging(
            sns=_connecting_anew(self._session.client("sns", config=_SENDING)),
            ses=_connecting_anew(self._session.client("sesv2", config=_SENDING)),
            mail_from=self.settings.mail_from,
            sms_entity_id=self.settings.sms_entity_id,
            takes_placeholders=self._takes_placeholders,
            whatsapp=self._whatsapp,
            voice=self._voice,
            mail_configuration_set=self.settings.mail_configuration_set,
        )

    def _whatsapp(self) -> WhatsAppSender:
        return WhatsAppSender(
            _connecting_anew(self._session.client("socialmessaging", config=_SENDING)),
            self.settings.whatsapp_phone_number_arn,
            self.settings.whatsapp_api_version,
            takes_placeholders=self._takes_placeholders,
        )

    def _voice(self) -> Caller:
        return Caller(
            _connecting_anew(self._session.client("pinpoint-sms-voice-v2", config=_SENDING)),
            self.settings.voice_number_arn,
            self.settings.voice_configuration_set,
        )

    @property
    def _takes_placeholders(self) -> bool:
        # Only the simulators on a developer's machine know templates that nobody has approved.
        return self.settings.stage == "local"

    @cached_property
    def alert_queues(self) -> SqsAlertQueues:
        """The queues of events of which somebody is told."""
        urls = {Readers.OFFICERS: self.settings.alerts, Readers.CITIZENS: self.settings.citizen_alerts}
        return SqsAlertQueues(self._session.client("sqs", config=_CONFIG), urls)

    @cached_property
    def alert_log(self) -> DynamoAlertLog:
        """The table's evidence of alerts."""
        return DynamoAlertLog(self._table, self.clock, self.identifiers)

    @cached_property
    def deliveries(self) -> DynamoDeliveries:
        """The table's evidence of what was sent, by the providers' message ids."""
        return DynamoDeliveries(self._table)

    @cached_property
    def delivery_events(self) -> SqsDeliveryEvents:
        """The queue of what providers told."""
        client = self._session.client("sqs", config=_CONFIG)
        return SqsDeliveryEvents(client, self.settings.delivery_events)

    @cached_property
    def contacts(self) -> DynamoContacts:
        """The table's note of which contacts are worth an attempt."""
        return DynamoContacts(self._table)

    @cached_property
    def opt_outs(self) -> DynamoOptOuts:
        """The table's note of who wants no SMS."""
        return DynamoOptOuts(self._table)

    @cached_property
    def links(self) -> DynamoLinks:
        """The table's acknowledgement links."""
        return DynamoLinks(self._table)


def _connecting_anew(client: Client) -> Client:
    """Has a client that tries once open a connection for each request.

    One that stood open while Lambda froze the worker has often died by then. Written to, it breaks off, and
    nobody could tell whether the message was taken.
    """

    def close(**_: object) -> None:
        client.close()

    client.meta.events.register("before-send", close)
    return client


@functools.cache
def wiring() -> Wiring:
    """The wiring of this worker, built once."""
    return Wiring(read())


def ports() -> Ports:
    """The outside of this worker."""
    return wiring()


def settings() -> Settings:
    """The settings of this worker."""
    return wiring().settings
