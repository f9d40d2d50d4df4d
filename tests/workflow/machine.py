"""The state machine on an emulator of its own, whose functions answer what a test wrote for them.

The emulator's own mocks do not do: they leave the payloads out, cannot fail twice and then succeed, and
mix up branches that run side by side. So each function is a real one that asks the test, over a socket,
what to answer. The queues of executions that wait are real ones as well: the test reads them, in place of the
functions that they feed.
"""

from __future__ import annotations

import io
import json
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import TYPE_CHECKING, Any, cast

import boto3  # noqa: TID251 - a test talks to its own emulator
from botocore.config import Config

from local import ministack
from local.aws import CREDENTIALS, REGION, Emulator
from local.ports import HOST, choose_ports
from local.processes import Processes
from local.waiting import wait_until

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

    from mypy_boto3_lambda.literals import RuntimeType
    from mypy_boto3_stepfunctions import SFNClient
    from mypy_boto3_stepfunctions.type_defs import HistoryEventTypeDef

    from local.layout import Layout
    from tests.workflow.definition import State

WAIT_SCALE = 0.001
"""What the emulator makes of a second of a Wait or before a retry; time-outs it leaves as they are."""

FUNCTIONS = {"TakeUp": "take_up", "Push": "push", "Route": "route"}
"""The functions by the names that the definition gives them."""
QUEUES = {"Reviews": "ask_for_review", "Parked": "park"}
"""The queues by the names that the definition gives them, and what a play calls whoever reads each."""

_PATIENCE = 60.0
_ROLE = "arn:aws:iam::000000000000:role/any"
# It prints because the emulator waits a while for the log of a function that writes none, and imports little
# because after each failure it starts anew.
_HANDLER = """\
import json
import os
import socket


def handler(event, context):
    print("called")
    call = {"function": os.environ["AWS_LAMBDA_FUNCTION_NAME"], "event": event}
    with socket.create_connection((os.environ["HOST"], int(os.environ["PORT"]))) as stage:
        stage.sendall(json.dumps(call).encode() + b"\\n")
        with stage.makefile() as said:
            return json.loads(said.readline())["answer"]
"""

Event = Mapping[str, Any]
Answer = Mapping[str, Any] | None


class Fails(Exception):  # noqa: N818 - a stage direction: the function fails
    """The function fails."""


Line = Answer | type[Fails] | Callable[["Play", Event], Answer]
"""What a function answers, that it fails, or what finds the answer when it is called."""


@dataclass(frozen=True)
class Call:
    """A call of a function."""

    function: str
    event: Event


@dataclass
class Play:
    """What the functions answer to one execution, in order, and how they were called.

    Attributes:
        lines: by function, what is still to be answered.
        calls: in the order in which they came.
    """

    lines: dict[str, list[Line]]
    calls: list[Call] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, call: Call) -> Answer:
        """Notes a call and gives its answer.

        Raises:
            Fails: the play says so, or has no line left for that function.
        """
        with self._lock:
            self.calls.append(call)
            lines = self.lines.get(call.function)
            if not lines:
                raise Fails(f"{call.function} was not to be called again")
            line = lines.pop(0)
        if isinstance(line, type):
            raise line
        return line(self, call.event) if callable(line) else line

    def called(self, function: str) -> list[Event]:
        """With what a function was called."""
        with self._lock:
            return [call.event for call in self.calls if call.function == function]


class Stage:
    """Where the emulator's functions ask for their lines; the reference tells of which play."""

    def __init__(self) -> None:
        self._plays: dict[str, Play] = {}
        stage = self

        class Handler(StreamRequestHandler):
            def handle(self) -> None:
                call = Call(**json.loads(self.rfile.readline()))
                try:
                    said = {"answer": stage.answer(call)}
                except Fails as failure:
                    said = {"failure": {"why": str(failure)}}
                self.wfile.write(json.dumps(said).encode() + b"\n")

        self._server = ThreadingTCPServer((HOST, 0), Handler)
        self.address = {"HOST": HOST, "PORT": str(self._server.server_address[1])}

    def put_on(self, play: Play) -> str:
        """Makes a play ready; gives the reference by which the functions find it."""
        reference = f"SSM-0000-000-{len(self._plays):04}"
        self._plays[reference] = play
        return reference

    def answer(self, call: Call) -> Answer:
        """The answer of the play whose reference was called with."""
        return self._plays[call.event["reference"]].answer(call)

    @contextmanager
    def open(self) -> Iterator[None]:
        """Answers, until left."""
        thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._server.shutdown()
            self._server.server_close()


@dataclass(frozen=True)
class Ended:
    """How an execution ended.

    Attributes:
        entered: the machine's own states in the order in which they were entered; the emulator's history
            leaves out those inside branches.
        waited: how long each Wait took, in the emulator's time.
    """

    status: str
    error: str | None
    cause: str | None
    output: dict[str, Any]
    entered: list[str]
    waited: list[timedelta]


@dataclass(frozen=True)
class Run:
    """An execution under way."""

    arn: str
    reference: str
    play: Play
    client: SFNClient

    def end(self) -> Ended:
        """Waits for its end; every line of its play was then said."""
        assert wait_until(lambda: self._status() != "RUNNING", _PATIENCE, 0.01), self._history()
        told = self.client.describe_execution(executionArn=self.arn)
        history = self._history()
        left = {function: lines for function, lines in self.play.lines.items() if lines}
        assert not left, f"not called for: {left}"
        return Ended(
            status=told["status"],
            error=told.get("error"),
            cause=told.get("cause"),
            output=json.loads(told["output"]) if told.get("output") else {},
            entered=[name for event in history if (name := _entered(event))],
            waited=list(_waits(history)),
        )

    def decide(self, outcome: str, *, emergency: bool = False, behind: str = "ask_for_review") -> None:
        """Answers the token that a queue brought last, as the analysts' decision or the drainer does."""
        assert wait_until(lambda: bool(self.play.called(behind)), _PATIENCE, 0.01)
        answer_token(self.client, self.play.called(behind)[-1], outcome, emergency=emergency)

    def _status(self) -> str:
        return self.client.describe_execution(executionArn=self.arn)["status"]

    def _history(self) -> list[HistoryEventTypeDef]:
        pages = self.client.get_paginator("get_execution_history").paginate(executionArn=self.arn)
        return [event for page in pages for event in page["events"]]


