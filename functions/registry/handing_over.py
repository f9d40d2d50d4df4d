"""Gives what is open with a post to the officer who holds it now, where it was given to another one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta

from functions.changing import change
from functions.domain import succession
from functions.domain.calendar import IST
from functions.domain.errors import Unavailable
from functions.domain.office import Level, Office, Officer, in_post, is_same_person
from functions.domain.ports import Ports
from functions.domain.record import Record
from functions.observability import count, logger

AT_ONCE = 100
"""So many records are handed over before the office is put into the queue again."""


@dataclass(frozen=True)
class _Portion:
    """What became of some of the records that a post was left with.

    Attributes:
        given: how many the successor has now.
        failed: how many could not be handed over.
        is_full: whether there may be more of them.
    """

    given: int
    failed: int
    is_full: bool


def hand_over(outside: Ports, office: str) -> int:
    """Hands over what is open with an office and was left behind by officers of before.

    A vacant post has no successor: what is open with it stays where it is, and the vacancy is told.

    Args:
        outside: the ports.
        office: its code.

    Returns:
        How many records another officer has now. Is there more, the office is in the queue again.

    Raises:
        Unavailable: some could not be handed over; the others of every level were, or are in the queue again.
    """
    today = outside.clock.now().astimezone(IST).date()
    officers = outside.registry.officers_of(office)
    holders = outside.registry.holders_of(office)
    portions: list[_Portion] = []
    left = AT_ONCE
    for level in Level:
        officer = in_post(officers, level, today)
        if officer is None:
            continue
        of_office = outside.registry.registers().offices[office]
        portions.append(_hand_over_post(outside, of_office, officer, holders, left))
        # What fails takes no place of the levels above, whose officers have a successor as well.
        left -= portions[-1].given
        if left <= 0:
            break
    # What failed brings this message again by itself: another one for it would be one more each time.
    if any(portion.given and portion.is_full for portion in portions):
        outside.handovers.ask([office], timedelta())
    if any(portion.failed for portion in portions):
        raise Unavailable("record", 1)
    return AT_ONCE - left


def _hand_over_post(
    outside: Ports, office: Office, officer: Officer, holders: Mapping[str, Officer], most: int
) -> _Portion:
    present = {officer.holder} | {
        holder
        for holder, person in holders.items()
        if person.level is officer.level and is_same_person(person, officer)
    }
    failed = 0
    references = outside.records.left_behind(office.code, officer.level, present, most)
    for reference in references:
        try:
            _give(outside, reference, office, officer, present)
        except Exception as error:  # noqa: BLE001 - the others have a successor as well
            failed += 1
            logger.exception("handing over failed", error=type(error).__name__, reference=reference)
    given = len(references) - failed
    count("GrievancesHandedOver", given)
    return _Portion(given, failed, is_full=len(references) >= most)


def _give(outside: Ports, reference: str, office: Office, officer: Officer, present: Collection[str]) -> None:
    def decide(record: Record) -> Record:
        if not succession.is_left_behind(record, office.code, officer.level, present):
            return record
        return succession.succeeded(record, office=office, officer=officer, at=outside.clock.now())

    change(outside, reference, decide)
