"""The deployed function's own handler in this process, against the emulator: what one record costs it."""

from __future__ import annotations

import cProfile
import gc
import importlib
import json
import os
import pstats
import time  # noqa: TID251 - it is CPU that is measured
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from functions.observability import logger
from local.aws import CREDENTIALS, REGION, Emulator
from local.bench.bare import PATH
from local.bench.meter import Meter
from local.client import SignedClient
from local.state import StackState

_CONTEXT = SimpleNamespace(
    function_name="bench", memory_limit_in_mb=1024, invoked_function_arn="bench", aws_request_id="bench"
)
_WARM_UP = 50
_COUNTED = 20


@dataclass(frozen=True)
class Cpu:
    """CPU of one request, in milliseconds."""

    ours: float
    sdk: float

    @property
    def all(self) -> float:
        """Both."""
        return self.ours + self.sdk


class Inside:
    """The handler, with the environment of the function that is deployed."""

    def __init__(self, state: StackState, emulator: Emulator, bodies: Iterator[Mapping[str, Any]]) -> None:
        """Takes the stack, and records to post: each once."""
        self._client = SignedClient(state.api_url, state.webhook_secrets["call-centre"])
        self._bodies = bodies
        deployed = emulator.functions.get_function_configuration(FunctionName=state.functions["api"])
        os.environ |= {
            **CREDENTIALS,
            **deployed["Environment"]["Variables"],
            "AWS_ENDPOINT_URL": emulator.endpoint,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_EC2_METADATA_DISABLED": "true",
        }
        # Written as ever, but not onto the terminal.
        self._log = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - as long as this lives
        logger.registered_handler.setStream(self._log)  # type: ignore[attr-defined]  # it is a StreamHandler
        self._app: Callable[[Any, Any], dict[str, Any]] = importlib.import_module("app").app
        self._post_all(_WARM_UP)

    def count(self) -> Meter:
        """What the SDK was asked for so many records, and the units that DynamoDB told."""
        meter = Meter(ask_units=True)
        with meter.on():
            self._post_all(_COUNTED)
        return meter

    @property
    def counted(self) -> int:
        """How many records `count` posts."""
        return _COUNTED

    def cpu(self, requests: int) -> Cpu:
        """CPU of a request, the mean of so many: this process's, less what was spent inside the SDK."""
        events = [self._event() for _ in range(requests)]
        meter = Meter()
        gc.collect()
        with meter.on():
            began = time.process_time()
            for event in events:
                self._post(event)
            spent = time.process_time() - began
        return Cpu(ours=(spent - meter.seconds) / requests * 1000, sdk=meter.seconds / requests * 1000)

    def profile(self, requests: int) -> pstats.Stats:
        """Where the time of so many requests goes."""
        events = [self._event() for _ in range(requests)]
        profiler = cProfile.Profile()
        with profiler:
            for event in events:
                self._post(event)
        return pstats.Stats(profiler)

    def _post_all(self, requests: int) -> None:
        for _ in range(requests):
            self._post(self._event())

    def _post(self, event: dict[str, Any]) -> None:
        answer = self._app(event, _CONTEXT)
        if answer["statusCode"] != 201:  # noqa: PLR2004 - kept
            raise RuntimeError(f"the handler answers {answer['statusCode']}")

    def _event(self) -> dict[str, Any]:
        """A call as API Gateway hands it over."""
        body = json.dumps(next(self._bodies), ensure_ascii=False)
        headers = {**self._client.signature(body.encode()), "content-type": "application/json"}
        return {
            "resource": PATH,
            "path": PATH,
            "httpMethod": "POST",
            "headers": headers,
            "multiValueHeaders": {name: [value] for name, value in headers.items()},
            "queryStringParameters": None,
            "multiValueQueryStringParameters": None,
            "pathParameters": None,
            "stageVariables": None,
            "requestContext": {"httpMethod": "POST", "resourcePath": PATH, "requestId": "bench"},
            "body": body,
            "isBase64Encoded": False,
        }
