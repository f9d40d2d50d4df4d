"""The alert table: without contradiction, and every message that it names is written and registered."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from functions.adapters import alert_table
from functions.adapters.messages import registration_of
from functions.adapters.whatsapp_templates import template_of
from functions.domain.alert_rules import RECIPIENTS, AlertRule, Occasion
from functions.domain.channel import Channel
from functions.domain.held_alerts import Readers, readers
from functions.domain.lifecycle import TELLS, Audience
from functions.domain.record import EventType
from functions.notify.channels import FORMS
from tests.builders import ALERT_RULES, action_taken, forwarded, raised, registered

MESSAGES = Path(__file__).resolve().parents[2] / "functions" / "messages"
CITIZENS = {Audience.CITIZEN, Audience.LINKED}
OFFICERS_ROWS = [row for row in ALERT_RULES.rows if row.audience not in CITIZENS]
LANGUAGES = {Channel.SMS: ("en", "bn"), Channel.EMAIL: ("en", "bn"), Channel.WHATSAPP: ("en", "bn")}
"""Languages that officers are written to in; they are spoken to in English alone."""


def languages(row: AlertRule, channel: Channel) -> tuple[str, ...]:
    return LANGUAGES.get(channel, ("en",)) if row.language == RECIPIENTS else (row.language,)


def name_of(row: AlertRule) -> str:
    return f"{row.event}-{row.occasion}-{row.matter}-{row.rung}-{row.audience}"


@pytest.mark.parametrize("row", OFFICERS_ROWS, ids=name_of)
def test_every_message_is_written_in_every_language_and_registered(row: AlertRule) -> None:
    for channel in row.channels:
        for language in languages(row, channel):
            file = f"{language}/{row.template}.{FORMS[channel]}"
            assert (MESSAGES / file).is_file(), file
            if channel is Channel.SMS:
                assert registration_of(file)
            if channel is Channel.WHATSAPP:
                assert template_of(file)


@pytest.mark.parametrize("row", OFFICERS_ROWS, ids=name_of)
def test_what_asks_for_an_acknowledgement_has_a_link_and_nothing_else_has(row: AlertRule) -> None:
    for channel in row.channels:
        for language in languages(row, channel):
            file = f"{language}/{row.template}.{FORMS[channel]}"
            match channel:
                case Channel.SMS:
                    assert ("{{ link }}" in (MESSAGES / file).read_text(encoding="utf-8")) == row.asks
                case Channel.WHATSAPP:
                    assert (template_of(file).button is not None) == row.asks
                case Channel.VOICE:
                    # A call is for what needs action; the link stands in what goes beside it.
                    assert row.asks
                    assert len(row.channels) > 1


def test_the_lifecycle_and_the_table_name_the_same_officers() -> None:
    told: dict[EventType, set[Audience]] = {}
    for row in OFFICERS_ROWS:
        if row.occasion is not Occasion.STAND_DOWN:
            told.setdefault(row.event, set()).add(row.audience)
    assert told == {event: set(audiences) for event, audiences in TELLS.items()}


def test_a_stand_down_is_told_by_each_decision_of_the_analysts() -> None:
    told = {row.event for row in OFFICERS_ROWS if row.occasion is Occasion.STAND_DOWN}
    assert told == {
        EventType.RECORD_ACCEPTED,
        EventType.RECORD_REJECTED,
        EventType.RECORD_MARKED_DUPLICATE,
    }


def test_no_two_rows_speak_of_the_same_case() -> None:
    cases: Counter[tuple[object, ...]] = Counter()
    for row in ALERT_RULES.rows:
        for matter in ("emergency", "ordinary") if row.matter == "any" else (row.matter,):
            cases[row.event, row.occasion, matter, row.rung, row.audience] += 1
    assert {case for case, rows in cases.items() if rows > 1} == set()


def test_an_emergency_keeps_no_hours_of_whoever_is_to_act() -> None:
    acting = [row for row in OFFICERS_ROWS if row.matter == "emergency" and row.asks]
    assert acting
    assert not [name_of(row) for row in acting if row.keeps_hours]


def test_whoever_is_to_act_on_an_ordinary_matter_is_disturbed_in_the_day_alone() -> None:
    ordinary = [row for row in OFFICERS_ROWS if row.matter == "ordinary" and row.channels != (Channel.EMAIL,)]
    assert ordinary
    assert all(row.keeps_hours for row in ordinary)
    assert set(ALERT_RULES.hours) == set(Channel) - {Channel.EMAIL}


def test_an_emergency_is_raised_by_all_channels() -> None:
    rows = [
        row
        for row in OFFICERS_ROWS
        if row.event is EventType.EMERGENCY_RAISED and row.occasion is Occasion.USUAL and row.asks
    ]
    assert {row.audience for row in rows} == {Audience.ASSIGNEE, Audience.NODAL, Audience.HEAD}
    assert all(row.channels == tuple(Channel) for row in rows)


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("event", "RecordLost"),
        ("occasion", "sometimes"),
        ("matter", "urgent"),
        ("audience", "everybody"),
        ("channels", "sms;pigeon"),
        ("channels", ""),
        ("hours", "office"),
        ("asks", "perhaps"),
        ("outlives_assignment", ""),
        ("rung", "first"),
        ("rung", "0"),
        ("template", ""),
    ],
)
def test_a_row_with_a_value_of_no_such_kind_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, column: str, cell: str
) -> None:
    for name in ("alerts", "sending_hours"):
        (tmp_path / f"{name}.csv").write_bytes((MESSAGES / f"{name}.csv").read_bytes())
    monkeypatch.setattr(alert_table, "_FOLDER", tmp_path)
    assert alert_table.alert_rules() == ALERT_RULES
    with (tmp_path / "alerts.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[3][column] = cell
    with (tmp_path / "alerts.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    with pytest.raises((ValueError, KeyError)):
        alert_table.alert_rules()


def test_hours_that_end_before_they_begin_are_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "alerts.csv").write_bytes((MESSAGES / "alerts.csv").read_bytes())
    text = (MESSAGES / "sending_hours.csv").read_text(encoding="utf-8")
    (tmp_path / "sending_hours.csv").write_text(re.sub("08:00,21:00", "21:00,08:00", text), encoding="utf-8")
    monkeypatch.setattr(alert_table, "_FOLDER", tmp_path)
    with pytest.raises(ValueError, match="opens"):
        alert_table.alert_rules()


def test_what_is_held_is_handed_on_to_whoever_waits_for_it() -> None:
    ordinary, emergency = forwarded(), raised()
    assert readers(ordinary, ordinary.events[-1], ALERT_RULES) >= {Readers.OFFICERS}
    assert Readers.OFFICERS not in readers(emergency, emergency.events[-1], ALERT_RULES)
    reported = action_taken()
    assert Readers.OFFICERS not in readers(reported, reported.events[-1], ALERT_RULES)
    assert readers(registered(), registered().events[0], ALERT_RULES) == {Readers.CITIZENS}
