"""Goes through days one by one: reads both sides, compares, mends, keeps a report, and tells in the end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from functions.domain import reconciliation
from functions.domain.calendar import IST
from functions.domain.ports import Ports
from functions.domain.reconciliation import Late
from functions.observability import count, logger
from functions.reconcile import reading
from functions.reconcile.mending import Budget, Outcome, Result, confirmed, mend
from functions.reconcile.reading import NotRead
from functions.reconcile.reporting import DayReport, mail_of, to_json

TRIED_FOR = timedelta(days=7)
"""So long after a late push its day is tried night by night; what was not reached by then is told."""


def reconcile(
    outside: Ports,
    days: Sequence[date],
    *,
    now: datetime,
    until: datetime,
    tell: str,
    late: Sequence[Late] = (),
) -> Sequence[DayReport]:
    """Holds what was pushed against what the portal lists; safe to repeat, by several at once.

    Args:
        outside: the ports.
        days: of registration (IST); a day that is not reached in time is reported as not read.
        now: what changed shortly before is left to its own execution.
        until: when the run has to end.
        tell: e-mail address of the CMO Grievance Cell; it hears only of what there is to tell.
        late: pushes of which the days are gone through besides, in this order, as far as there is time. A day
            that is not reached waits for the next run.

    Returns:
        A report for each day, as they were kept beside the registry.

    Raises:
        Unavailable: the table, the bucket or the mail is out. What was mended stays so, and the next run
            finds the rest.
    """
    began = outside.clock.now()
    budget = Budget(until=until)
    lasting = {one.registered_on for one in late if now.astimezone(IST).date() - one.pushed_on > TRIED_FOR}
    reports = []
    for day in dict.fromkeys([*days, *(one.registered_on for one in late)]):
        report = _day(outside, day, began, now, budget)
        if report.not_read == reading.OUT_OF_TIME and day not in {*days, *lasting}:
            continue
        outside.uploads.write_result(report.key, to_json(report))
        _count(report)
        reports.append(report)
        if report.is_finished or day in lasting:
            outside.records.drop_late([one for one in late if one.registered_on == day])
    count("ReconciliationNotRead", sum(report.not_read is not None for report in reports))
    count("ReconciliationLeft", sum(len(report.left) + report.malformed for report in reports))
    if any(report.is_news for report in reports):
        outside.messaging.send_mail(mail_of(tell, reports))
    return reports


def _day(outside: Ports, day: date, began: datetime, now: datetime, budget: Budget) -> DayReport:
    try:
        sides = reading.read(outside, day, budget.until)
    except NotRead as error:
        logger.warning("the portal's list could not be read", day=day.isoformat(), why=error.why)
        return DayReport(day, began, not_read=error.why)
    differences = reconciliation.compare(sides.held, sides.listed, now=now)
    results = _confirm(outside, day, mend(outside, differences, budget), budget)
    return DayReport(
        day=day,
        began=began,
        pushed=sides.pushed,
        listed=len(sides.listed),
        malformed=sides.malformed,
        results=results,
        stopped_by=budget.stopped_by,
    )


def _confirm(outside: Ports, day: date, results: Sequence[Result], budget: Budget) -> Sequence[Result]:
    """Looks at the list once more where the portal said that it holds what it did not list."""
    if not any(result.outcome is Outcome.UNCONFIRMED for result in results):
        return results
    try:
        pages = list(reading.pages(outside, day, budget.until))
    except NotRead as error:
        logger.warning("the portal's list could not be read again", day=day.isoformat(), why=error.why)
        return results
    return confirmed(results, (entry for page in pages for entry in page.entries))


def _count(report: DayReport) -> None:
    for kind, number in report.counts.items():
        count(f"Reconciliation{kind.title().replace('_', '')}", number)
    logger.info(
        "held against the portal", extra={key: value for key, value in report.summary().items() if value}
    )
