"""Counts, at the SDK, what one request of ours costs: calls, write units, CPU."""

from __future__ import annotations

import contextlib
import time  # noqa: TID251 - it is CPU that is measured
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from botocore.client import BaseClient


@dataclass
class Meter:
    """What went through the SDK.

    Attributes:
        ask_units: Whether to have DynamoDB tell what each call consumed; the question itself costs a little.
        operations: By name, in order.
        parameters: What each was called with.
        consumed: What DynamoDB told.
        seconds: CPU spent in the SDK: from the call of an operation to its answer, with all that comes
            between (checks, encoding, signing, connection, decoding). Waiting costs no CPU.
    """

    ask_units: bool = False
    operations: list[str] = field(default_factory=list)
    parameters: list[dict[str, Any]] = field(default_factory=list)
    consumed: list[dict[str, Any]] = field(default_factory=list)
    seconds: float = 0.0

    @contextlib.contextmanager
    def on(self) -> Iterator[Meter]:
        """Counts while it is open."""
        original = BaseClient._make_api_call  # type: ignore[attr-defined]  # noqa: SLF001 - the SDK's one door

        def metered(client: Any, operation: str, parameters: dict[str, Any]) -> Any:  # noqa: ANN401 - untyped
            self.operations.append(operation)
            self.parameters.append(dict(parameters))
            if self.ask_units and _tells_units(client, operation):
                parameters = {**parameters, "ReturnConsumedCapacity": "INDEXES"}
            began = time.process_time()
            try:
                answer = original(client, operation, parameters)
            finally:
                self.seconds += time.process_time() - began
            told = answer.get("ConsumedCapacity", [])
            self.consumed += told if isinstance(told, list) else [told]
            return answer

        with patch.object(BaseClient, "_make_api_call", metered):
            yield self

    @property
    def table_units(self) -> float:
        """Units of the tables themselves."""
        return self.all_units - self.index_units

    @property
    def index_units(self) -> float:
        """Units of the indexes."""
        return sum(
            float(index["CapacityUnits"])
            for one in self.consumed
            for index in one.get("GlobalSecondaryIndexes", {}).values()
        )

    @property
    def all_units(self) -> float:
        """Units, those of the indexes with them."""
        return sum(float(one["CapacityUnits"]) for one in self.consumed)


def _tells_units(client: Any, operation: str) -> bool:  # noqa: ANN401 - any client
    shape = client.meta.service_model.operation_model(operation).input_shape
    return shape is not None and "ReturnConsumedCapacity" in shape.members
