"""What the command shows of a draft of rules of routing."""

import io
from typing import Any

from rich.console import Console

from local.route_preview import print_outcome


def shown(outcome: dict[str, Any]) -> str:
    out = io.StringIO()
    print_outcome(outcome, Console(file=out, width=100, highlight=False, markup=False, soft_wrap=True))
    return out.getvalue()


def test_the_ways_are_counted_and_some_records_named() -> None:
    text = shown(
        {
            "valid": True,
            "rows": 2,
            "errors": [],
            "looked_at": 40,
            "moved": 31,
            "moves": [{"from": "HFW", "to": "320", "count": 31}],
            "records": [{"reference": f"SSM-{n}", "from": "HFW", "to": "320"} for n in range(31)],
        }
    )
    assert "of the last 40 records 31 would go to another office" in text
    assert [line.split() for line in text.splitlines()[1:3]] == [
        ["from", "to", "records"],
        ["HFW", "320", "31"],
    ]
    assert "SSM-19  HFW -> 320" in text
    assert "SSM-20" not in text


def test_a_draft_that_moves_nothing_says_so() -> None:
    outcome = {"valid": True, "rows": 0, "errors": [], "looked_at": 3, "moved": 0, "moves": [], "records": []}
    assert shown(outcome) == ("0 rules in the draft; of the last 3 records 0 would go to another office\n")


def test_errors_are_told_by_line() -> None:
    errors = [
        {"line": 4, "column": "office", "detail": "is in no register of offices"},
        {"line": 5, "column": "", "detail": "has not 6 cells"},
    ]
    assert shown({"valid": False, "rows": 4, "errors": errors}) == (
        "line 4, office: is in no register of offices\nline 5, whole: has not 6 cells\n"
    )
