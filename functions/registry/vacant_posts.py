"""Tells the CMO Grievance Cell of posts that are vacant, or will be within a week."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from functions.adapters.messages import mail_of
from functions.domain.office import CMO_GRIEVANCE_CELL, Level, Office, Officer
from functions.domain.ports import Mail, Ports
from functions.domain.vacancy import Vacancy, vacancies_of
from functions.once import once_together

VACANCIES = "VACANCIES"
"""Under which the alert log keeps what was told: it concerns no single record."""


def tell_vacancies(outside: Ports, to: str, today: date) -> int:
    """Sends one mail of all vacancies that were not told yet; none where there is nothing new.

    Args:
        outside: the ports.
        to: e-mail address of the CMO Grievance Cell.
        today: in India.

    Returns:
        How many were told now: none where the provider refused the mail, which is not tried again.

    Raises:
        Unavailable: a dependency is out, or another worker is telling of one just now.
    """

    def send(new: Sequence[Vacancy]) -> str:
        return outside.messaging.send_mail(_mail(to, new, outside.registry.registers().offices))

    return once_together(outside, VACANCIES, vacancies(outside, today), send)


def vacancies(outside: Ports, today: date) -> Sequence[Vacancy]:
    """Every post that is vacant or will be within a week, also of offices that an upload dropped.

    An office that nobody was ever named for is none of them, but for the CMO Grievance Cell.

    Args:
        outside: the ports.
        today: in India.
    """
    by_office: dict[str, list[Officer]] = defaultdict(list)
    for officer in outside.registry.all_officers():
        by_office[officer.office].append(officer)
    if not by_office:
        # A registry that was never filled is no list of a hundred vacancies.
        return ()
    left: dict[str, dict[Level, date]] = defaultdict(dict)
    for (office, level), day in outside.registry.emptied_posts().items():
        left[office][level] = day
    return [
        vacancy
        for office in outside.registry.registers().offices
        if office in by_office or office in left or office == CMO_GRIEVANCE_CELL
        for vacancy in vacancies_of(office, by_office[office], today, left[office])
    ]


def _mail(to: str, vacancies: Sequence[Vacancy], offices: Mapping[str, Office]) -> Mail:
    ordered = sorted(vacancies, key=lambda one: (not one.is_now, one.last_day or date.min, one.office))
    values = {
        "now": sum(one.is_now for one in ordered),
        "ahead": sum(not one.is_now for one in ordered),
        "lines": [
            {
                "office": offices[one.office].name_and_code,
                "level": one.level.value,
                "is_now": one.is_now,
                "last_day": f"{one.last_day:%d %b %Y}" if one.last_day else "",
            }
            for one in ordered
        ],
    }
    subject, text, html = mail_of("en/cell_vacancies", values, layout="layout_of_list")
    return Mail(to=to, subject=subject, text=text, html=html)
