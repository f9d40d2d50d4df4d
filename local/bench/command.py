"""The command ``python -m local.bench``."""

from __future__ import annotations

import itertools
import secrets
import shutil
import signal
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import Annotated, Any

import typer
import urllib3
from botocore.exceptions import BotoCoreError, ClientError
from rich.console import Console
from rich.table import Table

from functions.domain.calendar import IST
from local.aws import Emulator
from local.bench import bare
from local.bench.inside import Inside
from local.bench.meter import Meter
from local.bench.rounds import Round, alternate, load, median_rate
from local.client import SignedClient
from local.errors import LocalStackError
from local.layout import PROJECT, Layout
from local.replay.draw import Draw, read_offices
from local.replay.rows import Complaint
from local.stack import Stack
from local.state import StackState

AIM = 0.85
WEBHOOK, BARE = "webhook", "bare function"

_SUMMARY = "ছয় মাস ধরে লক্ষ্মীর ভাণ্ডারের টাকা ঢুকছে না, পঞ্চায়েতে বলেও লাভ হয়নি"
_DETAILS = (
    "গত জ্যৈষ্ঠ মাস থেকে টাকা আসা বন্ধ। ব্যাঙ্কের বই, আধার আর আবেদনের রসিদ নিয়ে তিনবার দুয়ারে সরকার শিবিরে গিয়েছি। "
    "প্রতিবার বলা হয়েছে নাম যাচাই হচ্ছে, পরের মাসে ঢুকবে। পাড়ার অন্যদের টাকা নিয়মিত আসছে।"
)
_WARM_UP_SECONDS = 4.0
_PROFILED = 300
_SHOWN = 25


def bench(
    rounds: Annotated[int, typer.Option(min=1, help="Turns of each of the two.")] = 6,
    seconds: Annotated[float, typer.Option(min=0.5, help="How long a turn takes.")] = 8.0,
    clients: Annotated[int, typer.Option(min=1, max=32, help="How many post at the same time.")] = 4,
    requests: Annotated[int, typer.Option(min=1, help="Over how many the CPU is measured.")] = 400,
    *,
    downstream: Annotated[bool, typer.Option(help="Let what follows a record run meanwhile.")] = False,
    profile: Annotated[bool, typer.Option(help="Show where a request spends its time.")] = False,
) -> None:
    """Measures taking records in beside a bare function that makes the same request to the table.

    The stack that it measures is one of its own, and nothing of it is left.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    out = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
    try:
        with _own_stack() as (layout, state):
            emulator = Emulator(state.aws_endpoint)
            if not downstream:
                _hold_still(emulator, state)
            bodies = _Records()
            inside = Inside(state, emulator, bodies)
            meter = inside.count()
            writes = meter.parameters[-1]["TransactItems"]
            base = bare.deploy(emulator, layout, state.table, writes)
            _say_costs(out, inside.counted, meter)
            _say_cpu(out, inside, requests)
            if profile:
                _say_profile(inside)
            turns = {
                WEBHOOK: _poster(state.api_url, state, bodies, clients),
                BARE: _poster(base, state, bodies, clients),
            }
            for post in turns.values():
                load(post, clients, _WARM_UP_SECONDS)
            found = alternate(
                {name: partial(load, post, clients, seconds) for name, post in turns.items()}, rounds
            )
            _say_rounds(out, found, clients, downstream=downstream)
    except KeyboardInterrupt:
        raise typer.Exit(128 + signal.SIGINT) from None
    except (LocalStackError, BotoCoreError, ClientError) as error:
        typer.echo(f"bench: {error}", err=True)
        raise typer.Exit(1) from error


@contextmanager
def _own_stack() -> Iterator[tuple[Layout, StackState]]:
    """A fresh stack beside the developer's; nothing of it is left."""
    layout = Layout(root=PROJECT / ".local" / "bench")
    stack = Stack(layout, typer.echo)
    try:
        yield layout, stack.up(fresh=True)
    finally:
        stack.down()
        shutil.rmtree(layout.root, ignore_errors=True)


