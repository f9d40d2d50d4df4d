"""Brings the whole stack up and down."""

from __future__ import annotations

import contextlib
import fcntl
import os
import sys
import time  # noqa: TID251 - tells the person at the terminal how long it took
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from infra.build import build
from infra.bundle import BuildError
from local import ministack, simulator
from local.aws import REGION, Emulator
from local.channels.api import VOICE_NUMBER, WHATSAPP_NUMBER, endpoints
from local.credentials import ensure_credentials, write_private
from local.deployment import deploy_locally
from local.errors import LocalStackError
from local.http import answers, status
from local.layout import PROJECT, Layout
from local.ports import HOST, choose_ports, is_open
from local.processes import Processes
from local.registry import apply_samples
from local.state import StackState, read_state
from local.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

GATEWAY = "gateway"

_PARTS = (ministack.NAME, simulator.NAME, GATEWAY)
_HEALTH = "/v1/health"
_GATEWAY_SECONDS = 15
_API_SECONDS = 60
_GRACES = {ministack.NAME: ministack.GRACE}


@dataclass(frozen=True)
class Part:
    """One process of the running stack, for the table that `status` prints."""

    name: str
    pid: int
    healthy: bool
    url: str
    count: int
    rss: int


class Stack:
    """The local stack in a folder."""

    def __init__(self, layout: Layout, say: Callable[[str], None]) -> None:
        """Takes the folder, and how to tell the person at the terminal what goes on."""
        self._layout = layout
        self._say = say

    def up(self, *, fresh: bool) -> StackState:
        """Brings the stack up, unless it is.

        Args:
            fresh: Whether to forget what the stack held before.

        Returns:
            What a client needs to know of it.

        Raises:
            LocalStackError: It could not be brought up; nothing of it is left running.
        """
        with self._alone():
            processes = Processes(self._layout)
            state = read_state(self._layout)
            if state and not fresh and _is_whole(processes):
                self._say("already up")
                return state
            self._stop(processes)
            if fresh:
                ministack.forget(self._layout)
                simulator.forget(self._layout)
            began = time.monotonic()
            try:
                state = self._start(processes)
            except BaseException:
                self._stop(processes)
                raise
            self._say(f"up after {time.monotonic() - began:.1f} s")
            return state

    def down(self) -> bool:
        """Stops the stack, keeping what it holds.

        Returns:
            Whether anything ran.
        """
        with self._alone():
            processes = Processes(self._layout)
            ran = any(process.is_running() for process in processes.all)
            self._stop(processes)
            return ran

    def parts(self) -> list[Part]:
        """The processes that were started, with their health and memory."""
        state = read_state(self._layout)
        healths = {
            ministack.NAME: (state.aws_endpoint, ministack.is_healthy) if state else None,
            simulator.NAME: (state.portal_url, simulator.is_healthy) if state else None,
            GATEWAY: (state.api_url, _api_is_healthy) if state else None,
        }
        parts = []
        for process in Processes(self._layout).all:
            url, check = healths.get(process.name) or ("", bool)
            members = process.tree()
            parts.append(
                Part(
                    name=process.name,
                    pid=process.pid,
                    healthy=bool(members) and check(url),
                    url=url,
                    count=len(members),
                    rss=sum(entry.rss for entry in members),
                )
            )
        return parts

    def _start(self, processes: Processes) -> StackState:
        try:
            bundle = build("local")
        except BuildError as error:
            raise LocalStackError(str(error)) from error
        ports = choose_ports(_PARTS, self._layout)
        api_url, portal_url = (f"http://{HOST}:{ports[name]}" for name in (GATEWAY, simulator.NAME))

        self._say("starting the emulator")
        emulator = Emulator(
            ministack.start(processes, self._layout, ports[ministack.NAME], endpoints(portal_url))
        )
        credentials = ensure_credentials(emulator)
        write_private(self._layout.portal_token, credentials.portal_token)
        simulator.start(processes, self._layout, ports[simulator.NAME], emulator.endpoint, api_url)

        self._say("deploying")
        deployed = deploy_locally(
            emulator,
            bundle,
            {
                "Stage": "local",
                "PortalBaseUrl": portal_url,
                "PublicBaseUrl": api_url,
                # It is tried at any hour, and whoever tries it looks for what was sent.
                "QuietHours": "off",
                "WhatsAppPhoneNumberArn": WHATSAPP_NUMBER,
                "VoiceNumberArn": VOICE_NUMBER,
            },
        )
        self._start_gateway(processes, ports[GATEWAY], deployed.upstream, api_url)

        self._say("applying the sample registry")
        for sentence in apply_samples(emulator, deployed.registry_bucket):
            self._say(f"  {sentence}")
        state = StackState(
            api_url=api_url,
            aws_endpoint=emulator.endpoint,
            region=REGION,
            portal_url=portal_url,
            console_url=f"{portal_url}/",
            webhook_secrets=credentials.webhook_secrets,
            state_machine_arns=deployed.state_machines,
            functions=deployed.functions,
            table=deployed.table,
            registry_bucket=deployed.registry_bucket,
            processes={one.name: {"pid": one.pid, "started": one.started} for one in processes.all},
        )
        state.write(self._layout)
        return state

    def _start_gateway(self, processes: Processes, port: int, upstream: str, api_url: str) -> None:
        command = [sys.executable, "-m", "local.gateway", "--port", str(port), "--upstream", upstream]
        started = processes.start(GATEWAY, command, os.environ, PROJECT)
        wait_until(lambda: started.poll() is not None or is_open(port), _GATEWAY_SECONDS)
        if not is_open(port):
            raise LocalStackError(f"the gateway does not answer{processes.log_tail(GATEWAY)}")
        # One patient question: each one more would start one more worker on a slow machine.
        answer = status(f"{api_url}{_HEALTH}", _API_SECONDS)
        if answer != HTTPStatus.OK:
            raise LocalStackError(
                f"GET {_HEALTH} of the deployed API answers {answer or 'nothing'}"
                f"{processes.log_tail(ministack.NAME)}"
            )

    def _stop(self, processes: Processes) -> None:
        self._layout.state_file.unlink(missing_ok=True)
        processes.stop_all(_GRACES)
        ministack.clear_scratch(self._layout)

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        self._layout.root.mkdir(parents=True, exist_ok=True)
        with self._layout.lock_file.open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                self._say("waiting for another command that starts or stops the stack")
                fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _is_whole(processes: Processes) -> bool:
    return {process.name for process in processes.all if process.is_running()} == set(_PARTS)


def _api_is_healthy(api_url: str) -> bool:
    return answers(f"{api_url}{_HEALTH}")
