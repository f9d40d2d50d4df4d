"""Rules of routing: a grievance goes by what was uploaded, and a draft changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from local.route_preview import preview
from tests.stack.test_registry import upload
from tests.stack.world import World

ROUTING = "routing.csv"
HEADER = "priority,category,scheme,department,district,office\n"
# Of matters that no other test registers, so that these rules concern nobody else.
RULES = HEADER + "10,transport,*,*,314,314\n10,police-inaction,*,*,314,POL-JALPAIGURI\n"


# The draft's test comes first: after the other one the functions know its rules for half a minute more.


@pytest.fixture(autouse=True)
def _no_rules_afterwards(world: World) -> Iterator[None]:
    yield
    assert upload(world, ROUTING, HEADER)["applied"] is True


def drafted(world: World, content: str) -> dict[str, Any]:
    """Uploads a draft, as the command does; its outcome."""
    _, outcome = preview(world.stack, content.encode(), last=50)
    assert outcome is not None
    return outcome


def office(world: World, **subject: str) -> str:
    """Which office a new grievance is forwarded to."""
    return str(world.state(forwarded(world, **subject))["assignee"]["office"])


def forwarded(world: World, **subject: str) -> str:
    return world.forwarded(emergency=False, **{"department": "TRANS", "category": "transport", **subject})


def test_a_draft_tells_what_it_would_move_and_moves_nothing(world: World) -> None:
    # GIVEN grievances that the portal holds
    references = {forwarded(world, district="314") for _ in range(2)}

    outcome = world.until(lambda: drafted(world, RULES), lambda found: found["moved"] >= 2)

    assert (outcome["valid"], outcome["rows"], outcome["errors"]) == (True, 2, [])
    assert outcome["looked_at"] <= 50
    (way,) = outcome["moves"]
    assert (way["from"], way["to"], way["count"]) == ("TRANS", "314", outcome["moved"])
    assert references <= {one["reference"] for one in outcome["records"]}

    # AND nothing was applied
    world.until(lambda: office(world, district="314"), lambda found: found == "TRANS")
    again = drafted(world, RULES)
    assert (again["in_force"], again["moved"] > outcome["moved"]) == (outcome["in_force"], True)
    # AND of a draft that does not validate every line is told
    bad = drafted(world, RULES + "0,*,*,*,*,314\n")
    assert bad == {
        "valid": False,
        "rows": 3,
        "errors": [{"line": 4, "column": "priority", "detail": bad["errors"][0]["detail"]}],
    }


def test_a_grievance_goes_by_the_rules_and_a_bad_file_changes_nothing(world: World) -> None:
    # GIVEN a matter that is the department's
    assert office(world, district="314") == "TRANS"

    # WHEN rules are uploaded
    assert upload(world, ROUTING, RULES) == {"applied": True, "rows": 2, "errors": []}

    # THEN the next ones go by them, as soon as every function knows them, and no other matter does
    world.until(lambda: office(world, district="314"), lambda found: found == "314")
    assert office(world, district="320") == "TRANS"
    police = office(world, district="314", category="police-inaction", police_office="POL-SILIGURI")
    assert police == "POL-SILIGURI"

    # WHEN a file with wrong lines is uploaded
    result = upload(world, ROUTING, RULES + "20,*,*,NOPE,*,314\n10,transport,*,*,314,TRANS\n")

    # THEN each is told, and the rules of before are in force
    assert result["applied"] is False
    assert [(error["line"], error["column"]) for error in result["errors"]] == [
        (4, "department"),
        (5, "office"),
    ]
    assert office(world, district="314") == "314"
