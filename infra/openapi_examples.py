"""Examples for the API's description: made up, and held to the models and the schemas by a test."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

Examples = Mapping[str, Any]
"""By what they show."""

REFERENCE = "SSM-4821-903-7717"
OTHER_REFERENCE = "SSM-7950-680-6049"
_PHONE = "+917000010001"
_CALLER = {"phone": _PHONE, "name": "বাসন্তী বিশ্বাস", "address": None, "residence": "in_state"}
_SUBJECT = {
    "department": "WCDSW",
    "scheme": "lakshmir-bhandar",
    "category": "benefit-not-received",
    "district": "320",
    "block": "Ranaghat-II",
    "police_office": None,
    "summary": "ছয় মাস ধরে লক্ষ্মীর ভাণ্ডারের টাকা ঢুকছে না",
    "details": "ব্যাঙ্কে তিনবার গিয়েছি, বই আপডেট করেছি। কেউ কিছু বলতে পারছে না।",
}
_CALL = {"started_at": "2026-11-24T10:15:00+05:30", "agent_id": "A-17", "language": "bn"}
_GRIEVANCE = {
    "record_id": "CC-20261124-000123",
    "kind": "grievance",
    "call": _CALL,
    "caller": {"phone": _PHONE, "name": "বাসন্তী বিশ্বাস"},
    "subject": _SUBJECT,
}
_EMERGENCY = {
    "record_id": "CC-20261124-000124",
    "kind": "grievance",
    "call": {"started_at": "2026-11-24T10:20:00+05:30", "agent_id": "A-04", "language": "hi"},
    "caller": {"phone": "070000 10002"},
    "subject": {
        "department": "HFW",
        "scheme": "swasthya-sathi",
        "district": "320",
        "summary": "The nursing home turns the patient away and does not take the Swasthya Sathi card",
    },
    "emergency": {"reason": "The patient has to be admitted today"},
}
_SUGGESTION = {
    "record_id": "CC-20261124-000125",
    "kind": "suggestion",
    "call": {"started_at": "2026-11-24T10:31:00+05:30", "agent_id": "A-17", "language": "en"},
    "caller": {"phone": _PHONE, "residence": "out_of_state"},
    "subject": {"summary": "A counter for the elderly at the block office would spare them the queue"},
}
_MISSED_CALL = {
    "record_id": "MC-20261124-000007",
    "kind": "missed_call",
    "call": {"started_at": "2026-11-24T22:47:00+05:30"},
    "caller": {"phone": _PHONE},
}

RECORDS: Examples = {
    "A grievance": _GRIEVANCE,
    "An emergency": _EMERGENCY,
    "A suggestion": _SUGGESTION,
    "A call after hours": _MISSED_CALL,
}
REGISTERED: Examples = {
    "A grievance": {
        "reference": REFERENCE,
        "kind": "grievance",
        "status": "registered",
        "emergency": False,
    },
    "A call after hours": {
        "reference": OTHER_REFERENCE,
        "kind": "missed_call",
        "status": "awaiting_callback",
        "emergency": False,
        "callback": {"not_before": "2026-11-25T09:00:00+05:30"},
    },
}

BATCH: Examples = {
    "Two records": "".join(
        json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n"
        for record in (_GRIEVANCE, _MISSED_CALL)
    )
}
BATCH_OUT: Examples = {
    "One kept, one kept before, one refused": {
        "items": [
            {"line": 1, "status": 201, "reference": REFERENCE},
            {"line": 2, "status": 200, "reference": OTHER_REFERENCE},
            {
                "line": 4,
                "status": 422,
                "problem": {
                    "type": "urn:ssm:problem:unprocessable-content",
                    "title": "Unprocessable Content",
                    "status": 422,
                    "detail": "The body does not validate.",
                    "instance": "urn:ssm:request:5d0c2c1e-8f0a-4d0c-9d57-0f0b6a3a2f11",
                    "errors": [{"pointer": "/caller/phone", "detail": "not a valid telephone number"}],
                },
            },
        ]
    }
}

_FORWARDED = {
    "reference": REFERENCE,
    "kind": "grievance",
    "status": "forwarded",
    "emergency": False,
    "department": "WCDSW",
    "district": "320",
    "police_office": None,
    "portal_id": "CMO/2026/0000001",
    "assignee": {"office": "WCDSW", "officer": "Joint Secretary (Grievance)", "level": "nodal"},
    "sla": {"due_at": "2026-12-02T18:00:00+05:30", "breached": False, "escalation": 0},
    "acknowledged_at": None,
    "recalls": 0,
    "timeline": [
        {
            "at": "2026-11-24T10:17:02+05:30",
            "event": "RecordRegistered",
            "by": "call-centre",
            "note": "Grievance registered by the call centre",
        },
        {
            "at": "2026-11-24T10:17:05+05:30",
            "event": "ReviewRequested",
            "by": "system",
            "note": "Checked automatically; waits for a data analyst",
        },
    ],
}
STATE: Examples = {"With an officer": _FORWARDED}

SEARCH: Examples = {
    "All of a caller's records": {"phone": _PHONE},
    "Twenty at a time": {"phone": "070000 10001", "limit": 20},
}
FOUND: Examples = {"The last page": {"items": [_FORWARDED], "next": None}}

OPT_OUT: Examples = {
    "No SMS any more": {"phone": _PHONE, "agent_id": "A-17", "opted_out": True},
    "SMS again": {"phone": "070000 10001", "agent_id": "A-04", "opted_out": False},
}
OPTED_OUT: Examples = {"No SMS any more": {"opted_out": True}}

CALLBACKS: Examples = {
    "A number that rang twice": {
        "items": [
            {
                "reference": OTHER_REFERENCE,
                "phone": _PHONE,
                "rang_at": ["2026-11-24T22:47:00+05:30", "2026-11-24T23:02:00+05:30"],
                "attempts": 1,
            }
        ],
        "next": "ZHVlfDIwMjYtMTEtMjVUMDM6MzA",
    }
}
CALLBACK: Examples = {
    "The citizen was reached": {"agent_id": "A-17", "outcome": "reached", "record_id": "CC-20261125-000009"},
    "Nobody answered": {"agent_id": "A-17", "outcome": "no_answer"},
}
CALLED: Examples = {
    "The citizen was reached": {"reference": OTHER_REFERENCE, "status": "called_back"},
    "To be tried again": {
        "reference": OTHER_REFERENCE,
        "status": "awaiting_callback",
        "callback": {"not_before": "2026-11-25T11:05:00+05:30"},
    },
}

REVIEWS: Examples = {
    "One waits": {
        "items": [
            {
                "reference": REFERENCE,
                "registered_at": "2026-11-24T10:17:02+05:30",
                "emergency": False,
                "caller": _CALLER,
                "subject": _SUBJECT,
                "findings": [
                    {
                        "code": "scheme-of-another-department",
                        "severity": "warning",
                        "text": "Lakshmir Bhandar is run by WCDSW, not by HFW.",
                    }
                ],
                "likely_duplicates": [{"reference": OTHER_REFERENCE, "score": 0.83}],
            }
        ],
        "next": None,
    }
}
DECISION: Examples = {
    "Approve": {"analyst_id": "DA-03", "decision": "approve"},
    "Reject": {"analyst_id": "DA-03", "decision": "reject", "reason": "The matter is before a court"},
    "Duplicate": {"analyst_id": "DA-03", "decision": "duplicate", "duplicate_of": OTHER_REFERENCE},
    "Amend": {
        "analyst_id": "DA-03",
        "decision": "amend",
        "reason": "Spoken with the caller again",
        "amendments": {"department": "PRD", "scheme": None},
    },
}
DECIDED: Examples = {"Approved": {"reference": REFERENCE, "status": "accepted"}}

CLAIM: Examples = {"I look at it": {"analyst_id": "DA-03"}}
CLAIMED: Examples = {"Held": {"until": "2026-11-24T10:25:00+05:30"}}

FEEDBACK_DUE: Examples = {
    "One to ask": {
        "items": [
            {
                "reference": REFERENCE,
                "status": "closed",
                "phone": _PHONE,
                "name": "বাসন্তী বিশ্বাস",
                "language": "bn",
                "summary": _SUBJECT["summary"],
                "report": "The account was corrected and the arrears of six months were paid on 28 November.",
                "reported_at": "2026-11-30T16:20:00+05:30",
            }
        ],
        "next": None,
    }
}
FEEDBACK: Examples = {
    "Satisfied": {"reference": REFERENCE, "satisfied": True, "rating": 5, "agent_id": "A-17"},
    "Dissatisfied": {
        "reference": REFERENCE,
        "satisfied": False,
        "rating": 1,
        "remark": "টাকা এখনও আসেনি",
        "agent_id": "A-17",
    },
}
HEARD: Examples = {"A field check is due once more": {"reference": REFERENCE, "status": "action_taken"}}

PORTAL_EVENT: Examples = {
    "Action taken": {
        "portal_id": "CMO/2026/0000001",
        "type": "action_taken",
        "at": "2026-11-30T16:20:00+05:30",
        "officer": "Joint Secretary (Grievance)",
        "report": "The account was corrected and the arrears of six months were paid on 28 November.",
    },
    "Transferred": {
        "reference": REFERENCE,
        "type": "transferred",
        "at": "2026-11-26T11:00:00+05:30",
        "department": "PRD",
    },
    "Accepted": {
        "portal_id": "CMO/2026/0000001",
        "type": "accepted",
        "at": "2026-11-24T12:00:00+05:30",
    },
}
PORTAL_EVENT_OUT: Examples = {"Applied": {"reference": REFERENCE, "status": "action_taken"}}
PORTAL_EVENT_KEPT: Examples = {"Not known yet": {"portal_id": "CMO/2026/0000002", "status": "kept"}}

ASSIGNMENTS: Examples = {
    "One is due": {
        "items": [
            {
                "reference": REFERENCE,
                "portal_id": "CMO/2026/0000001",
                "emergency": False,
                "action_taken_at": "2026-11-30T16:20:00+05:30",
                "report": "The account was corrected and the arrears of six months were paid on 28 November.",
                "officer": "Joint Secretary (Grievance)",
                "recalls": 0,
                "caller": _CALLER,
                "subject": _SUBJECT,
            }
        ],
        "next": None,
    }
}
FIELD_REPORT: Examples = {
    "As reported": {
        "reference": REFERENCE,
        "executive_id": "FE-001",
        "visited_at": "2026-12-01T12:30:00+05:30",
        "checks": {
            "citizen_contacted": True,
            "action_verified_on_site": True,
            "matches_report": True,
            "grievance_resolved": True,
        },
        "evidence": ["https://evidence.wb.example/SSM-4821-903-7717/1.jpg"],
    },
    "Below the standard": {
        "reference": REFERENCE,
        "executive_id": "FE-001",
        "visited_at": "2026-12-01T12:30:00+05:30",
        "checks": {
            "citizen_contacted": True,
            "action_verified_on_site": False,
            "matches_report": False,
            "grievance_resolved": False,
        },
        "remark": "The passbook shows no payment",
    },
}
FIELD_REPORT_OUT: Examples = {
    "Closed": {"reference": REFERENCE, "status": "closed"},
    "Recalled": {"reference": REFERENCE, "status": "recalled"},
}

HEALTH: Examples = {"Open": {"status": "ok", "version": "3f8505e"}}

PAGE = "<!doctype html>…"
