"""The API's limits stand at the paths that are served, and every path that is open to anybody has one."""

from __future__ import annotations

from typing import Any

from app import app
from infra.template import load_fragment
from local.layout import PROJECT

SIGNED = ("/v1/call-centre/", "/v1/portal/", "/v1/field/")
ROUTES = {(path, method) for path, methods in app.routes.items() for method in methods}


def settings() -> dict[tuple[str, str], dict[str, Any]]:
    """By path and method, as a client would name them."""
    api = load_fragment(PROJECT / "infra" / "api.yaml")["Resources"]["RestAPI"]["Properties"]
    found = {}
    for setting in api["MethodSettings"]:
        path = str(setting["ResourcePath"])
        # API Gateway wants the slashes of a path escaped, and one more before them.
        found[path[1:].replace("~1", "/") or "/*", str(setting["HttpMethod"])] = setting
    return found


def test_every_limit_is_that_of_a_path_that_is_served() -> None:
    assert settings().keys() - {("*", "*")} <= ROUTES


def test_every_path_that_is_open_to_anybody_has_the_limit_for_strangers() -> None:
    open_to_anybody = {route for route in ROUTES if not route[0].startswith(SIGNED)}
    assert open_to_anybody
    for route in open_to_anybody:
        assert settings()[route]["ThrottlingRateLimit"] == {"Ref": "OpenRateLimit"}, route


def test_the_limits_are_above_the_morning_and_strangers_have_the_lower_ones() -> None:
    parameters = load_fragment(PROJECT / "infra" / "parameters.yaml")["Parameters"]
    limits = {name: int(parameters[name]["Default"]) for name in parameters if name.endswith("RateLimit")}
    at_nine = 80_000 * 0.1 / 600
    assert limits["OpenRateLimit"] < limits["IntakeRateLimit"] <= limits["ApiRateLimit"]
    assert limits["IntakeRateLimit"] > 10 * at_nine
    assert limits["BatchRateLimit"] * 500 > 10 * at_nine


def test_no_path_falls_out_of_the_metrics() -> None:
    # A path's own settings inherit nothing: left out, metrics are off.
    assert all(setting["MetricsEnabled"] is True for setting in settings().values())