def answer_token(client: SFNClient, event: Event, outcome: str, *, emergency: bool) -> None:
    """Answers the token in a message of the queue."""
    output = json.dumps({"outcome": outcome, "emergency": emergency})
    client.send_task_success(taskToken=event["task_token"], output=output)


def _entered(event: HistoryEventTypeDef) -> str | None:
    return event["stateEnteredEventDetails"]["name"] if "stateEnteredEventDetails" in event else None


def _waits(history: Sequence[HistoryEventTypeDef]) -> Iterator[timedelta]:
    for event, following in pairwise(history):
        if event["type"] == "WaitStateEntered":
            yield following["timestamp"] - event["timestamp"]


class Machine:
    """State machines on the emulator, made of the definition, and their executions."""

    def __init__(self, endpoint: str, stage: Stage) -> None:
        self._session = boto3.Session(
            aws_access_key_id=CREDENTIALS["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=CREDENTIALS["AWS_SECRET_ACCESS_KEY"],
            region_name=REGION,
        )
        self.client: SFNClient = self._session.client(
            "stepfunctions", endpoint_url=endpoint, config=Config(proxies={})
        )
        self._stage = stage
        self._machines: dict[str, str] = {}
        emulator = Emulator(endpoint)
        self._queues = emulator.queues
        # What a play failed to answer comes again soon.
        self._waiting = {
            name: self._queues.create_queue(QueueName=name.lower(), Attributes={"VisibilityTimeout": "1"})[
                "QueueUrl"
            ]
            for name in QUEUES
        }
        self._substitutions = {**_make_functions(emulator, stage), **self._waiting}

    def start(self, definition: State, **lines: Sequence[Line]) -> Run:
        """Starts an execution.

        Args:
            definition: the state machine.
            lines: by function, what it answers, in order.
        """
        play = Play({function: list(said) for function, said in lines.items()})
        reference = self._stage.put_on(play)
        started = self.client.start_execution(
            stateMachineArn=self._machine(definition), input=json.dumps({"reference": reference})
        )
        return Run(started["executionArn"], reference, play, self.client)

    @contextmanager
    def queues_read(self) -> Iterator[None]:
        """Reads the queues of executions that wait, until left."""
        left = threading.Event()
        threads = [
            threading.Thread(target=self._read_queue, args=(name, left), daemon=True) for name in QUEUES
        ]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            left.set()
            for thread in threads:
                thread.join()

    def _read_queue(self, name: str, left: threading.Event) -> None:
        url = self._waiting[name]
        while not left.is_set():
            got = self._queues.receive_message(QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=1)
            for message in got.get("Messages", []):
                # What fails stays in the queue and comes again, as behind the real one.
                with suppress(Fails):
                    self._stage.answer(Call(QUEUES[name], json.loads(message["Body"])))
                    self._queues.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])

    def _machine(self, definition: State) -> str:
        text = json.dumps(definition)
        for substitution, value in self._substitutions.items():
            text = text.replace(f"${{{substitution}}}", value)
        if text not in self._machines:
            made = self.client.create_state_machine(
                name=f"grievance-{len(self._machines)}", definition=text, roleArn=_ROLE
            )
            self._machines[text] = made["stateMachineArn"]
        return self._machines[text]


def _make_functions(emulator: Emulator, stage: Stage) -> dict[str, str]:
    """Makes the functions; gives their ARNs by the names in the definition."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as zipped:
        zipped.writestr("playing.py", _HANDLER)
    made = {}
    for substitution, name in FUNCTIONS.items():
        made[substitution] = emulator.functions.create_function(
            FunctionName=name,
            # The emulator runs functions on its own interpreter.
            Runtime=cast("RuntimeType", f"python{sys.version_info.major}.{sys.version_info.minor}"),
            Handler="playing.handler",
            Role=_ROLE,
            Code={"ZipFile": archive.getvalue()},
            Environment={"Variables": stage.address},
            Timeout=30,
        )["FunctionArn"]
    return made


class _Hasty(Processes):
    """Starts the emulator so that it keeps nothing and hardly waits."""

    def start(
        self, name: str, command: Sequence[str], environment: Mapping[str, str], folder: Path
    ) -> subprocess.Popen[bytes]:
        hasty = {"PERSIST_STATE": "0", "S3_PERSIST": "0", "SFN_WAIT_SCALE": str(WAIT_SCALE)}
        return super().start(name, command, {**environment, **hasty}, folder)


@contextmanager
def emulator_of_its_own(layout: Layout) -> Iterator[str]:
    """An emulator on a free port, with all its files in a folder of its own; it ends when left.

    Yields:
        Its endpoint.
    """
    layout.root.mkdir(parents=True, exist_ok=True)
    processes = _Hasty(layout)
    try:
        yield ministack.start(processes, layout, choose_ports([ministack.NAME], layout)[ministack.NAME])
    finally:
        # There is nothing for it to save: it need not be given long.
        processes.stop(ministack.NAME, 2)
