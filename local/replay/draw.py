"""Draws what a complaint's text does not say: who called, whose matter it is, whether it is urgent."""

from __future__ import annotations

import csv
import random  # noqa: TID251 - seeded, so that a replay can be repeated
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from local.layout import PROJECT
from local.replay.rows import Complaint

EMERGENCIES = 0.02

_REGISTERS = PROJECT / "functions" / "registers"
_AGENTS = 60
_CALLERS = 10_000


@dataclass(frozen=True)
class Offices:
    """What is drawn from.

    Attributes:
        categories: Codes, each with the department that usually deals with it.
        districts: Codes of those in force.
    """

    categories: Sequence[tuple[str, str]]
    districts: Sequence[str]


def read_offices() -> Offices:
    """Reads the registers that ship with the functions."""
    return Offices(
        categories=[(row["code"], row["default_department"]) for row in _rows("categories")],
        districts=[row["code"] for row in _rows("districts") if row["status"] == "in_force"],
    )


class Draw:
    """Makes records; the same seed and row make the same one, whichever rows were made before.

    Args:
        offices: What is drawn from.
        seed: Any number.
    """

    def __init__(self, offices: Offices, seed: int) -> None:
        self._offices = offices
        self._seed = seed

    def record(self, complaint: Complaint, run: str, started_at: datetime) -> dict[str, Any]:
        """The body of ``POST /v1/call-centre/records``.

        Args:
            run: Makes the ``record_id`` another one in each run.
            started_at: When the call began.
        """
        drawn = random.Random(f"{self._seed}:{complaint.row}")  # noqa: S311 - hides nothing
        category, department = drawn.choice(self._offices.categories)
        district = drawn.choice(self._offices.districts)
        agent = drawn.randrange(1, _AGENTS + 1)
        # The pattern of the samples' callers, in a range of its own.
        phone = f"+9170000{2 * _CALLERS + drawn.randrange(_CALLERS)}"
        is_emergency = drawn.random() < EMERGENCIES
        return {
            "record_id": f"CC-REPLAY-{run}-{complaint.row:06d}",
            "kind": "grievance",
            "call": {
                "started_at": started_at.isoformat(timespec="seconds"),
                "agent_id": f"A-{agent:02d}",
                "language": "en",
            },
            "caller": {"phone": phone, "residence": "in_state"},
            "subject": {
                "department": department,
                "category": category,
                "district": district,
                "summary": complaint.summary,
                "details": complaint.details,
            },
            "emergency": {"reason": "Drawn by lot in a replay; no real emergency."} if is_emergency else None,
        }


def _rows(name: str) -> list[dict[str, str]]:
    with (_REGISTERS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
