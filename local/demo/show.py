"""What the demo shows at the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime

from rich.console import Console
from rich.table import Table
from rich.text import Text

from functions.domain.calendar import IST
from local.client import Answer
from local.demo.actors import ANALYST_ID
from local.demo.outcome import Call, Conservation
from local.demo.sent import MAIL, SMS, Message

_STYLES = {
    "forwarded": "green",
    "rejected": "red",
    "duplicate": "yellow",
    "under_review": "cyan",
    "accepted": "cyan",
}
_WIDTH_IN_A_FILE = 140


def console() -> Console:
    """Standard output; wide enough for the table where it is no terminal."""
    found = Console(highlight=False, markup=False, emoji=False)
    if not found.is_terminal:
        found.width = _WIDTH_IN_A_FILE
    return found


class Show:
    """Tells as it happens, in lines, and sums up at the end.

    Args:
        out: Where to.
        designation_of: The post of whoever has a number or mail address.
    """

    def __init__(self, out: Console, designation_of: Callable[[str], str | None]) -> None:
        self._out = out
        self._designation_of = designation_of

    def heading(self, text: str) -> None:
        """Begins a part."""
        self._out.print()
        self._out.print(Text(text, style="bold"))

    def line(self, text: str, style: str = "") -> None:
        """Says a sentence; a long one is left to the terminal to wrap, so that addresses stay whole."""
        self._out.print(Text(text, style=style), soft_wrap=True)

    def answered(self, call: Call) -> None:
        """Says what a posted call was answered with."""
        answer = call.answer
        if call.reference:
            self.line(f"  {call.number:2}  201  {call.reference}  {call.sample.title}")
            return
        self.line(f"  {call.number:2}  {_refusal(answer)}: {call.sample.title}", "yellow")
        for pointer, detail in _errors(answer):
            self.line(f"           {pointer}: {detail}", "yellow")

    def decided(self, call: Call) -> None:
        """Says what the analyst decided."""
        decision = call.sample.analyst
        if decision is None:
            return
        refused = call.decision is None or call.decision.status != 200  # noqa: PLR2004 - HTTP's OK
        word = f"{decision.decision}, answered {_refusal(call.decision)}" if refused else decision.decision
        self.line(f"  {call.number:2}       {call.reference}  {ANALYST_ID}: {word}. {decision.reason}")

    def moved(self, call: Call) -> None:
        """Says where a record came."""
        if call.state:
            self.line(
                f"  {call.number:2}       {call.reference}  {', '.join(_way(call))}",
                _STYLES.get(call.state.status, ""),
            )

    def table(self, calls: Iterable[Call]) -> None:
        """The calls, how far each came and what was sent."""
        table = Table(
            "#", "call", "how far it came", "what was sent to whom", expand=False, show_lines=True, title=None
        )
        for call in calls:
            status = call.state.status if call.state else "refused"
            way = Text("\n".join(_way(call)), style=_STYLES.get(status, "yellow"))
            if difference := call.difference():
                way.append(f"\n{difference}", style="bold red")
            table.add_row(
                str(call.number),
                Text(f"{call.sample.title}\n{call.reference or ''}".strip()),
                way,
                "\n".join(self._sent(call)) or "nothing",
            )
        self._out.print()
        self._out.print(table)

    def messages(self, call: Call) -> None:
        """The SMS and the mail about a record to its nodal officer, in full."""
        officer = call.state.assignee.officer if call.state and call.state.assignee else ""
        for channel in (SMS, MAIL):
            found = [one for one in call.messages if one.channel == channel]
            mine = [one for one in found if self._designation_of(one.to) == officer] or found
            for message in mine[:1]:
                self.heading(f"The {channel} to {officer}, {message.to}")
                if message.subject:
                    self.line(message.subject, "bold")
                    self.line("")
                self.line(message.text)

    def timeline(self, call: Call) -> None:
        """What happened to a record."""
        if call.state is None:
            return
        self.heading(f"The timeline of {call.reference}")
        for step in call.state.timeline:
            at = step.at.astimezone(IST)
            self.line(
                f"  {at:%d %b %H:%M:%S}.{at.microsecond // 100_000}  {step.event:<22} {step.note} ({step.by})"
            )

    def sums(self, conservation: Conservation) -> None:
        """The two lines that show that nothing was lost."""
        self.line("")
        for line in conservation.lines:
            self.line(line, "bold green" if conservation.holds else "bold red")

    def _sent(self, call: Call) -> list[str]:
        counts: dict[str, Counter[str]] = {}
        for message in call.messages:
            counts.setdefault(self._recipient(call, message), Counter())[message.channel] += 1
        return [
            f"{who}: {', '.join(f'{count} {channel}' for channel, count in sorted(channels.items()))}"
            for who, channels in counts.items()
        ]

    def _recipient(self, call: Call, message: Message) -> str:
        if message.to == call.sample.record.get("caller", {}).get("phone"):
            return "the caller"
        return self._designation_of(message.to) or message.to


def _way(call: Call) -> list[str]:
    if call.state is None:
        return [_refusal(call.answer), *(f"{pointer}: {detail}" for pointer, detail in _errors(call.answer))]
    parts = [call.state.status.replace("_", " ") + (", emergency" if call.state.emergency else "")]
    if call.state.assignee:
        parts.append(f"{call.state.assignee.office}: {call.state.assignee.officer}")
    if call.state.assignee and call.state.sla.due_at:
        parts.append(f"due {_in_words(call.state.sla.due_at)}")
    return parts


def _refusal(answer: Answer | None) -> str:
    if answer is None:
        return "no answer"
    title = answer.body.get("title", "") if isinstance(answer.body, dict) else ""
    return f"{answer.status}  {title}".strip()


def _errors(answer: Answer | None) -> list[tuple[str, str]]:
    body = answer.body if answer else None
    found = body.get("errors", []) if isinstance(body, dict) else []
    return [(str(one.get("pointer")), str(one.get("detail"))) for one in found]


def _in_words(moment: datetime) -> str:
    return moment.astimezone(IST).strftime("%d %b %Y, %H:%M IST")
