"""Holds a request against the SDK's own model of the service."""

import functools
import re
from collections.abc import Iterator
from typing import Any

import botocore.session
from botocore.model import MapShape, Shape, StringShape, StructureShape
from botocore.validate import ParamValidator


class RefusedError(Exception):
    """The service would refuse the request; the error's name there, and what is wrong."""

    def __init__(self, name: str, detail: str) -> None:
        super().__init__(detail)
        self.name = name
        self.detail = detail


@functools.cache
def _input_of(service: str, operation: str) -> Shape:
    model = botocore.session.get_session().get_service_model(service)
    shape = model.operation_model(operation).input_shape
    assert shape is not None, operation
    return shape


def problems(service: str, operation: str, parameters: dict[str, Any]) -> list[str]:
    """What the service would find wrong with a request's parameters, naming fields and never what is in them.

    The SDK checks types itself, and what is required; the lengths, patterns, ranges and words of its model it
    leaves to the service.

    Args:
        service: by the SDK's name, such as ``socialmessaging``.
        operation: such as ``SendWhatsAppMessage``.
        parameters: by their names in the model; blobs as bytes.
    """
    shape = _input_of(service, operation)
    if ParamValidator().validate(parameters, shape).has_errors():
        # The SDK's own report repeats what was sent.
        return ["a parameter is missing, unknown or of a wrong type"]
    return list(_against(shape, parameters, ""))


def _against(shape: Shape, value: Any, at: str) -> Iterator[str]:  # noqa: ANN401 - any JSON
    if isinstance(shape, StructureShape):
        for name, inner in value.items():
            yield from _against(shape.members[name], inner, f"{at}.{name}".lstrip("."))
        return
    if isinstance(shape, MapShape):
        for key, inner in value.items():
            yield from _against(shape.key, key, at)
            yield from _against(shape.value, inner, at)
    size = value if isinstance(value, int) else len(value)
    limits = shape.metadata
    if not limits.get("min", size) <= size <= limits.get("max", size):
        yield f"{at} is too short, too long or out of its range"
    if isinstance(shape, StringShape):
        yield from _against_words(shape, value, at)


def _against_words(shape: StringShape, value: str, at: str) -> Iterator[str]:
    if shape.enum and value not in shape.enum:
        yield f"{at} is none of the words that the service knows"
    pattern = shape.metadata.get("pattern")
    if pattern and not re.search(f"^(?:{pattern})$", value):
        yield f"{at} does not have the form that the service asks for"
