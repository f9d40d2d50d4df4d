"""The demo's pure parts: the calls, what people do next, what is shown, and that all is accounted for."""

import copy
import io
import json
import re
import unicodedata
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import phonenumbers
import pytest
import yaml
from rich.console import Console

from functions.adapters import bundled
from functions.domain import feedback, timers
from functions.domain.alerts import alerts_for
from functions.domain.citizen_messages import message_about_own
from functions.domain.lifecycle import TELLS
from functions.domain.office import CMO_GRIEVANCE_CELL, Level
from functions.domain.record import Actor, CallbackOutcome, EventType, Kind, Record, Status
from local.client import Answer
from local.demo.board import frame
from local.demo.call import Call, untold
from local.demo.choice import Chosen
from local.demo.news import News, of_answer, of_change
from local.demo.outcome import PLACES, Outcome
from local.demo.page import page
from local.demo.play import HANDS, Scene
from local.demo.recording import Recorder
from local.demo.report import write_report
from local.demo.samples import Sample, read_samples
from local.demo.script import Act, Deed, next_act, rests
from local.errors import LocalStackError
from local.story import CITIZEN, Alert, alert_of
from tests import builders
from tests.builders import ALERT_RULES

NOW = builders.NOW
LANDLINE = "+913322145555"
SAMPLES = read_samples()
REPORT = {"text": "The embankment was mended and the water is out of the village.", "found": True}


