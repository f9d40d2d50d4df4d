"""The CMO Grievance Portal, behind the one adapter that knows its interface."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import urllib3

from functions.adapters.in_time import Answer, Requests
from functions.adapters.portal_list import comparable, read_page
from functions.adapters.secrets import ManagedSecrets
from functions.domain.leaving import caller_to_show, subject_to_show
from functions.domain.ports import (
    Accepted,
    HeldOtherwise,
    PortalAnswer,
    PortalPage,
    RefusedByPortal,
    TryLater,
)
from functions.domain.posting import as_posted
from functions.domain.record import Recall, Record

SOURCE_FLAG = "SSM Call Centre Data"
"""SOP, 3B: the flag under which the portal keeps what the call centre sends."""

_CONNECT_SECONDS = 2.0
PUSH_SECONDS = 10.0
# A page is long, and nobody waits for it.
LIST_SECONDS = 25.0
_LONGEST_ANSWER = 256 * 1024
_LONGEST_PAGE = 32 * 1024 * 1024
_LISTED = 200
_OK = frozenset({200, 201})
_REFUSALS = frozenset({400, 422})
_CONFLICT = 409
_TOO_MANY = 429


def entry_of(record: Record, recall: Recall | None = None) -> dict[str, object]:
    """What is posted for a record, or for a recall of it: the contract's fields.

    The same whenever it is posted again: the portal compares a repeat with what came first. So it names the
    office that had it then, wherever the portal has transferred it since. Personal identifiers in free text
    stay here: they are masked.
    """
    matter = as_posted(record, recall)
    subject = subject_to_show(matter) if matter else None
    caller = caller_to_show(record.caller)
    return {
        "source": SOURCE_FLAG,
        "reference": record.reference,
        "emergency": record.is_emergency,
        "department": subject.department if subject else None,
        "district": subject.district if subject else None,
        "category": subject.category if subject else None,
        "scheme": subject.scheme if subject else None,
        "summary": subject.summary if subject else "",
        "details": subject.details if subject else None,
        "complainant": {"name": caller.name, "phone": caller.phone, "address": caller.address},
        "registered_at": record.registered_at.isoformat(),
        "due_at": _iso(recall.due_at if recall else record.promised_at),
        "recall_of": record.portal_id if recall else None,
    }


def key_of(record: Record, recall: Recall | None) -> str:
    """The idempotency key under which that is posted."""
    return f"{record.reference}:recall:{recall.number}" if recall else record.reference


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


class CmoGrievancePortal:
    """Fills the ``Portal`` port."""

    def __init__(
        self,
        base_url: str,
        secrets: ManagedSecrets,
        *,
        push_seconds: float = PUSH_SECONDS,
        list_seconds: float = LIST_SECONDS,
    ) -> None:
        self._url = f"{base_url}/api/v1/grievances"
        self._secrets = secrets
        self._push_seconds = push_seconds
        self._list_seconds = list_seconds
        self._http = Requests(connect=_CONNECT_SECONDS)

    def push(self, record: Record, recall: Recall | None) -> PortalAnswer:
        """See ``ports.Portal.push``. One attempt: the state machine tries again."""
        try:
            answer = self._http.ask(
                "POST",
                self._url,
                seconds=self._push_seconds,
                longest=_LONGEST_ANSWER,
                body=json.dumps(entry_of(record, recall)).encode(),
                headers={
                    "Authorization": f"Bearer {self._secrets.portal_token()}",
                    "Content-Type": "application/json",
                    "Idempotency-Key": key_of(record, recall),
                },
            )
        except urllib3.exceptions.HTTPError:
            # No answer: whether it is stored settles the next attempt, by its idempotency key.
            return TryLater(retry_after=None, why="no-answer")
        return _read(answer)

    def listed(self, day: date, cursor: str | None) -> PortalPage | TryLater:
        """See ``ports.Portal.listed``."""
        asked = {"date": day.isoformat(), **({"cursor": cursor} if cursor else {})}
        headers = {"Authorization": f"Bearer {self._secrets.portal_token()}"}
        try:
            answer = self._http.ask(
                "GET",
                self._url,
                seconds=self._list_seconds,
                longest=_LONGEST_PAGE,
                fields=asked,
                headers=headers,
            )
        except urllib3.exceptions.HTTPError:
            return TryLater(retry_after=None, why="no-answer")
        if answer.status != _LISTED:
            return TryLater(retry_after=_retry_after(answer), why=f"status-{answer.status}")
        return read_page(_json(answer), SOURCE_FLAG) or TryLater(retry_after=None, why="no-list")

    def fields_of(self, record: Record) -> Mapping[str, object]:
        """See ``ports.Portal.fields_of``."""
        return comparable(entry_of(record))


def _read(answer: Answer) -> PortalAnswer:
    body = _json(answer)
    if answer.status in _OK and isinstance(body.get("portal_id"), str):
        return Accepted(body["portal_id"])
    if answer.status in _REFUSALS:
        return RefusedByPortal(str(body.get("detail") or body.get("reason") or "no reason given"))
    if answer.status == _CONFLICT:
        return HeldOtherwise()
    return TryLater(retry_after=_retry_after(answer), why=f"status-{answer.status}")


def _json(answer: Answer) -> dict[str, Any]:
    try:
        body = json.loads(answer.body)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _retry_after(answer: Answer) -> int | None:
    value = answer.headers.get("Retry-After", "")
    return int(value) if value.isdecimal() and answer.status in {_TOO_MANY, 503} else None
