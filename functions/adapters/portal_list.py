"""What the CMO Grievance Portal lists, read with tolerance: what cannot be read is counted, never guessed."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from functions.domain import reference as references
from functions.domain.errors import Refused
from functions.domain.ports import PortalPage
from functions.domain.reconciliation import Listed

_TOLD = ("source", "emergency", "department", "district", "category", "scheme", "recall_of")
_MOMENTS = ("registered_at", "due_at")
_TEXTS = ("summary", "details")
_COMPLAINANT = ("name", "phone", "address")
# What is printed of theirs is printable, short and without a space: an id, and nobody's words.
_ID = re.compile(r"[!-~]{1,64}")
_LONGEST_CURSOR = 2048
_FINGERPRINT_BYTES = 12
_NO_TIME = "no time with an offset"


def comparable(entry: Mapping[str, Any]) -> Mapping[str, object]:
    """An entry's fields, ours or theirs, in a form in which like is equal.

    A time is a moment, however it is written; a text, and what tells of the complainant, is a fingerprint;
    what is left out, null or empty is None.
    """
    complainant = entry.get("complainant")
    person: Mapping[str, Any] = complainant if isinstance(complainant, dict) else {}
    return {
        **{name: _told(entry.get(name)) for name in _TOLD},
        **{name: _moment(entry.get(name)) for name in _MOMENTS},
        **{name: _fingerprint(entry.get(name)) for name in _TEXTS},
        **{f"complainant.{name}": _fingerprint(person.get(name)) for name in _COMPLAINANT},
    }


def read_page(body: object, source_flag: str) -> PortalPage | None:
    """A page of the list; None when it is none.

    Args:
        body: the answer's JSON.
        source_flag: under which the portal keeps what is ours. Others' entries are passed over, whatever
            they look like.
    """
    if not isinstance(body, dict) or not isinstance(body.get("items"), list):
        return None
    following = body.get("next") or None
    if following is not None and not (isinstance(following, str) and len(following) <= _LONGEST_CURSOR):
        return None
    read = [_entry(item, source_flag) for item in body["items"]]
    return PortalPage(
        entries=[entry for entry in read if isinstance(entry, Listed)],
        malformed=sum(entry is None for entry in read),
        next=following,
    )


def _entry(item: object, source_flag: str) -> Listed | str | None:
    """The entry, ``another's``, or None for one that is ours by its flag and tells no reference."""
    if not isinstance(item, dict):
        return None
    reference = item.get("reference")
    if not _is_reference(reference):
        return None if item.get("source") == source_flag else "another's"
    return Listed(
        reference=str(reference),
        portal_id=_identifier(item.get("portal_id")),
        key=_identifier(item.get("idempotency_key")),
        fields=comparable(item),
        recalls=frozenset(_recalls(str(reference), item.get("recalls"))),
    )


def _is_reference(value: object) -> bool:
    try:
        return isinstance(value, str) and references.parse(value) == value
    except Refused:
        return False


def _identifier(value: object) -> str | None:
    return value if isinstance(value, str) and _ID.fullmatch(value) else None


def _recalls(reference: str, value: object) -> Iterator[int]:
    """Numbers of the recalls under an entry, by their keys; by their place where keys are not told."""
    recalls: Sequence[object] = value if isinstance(value, list) else ()
    for place, recall in enumerate(recalls, start=1):
        key = recall.get("idempotency_key") if isinstance(recall, dict) else None
        match = re.fullmatch(re.escape(reference) + r":recall:([1-9][0-9]{0,5})", str(key))
        yield int(match[1]) if match else place


def _told(value: object) -> object:
    return None if value == "" else value


def _moment(value: object) -> object:
    if value is None or value == "":
        return None
    try:
        moment = datetime.fromisoformat(str(value))
        return moment.astimezone(UTC) if moment.tzinfo else _NO_TIME
    except (ValueError, OverflowError):
        return _NO_TIME


def _fingerprint(value: object) -> str | None:
    if value is None or value == "":
        return None
    text = json.dumps(value, sort_keys=True, ensure_ascii=False).encode(errors="surrogatepass")
    return hashlib.blake2b(text, digest_size=_FINGERPRINT_BYTES).hexdigest()