def sample(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - a field is anything
    return {
        "title": "A call",
        "expect": "closed",
        "analyst": {"decision": "approve", "reason": "Complete."},
        "officer": {"acts": "at_once", "reports": [REPORT]},
        "record": {"record_id": "CC-1", "call": {"started_at": "{{now}}"}},
    } | changes


def parsed(**changes: Any) -> Sample:  # noqa: ANN401 - as above
    return Sample.model_validate(sample(**changes))


def told_of(record: Record) -> list[Alert]:
    """The evidence, as it is read from the table, of all that is to be told."""
    officers = [alert for event in record.events for alert in alerts_for(record, event, ALERT_RULES)]
    citizens = [message_about_own(record, event, ALERT_RULES) for event in record.events]
    return [
        alert_of({"alert": told.model_dump(mode="json"), "state": "sent", "sent_at": NOW.isoformat()})
        for told in (*officers, *filter(None, citizens))
    ]


def played(record: Record, number: int = 1, **changes: Any) -> Call:  # noqa: ANN401 - as above
    call = Call(number, parsed(**changes), Answer(201, {}, {"reference": record.reference}), record)
    call.alerts, call.status = told_of(record), record.status
    return call


# The samples


def test_the_samples_are_a_morning() -> None:
    records = {one.record_id: one for one in SAMPLES}
    languages = [one.record["call"].get("language") for one in SAMPLES]
    assert len(SAMPLES) >= 60
    assert sum(one.is_emergency for one in SAMPLES) >= 8
    assert languages.count("bn") > len(SAMPLES) / 2
    assert {"hi", "en"} <= set(languages)
    assert {one.record["kind"] for one in SAMPLES} == {kind.value for kind in Kind}
    assert {400, 401, 422} == {one.refusal for one in SAMPLES} - {None}
    assert {"closed", "recalled", "forwarded", "rejected", "duplicate", "under_review"} < {
        one.expect for one in SAMPLES
    }
    exact, reworded = 0, 0
    for one in SAMPLES:
        named = one.analyst.duplicate_of_record if one.analyst else None
        if named:
            same = records[named].summary == one.summary
            exact, reworded = exact + same, reworded + (not same)
    assert exact
    assert reworded


def test_what_a_sample_names_is_in_the_registers() -> None:
    registers = bundled.registers()
    for one in SAMPLES:
        subject = one.record.get("subject", {})
        if one.refusal:
            continue
        named = [subject.get(key) for key in ("department", "district", "police_office")]
        assert all(code in registers.offices for code in named if code), one.record_id
        assert subject.get("scheme") is None or subject["scheme"] in registers.schemes, one.record_id
        assert subject.get("category") is None or subject["category"] in registers.categories, one.record_id


@pytest.mark.parametrize("one", [one for one in SAMPLES if not one.refusal], ids=lambda one: one.record_id)
def test_a_sample_that_is_taken_is_written_as_it_is_kept(one: Sample) -> None:
    phone = phonenumbers.parse(one.record["caller"]["phone"])
    assert phonenumbers.is_valid_number(phone)
    assert unicodedata.is_normalized("NFC", json.dumps(one.record, ensure_ascii=False))


def test_a_body_is_filled_and_has_an_id_of_its_run() -> None:
    one = parsed(record={"record_id": "CC-1", "times": ["{{now}}", "{{last_night}}", "{{tomorrow}}"]})
    first, second = (one.body(run, NOW + timedelta(microseconds=7)) for run in ("one", "two"))
    assert first == {
        "record_id": "CC-1-one",
        "times": ["2026-11-24T04:45:00+00:00", "2026-11-23T21:40:00+05:30", "2026-11-25T04:45:00+00:00"],
    }
    assert second["record_id"] == "CC-1-two"


@pytest.mark.parametrize(
    ("calls", "reason"),
    [
        ([sample(colour="red")], "call 1: colour"),
        ([sample(), sample()], "call 2: CC-1 comes twice"),
        ([sample(expect="repeated", analyst=None, officer=None)], "call 1: CC-1 comes twice, or should"),
        ([sample(analyst=None)], "call 1.*analyst's part do not fit"),
        ([sample(officer=None)], "call 1.*officer's part do not fit"),
        ([sample(expect="under_review", officer=None)], "call 1.*analyst's part do not fit"),
        ([sample(expect="recalled")], "call 1.*last report do not fit"),
        ([sample(record={})], "call 1.*record_id"),
        (
            [
                sample(
                    expect="duplicate",
                    officer=None,
                    analyst={"decision": "duplicate", "reason": "Same.", "duplicate_of_record": "CC-0"},
                )
            ],
            "call 1: CC-0 is no earlier call",
        ),
        ("not a list", "calls.yaml: "),
    ],
)
def test_a_call_that_cannot_be_used_is_named(tmp_path: Path, calls: object, reason: str) -> None:
    path = tmp_path / "calls.yaml"
    path.write_text(yaml.safe_dump(copy.deepcopy(calls)), encoding="utf-8")
    with pytest.raises(LocalStackError, match=reason):
        read_samples(path)


# What people do next


def test_people_act_on_what_they_see() -> None:
    one = parsed()
    waiting = builders.under_review()
    given = builders.forwarded()
    acknowledged = given.model_copy(update={"acknowledged_at": NOW})
    assert next_act(one, builders.registered()) is None
    assert next_act(one, waiting) == Act(Deed.DECIDE, 1)
    assert next_act(parsed(expect="under_review", analyst=None, officer=None), waiting) is None
    assert next_act(one, given) == Act(Deed.ACKNOWLEDGE, 1)
    assert next_act(one, acknowledged) == Act(Deed.REPORT, 1)
    assert next_act(one, builders.action_taken(acknowledged)) == Act(Deed.VISIT, 1)
    closed = builders.visited(builders.action_taken(acknowledged))
    assert next_act(one, closed) is None
    assert next_act(parsed(citizen="satisfied"), closed) == Act(Deed.ASK, 1)
    complained = feedback.received(closed, agent_id="A-17", satisfied=False, rating=1, remark=None, at=NOW)
    assert next_act(parsed(citizen="dissatisfied"), complained) == Act(Deed.VISIT, 2)


def test_a_number_is_called_back_when_its_time_has_come() -> None:
    one = parsed(expect="called_back", analyst=None, officer=None)
    waiting = builders.registered(kind=Kind.MISSED_CALL)
    assert next_act(one, waiting) is None
    due = timers.run_out(waiting, NOW, lambda _: None)
    assert next_act(one, due) == Act(Deed.CALL_BACK, 1)
    tried = builders.called(CallbackOutcome.NO_ANSWER, record=due)
    assert next_act(one, tried) is None
    later = timers.run_out(tried, NOW + timedelta(days=1), lambda _: None)
    assert next_act(one, later) == Act(Deed.CALL_BACK, 2)


def test_an_officer_may_need_a_reminder_or_an_escalation() -> None:
    given = builders.forwarded().model_copy(update={"acknowledged_at": NOW})
    reminded = given.model_copy(
        update={
            "events": (
                *given.events,
                given.events[-1].model_copy(update={"type": EventType.SLA_REMINDER_DUE}),
            )
        }
    )
    escalated = given.model_copy(update={"escalation": 1})
    slow, slowest = (
        parsed(officer={"acts": acts, "reports": [REPORT]}) for acts in ("when_reminded", "when_escalated")
    )
    assert next_act(slow, given) is None
    assert next_act(slow, reminded) == Act(Deed.REPORT, 1)
    assert next_act(slowest, reminded) is None
    assert next_act(slowest, escalated) == Act(Deed.REPORT, 1)


def test_after_a_recall_the_next_report_comes_when_the_portal_knows_of_it() -> None:
    one = parsed(officer={"acts": "when_escalated", "reports": [REPORT | {"found": False}, REPORT]})
    again = (bundled.registers().offices["HFW"], builders.officer())
    recalled = builders.visited(
        builders.action_taken(builders.forwarded()), meets_standard=False, again_to=again
    )
    on_its_way = recalled.model_copy(update={"acknowledged_at": NOW})
    assert recalled.status is Status.RECALLED
    assert next_act(one, on_its_way) is None
    assert next_act(one, on_its_way.model_copy(update={"timers": {}})) == Act(Deed.REPORT, 2)


@pytest.mark.parametrize("status", [Status.REGISTERED, Status.ACCEPTED])
def test_the_service_has_something_to_do_while_a_record_is_on_its_way(status: Status) -> None:
    assert not rests(builders.in_status(status))


def test_the_service_has_nothing_to_do_for_what_waits_for_people() -> None:
    assert rests(builders.under_review())
    assert rests(builders.forwarded())
    assert rests(builders.registered(kind=Kind.MISSED_CALL))


def test_the_clock_is_only_handed_forward() -> None:
    records = [builders.forwarded(), builders.forwarded(emergency=True), builders.registered()]
    moments = [hand.until(records, NOW) for hand in HANDS]
    assert None not in moments
    assert moments == sorted(moment for moment in moments if moment)
    assert HANDS[-1].until([], NOW) is None


# What is told


def test_a_refusal_is_told_in_the_services_own_words() -> None:
    body = {"detail": "It does not validate.", "errors": [{"pointer": "/subject", "detail": "is required"}]}
    assert of_answer("A call", "", Answer(422, {}, body), emergency=False).text == (
        "A call: 422 /subject is required"
    )
    assert of_answer("A call", "", Answer(401, {}, {"detail": "Not you."}), emergency=False).text == (
        "A call: 401 Not you."
    )
    assert of_answer("A call", "", None, emergency=False).text == "A call: nobody answered"


def test_what_happened_between_two_looks_is_told_once() -> None:
    before, after = builders.under_review(), builders.forwarded()
    told = [item.text for item in of_change(before, after, "A call")]
    assert told == [
        f"{event.note} (A call)"
        for event in after.events[2:]
        if event.type in TELLS or event.type is EventType.RECORD_ACCEPTED
    ]
    assert list(of_change(after, after, "A call")) == []


def test_an_alert_that_is_not_known_to_be_sent_is_missed() -> None:
    record = builders.forwarded()
    sent = told_of(record)
    assert sent
    assert untold(record, sent) == []
    assert len(untold(record, sent[1:])) == 1
    assert len(untold(record, [])) == len(sent)
    assert untold(None, []) == []


def test_what_went_up_to_the_cell_is_not_missed_and_another_office_stands_for_nobody() -> None:
    late = builders.forwarded(emergency=True)
    assert late.due_at is not None
    cell = (bundled.registers().offices[CMO_GRIEVANCE_CELL], builders.officer(CMO_GRIEVANCE_CELL, Level.APEX))
    up = timers.run_out(late, late.due_at, lambda _: cell)
    assert up.assignment is not None
    assert up.assignment.level is Level.APEX
    assert untold(up, told_of(up)) == []
    elsewhere = [replace(one, office="HFW") if one.level == Level.APEX else one for one in told_of(up)]
    assert {missing.partition(" by ")[0] for missing in untold(up, elsewhere)} >= {
        "officer_escalated to apex"
    }


@pytest.mark.parametrize("status", [Status.REJECTED, Status.DUPLICATE])
def test_a_citizen_whose_call_was_turned_down_is_missed_unless_a_landline_called(status: Status) -> None:
    record = builders.in_status(status)
    (missing,) = untold(record, [])
    assert missing.endswith(" to citizen by sms")
    assert untold(record, told_of(record)) == []
    landline = record.model_copy(update={"caller": record.caller.model_copy(update={"phone": LANDLINE})})
    assert untold(landline, []) == []


def test_messages_to_citizens_are_counted_and_their_time_is_not() -> None:
    run = outcome(played(builders.in_status(Status.REJECTED), expect="rejected", officer=None))
    assert run.alerts == {"RecordRejected": {CITIZEN: 1}}
    assert "told to an officer, from the event to the SMS" not in {one.name for one in run.stretches}


# What became of them


def outcome(*calls: Call, at_portal: dict[str | None, int] | None = None) -> Outcome:
    each_once = {call.reference: 1 for call in calls if call.record and call.record.portal_id}
    held = {str(reference): count for reference, count in (at_portal or each_once).items()}
    return Outcome(calls, held, began=NOW, seconds=40.0)


def several() -> list[Call]:
    closed = builders.numbered(builders.in_status(Status.CLOSED), 1)
    rejected = builders.numbered(builders.in_status(Status.REJECTED), 2)
    refused = Call(3, parsed(expect="refused-401", sent="forged", analyst=None, officer=None), None)
    refused.answer = Answer(401, {}, {"title": "Unauthorized"})
    again = Call(4, parsed(expect="repeated", analyst=None, officer=None), None)
    again.answer = Answer(200, {}, {"reference": closed.reference})
    return [played(closed), played(rejected, 2, expect="rejected", officer=None), refused, again]


def test_every_status_has_one_place() -> None:
    statuses = [status for statuses in PLACES.values() for status in statuses]
    assert sorted(statuses) == sorted(Status)


def test_the_sums_of_a_good_run() -> None:
    run = outcome(*several())
    assert [str(one) for one in run.sums] == [
        "posted 4 = in 2 + repeated 1 + refused 1",
        "in 2 = closed 1 + turned down 1",
        "entered 1 = at the portal 1",
    ]
    assert run.is_well
    assert run.differences == []
    assert [(call.number, why) for call, why in run.refusals] == [(3, "401 Unauthorized")]


def test_a_record_that_is_nowhere_breaks_the_sum() -> None:
    calls = several()
    calls[0].status = None
    run = outcome(*calls)
    assert str(run.sums[1]) == "in 2 != turned down 1"
    assert not run.is_well


@pytest.mark.parametrize("held", [0, 2])
def test_an_entry_that_is_missing_or_doubled_at_the_portal_is_seen(held: int) -> None:
    calls = several()
    run = outcome(*calls, at_portal={calls[0].reference: held})
    assert str(run.sums[2]) == f"entered 1 != at the portal {held}"
    assert not run.is_well


@pytest.mark.parametrize("answer", [None, Answer(500, {}, {}), Answer(503, {}, {})])
def test_a_post_that_is_neither_in_nor_refused_breaks_the_sum(answer: Answer | None) -> None:
    run = outcome(*several(), Call(5, parsed(), answer))
    assert str(run.sums[0]).startswith("posted 5 != ")
    assert len(run.differences) == 1


def test_differences_are_said_in_words() -> None:
    given = builders.forwarded()
    unheard = played(given, expect="forwarded", officer=None)
    unheard.record = given.model_copy(update={"escalation": 1})
    assert unheard.difference() is None
    unheard.alerts = unheard.alerts[1:]
    assert (unheard.difference() or "").startswith("not told: officer_forwarded to ")
    assert played(given).difference() == "it is forwarded, expected was closed"
    assert played(given, expect="forwarded", officer=None).difference() == (
        "nobody redressed it, and it was not escalated"
    )
    failed = played(given)
    failed.failed.append("report was answered 409 wrong state")
    assert failed.difference() == "report was answered 409 wrong state"
    refused = Call(1, parsed(), Answer(422, {}, {"title": "Does not validate"}))
    assert refused.difference() == "it was answered 422 Does not validate, expected was 201"


def test_time_is_measured_where_the_clock_was_not_handed_forward() -> None:
    record = builders.accepted(
        builders.under_review(at=NOW + timedelta(seconds=2)), at=NOW + timedelta(seconds=5)
    )
    straight = {one.name: one for one in outcome(played(record, expect="forwarded", officer=None)).stretches}
    assert straight["registered, until checked automatically"].median == 2
    assert straight["before the data analysts (played)"].longest == 3
    late = record.model_copy(
        update={"events": (*record.events[:-1], record.events[-1].model_copy(update={"by": Actor.SLA_TIMER}))}
    )
    assert "before the data analysts (played)" not in {
        one.name for one in outcome(played(late, expect="forwarded", officer=None)).stretches
    }


# What is shown


def scene(*calls: Call) -> Scene:
    news = [News("SSM-4821-903-7717", "নদীবাঁধ ভেঙে গ্রামে নোনা জল ঢুকছে " * 6, "alarm")] * 30
    return Scene("the morning", calls, 72, news, ["SMS  SSM-4821-903-7717  to somebody"] * 20)


@pytest.mark.parametrize(("width", "height"), [(80, 23), (120, 39), (200, 60), (60, 18)])
@pytest.mark.parametrize("colours", ["truecolor", None])
def test_the_board_fits_any_terminal_and_needs_no_colour(
    width: int, height: int, colours: str | None
) -> None:
    record = builders.numbered(builders.forwarded(emergency=True), 7).model_copy(update={"breached": True})
    calls = [played(builders.numbered(record, number), number) for number in range(1, 40)]
    out = Console(
        width=width,
        height=height,
        file=io.StringIO(),
        force_terminal=True,
        color_system=colours,  # type: ignore[arg-type]  # the table above holds literals
    )
    lines = out.render_lines(frame(scene(*calls), width, height))
    text = "\n".join("".join(segment.text for segment in line) for line in lines)
    assert len(lines) <= height
    assert "!*" in text
    assert width < 80 or {"officer", "recalled", "more"} <= set(re.findall(r"[a-z]+", text))


def test_the_last_page_and_the_report_tell_the_same(tmp_path: Path) -> None:
    run = outcome(*several())
    chosen = [Chosen("SMS to an officer", "", "সরাসরি মুখ্যমন্ত্রী <জরুরি>", "An emergency")]
    out = Console(width=120, file=io.StringIO())
    for part in page(run, chosen, 120):
        out.print(part)
    path = tmp_path / "report.html"
    write_report(run, chosen, path)
    html, text = path.read_text(encoding="utf-8"), out.file.getvalue()  # type: ignore[attr-defined]  # it is a StringIO
    for shown in (*map(str, run.sums), "401 Unauthorized", "turned down", "An emergency"):
        assert shown in text
        assert shown in html
    assert "&lt;জরুরি&gt;" in html
    assert "http://" not in html.replace("http://127.0.0.1", "")
    assert "https://" not in html


def test_the_recording_is_one_animated_drawing(tmp_path: Path) -> None:
    recorder = Recorder("A board & its calls")
    call = played(builders.forwarded(emergency=True))
    recorder.see(scene(call))
    recorder.turn_over(page(outcome(call), [], recorder.width))
    path = tmp_path / "demo.svg"
    recorder.write(path)
    drawing = ET.fromstring(path.read_text(encoding="utf-8"))  # noqa: S314 - our own
    shown = [one for one in drawing if one.get("class") == "f"]
    lines = {one.get("id") for one in drawing.iter() if one.get("id")}
    assert len(shown) >= 2
    assert {use.get("href", "").removeprefix("#") for one in shown for use in one} <= lines
    assert "নদীবাঁধ" in "".join(drawing.itertext())
