"""What the portal answers: each request in, an answer out, without a socket in sight."""

import base64
import binascii
import hmac
import json
from collections.abc import Callable
from datetime import date

from pydantic import ValidationError

from local.channels.api import ChannelsApi
from local.channels.faults import ChannelFault, ChannelFaults, speaks_of_channel
from local.portal.contract import FAULT, GrievancePost, Plain, is_broken_json, reason
from local.portal.exchange import Answer, Handler, Request, json_answer, problem
from local.portal.faults import Faults
from local.portal.pages import Page
from local.portal.store import KeyConflictError, Store, UnknownGrievanceError
from local.portal.tampering import TAMPERING

PAGE_SIZE = 100

_GRIEVANCES = "/api/v1/grievances"


class PortalApi:
    """The portal's interface, the simulator's own under ``/_sim/``, and the page.

    Args:
        store: what the portal holds.
        faults: how it misbehaves; only ``/api/`` does.
        token: the bearer token that the API asks for.
        pause: waits so many seconds, for a slow answer.
        page: makes the page for humans.
        channels: answers for WhatsApp and calls; None where they are not simulated.
        channel_faults: how these misbehave.
    """

    def __init__(
        self,
        store: Store,
        faults: Faults,
        token: str,
        pause: Callable[[float], object],
        page: Page,
        channels: ChannelsApi | None = None,
        channel_faults: ChannelFaults | None = None,
    ) -> None:
        self._store = store
        self._faults = faults
        self._token = token
        self._pause = pause
        self._page = page
        self._channel_faults = channel_faults or ChannelFaults()
        self._routes: dict[str, dict[str, Handler]] = {
            "/": {"GET": self._show_page},
            _GRIEVANCES: {"POST": self._post_grievance, "GET": self._list_day},
            "/_sim/grievances": {"GET": self._list_everything},
            "/_sim/faults": {"POST": self._order_fault, "GET": self._show_fault},
            "/_sim/tamper": {"POST": self._tamper},
            "/_sim/outbox": {"GET": self._list_outbox},
            "/_sim/health": {"GET": self._show_health},
            **(channels.routes() if channels else {}),
        }

    def answer(self, request: Request) -> Answer | None:
        """Answers a request; None closes the connection without an answer."""
        handlers = self._routes.get(request.path)
        if handlers is None:
            return problem(404, "There is nothing at this path.")
        handler = handlers.get(request.method)
        if handler is None:
            return problem(405, "This path does not know the method.", {"Allow": ", ".join(handlers)})
        if request.path != _GRIEVANCES:
            return handler(request)
        return self._answer_api(request, handler)

    def _answer_api(self, request: Request, handler: Handler) -> Answer | None:
        if self._faults.is_down():
            return None
        answer = self._refuse_at_the_door(request) or handler(request)
        # Only now, when a post is stored: a caller who gives up waiting must not conclude that it was not.
        if (delay := self._faults.delay()) > 0:
            self._pause(delay)
        return answer

    def _refuse_at_the_door(self, request: Request) -> Answer | None:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        matches = hmac.compare_digest(token.strip().encode(errors="replace"), self._token.encode())
        if scheme.lower() != "bearer" or not matches:
            return problem(401, "A valid bearer token is needed.", {"WWW-Authenticate": "Bearer"})
        if (seconds := self._faults.retry_after()) is not None:
            return problem(429, "Too many requests.", {"Retry-After": str(seconds)})
        return None

    def _post_grievance(self, request: Request) -> Answer | None:
        if self._faults.fails_this_post():
            return problem(503, "The portal is out of order.")
        key = request.headers.get("Idempotency-Key", "").strip()
        if not key:
            return problem(400, "The header Idempotency-Key is needed.")
        try:
            post = GrievancePost.model_validate_json(request.body)
        except ValidationError as error:
            return _invalid(error)
        if (detail := post.key_problem(key) or self._faults.refusal()) is not None:
            return problem(422, detail)
        answer = self._keep(key, post, request.body)
        if answer.status in {200, 201} and self._faults.drops_this_answer():
            return None
        return answer

    def _keep(self, key: str, post: GrievancePost, body: bytes) -> Answer:
        try:
            accepted = self._store.accept(key, post, json.loads(body))
        except KeyConflictError:
            return problem(409, "This Idempotency-Key was used with another body.")
        except UnknownGrievanceError:
            return problem(422, "recall_of: no grievance with this portal_id and reference is known.")
        except (OSError, ValueError):
            return problem(503, "The portal cannot store anything now.")
        return json_answer(201 if accepted.is_new else 200, {"portal_id": accepted.portal_id})

    def _list_day(self, request: Request) -> Answer:
        try:
            day = date.fromisoformat(request.query.get("date", ""))
        except ValueError:
            return problem(422, "date: a day as YYYY-MM-DD is needed.")
        offset = _offset_of(request.query.get("cursor", ""))
        if offset is None:
            return problem(422, "cursor: not one that this list gave.")
        items, following = self._store.day(day, offset, PAGE_SIZE)
        return json_answer(
            200, {"items": [*items], "next": None if following is None else _cursor_of(following)}
        )

    def _list_everything(self, _: Request) -> Answer:
        return json_answer(200, {"items": [*self._store.everything()], "next": None})

    def _list_outbox(self, _: Request) -> Answer:
        return json_answer(
            200, [message.model_dump(mode="json", exclude={"type"}) for message in self._store.outbox()]
        )

    def _order_fault(self, request: Request) -> Answer:
        try:
            if speaks_of_channel(request.body):
                self._channel_faults.order(ChannelFault.model_validate_json(request.body))
                return self._show_fault(request)
            fault = FAULT.validate_json(request.body)
        except ValidationError as error:
            return _invalid(error)
        self._faults.order(fault)
        if isinstance(fault, Plain) and fault.mode == "ok":
            self._channel_faults.end()
        return self._show_fault(request)

    def _show_fault(self, _: Request) -> Answer:
        return json_answer(200, {**self._faults.state(), **self._channel_faults.state()})

    def _tamper(self, request: Request) -> Answer:
        try:
            touched = self._store.tamper(TAMPERING.validate_json(request.body))
        except ValidationError as error:
            return _invalid(error)
        except (OSError, ValueError):
            return problem(503, "The portal cannot store anything now.")
        return json_answer(200, {"touched": touched})

    def _show_health(self, _: Request) -> Answer:
        return json_answer(
            200, {"status": "ok", "mode": self._faults.state()["mode"], **self._store.counts()}
        )

    def _show_page(self, request: Request) -> Answer:
        html = self._page.render(request.query.get("show", ""))
        headers = {
            "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
            "Cache-Control": "no-store",
            "Referrer-Policy": "no-referrer",
        }
        return Answer(200, html.encode(), "text/html; charset=utf-8", headers)


def _invalid(error: ValidationError) -> Answer:
    if is_broken_json(error):
        return problem(400, "The body is not JSON in UTF-8.")
    return problem(422, reason(error))


def _cursor_of(offset: int) -> str:
    return base64.urlsafe_b64encode(str(offset).encode()).decode().rstrip("=")


def _offset_of(cursor: str) -> int | None:
    if not cursor:
        return 0
    try:
        digits = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    offset = int(digits) if digits.isdigit() and len(digits) < 10 else None  # noqa: PLR2004 - a billion
    return offset if offset is not None and _cursor_of(offset) == cursor else None
