"""The table of findings in the architecture page holds exactly what the code can produce."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROW = re.compile(r"^\| `([a-z-]+)` \| (notice|warning) \| (.+) \|$", re.MULTILINE)


def _produced() -> Iterator[tuple[str, str]]:
    """Code and severity of every finding that the functions make."""
    for path in (ROOT / "functions").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        constants = {
            target.id: node.value
            for node in tree.body
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Finding":
                given = {keyword.arg: keyword.value for keyword in node.keywords}
                yield _text(given["code"], constants), _text(given["severity"], constants)


def _text(node: ast.expr, constants: dict[str, ast.expr]) -> str:
    value = constants[node.id] if isinstance(node, ast.Name) else node
    assert isinstance(value, ast.Constant)
    assert isinstance(value.value, str)
    return value.value


def test_the_page_lists_every_finding_with_its_severity_and_no_other() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    listed = ROW.findall(page.split("## Findings")[1])
    told = {(code, severity) for code, severity, _ in listed}
    assert len(told) == len(listed)
    assert told == set(_produced())
    assert all(meaning for _, _, meaning in listed)
