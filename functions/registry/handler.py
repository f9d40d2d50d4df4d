"""A file was put into the registry bucket."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote_plus

from chalice.app import Blueprint

from functions.adapters.wiring import ports, settings
from functions.observability import count, logger, observed
from functions.registry.applying import apply

registry = Blueprint(__name__)


@registry.lambda_function(name="registry")
@observed
def apply_uploads(event: dict[str, Any], _: object) -> None:
    """S3 event: each file is applied whole or not at all."""
    for entry in event["Records"]:
        uploaded = entry["s3"]["object"]
        version = uploaded.get("versionId")
        key = unquote_plus(uploaded["key"])
        applied = apply(ports(), settings().grievance_cell_mail, key, version, version or uploaded["eTag"])
        count("RegistryApplied" if applied else "RegistryRefused")
        logger.info("upload handled", key=key, applied=applied)
