"""The live board: stages as columns, and under them what happens and what goes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Self

from rich import box
from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from functions.domain.record import Record
from local.demo.news import News, Tone
from local.demo.outcome import PLACES
from local.demo.play import Scene

_STYLES: Mapping[Tone, str] = {"plain": "", "good": "green", "bad": "yellow", "alarm": "bold red"}
_WIDTH_IN_A_FILE = 140
# Terminals differ in how wide they draw Bengali and Devanagari: a line that is full to the edge might wrap.
_MARGIN = 12
_CHROME = 11
"""Lines of the board that are neither cards nor news nor alerts."""


def console() -> Console:
    """Standard output; wide enough for lines to stay whole where it is no terminal."""
    found = Console(highlight=False, markup=False, emoji=False)
    if not found.is_terminal:
        found.width = _WIDTH_IN_A_FILE
    return found


class Board:
    """Shows the play as it goes: a board at a terminal, lines elsewhere.

    Args:
        out: Where to.
    """

    def __init__(self, out: Console) -> None:
        self._out = out
        self._is_live = out.is_terminal and not out.is_dumb_terminal
        self._shown: object = None
        self._live = Live(console=out, auto_refresh=False, transient=True, vertical_overflow="crop")

    def __enter__(self) -> Self:
        if self._is_live:
            self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._live.stop()

    def see(self, scene: Scene) -> None:
        """See ``play.Audience.see``."""
        if not self._is_live:
            return
        shown = (self._out.size, scene.title, len(scene.calls), len(scene.news), len(scene.alerts))
        # Drawing only what is new keeps slow terminals from flickering.
        if shown != self._shown:
            self._shown = shown
            self._live.update(frame(scene, self._out.width, self._out.height - 1), refresh=True)

    def hear(self, item: News) -> None:
        """See ``play.Audience.hear``."""
        if not self._is_live:
            self._out.print(Text(f"{item.about:<17}  {item.text}", style=_STYLES[item.tone]), soft_wrap=True)


def frame(scene: Scene, width: int, height: int) -> RenderableType:
    """The board as it stands.

    Args:
        scene: How things stand.
        width: columns of the terminal.
        height: lines that it may fill.
    """
    free = max(5, height - _CHROME)
    alerts = max(1, free // 5)
    told = max(2, (free - alerts) // 2)
    return Group(
        _heading(scene, width),
        _stages(scene, free - alerts - told),
        Text("what happens", style="bold"),
        *_lines([_told(item, width) for item in scene.news], told),
        Text("alerts that went out", style="bold"),
        *_lines([Text(line, no_wrap=True, overflow="ellipsis") for line in scene.alerts], alerts),
        Text("! emergency   * its time is over", style="dim"),
    )


def _heading(scene: Scene, width: int) -> RenderableType:
    title = Text.assemble(("Sorasori Mukhyomontri", "bold"), "  ", (scene.title, "bold cyan"), no_wrap=True)
    title.truncate(width, overflow="ellipsis")
    progress = Table.grid(padding=(0, 2))
    bar = ProgressBar(total=scene.total, completed=len(scene.calls), width=max(10, width // 3))
    progress.add_row(bar, f"{len(scene.calls)} of {scene.total} calls, {len(scene.alerts)} alerts")
    return Group(title, progress)


def _stages(scene: Scene, rows: int) -> Table:
    table = Table(box=box.SIMPLE_HEAD, expand=True, pad_edge=False, padding=(0, 1, 0, 0))
    columns: list[list[Text]] = []
    own = [call.record for call in scene.calls if call.record]
    for place, statuses in PLACES.items():
        there = [record for record in own if record.status in statuses]
        heading = place.replace(" ", "\n") if " " in place else f"\n{place}"
        table.add_column(f"{heading}\n{len(there)}", ratio=1, no_wrap=True, overflow="ellipsis")
        there.sort(key=lambda record: record.events[-1].at, reverse=True)
        shown = there[: rows - 1] if len(there) > rows else there
        cards = [_card(record) for record in shown]
        if len(there) > len(shown):
            cards.append(Text(f"+{len(there) - len(shown)} more", style="dim"))
        columns.append(cards + [Text()] * (rows - len(cards)))
    for row in zip(*columns, strict=True):
        table.add_row(*row)
    return table


def _card(record: Record) -> Text:
    """The last four digits of the reference and the office, marked in signs and not in colour alone."""
    subject = record.subject
    named = (subject.police_office, subject.department, subject.district) if subject else ()
    office = record.assignment.office if record.assignment else next(filter(None, named), "")
    style = "bold red" if record.is_emergency else "yellow" if record.breached else ""
    marks = f"{'!' if record.is_emergency else ''}{'*' if record.breached else ''}"
    return Text(f"{marks}{record.reference[-4:]} {office.removeprefix('POL-')}", style=style)


def _told(item: News, width: int) -> Text:
    text = Text(f"{item.about:<17}  {item.text}", style=_STYLES[item.tone], no_wrap=True, overflow="ellipsis")
    text.truncate(max(40, width - _MARGIN), overflow="ellipsis")
    return text


def _lines(lines: Sequence[Text], count: int) -> list[Text]:
    last = list(lines[-count:])
    return last + [Text()] * (count - len(last))
