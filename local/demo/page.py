"""The demo's last page at the terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from rich import box
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from local.demo.call import Call
from local.demo.choice import Chosen
from local.demo.outcome import Outcome
from local.story import words

_BAR = 24


def page(outcome: Outcome, chosen: Sequence[Chosen], width: int) -> Iterator[RenderableType]:
    """The page, part by part.

    Args:
        outcome: What became of the calls.
        chosen: Messages to show in full.
        width: columns of the terminal.
    """
    yield _part("Where each one is", _places(outcome, width))
    yield _part("Alerts that went out", _alerts(outcome))
    for one in chosen:
        yield _part(
            one.title, Text(one.text), Text(f"({one.meaning})", style="dim") if one.meaning else Text()
        )
    yield _part("Not taken in", _refusals(outcome))
    yield _part("Time per stage", _stretches(outcome))
    yield _part("What went otherwise than straight", Text(_turns(outcome)))
    yield _part("Nothing is lost", *_sums(outcome))


def print_page(outcome: Outcome, chosen: Sequence[Chosen], out: Console) -> None:
    """Prints it."""
    for part in page(outcome, chosen, out.width):
        out.print(part, soft_wrap=False)
    for call, difference in outcome.differences:
        out.print(Text(f"call {call.number}, {call.sample.title}: {difference}", style="bold red"))


def _part(title: str, *content: RenderableType) -> Group:
    return Group(Text(f"\n{title}", style="bold"), *content)


def _table(*columns: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for number, name in enumerate(columns):
        table.add_column(name, justify="right" if number else "left")
    return table


def _places(outcome: Outcome, width: int) -> RenderableType:
    most = max((len(calls) for calls in outcome.places.values()), default=1)
    table = Table.grid(padding=(0, 2))
    for place, calls in outcome.places.items():
        bar = "█" * max(1, round(_BAR * len(calls) / most))
        table.add_row(place, Text(str(len(calls)), justify="right"), bar)
        table.add_row(
            "", "", Text(textwrap.fill(" ".join(map(_short, calls)), max(40, width - 24)), style="dim")
        )
    return table


def _short(call: Call) -> str:
    flag = "!" if call.sample.is_emergency else ""
    return f"{flag}{(call.reference or '').removeprefix('SSM-')}"


def _alerts(outcome: Outcome) -> RenderableType:
    table = _table("because", *outcome.channels)
    for kind, counts in outcome.alerts.items():
        table.add_row(words(kind), *(str(counts.get(channel, 0)) for channel in outcome.channels))
    totals = (sum(counts.get(one, 0) for counts in outcome.alerts.values()) for one in outcome.channels)
    table.add_row("all", *map(str, totals), style="bold")
    return table


def _refusals(outcome: Outcome) -> RenderableType:
    table = Table.grid(padding=(0, 2))
    for call, why in outcome.refusals:
        table.add_row(str(call.number), call.sample.title, why)
    return table


def _stretches(outcome: Outcome) -> RenderableType:
    table = _table("", "records", "median", "longest")
    for one in outcome.stretches:
        table.add_row(one.name, str(one.count), f"{one.median:.1f} s", f"{one.longest:.1f} s")
    return table


def _turns(outcome: Outcome) -> str:
    return ", ".join(f"{count} {name}" for name, count in outcome.turns.items())


def _sums(outcome: Outcome) -> list[Text]:
    return [Text(str(one), style="bold green" if one.holds else "bold red") for one in outcome.sums]
