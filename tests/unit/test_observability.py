"""Logs are written: at the level that is set, and without names that logging keeps for itself."""

import ast
import json
import logging
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from botocore.exceptions import ClientError
from chalice.app import Request, Response

import functions
from app import app
from functions.observability import count, logger, observed
from functions.problems import reshape
from tests.builders import CONTEXT, PHONE

RESERVED = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}
LOGGED = {"debug", "info", "warning", "error", "exception", "critical"}
FUNCTIONS = Path(functions.__file__).parent


@pytest.mark.parametrize(
    "path", sorted(FUNCTIONS.rglob("*.py")), ids=lambda path: str(path.relative_to(FUNCTIONS))
)
def test_no_log_call_uses_a_name_that_logging_keeps_for_itself(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in LOGGED:
            named = {keyword.arg for keyword in node.keywords} - {"extra", "exc_info", "stack_info"}
            assert not named & RESERVED, f"line {node.lineno}"


def test_the_app_leaves_the_level_of_our_logs_as_it_is_set(logged: StringIO) -> None:
    assert app.app_name
    logger.info("told")
    assert '"message":"told"' in logged.getvalue()


def test_a_function_that_fails_is_logged_by_the_kind_of_failure_and_fails(logged: StringIO) -> None:
    def broken(_: object, __: object) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        observed(broken)({}, CONTEXT)
    assert '"error":"RuntimeError"' in logged.getvalue()


def test_what_one_invocation_adds_to_the_logs_is_gone_with_the_next(logged: StringIO) -> None:
    def adding(event: dict[str, str], _: object) -> None:
        if event:
            logger.append_keys(**event)
        logger.info("told")

    observed(adding)({"reference": "SSM-1"}, CONTEXT)
    observed(adding)({}, CONTEXT)
    first, second = logged.getvalue().splitlines()
    assert '"reference":"SSM-1"' in first
    assert "SSM-1" not in second


def test_an_exceptions_text_is_not_told_but_its_type_its_code_and_its_place(logged: StringIO) -> None:
    def sends(_: object, __: object) -> None:
        answer = {"Error": {"Code": "InvalidParameter", "Message": f"PhoneNumber Reason: {PHONE}"}}
        raise RuntimeError(PHONE) from ClientError(answer, "Publish")  # type: ignore[arg-type]  # what is read of it

    with pytest.raises(RuntimeError):
        observed(sends)({}, CONTEXT)
    told = logged.getvalue()
    assert PHONE not in told
    assert "ClientError: InvalidParameter by Publish" in told
    assert "test_observability.py" in told
    assert told.index("ClientError") < told.index('RuntimeError"', told.index("ClientError"))


def test_what_a_route_counts_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    def refuses(_: Request) -> Response:
        count("WebhookRefused")
        return Response(body={}, status_code=401)

    request = cast("Request", SimpleNamespace(context={}))
    assert reshape(request, refuses).status_code == 401
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["WebhookRefused"] == [1.0]
    assert reshape(request, lambda _: Response(body={}, status_code=200)).status_code == 200
    assert capsys.readouterr().out == ""
