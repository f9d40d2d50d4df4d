"""Reads the CloudFormation fragments of a folder and makes one template of them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable
    from pathlib import Path

Template = dict[str, Any]

_SHORT_FORMS = (
    *("And", "Base64", "Cidr", "Equals", "FindInMap", "GetAZs", "If", "ImportValue", "Join"),
    *("Not", "Or", "Select", "Split", "Sub", "ToJsonString", "Transform"),
)
_DEEPLY_MERGED = "Globals"
_DEFINITION_FILE = "DefinitionFile"


class TemplateError(Exception):
    """The fragments do not make one template."""


def merge_fragments(fragments: Iterable[Path], root: Path) -> Template:
    """Makes one template of CloudFormation fragments.

    Args:
        fragments: YAML files, each holding any of a template's sections.
        root: The folder that a `DefinitionFile` (of a state machine) is relative to.

    Returns:
        The template, with intrinsics in their long form and state machines embedded.

    Raises:
        TemplateError: A name is defined in two fragments, or a fragment cannot be read.
    """
    merged: Template = {}
    owners: dict[tuple[str, ...], Path] = {}
    for path in fragments:
        _merge(merged, load_fragment(path), (), path, owners)
    embedded: Template = _embed_definitions(merged, root)
    return embedded


def load_fragment(path: Path) -> Template:
    """Reads one fragment; intrinsics come out in their long form."""
    try:
        fragment = yaml.load(path.read_text(encoding="utf-8"), Loader=_FragmentLoader)  # noqa: S506 - a SafeLoader
    except yaml.YAMLError as error:
        raise TemplateError(f"{path.name}: {error}") from error
    if fragment is None:
        return {}
    if not isinstance(fragment, dict):
        raise TemplateError(f"{path.name}: a fragment is a mapping of template sections")
    return fragment


def _merge(
    target: Template,
    source: Template,
    where: tuple[str, ...],
    path: Path,
    owners: dict[tuple[str, ...], Path],
) -> None:
    for key, value in source.items():
        here = (*where, key)
        mergeable = not where or where[0] == _DEEPLY_MERGED
        if key not in target and not (mergeable and isinstance(value, dict)):
            target[key] = value
            owners[here] = path
        elif mergeable and isinstance(value, dict) and isinstance(target.setdefault(key, {}), dict):
            _merge(target[key], value, here, path, owners)
        else:
            other = owners.get(here) or next(owner for at, owner in owners.items() if at[: len(here)] == here)
            raise TemplateError(f"{'.'.join(here)} is defined in {other.name} and in {path.name}")


def _embed_definitions(node: Any, root: Path) -> Any:  # noqa: ANN401 - a template nests anything
    if isinstance(node, list):
        return [_embed_definitions(item, root) for item in node]
    if not isinstance(node, dict):
        return node
    embedded = {
        key: _embed_definitions(value, root) for key, value in node.items() if key != _DEFINITION_FILE
    }
    if _DEFINITION_FILE in node:
        path = root / node[_DEFINITION_FILE]
        try:
            embedded["Definition"] = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise TemplateError(f"{_DEFINITION_FILE}: {path.name}: {error}") from error
    return embedded


class _FragmentLoader(yaml.SafeLoader):
    """YAML as CloudFormation means it: short-form intrinsics, and no key twice.

    A policy's `2012-10-17` and an `on` stay text: YAML 1.1 would make a date and a boolean of them.
    """

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002 - PyYAML's signature
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        twice = next((key for at, key in enumerate(keys) if key in keys[:at]), None)
        if twice is not None:
            raise yaml.constructor.ConstructorError(None, None, f"{twice!r} stands twice", node.start_mark)
        return super().construct_mapping(node, deep=deep)


def _argument(loader: yaml.SafeLoader, node: yaml.Node) -> Any:  # noqa: ANN401 - an intrinsic takes any YAML
    if isinstance(node, yaml.ScalarNode):
        return loader.construct_scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    raise TypeError(node)


def _long_form(name: str) -> Callable[[_FragmentLoader, yaml.Node], dict[str, Any]]:
    return lambda loader, node: {name: _argument(loader, node)}


def _get_att(loader: _FragmentLoader, node: yaml.Node) -> dict[str, Any]:
    argument = _argument(loader, node)
    return {"Fn::GetAtt": argument.split(".", 1) if isinstance(argument, str) else argument}


_FragmentLoader.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in forms if not tag.endswith((":timestamp", ":bool"))]
    for first, forms in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_FragmentLoader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:[Tt]rue|TRUE|[Ff]alse|FALSE)$"), list("tTfF")
)
for _name in _SHORT_FORMS:
    _FragmentLoader.add_constructor(f"!{_name}", _long_form(f"Fn::{_name}"))
_FragmentLoader.add_constructor("!Ref", _long_form("Ref"))
_FragmentLoader.add_constructor("!Condition", _long_form("Condition"))
_FragmentLoader.add_constructor("!GetAtt", _get_att)
