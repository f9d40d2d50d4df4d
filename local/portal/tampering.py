"""What is done to the simulator's entries behind everybody's back: ``POST /_sim/tamper``.

It is no part of the portal's interface. The product's reconciliation is to find what was done:

- ``{"action": "lose", "reference": "SSM-…"}``: the grievance and its recalls are gone, as after a copy was
  restored; with ``"remember_keys": true`` a repeated post is still answered as if they were there.
- ``{"action": "lose_recalls", "reference": "SSM-…"}``: its recalls alone.
- ``{"action": "alter", "reference": "SSM-…", "fields": {"emergency": false}}``: the list tells other fields.
- ``{"action": "add", "posted": {…}}``: another entry, of whatever reference, that nobody posted.

Each is answered with how many grievances it touched. It outlives a restart, as all that the portal holds.
"""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, JsonValue, TypeAdapter

from local.portal.contract import GrievancePost, Reference, Wire


class Lose(Wire):
    """A grievance with its recalls is gone."""

    action: Literal["lose"]
    reference: Reference
    remember_keys: bool = False


class LoseRecalls(Wire):
    """The recalls of a grievance are gone."""

    action: Literal["lose_recalls"]
    reference: Reference


class Alter(Wire):
    """The list tells other fields of a grievance than were posted."""

    action: Literal["alter"]
    reference: Reference
    fields: Annotated[dict[str, JsonValue], Field(min_length=1)]


def _no_recall(post: GrievancePost) -> GrievancePost:
    if post.recall_of is not None:
        message = "a recall cannot be added"
        raise ValueError(message)
    return post


class Add(Wire):
    """An entry that nobody posted."""

    action: Literal["add"]
    posted: Annotated[GrievancePost, AfterValidator(_no_recall)]


Tampering = Lose | LoseRecalls | Alter | Add
TAMPERING: TypeAdapter[Tampering] = TypeAdapter(Annotated[Tampering, Field(discriminator="action")])
