"""A request in, an answer out, without a socket in sight."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.message import Message as Headers

from pydantic import JsonValue


@dataclass(frozen=True)
class Request:
    """A request, its body read whole; ``query`` has the last value of each parameter."""

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Headers = field(default_factory=Headers)
    body: bytes = b""


@dataclass(frozen=True)
class Answer:
    """An answer; the server adds its length."""

    status: int
    body: bytes
    content_type: str = "application/json; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)


Handler = Callable[[Request], Answer | None]


def json_answer(status: int, value: JsonValue, headers: Mapping[str, str] | None = None) -> Answer:
    """An answer whose body is JSON in UTF-8."""
    return Answer(status, json.dumps(value, ensure_ascii=False).encode(), headers=headers or {})


def problem(status: int, detail: str, headers: Mapping[str, str] | None = None) -> Answer:
    """An answer that says in words what is wrong: ``{"detail": "…"}``."""
    return json_answer(status, {"detail": detail}, headers)