def _hold_still(emulator: Emulator, state: StackState) -> None:
    """Stops what follows a record: on AWS it runs elsewhere, here it would share the webhook's processors."""
    relay = state.functions["relay"]
    for mapping in emulator.functions.list_event_source_mappings(FunctionName=relay)["EventSourceMappings"]:
        emulator.functions.update_event_source_mapping(UUID=mapping["UUID"], Enabled=False)
    for rule in emulator.events.list_rules()["Rules"]:
        if "ScheduleExpression" in rule:
            emulator.events.disable_rule(Name=rule["Name"])


class _Records:
    """Records as the call centre posts them, each another one; for several threads."""

    def __init__(self) -> None:
        self._draw = Draw(read_offices(), seed=1)
        self._run = secrets.token_hex(4)
        self._rows = itertools.count(1)
        self._drawing = threading.Lock()

    def __iter__(self) -> Iterator[Mapping[str, Any]]:
        return self

    def __next__(self) -> Mapping[str, Any]:
        with self._drawing:
            row = next(self._rows)
        return self._draw.record(Complaint(row, _SUMMARY, _DETAILS), self._run, datetime.now(IST))


def _poster(
    base: str, state: StackState, bodies: Iterator[Mapping[str, Any]], clients: int
) -> Callable[[], int]:
    """Posts one record and gives the status."""
    client = SignedClient(base, state.webhook_secrets["call-centre"], clients)

    def post() -> int:
        try:
            return client.post(bare.PATH, next(bodies)).status
        except urllib3.exceptions.HTTPError:
            return 0

    return post


def _say_costs(out: Console, records: int, meter: Meter) -> None:
    calls = ", ".join(f"{name} {times / records:g}" for name, times in Counter(meter.operations).items())
    out.print(f"AWS calls per record: {len(meter.operations) / records:g} ({calls})")
    out.print(
        f"write units per record: {meter.all_units / records:.2f} "
        f"({meter.table_units / records:.2f} record and receipt in a transaction, "
        f"{meter.index_units / records:.2f} indexes), as DynamoDB's rules have it, told by the emulator"
    )


def _say_cpu(out: Console, inside: Inside, requests: int) -> None:
    cpu = inside.cpu(requests)
    out.print(
        f"CPU per record, in process, warm, mean of {requests}: {cpu.all:.2f} ms "
        f"= ours {cpu.ours:.2f} + SDK {cpu.sdk:.2f} (inside botocore's _make_api_call, by process_time)"
    )


def _say_profile(inside: Inside) -> None:
    stats = inside.profile(_PROFILED)
    print(f"profile of {_PROFILED} records, by cumulative time:")
    stats.sort_stats("cumulative").print_stats(
        r"functions/|chalice|pydantic|standardwebhooks|_make_api_call", _SHOWN
    )
    stats.sort_stats("tottime").print_stats(_SHOWN)


def _say_rounds(out: Console, found: Mapping[str, list[Round]], clients: int, *, downstream: bool) -> None:
    table = Table(title=f"records a second, {clients} clients")
    for title in ("round", *found, "of the bare function"):
        table.add_column(title, justify="right")
    for number, (ours, other) in enumerate(zip(found[WEBHOOK], found[BARE], strict=True), start=1):
        table.add_row(
            str(number),
            *(f"{one.rate:.1f}" for one in (ours, other)),
            f"{ours.rate / max(other.rate, 0.1):.2f}",
        )
    rates = {name: median_rate(rounds) for name, rounds in found.items()}
    ratio = rates[WEBHOOK] / max(rates[BARE], 0.1)
    table.add_row("median", *(f"{rate:.1f}" for rate in rates.values()), f"{ratio:.2f}")
    out.print(table)
    for name, rounds in found.items():
        times = sorted(one.median_time for one in rounds)
        answers = sum((Counter(one.answers) for one in rounds), Counter[int]())
        half = times[len(times) // 2] * 1000
        out.print(f"{name}: half of the answers within {half:.0f} ms; answers {dict(answers)}")
    out.print(
        "what follows a record ran meanwhile"
        if downstream
        else "what follows a record was held still meanwhile"
    )
    out.print(f"aim: {AIM:.2f} of the bare function: {'reached' if ratio >= AIM else 'not reached'}")
