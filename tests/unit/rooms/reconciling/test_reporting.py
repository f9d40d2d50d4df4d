"""What is told of a run: the report in the bucket and the mail to the cell."""

import json
from io import StringIO

import pytest

from functions.domain.reconciliation import Difference, DifferenceKind
from functions.reconcile.mending import Outcome, Result
from functions.reconcile.reporting import MOST_IN_MAIL, DayReport, mail_of
from tests.builders import (
    NOW,
    PRIVATE,
    reference_of,
)
from tests.unit.rooms.reconciling.both_sides import CELL, DAY, World


def test_the_report_stands_in_the_bucket_under_its_day_and_time(world: World) -> None:
    (report,) = world.runs()
    began = world.outside.clock.now()
    (key,) = world.outside.uploads.results
    assert key == report["report"] == f"results/reconciliation/2026-11-24/{began:%Y-%m-%dT%H%M%S.%fZ}.json"


def test_the_mail_tells_the_first_fifty_what_is_left_before_what_was_mended(world: World) -> None:
    world.portal.per_page = 100
    altered = [world.pushed(number) for number in range(100, 100 + MOST_IN_MAIL + 2)]
    lost = world.pushed(1)
    for reference in altered:
        world.alters(reference, portal_id=None)
    world.loses(lost)
    world.runs()
    (mail,) = world.outside.messaging.mails
    assert mail.to == CELL
    assert "52 to be looked at, 1 mended" in mail.subject
    for form in (mail.text, mail.html):
        assert sum(reference in form for reference in altered) == MOST_IN_MAIL
        assert lost not in form
        assert "and 3 more" in form
        assert all(key in form for key in world.outside.uploads.results)
        assert "2026-11-24" in form


def test_neither_report_nor_mail_nor_log_tells_what_the_citizen_said(world: World, logged: StringIO) -> None:
    for number in range(3):
        reference = world.pushed(number)
        fields = {**world.portal.listing[-1].fields, "summary": PRIVATE[4], "complainant.phone": PRIVATE[0]}
        world.alters(reference, fields=fields)
    world.loses(world.pushed(9))
    world.runs()
    told = "".join(world.outside.uploads.results.values()) + logged.getvalue()
    told += "".join(mail.subject + mail.text + mail.html for mail in world.outside.messaging.mails)
    assert "held against the portal" in told
    assert "complainant.phone" in told
    assert not [text for text in PRIVATE if text in told or json.dumps(text)[1:-1] in told]


@pytest.mark.parametrize("kind", DifferenceKind)
@pytest.mark.parametrize("outcome", Outcome)
def test_the_mail_has_words_for_whatever_was_found(kind: DifferenceKind, outcome: Outcome) -> None:
    result = Result(Difference(kind, reference_of()), outcome)
    mail = mail_of(CELL, [DayReport(DAY, NOW, results=[result])])
    assert mail.text.count(reference_of()) == mail.html.count(reference_of()) == 1
    assert not [name for name in DifferenceKind if name in mail.text and "_" in name]
