"""The CMO Grievance Cell is told of vacancies: once ahead, and once when they are there."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from functions.domain.channel import Channel
from functions.domain.errors import BeingSent, Refused, Unavailable, Undeliverable
from functions.domain.office import Level, Officer
from functions.registry import handler
from functions.registry.vacant_posts import VACANCIES, tell_vacancies, vacancies
from tests.builders import CONTEXT, NOW, officer, settings, upload
from tests.fakes import FakePorts

TO = "cell@wb.example"
TODAY = NOW.date()
A_DAY = timedelta(days=1)
APEX = officer("CMO", Level.APEX)


def staffed(valid_to: date | None = None, office: str = "HFW") -> list[Officer]:
    """An office whose nodal officer leaves on a day."""
    return [officer(office, valid_to=valid_to), officer(office, Level.HEAD), APEX]


def tells(outside: FakePorts, today: date = TODAY) -> int:
    return tell_vacancies(outside, TO, today)


def test_the_sample_registry_has_no_vacancy(outside: FakePorts) -> None:
    assert tells(outside) == 0
    assert outside.messaging.mails == []


def test_a_registry_that_was_never_filled_is_no_list_of_vacancies(outside: FakePorts) -> None:
    outside.registry.officers = []
    assert tells(outside) == 0


def test_office_level_and_last_day_are_told(outside: FakePorts) -> None:
    outside.registry.officers = staffed(TODAY + 3 * A_DAY)
    assert tells(outside) == 1
    (mail,) = outside.messaging.mails
    assert mail.to == TO
    assert mail.subject == "Registry: 1 to fall vacant within a week"
    for body in (mail.text, mail.html):
        assert "Health and Family Welfare (HFW), nodal officer: last day 27 Nov 2026" in body.replace(
            "&amp;", "and"
        )


def test_each_is_told_once_ahead_and_once_when_it_is_there(outside: FakePorts) -> None:
    outside.registry.officers = staffed(TODAY + 3 * A_DAY)
    told = [tells(outside, TODAY + day * A_DAY) for day in range(-10, 30)]
    assert [day - 10 for day, count in enumerate(told) if count] == [-3, 4]
    ahead, now = outside.messaging.mails
    assert "last day 27 Nov 2026" in ahead.text
    assert "vacant, last day was 27 Nov 2026" in now.text
    assert now.subject == "Registry: 1 post vacant"


def test_all_of_a_day_are_one_mail_the_vacant_ones_first(outside: FakePorts) -> None:
    outside.registry.officers = [
        *staffed(TODAY + 2 * A_DAY, "HFW"),
        officer("FISH"),
        officer("320", valid_to=TODAY - A_DAY),
    ]
    assert tells(outside) == 4
    (mail,) = outside.messaging.mails
    assert mail.subject == "Registry: 3 posts vacant, 1 to fall vacant within a week"
    listed = [line for line in mail.text.splitlines() if line.startswith("- ")]
    assert ["nobody was ever named" in line for line in listed] == [True, True, False, False]
    assert "(320), nodal officer: vacant, last day was 23 Nov 2026" in listed[2]
    assert "(HFW)" in listed[3]


def test_what_is_new_is_told_without_what_was_told_before(outside: FakePorts) -> None:
    outside.registry.officers = staffed(TODAY)
    tells(outside)
    outside.registry.officers = [
        *staffed(TODAY),
        officer("FISH", Level.HEAD),
        officer("FISH", valid_to=TODAY),
    ]
    assert tells(outside) == 1
    assert "HFW" not in outside.messaging.mails[-1].text


def test_another_last_day_is_another_vacancy(outside: FakePorts) -> None:
    outside.registry.officers = staffed(TODAY + A_DAY)
    assert tells(outside) == 1
    outside.registry.officers = staffed(TODAY + 2 * A_DAY)
    assert tells(outside) == 1


def apply_and_tell(outside: FakePorts, day: int, *officers: Officer) -> int:
    """An upload of a day, and the night after it and the next, each of which is told twice."""
    outside.clock.moment = NOW + day * A_DAY
    come = upload(f"v{day}", at=outside.clock.moment)
    assert outside.registry.apply_officers(officers, come) is None
    return sum(tells(outside, TODAY + (day + night) * A_DAY) for night in (1, 1, 2, 2))


def test_a_post_whose_row_is_gone_is_told_each_time_and_with_the_day(outside: FakePorts) -> None:
    nodal, head = officer(), officer(level=Level.HEAD)
    outside.registry.officers = [nodal, head, APEX]
    told = [
        apply_and_tell(outside, day, nodal, APEX, *heads)
        for day, heads in enumerate(([head], [], [head], [], []), 1)
    ]
    assert told == [0, 1, 0, 1, 0]
    first, second = outside.messaging.mails
    assert "(HFW), head of the office: vacant, last day was 26 Nov 2026" in first.text.replace("\n", " ")
    assert "last day was 28 Nov 2026" in second.text


def test_an_office_that_a_file_dropped_is_told_as_vacant(outside: FakePorts) -> None:
    outside.registry.officers = [officer("FISH"), officer("FISH", Level.HEAD), *staffed()]
    assert apply_and_tell(outside, 1, *staffed()) == 2
    (mail,) = outside.messaging.mails
    assert "(FISH), nodal officer: vacant, last day was 25 Nov 2026" in mail.text
    assert "(FISH), head of the office: vacant, last day was 25 Nov 2026" in mail.text


def test_a_mail_that_did_not_go_is_sent_again(outside: FakePorts) -> None:
    outside.registry.officers = staffed(TODAY)
    outside.messaging.out.add(Channel.EMAIL)
    with pytest.raises(Unavailable):
        tells(outside)
    # WHEN it is tried again at once
    outside.messaging.out.clear()
    outside.clock.advance(seconds=1)
    assert tells(outside) == 1


def test_vacancies_that_another_worker_is_telling_do_not_keep_those_that_are_claimed(
    outside: FakePorts,
) -> None:
    outside.registry.officers = [*staffed(TODAY), *staffed(TODAY, "TOUR")]
    first, second = vacancies(outside, TODAY)
    # GIVEN another worker that died over the second
    outside.alert_log.claim(VACANCIES, second)
    with pytest.raises(BeingSent):
        tells(outside)
    # THEN the first is free, and goes when the other is
    assert (VACANCIES, first.key) not in outside.alert_log.claimed
    outside.clock.advance(seconds=61)
    assert tells(outside) == 2
    assert len(outside.messaging.mails) == 1


def test_a_cell_whose_address_is_refused_is_no_failure_and_is_noted_for_each(outside: FakePorts) -> None:
    outside.registry.officers = [*staffed(TODAY), *staffed(TODAY, "TOUR")]
    outside.messaging.broken[TO] = Undeliverable("email", "InvalidAddress")
    assert tells(outside) == 0
    assert {key for _, key in outside.alert_log.outcomes} == {one.key for one in vacancies(outside, TODAY)}
    outside.clock.advance(minutes=2)
    assert tells(outside) == 0


def test_the_night_has_every_office_looked_at_and_tells_by_the_events_day(
    outside: FakePorts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handler, "ports", lambda: outside)
    monkeypatch.setattr(handler, "settings", lambda: settings(GRIEVANCE_CELL_MAIL=TO))
    # GIVEN a last day on the 24th, and half past midnight of the 25th in India
    outside.registry.officers = staffed(TODAY)
    outside.clock.moment = NOW.replace(hour=19, minute=0)
    answer = handler.look_after_posts({"time": "2026-11-24T19:00:00Z"}, CONTEXT)
    assert answer == {"offices": 2, "vacancies_told": 1, "rosters_sent": 0}
    assert outside.handovers.asked == [("CMO", timedelta()), ("HFW", timedelta())]
    assert "vacant, last day was 24 Nov 2026" in outside.messaging.mails[0].text


def test_lists_of_the_day_go_also_where_vacancies_could_not_be_told(
    outside: FakePorts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handler, "ports", lambda: outside)
    monkeypatch.setattr(handler, "settings", lambda: settings(GRIEVANCE_CELL_MAIL=TO))
    first = Unavailable("emptied posts")

    def fails(*_: object) -> int:
        raise first

    monkeypatch.setattr(handler, "tell_vacancies", fails)
    outside.clock.moment = NOW.replace(month=11, day=30, hour=19, minute=0)
    with pytest.raises(Unavailable) as raised:
        handler.look_after_posts({"time": "2026-11-30T19:00:00Z"}, CONTEXT)
    assert raised.value is first
    assert "Nodal officers as of 01 Dec 2026" in outside.messaging.mails[-1].subject
    # AND the offices are looked at
    assert len(outside.handovers.asked) > 1


def test_vacancies_and_lists_go_also_where_no_office_can_be_looked_at(
    outside: FakePorts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handler, "ports", lambda: outside)
    monkeypatch.setattr(handler, "settings", lambda: settings(GRIEVANCE_CELL_MAIL=TO))
    outside.registry.officers = [*staffed(TODAY), officer("FISH"), officer("FISH", Level.HEAD)]

    def fails(*_: object) -> None:
        raise Unavailable("queue")

    monkeypatch.setattr(outside.handovers, "ask", fails)
    outside.clock.moment = NOW.replace(hour=19, minute=0)
    with pytest.raises(Unavailable, match="queue"):
        handler.look_after_posts({"time": "2026-11-24T19:00:00Z"}, CONTEXT)
    assert ["vacant" in mail.subject for mail in outside.messaging.mails] == [True, False]


def test_no_day_ahead_is_begun_where_messages_are_real(
    outside: FakePorts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handler, "ports", lambda: outside)
    monkeypatch.setattr(handler, "settings", lambda: settings(STAGE="production"))
    with pytest.raises(Refused):
        handler.look_after_posts({"time": "2026-12-24T19:00:00Z"}, CONTEXT)
