"""What the deployment tells a function: read from the environment once, never at import."""

from __future__ import annotations

import os
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Settings(BaseModel):
    """The environment variables that the template sets, by their names.

    Attributes:
        alerts: address of the queue of events of which officers are told; ``citizen_alerts`` of that of
            those of which citizens are.
        handovers: address of the queue of offices where an officer may have a successor.
        delivery_events: address of the queue of what providers told of messages.
        ex_officio_ranks: whether a rank held ex officio meets the floor that it names; ``on`` or ``off``.
        public_base_url: what ``/v1/…`` is appended to in links; without a slash at its end.
        portal_base_url: the CMO Grievance Portal's API; likewise.
        portal_rate: grievances a second that the portal stands when those that waited for it go in.
        mail_configuration_set: names where SES tells what becomes of mails.
        quiet_hours: whether ordinary messages wait for the morning; ``on`` or ``off``.
        review_supervisor_mail: where the data analysts' supervisor is told of overdue reviews.
        second_look: whether it takes two analysts to reject a record; ``on`` or ``off``.
        sms_entity_id: the government's principal entity id on the DLT platform.
        whatsapp_phone_number_arn: the number that WhatsApp messages come from; empty where there is none.
        whatsapp_api_version: of Meta's Cloud API, such as ``v20.0``.
        voice_number_arn: the number, or pool of numbers, that calls; empty where there is none.
        voice_configuration_set: names where the service tells what becomes of calls; may be empty.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    stage: Literal["local", "staging", "production"] = Field(alias="STAGE")
    version: str = Field(alias="VERSION")
    table: str = Field(alias="TABLE")
    bus: str = Field(alias="BUS")
    state_machine_arn: str = Field(alias="STATE_MACHINE_ARN")
    registry_bucket: str = Field(alias="REGISTRY_BUCKET")
    alerts: str = Field(alias="ALERTS")
    citizen_alerts: str = Field(alias="CITIZEN_ALERTS")
    handovers: str = Field(alias="HANDOVERS")
    delivery_events: str = Field(alias="DELIVERY_EVENTS")
    ex_officio_ranks: bool = Field(alias="EX_OFFICIO_RANKS")
    public_base_url: str = Field(alias="PUBLIC_BASE_URL")
    portal_base_url: str = Field(alias="PORTAL_BASE_URL")
    portal_rate: float = Field(alias="PORTAL_RATE", gt=0)
    mail_from: str = Field(alias="MAIL_FROM")
    mail_configuration_set: str = Field(alias="MAIL_CONFIGURATION_SET")
    grievance_cell_mail: str = Field(alias="GRIEVANCE_CELL_MAIL")
    review_supervisor_mail: str = Field(alias="REVIEW_SUPERVISOR_MAIL")
    quiet_hours: bool = Field(alias="QUIET_HOURS")
    second_look: bool = Field(alias="SECOND_LOOK")
    sms_entity_id: str = Field(alias="SMS_ENTITY_ID")
    whatsapp_phone_number_arn: str = Field(alias="WHATSAPP_PHONE_NUMBER_ARN")
    whatsapp_api_version: str = Field(alias="WHATSAPP_API_VERSION")
    voice_number_arn: str = Field(alias="VOICE_NUMBER_ARN")
    voice_configuration_set: str = Field(alias="VOICE_CONFIGURATION_SET")


def read() -> Settings:
    """The settings of this function.

    Raises:
        pydantic.ValidationError: the template left one out.
    """
    return Settings.model_validate(os.environ)
