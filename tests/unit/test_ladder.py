"""The acknowledgement ladder: one rung each quarter of an hour, until somebody acknowledges."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

import pytest

from functions.adapters.bundled import registers
from functions.domain import clock, forwarding, ladder, review, succession
from functions.domain.alerts import alerts_for
from functions.domain.calendar import Calendar
from functions.domain.channel import Channel
from functions.domain.ladder import PAUSE, Rung
from functions.domain.office import CMO_GRIEVANCE_CELL, Level, Office, Officer
from functions.domain.record import Actor, Assignment, Event, EventType, Record, Status, TimerKind
from functions.domain.timers import run_out
from tests.builders import (
    ANALYST,
    NOW,
    SUBJECT,
    accepted,
    action_taken,
    forwarded,
    in_portal,
    officer,
    raised,
    under_review,
    visited,
)

OFFICES = registers().offices
MINUTE = timedelta(minutes=1)
DUE = NOW + timedelta(hours=24)
AGAIN, HEAD, APEX, CELL = (
    Rung(number=1, office="HFW", level=Level.NODAL),
    Rung(number=2, office="HFW", level=Level.HEAD),
    Rung(number=3, office="HFW", level=Level.APEX),
    Rung(number=4, office=CMO_GRIEVANCE_CELL, level=Level.APEX),
)


def above(record: Record) -> tuple[Office, Officer] | None:
    assert record.assignment is not None
    match record.assignment.level:
        case Level.NODAL:
            return OFFICES["HFW"], officer(level=Level.HEAD)
        case Level.HEAD:
            return OFFICES[CMO_GRIEVANCE_CELL], officer(CMO_GRIEVANCE_CELL, Level.APEX)
        case Level.APEX:
            return None


def sweep(record: Record, *moments: datetime, has_apex: bool = False, vacant: Collection[int] = ()) -> Record:
    """The sweep comes at these moments, while nobody holds the posts of these rungs."""

    def next_rung(due: Record) -> Rung | None:
        return next((one for one in ladder.left(due, has_apex=has_apex) if one.number not in vacant), None)

    for moment in moments:
        record = run_out(record, moment, above, next_rung)
    return record


def tries(record: Record) -> list[Event]:
    return [event for event in record.events if "rung" in event.data]


def tried(record: Record) -> list[object]:
    return [event.data["rung"] for event in tries(record)]


def back_with_the_analysts() -> Record:
    """An emergency with its officer, that the portal refused."""
    return under_review(raised())


def recalled() -> Record:
    return visited(
        action_taken(forwarded(emergency=True)), meets_standard=False, again_to=(OFFICES["HFW"], officer())
    )


WAITING: dict[str, Callable[[], Record]] = {
    "the portal is out": raised,
    "forwarded": lambda: forwarded(emergency=True),
    "recalled": recalled,
    "refused by the portal": back_with_the_analysts,
}


@pytest.mark.parametrize(
    ("office", "level", "has_apex", "rungs"),
    [
        ("HFW", Level.NODAL, False, [AGAIN, HEAD, CELL]),
        ("HFW", Level.NODAL, True, [AGAIN, HEAD, APEX, CELL]),
        ("HFW", Level.HEAD, True, [HEAD.model_copy(update={"number": 1}), APEX, CELL]),
        ("HFW", Level.HEAD, False, [HEAD.model_copy(update={"number": 1}), CELL]),
        ("HFW", Level.APEX, True, [APEX.model_copy(update={"number": 1}), CELL]),
        (CMO_GRIEVANCE_CELL, Level.APEX, True, [CELL.model_copy(update={"number": 1})]),
        (
            CMO_GRIEVANCE_CELL,
            Level.HEAD,
            True,
            [Rung(number=1, office=CMO_GRIEVANCE_CELL, level=Level.HEAD), CELL],
        ),
    ],
)
def test_the_rungs_are_the_officer_again_and_everybody_above(
    office: str, level: Level, rungs: list[Rung], *, has_apex: bool
) -> None:
    assignment = Assignment(number=1, office=office, officer="Officer", level=level, since=NOW)
    assert ladder.rungs(assignment, has_apex=has_apex) == rungs


@pytest.mark.parametrize("waiting", WAITING.values(), ids=WAITING)
def test_each_quarter_of_an_hour_the_next_one_is_tried(waiting: Callable[[], Record]) -> None:
    record = waiting()
    began = record.timers[TimerKind.ACKNOWLEDGEMENT] - PAUSE
    assert began == NOW

    # A minute before its time nobody is tried, and at its time one is
    for quarter, so_far in enumerate(([1], [1, 2], [1, 2, 3], [1, 2, 3, 4]), start=1):
        early = sweep(record, began + quarter * PAUSE - MINUTE, has_apex=True)
        assert tried(early) == so_far[:-1]
        record = sweep(early, began + quarter * PAUSE, has_apex=True)
        assert tried(record) == so_far

    # and after the last of them nobody more, however long it takes
    assert TimerKind.ACKNOWLEDGEMENT not in record.timers
    assert tried(sweep(record, NOW + timedelta(hours=9), has_apex=True)) == [1, 2, 3, 4]


def test_the_event_tells_who_is_tried_and_the_record_stays_with_whom_it_is() -> None:
    record = forwarded(emergency=True)

    after = sweep(record, NOW + PAUSE, NOW + 2 * PAUSE, NOW + 3 * PAUSE)

    assert [(event.type, event.by) for event in tries(after)] == [
        (EventType.SLA_REMINDER_DUE, Actor.SLA_TIMER)
    ] * 3
    assert [dict(event.data) for event in tries(after)] == [
        {"emergency": True, "assignment": 1, "office": one.office, "level": one.level, "rung": one.number}
        for one in (AGAIN, HEAD, CELL)
    ]
    assert after.assignment == record.assignment
    assert after.escalation == 0


def test_a_sweep_that_comes_hours_late_tries_one_rung_and_the_next_one_a_quarter_later() -> None:
    late = NOW + timedelta(hours=9)

    after = sweep(forwarded(emergency=True), late)

    assert tried(after) == [1]
    assert after.timers[TimerKind.ACKNOWLEDGEMENT] == late + PAUSE
    assert sweep(after, late, NOW + PAUSE, late + PAUSE - MINUTE) is after
    assert tried(sweep(after, late + PAUSE)) == [1, 2]


@pytest.mark.parametrize("rungs", range(4))
@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("waiting", WAITING.values(), ids=WAITING)
def test_whoever_acknowledges_stops_it(waiting: Callable[[], Record], level: Level, rungs: int) -> None:
    moments = [NOW + number * PAUSE for number in range(1, rungs + 1)]
    record = sweep(waiting(), *moments, has_apex=True)
    at = NOW + rungs * PAUSE + MINUTE
    done = forwarding.acknowledged(record, level=level, assignment=record.assignment_number, at=at)

    assert TimerKind.ACKNOWLEDGEMENT not in done.timers
    later = sweep(done, *(at + number * PAUSE for number in range(1, 9)), has_apex=True)
    assert tried(later) == [1, 2, 3][:rungs]


@pytest.mark.parametrize(
    ("level", "office", "actor"),
    [
        (Level.NODAL, None, Actor.NODAL_OFFICER),
        (Level.HEAD, "HFW", Actor.HEAD_OF_OFFICE),
        (Level.APEX, "HFW", Actor.APEX_OF_OFFICE),
        (Level.APEX, CMO_GRIEVANCE_CELL, Actor.CMO_GRIEVANCE_CELL),
    ],
)
def test_the_acknowledgement_tells_who_of_those_tried_gave_it(
    level: Level, office: str | None, actor: Actor
) -> None:
    done = forwarding.acknowledged(
        forwarded(emergency=True),
        level=level,
        assignment=1,
        office=office,
        channel=Channel.WHATSAPP,
        at=NOW,
    )

    assert done.events[-1].by is actor
    assert dict(done.events[-1].data) == {
        "office": office or "HFW",
        "level": level,
        "assignment": 1,
        "channel": "whatsapp",
    }


def test_an_ordinary_grievance_has_no_ladder() -> None:
    record = forwarded()
    transferred = forwarding.transferred(
        record, subject=SUBJECT, office=OFFICES["320"], officer=officer("320"), at=NOW
    )
    assert record.due_at is not None
    up = clock.escalate(record, office=OFFICES["HFW"], officer=officer(level=Level.HEAD), at=NOW)
    for one in (record, transferred, up):
        assert TimerKind.ACKNOWLEDGEMENT not in one.timers
        assert ladder.left(one, has_apex=True) == ()


@pytest.mark.parametrize(
    ("vacant", "climbed"), [([1], [2, 4]), ([2], [1, 4]), ([1, 2], [4]), ([4], [1, 2]), ([1, 2, 4], [])]
)
def test_a_vacant_post_is_passed_over_at_once(vacant: list[int], climbed: list[int]) -> None:
    record = forwarded(emergency=True)

    after = sweep(record, *(NOW + number * PAUSE for number in range(1, 9)), vacant=vacant)

    assert tried(after) == climbed
    assert [event.at for event in tries(after)] == [
        NOW + number * PAUSE for number in range(1, len(climbed) + 1)
    ]
    # While the Cell's post is vacant somebody is looked for again.
    assert (TimerKind.ACKNOWLEDGEMENT in after.timers) is (4 in vacant)


def rejected(record: Record) -> Record:
    return review.reject(record, analyst_id=ANALYST, reason="A reason", at=NOW)


def duplicate(record: Record) -> Record:
    return review.mark_duplicate(
        record, analyst_id=ANALYST, reason=None, duplicate_of="SSM-4821-903-7717", at=NOW
    )


def amended_to_another_office(record: Record) -> Record:
    return review.amend(
        record,
        analyst_id=ANALYST,
        reason=None,
        amendments={"department": "PRD", "scheme": None, "category": None},
        offices=OFFICES,
        levels=registers().service_levels,
        calendar=Calendar(),
        at=NOW,
    )


@pytest.mark.parametrize(
    "over",
    [
        lambda: action_taken(forwarded(emergency=True)),
        lambda: action_taken(raised()),
        lambda: visited(action_taken(forwarded(emergency=True))),
        lambda: rejected(back_with_the_analysts()),
        lambda: duplicate(back_with_the_analysts()),
        lambda: amended_to_another_office(back_with_the_analysts()),
    ],
    ids=["reported", "reported before the push", "closed", "rejected", "duplicate", "of another office"],
)
def test_what_the_officer_need_not_act_on_any_more_is_told_to_nobody_above(
    over: Callable[[], Record],
) -> None:
    record = over()
    assert TimerKind.ACKNOWLEDGEMENT not in record.timers
    # nor though a clock of it were left over
    left_over = record.model_copy(
        update={"timers": {**record.timers, TimerKind.ACKNOWLEDGEMENT: NOW + PAUSE}}
    )
    assert tried(sweep(left_over, NOW + PAUSE, NOW + 2 * PAUSE)) == []


AT = NOW + 2 * PAUSE + MINUTE
ANEW: dict[str, tuple[Callable[[Record], Record], list[Rung]]] = {
    "transferred": (
        lambda record: forwarding.transferred(
            record, subject=SUBJECT, office=OFFICES["320"], officer=officer("320"), at=AT
        ),
        [
            Rung(number=1, office="320", level=Level.NODAL),
            Rung(number=2, office="320", level=Level.HEAD),
            CELL,
        ],
    ),
    "succeeded": (
        lambda record: succession.succeeded(
            record, office=OFFICES["HFW"], officer=officer(name="Another"), at=AT
        ),
        [AGAIN, HEAD, CELL],
    ),
    "recalled": (
        lambda record: visited(
            action_taken(record, at=AT), meets_standard=False, again_to=(OFFICES["HFW"], officer()), at=AT
        ),
        [AGAIN, HEAD, CELL],
    ),
    "recalled to whoever has it": (
        lambda record: visited(action_taken(record, at=AT), meets_standard=False, at=AT),
        [AGAIN, HEAD, CELL],
    ),
    "escalated": (
        lambda record: clock.escalate(
            record, office=OFFICES["HFW"], officer=officer(level=Level.HEAD), at=AT
        ),
        [HEAD.model_copy(update={"number": 1}), CELL],
    ),
}


@pytest.mark.parametrize("was_acknowledged", [False, True])
@pytest.mark.parametrize(("happens", "rungs"), ANEW.values(), ids=ANEW)
def test_whoever_gets_it_anew_has_a_ladder_of_his_own(
    happens: Callable[[Record], Record], rungs: list[Rung], *, was_acknowledged: bool
) -> None:
    # GIVEN an emergency whose ladder stands at the head of the office
    record = sweep(forwarded(emergency=True), NOW + PAUSE, NOW + 2 * PAUSE)
    if was_acknowledged:
        record = forwarding.acknowledged(record, level=Level.HEAD, assignment=1, at=AT)

    # WHEN somebody gets it anew
    anew = happens(record)

    # THEN the ladder begins from below, a quarter of an hour after that
    assert anew.timers[TimerKind.ACKNOWLEDGEMENT] == AT + PAUSE
    after = sweep(anew, *(AT + number * PAUSE for number in range(1, 9)))
    climbed = [
        Rung(number=event.data["rung"], office=event.data["office"], level=event.data["level"])
        for event in tries(after)[2:]
    ]
    assert climbed == rungs


def test_what_the_cell_got_because_its_time_was_over_has_no_ladder() -> None:
    top = clock.escalate(
        forwarded(emergency=True),
        office=OFFICES[CMO_GRIEVANCE_CELL],
        officer=officer(CMO_GRIEVANCE_CELL, Level.APEX),
        at=NOW,
    )
    assert TimerKind.ACKNOWLEDGEMENT not in top.timers


def test_what_the_cell_got_for_want_of_officers_is_told_to_it_once_more() -> None:
    record = raised(who=officer(CMO_GRIEVANCE_CELL, Level.APEX))

    after = sweep(record, *(NOW + number * PAUSE for number in range(1, 9)))

    assert tried(after) == [1]


def test_what_goes_up_in_the_same_sweep_is_not_told_to_those_above_the_former_officer() -> None:
    after = sweep(forwarded(emergency=True), DUE)

    assert after.escalation == 1
    assert tried(after) == []
    assert after.timers[TimerKind.ACKNOWLEDGEMENT] == DUE + PAUSE


def test_where_nobody_is_above_the_ladder_of_a_breached_matter_goes_on() -> None:
    record = forwarded(emergency=True)
    after = run_out(record, DUE, lambda _: None, lambda due: ladder.left(due, has_apex=False)[0])

    assert after.breached
    assert tried(after) == [1]


def test_a_reminder_and_a_rung_leave_each_others_clock_alone() -> None:
    record = forwarded(emergency=True)
    reminder = record.timers[TimerKind.REMINDER]
    assert sweep(record, NOW + PAUSE).timers[TimerKind.REMINDER] == reminder

    # a rung falls due between the reminder and its sweep
    late = record.model_copy(
        update={"timers": {**record.timers, TimerKind.ACKNOWLEDGEMENT: reminder + PAUSE}}
    )
    reminded = sweep(late, reminder)
    assert reminded.timers[TimerKind.ACKNOWLEDGEMENT] == reminder + PAUSE
    assert tried(reminded) == []


@pytest.mark.parametrize(
    "answered",
    [
        lambda record: forwarding.acknowledged(record, level=Level.HEAD, assignment=1, at=NOW + PAUSE),
        lambda record: action_taken(record, at=NOW + PAUSE),
    ],
    ids=["acknowledged", "reported"],
)
def test_a_rung_whose_event_comes_late_calls_nobody_once_somebody_answered(
    answered: Callable[[Record], Record],
) -> None:
    record = sweep(forwarded(emergency=True), NOW + PAUSE)
    (event,) = tries(record)
    assert alerts_for(record, event, registers().alert_rules)

    assert alerts_for(answered(record), event, registers().alert_rules) == ()


def test_what_the_portal_sent_back_keeps_the_analysts_deadline_while_its_ladder_is_climbed() -> None:
    back = under_review(raised(), at=NOW + PAUSE - MINUTE)

    after = sweep(back, NOW + PAUSE)

    assert tried(after) == [1]
    assert after.status is Status.UNDER_REVIEW
    assert after.timers[TimerKind.REVIEW_DEADLINE] == back.timers[TimerKind.REVIEW_DEADLINE]
    assert in_portal(accepted(after)).status is Status.FORWARDED
