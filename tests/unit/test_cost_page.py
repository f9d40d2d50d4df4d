"""What ``docs/cost.md`` says is charged by the piece is what there is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from functions.push import handler as push
from functions.registry import handler as registry
from infra.template import load_fragment
from local.layout import PROJECT

PAGE = (PROJECT / "docs" / "cost.md").read_text(encoding="utf-8")
ONE_HOUR_A_NIGHT = "Reconciliation"
"""Metrics of this beginning report so seldom that the page leaves them out."""
NAMED_BY = {
    "_METRICS[result['outcome']]": set(push._METRICS.values()),
    "_COUNTERS[outcome]": set(registry._COUNTERS.values()),
}
"""What counts under a name that is looked up, and the names that there are."""


def _counted() -> Iterator[ast.expr]:
    """The name's expression in every call of ``count``."""
    for path in sorted((PROJECT / "functions").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "count":
                yield node.args[0]


def _metrics() -> set[str]:
    found: set[str] = set()
    for name in _counted():
        match name:
            case ast.Constant(str(text)):
                found.add(text)
            case ast.JoinedStr([ast.Constant(str(text)), *_]) if text.startswith(ONE_HOUR_A_NIGHT):
                found.add(text)
            case _:
                found |= NAMED_BY[ast.unparse(name)]
    return {name for name in found if not name.startswith(ONE_HOUR_A_NIGHT)}


def _said(row: str) -> int:
    (number,) = re.findall(rf"^\| {row} \| (\d+)\b", PAGE, re.MULTILINE)
    return int(number)


def test_the_page_counts_our_metrics() -> None:
    metrics = _metrics()
    assert "OfficerMissing" in metrics
    assert _said("metrics") == len(metrics), sorted(metrics)


def test_the_page_counts_our_alarms() -> None:
    resources = [
        resource
        for path in sorted((PROJECT / "infra").glob("*.yaml"))
        for resource in load_fragment(path).get("Resources", {}).values()
    ]
    alarms = sum(resource.get("Type") == "AWS::CloudWatch::Alarm" for resource in resources)
    assert _said("alarms") == alarms
