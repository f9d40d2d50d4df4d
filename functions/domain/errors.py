"""Everything that may go wrong on purpose, as one tree.

::

    GrievanceError
    ├── Refused              the input does not validate            -> 422
    ├── NotFound             no such record                         -> 404
    ├── Conflict             the world is in another state          -> 409
    │   ├── WrongState       the lifecycle does not allow it now
    │   ├── KeyReused        an idempotency key with another content
    │   └── Outrun           somebody else changed the record first
    ├── Unauthenticated      the sender did not prove itself        -> 401
    ├── Unavailable          a dependency is out or throttles       -> 503, Retry-After
    │   ├── Unanswered       and may have done what it was asked for
    │   └── BeingSent        another worker is sending it just now
    ├── Undeliverable        this recipient cannot be reached by this channel
    └── Unregistered         a message whose template is not registered for its channel

Messages carry codes, statuses and references only, never a caller's data: they end up in logs.
"""

from __future__ import annotations

from dataclasses import dataclass


class GrievanceError(Exception):
    """The root of the tree."""


@dataclass(frozen=True)
class Fault:
    """One thing wrong with an input.

    Attributes:
        pointer: JSON pointer (RFC 6901) into the body, ``""`` for the whole; None for what stands outside it.
        detail: what is wrong, in a sentence that repeats none of the input.
    """

    pointer: str | None
    detail: str


class Refused(GrievanceError):  # noqa: N818 - reads as what happened, as the rest of the tree
    """The input does not validate; ``faults`` names each place."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("; ".join(f"{fault.pointer or '/'}: {fault.detail}" for fault in faults))
        self.faults = faults


class NotFound(GrievanceError):  # noqa: N818 - see Refused
    """There is no such record."""


class Conflict(GrievanceError):  # noqa: N818 - see Refused
    """The request does not fit what stands in the table."""


class WrongState(Conflict):
    """The lifecycle does not allow this now; the message names the state."""


class KeyReused(Conflict):
    """An idempotency key (``webhook-id`` or ``record_id``) came again with another content."""


class Outrun(Conflict):
    """Another writer changed the record between our reading and our writing."""


class Unauthenticated(GrievanceError):  # noqa: N818 - see Refused
    """The sender did not prove itself. The answer never says why; logs may (``reason`` is a code)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Unavailable(GrievanceError):  # noqa: N818 - see Refused
    """A dependency is out.

    Attributes:
        retry_after: seconds after which trying again makes sense.
    """

    def __init__(self, dependency: str, retry_after: int = 5) -> None:
        super().__init__(f"{dependency} is out; try again in {retry_after} s")
        self.dependency = dependency
        self.retry_after = retry_after


class Unanswered(Unavailable):
    """A dependency was asked and did not answer: it may have done what it was asked for, or not."""


class BeingSent(Unavailable):
    """Another worker is sending the same message just now, and may yet fail."""


class Undeliverable(GrievanceError):  # noqa: N818 - see Refused
    """The provider takes no message for this recipient by this channel: trying again changes nothing.

    Attributes:
        channel: by the word that ``Channel`` has for it.
        code: why, in the provider's words, such as ``OptedOut``; ``NOT_SET_UP`` where the deployment does not
            have the channel.
        is_of_the_contact: whether it is the number or address that is at fault, rather than what the
            deployment may do.
    """

    NOT_SET_UP = "NotSetUp"

    def __init__(self, channel: str, code: str, *, is_of_the_contact: bool = True) -> None:
        super().__init__(f"{channel} does not reach this recipient: {code}")
        self.channel = channel
        self.code = code
        self.is_of_the_contact = is_of_the_contact


class Unregistered(GrievanceError):  # noqa: N818 - see Refused
    """The message's template is not registered for its channel, so that nothing was sent.

    Attributes:
        template: its path below ``messages/``.
    """

    def __init__(self, template: str, reason: str) -> None:
        super().__init__(f"{template}: {reason}")
        self.template = template
