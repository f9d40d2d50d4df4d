"""What the mail about an upload that is in force says besides: offices that nobody answers for."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from functions.domain.office import Level, in_post, needed_level
from functions.domain.ports import Ports
from functions.registry import files
from functions.registry.files import Checked
from functions.registry.vacant_posts import vacancies

_WERE_LEFT = "These offices had a nodal officer (the CMO Grievance Cell its apex) and have none today:"
_ARE_NAMED = (
    "Rules name these offices, which have no nodal officer today: their matters go to the head, "
    "or without one to the CMO Grievance Cell:"
)


def remarks(outside: Ports, key: str, checked: Checked, today: date) -> Sequence[str]:
    """What is to be told of a file beside its being in force, as lines; none where all is well.

    None of it keeps a file out: an office with nothing open may go, and a rule may come before the officer.

    Args:
        outside: the ports.
        key: the file's name.
        checked: what it holds.
        today: in India.
    """
    match key:
        case files.OFFICERS:
            head, lines = _WERE_LEFT, list(_left(outside, today))
        case files.ROUTING:
            named = {rule.office for rule in checked.routing.rules}
            head, lines = _ARE_NAMED, list(_without_officer(outside, named, today))
        case files.SERVICE_LEVELS:
            return list(_by_default(checked))
        case _:
            return ()
    return [head, *lines] if lines else ()


def _by_default(checked: Checked) -> Iterator[str]:
    """What holds where the file does not say it."""
    if (default := checked.default_level) is not None:
        unit = default.unit.replace("_", " ")
        yield f"There is no row *,*: for all that no row fits, the default of {default.amount} {unit} holds."


def _left(outside: Ports, today: date) -> Iterator[str]:
    for one in vacancies(outside, today):
        if one.is_now and one.level is needed_level(one.office) and one.last_day:
            yield f"- {_name(outside, one.office)}: last day was {one.last_day:%d %b %Y}"


def _without_officer(outside: Ports, offices: Collection[str], today: date) -> Iterator[str]:
    for office in sorted(offices):
        officers = outside.registry.officers_of(office)
        if not any(in_post(officers, level, today) for level in (Level.NODAL, needed_level(office))):
            yield f"- {_name(outside, office)}"


def _name(outside: Ports, office: str) -> str:
    return outside.registry.registers().offices[office].name_and_code
