"""What mails that list things are filled with: by message, each way that its text can take."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

from functions.domain.channel import Channel
from functions.domain.delivery import DeliveryState
from functions.domain.office import Level
from functions.domain.reconciliation import DifferenceKind
from infra.messages.values import LEAD, REFERENCE

_VACANT = {"office": "Fisheries (FISH)", "level": "nodal", "is_now": True, "last_day": ""}
_LEFT = _VACANT | {"level": "apex", "last_day": "20 Nov 2026"}
_LEAVING = _VACANT | {"level": "head", "is_now": False, "last_day": "30 Nov 2026"}
_FAILURES = (
    DeliveryState.FAILED,
    DeliveryState.BOUNCED,
    DeliveryState.SUPPRESSED,
    DeliveryState.COMPLAINED,
)
_OFFICER = {
    "office": "FISH",
    "name_of_office": "Fisheries",
    "name": "Ananya Roy (sample)",
    "designation": "Joint Secretary (Grievance)",
}
_EXECUTIVE = {"executive_id": "FE-0042", "name": "Bimal Das (sample)", "phone": "+917000010042"}
_SINCE = {"since": "2026-11-01", "until": ""}
_WAITING = {"reference": REFERENCE, "since": "23 Nov 2026, 10:15 IST", "is_emergency": False}
_REFUSED = _WAITING | {"is_emergency": True}

_DAY = {
    "day": "2026-11-23",
    "report": "results/reconciliation/2026-11-23/2026-11-24T010000.000000Z.json",
    "read": True,
    "not_read": None,
    "pushed": 341,
    "listed": 342,
    "malformed": 1,
    "counts": {kind.value: 1 for kind in DifferenceKind},
    "mended": 1,
    "left": 1,
    "stopped_by": "portal",
}
_NOT_READ = _DAY | {"read": False, "not_read": "portal", "counts": {}}
_DIFFERENCE = {
    "day": "2026-11-23",
    "kind": "differing",
    "reference": REFERENCE,
    "portal_id": "CMO/2026/0001234567",
    "listed_as": ["CMO/2026/0001234568"],
    "fields": ["category", "district"],
    "recalls": ["1"],
    "outcome": "reported",
    "entered_as": None,
}
_MENDED = _DIFFERENCE | {
    "kind": "missing_there",
    "reference": LEAD,
    "portal_id": "",
    "listed_as": [],
    "fields": [],
    "recalls": [],
    "outcome": "entered_again",
    "entered_as": "CMO/2026/0001234569",
}
_NOTHING_LEFT = {"differences": [], "more": 0, "left": 0, "mended": 0, "not_read": []}

LISTS: Mapping[str, Sequence[Mapping[str, object]]] = {
    "cell_vacancies": (
        {"now": 2, "ahead": 1, "lines": [_VACANT, _LEFT, _LEAVING]},
        {"now": 1, "ahead": 0, "lines": [_VACANT]},
        {"now": 0, "ahead": 1, "lines": [_LEAVING]},
    ),
    "cell_contact_failed": tuple(
        {
            "office": "Fisheries (FISH)",
            "level": level.value,
            "channel": channel.value,
            "state": state.value,
            "lines": [{"since": "24 Nov 2026, 12:00 IST", "code": "30003"}],
            "until": "01 Dec 2026, 12:00 IST",
        }
        for level, channel, state in itertools.product(Level, Channel, _FAILURES)
    ),
    "cell_nodal_officers": ({"today": "24 Nov 2026", "lines": [_OFFICER]},),
    "district_executives": (
        {
            "today": "24 Nov 2026",
            "lines": [_EXECUTIVE | _SINCE, _EXECUTIVE | _SINCE | {"until": "2026-12-31"}],
        },
        {"today": "24 Nov 2026", "lines": []},
    ),
    "supervisor_reviews": tuple(
        {
            "how_many": how_many,
            "is_one": how_many == "1",
            "emergencies": emergencies,
            "now": "24 Nov 2026, 12:00 IST",
            "lines": [_REFUSED] if emergencies else [_WAITING],
            "is_cut_short": how_many != "1",
        }
        for how_many, emergencies in (("more than 2,000", 0), ("more than 2,000", 3), ("1", 0), ("1", 1))
    ),
    "reconciliation": (
        {
            "days": [_DAY, _NOT_READ],
            "differences": [_DIFFERENCE, _MENDED],
            "more": 3,
            "left": 4,
            "mended": 1,
            "not_read": ["2026-11-22"],
        },
        {"days": [_DAY | {"malformed": 0, "stopped_by": None}], **_NOTHING_LEFT},
    ),
}
