"""What the deployment tells a function: read from the environment once, never at import."""

from __future__ import annotations

import os
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Settings(BaseModel):
    """The environment variables that the template sets, by their names.

    Attributes:
        handovers: address of the queue of offices where an officer may have a successor.
        ex_officio_ranks: whether a rank held ex officio meets the floor that it names; ``on`` or ``off``.
        public_base_url: what ``/v1/…`` is appended to in links; without a slash at its end.
        portal_base_url: the CMO Grievance Portal's API; likewise.
        portal_rate: grievances a second that the portal stands when those that waited for it go in.
        review_supervisor_mail: where the data analysts' supervisor is told of overdue reviews.
        second_look: whether it takes two analysts to reject a record; ``on`` or ``off``.
        sms_entity_id: the government's principal entity id on the DLT platform.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    stage: Literal["local", "staging", "production"] = Field(alias="STAGE")
    version: str = Field(alias="VERSION")
    table: str = Field(alias="TABLE")
    bus: str = Field(alias="BUS")
    state_machine_arn: str = Field(alias="STATE_MACHINE_ARN")
    registry_bucket: str = Field(alias="REGISTRY_BUCKET")
    handovers: str = Field(alias="HANDOVERS")
    ex_officio_ranks: bool = Field(alias="EX_OFFICIO_RANKS")
    public_base_url: str = Field(alias="PUBLIC_BASE_URL")
    portal_base_url: str = Field(alias="PORTAL_BASE_URL")
    portal_rate: float = Field(alias="PORTAL_RATE", gt=0)
    mail_from: str = Field(alias="MAIL_FROM")
    grievance_cell_mail: str = Field(alias="GRIEVANCE_CELL_MAIL")
    review_supervisor_mail: str = Field(alias="REVIEW_SUPERVISOR_MAIL")
    second_look: bool = Field(alias="SECOND_LOOK")
    sms_entity_id: str = Field(alias="SMS_ENTITY_ID")


def read() -> Settings:
    """The settings of this function.

    Raises:
        pydantic.ValidationError: the template left one out.
    """
    return Settings.model_validate(os.environ)
