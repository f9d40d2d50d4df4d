"""The signed door: what every request of another system passes before a room sees it."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import quote

from chalice.app import Blueprint, Request, Response
from pydantic import BaseModel, ValidationError

from functions import problems
from functions.adapters.webhook import canonical_path, verify
from functions.adapters.wiring import ports
from functions.domain.errors import Fault, Refused, Unauthenticated
from functions.domain.ports import Ports
from functions.domain.receipt import LIFETIME, Receipt, fingerprint

MAX_BODY_BYTES = 64 * 1024
DEFAULT_LIMIT = 50
MAX_LIMIT = 100

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class SignedRequest:
    """A request whose sender is proved.

    Attributes:
        sender: such as ``call-centre``.
        webhook_id: the sender's idempotency key.
        path: as signed, with its parameters.
        body: raw.
        query: parameters, decoded.
    """

    sender: str
    webhook_id: str
    method: str
    path: str
    body: bytes
    query: Mapping[str, str]

    @property
    def fingerprint(self) -> str:
        """What makes two requests the same one."""
        return fingerprint(self.sender, self.method, self.path, self.body)

    def read(self, model: type[Model]) -> Model:
        """The body as a wire model.

        Raises:
            MalformedBody: it is not JSON.
            Refused: it does not validate.
        """
        return read_json(model, self.body)

    def receipt(self, outside: Ports, answer: str) -> Receipt:
        """The receipt to keep with the effect of this request.

        Args:
            outside: for the clock and a token of this write.
            answer: the body that is about to be answered, JSON.
        """
        return Receipt(
            sender=self.sender,
            webhook_id=self.webhook_id,
            fingerprint=self.fingerprint,
            owner=outside.identifiers.owner(),
            answer=answer,
            expires_at=outside.clock.now() + LIFETIME,
        )

    @property
    def limit(self) -> int:
        """How many items of a list are asked for, 50 when left out.

        Raises:
            Refused: it is not a number from 1 to 100.
        """
        text = self.query.get("limit", str(DEFAULT_LIMIT))
        if not (text.isascii() and text.isdecimal() and len(text) <= 3 and 1 <= int(text) <= MAX_LIMIT):  # noqa: PLR2004 - as long as the greatest
            raise Refused(Fault(None, f"limit is a number from 1 to {MAX_LIMIT}"))
        return int(text)

    @property
    def cursor(self) -> str | None:
        """Where in a list to go on."""
        return self.query.get("cursor")


def signed(
    room: Blueprint, sender: str, largest: int = MAX_BODY_BYTES
) -> Callable[[Callable[..., Response]], Callable[..., Response]]:
    """Wraps a route: the handler gets the proved request first, then the path's parameters.

    Args:
        room: the blueprint that the route belongs to.
        sender: whose secret opens the path.
        largest: how many bytes the body may have.
    """

    def wrap(handler: Callable[..., Response]) -> Callable[..., Response]:
        @functools.wraps(handler)
        def open_door(**parameters: str) -> Response:
            return handler(_prove(room.current_request, sender, ports(), largest), **parameters)

        return problems.answering(open_door, lambda: room.current_request)

    return wrap


def read_json(model: type[Model], body: bytes) -> Model:
    """A JSON text as a wire model.

    Raises:
        MalformedBody: it is not JSON.
        Refused: it does not validate.
    """
    try:
        return model.model_validate_json(body, strict=True)
    except ValidationError as error:
        raise Refused(*problems.faults_of(error)) from None


def json_answer(status: int, body: str | Mapping[str, Any]) -> Response:
    """A JSON answer that no cache keeps."""
    text = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)
    return Response(
        body=text,
        status_code=status,
        headers={"Content-Type": "application/json", "Cache-Control": "no-store"},
    )


def _prove(request: Request, sender: str, outside: Ports, largest: int) -> SignedRequest:
    body = _body_of(request)
    if len(body) > largest:
        raise problems.TooLarge
    query = [(name, value) for name in request.query_params or {} for value in _all(request, name)]
    path = canonical_path(_path_of(request), query)
    payload = body or path.encode()
    headers = {name.lower(): value for name, value in request.headers.items()}
    now = outside.clock.now()
    try:
        webhook_id = verify(headers, payload, outside.secrets.webhook(sender), now)
    except Unauthenticated as error:
        if error.reason != "wrong-signature":
            raise
        # The secret may have been rotated since it was read.
        webhook_id = verify(headers, payload, outside.secrets.webhook(sender, fresh=True), now)
    return SignedRequest(
        sender=sender,
        webhook_id=webhook_id,
        method=request.method,
        path=path,
        body=body,
        query=dict(query),
    )


def _body_of(request: Request) -> bytes:
    body = request.raw_body
    return body.encode() if isinstance(body, str) else bytes(body or b"")


def _all(request: Request, name: str) -> list[str]:
    return list(request.query_params.getlist(name)) if request.query_params else []


def _path_of(request: Request) -> str:
    """The path from ``/v1`` on: rebuilt from the route, since stage and base path are no part of it."""
    path = str(request.context["resourcePath"])
    for name, value in (request.uri_params or {}).items():
        path = path.replace(f"{{{name}}}", quote(value, safe=""))
    return path
